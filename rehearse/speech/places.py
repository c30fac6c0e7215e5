"""The folders of models on this machine, and of what was made for them."""

from __future__ import annotations

import os
from pathlib import Path

from rehearse.text import typed


def models_folder() -> Path:
    import platformdirs

    chosen = os.environ.get("REHEARSE_MODELS")
    return typed(chosen) if chosen else platformdirs.user_data_path("rehearse") / "models"
