"""An input of a batch, a file or a take, with its size and time of change."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from rehearse.model.codec import Json
from rehearse.takes import take_json
from rehearse.takes.store import TakeStore
from rehearse.text import is_file, is_there

Stamp: TypeAlias = "dict[str, Json]"


def take_folder(path: str, recordings: Path) -> Path | None:
    """None where `path` is a file; a name that is neither file nor folder is a take's.

    Raises TakeNotFound."""
    there = Path(path)
    if is_file(there / take_json.SOUND_FILE):
        return there
    if is_there(there) or there.suffix or there.parent != Path():
        return None
    return TakeStore(recordings).find(path)


def seen(path: str, recordings: Path) -> Stamp | None:
    """The stamp of the file; for a take that of its sound, because the rest is written again.

    Raises TakeNotFound."""
    folder = take_folder(path, recordings)
    return stamp(folder / take_json.SOUND_FILE if folder else Path(path))


def stamp(path: Path) -> Stamp | None:
    """What a file is like now: its bytes, and the second it was changed, to the millisecond. None
    where there is none."""
    try:
        there = path.stat()
    except (OSError, ValueError):  # ValueError: a name that can be none
        return None
    return {"bytes": there.st_size, "modified": round(there.st_mtime, 3)}
