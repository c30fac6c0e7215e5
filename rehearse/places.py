"""Paths as users type them. To ask about one never fails: a name that is too long, that may not be
looked at or that no system can have names nothing."""

from __future__ import annotations

import os
from pathlib import Path


def typed(name: str) -> Path:
    """With `~` as the user's own folder, or as it is where nobody is called so."""
    return Path(os.path.expanduser(name))  # noqa: PTH111  (pathlib's raises RuntimeError)


def is_there(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110  (pathlib's lets OSError through)


def is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113


def is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112
