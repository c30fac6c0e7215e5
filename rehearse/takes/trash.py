"""The system's trash, through send2trash."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from rehearse.errors import TrashRefused


def has_trash() -> bool:
    """Whether the system has a trash; a disk may still refuse."""
    return find_spec("send2trash") is not None


def to_trash(folder: Path) -> None:
    """Raises TrashRefused where this disk has no trash; the folder is then as it was."""
    import send2trash

    try:
        send2trash.send2trash(folder)
    except OSError as error:
        why = error.strerror or "this disk has none"
        raise TrashRefused(f"{folder} could not be moved to the trash ({why}).") from error
