"""Where models lie on this machine, and what was made for them."""

from __future__ import annotations

import os
from pathlib import Path

from rehearse.text import typed


def models_folder() -> Path:
    import platformdirs

    chosen = os.environ.get("REHEARSE_MODELS")
    return typed(chosen) if chosen else platformdirs.user_data_path("rehearse") / "models"
