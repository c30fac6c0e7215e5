"""Finds a sound that was moved or deleted while it was being written, for instance by a sync
client. The file is still open, whatever its name is now."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rehearse.errors import HomeNotWritable
from rehearse.takes.files import PRIVATE_FOLDER, make_private, said_by_disk, whole_file
from rehearse.takes.take_json import SOUND_FILE

OTHER = f"{SOUND_FILE}.other"
"""What somebody else put in the place of the sound; it is theirs, and stays."""
PIECE = 2**20
"""Bytes copied at once."""

Mark = tuple[int, int]
"""Device and inode: they stay when a file or folder is renamed."""


@dataclass(frozen=True)
class Found:
    """The place of a take's sound now."""

    folder: Path
    notice: str | None = None
    """A sentence on what happened to it; None if nothing did."""


def mark(path: Path) -> Mark | None:
    """None where there is nothing."""
    try:
        there = path.stat()
    except OSError:
        return None
    return there.st_dev, there.st_ino


def renamed(within: Path, sought: Mark) -> Path | None:
    """The folder in `within` that has this mark."""
    with suppress(OSError):
        return next((path for path in within.iterdir() if mark(path) == sought), None)
    return None


def brought_back(handle: int, folder: Path) -> Found:
    """The sound that is open as `handle` was begun in `folder`: where it is now, brought back where
    it is gone or elsewhere. Systems that let no open file go have nothing to bring back.

    Raises HomeNotWritable, which says where the sound is."""
    place = folder / SOUND_FILE
    if os.name != "posix" or _is_in(place, handle):
        return Found(folder)
    now = _path_of(handle, folder)
    if now and now.name == SOUND_FILE and now.parent.parent == folder.parent:
        return Found(now.parent, f"Somebody renamed this take while you spoke: {now.parent.name}.")
    if now:
        what = f"Somebody moved the sound of this answer to {now} while you spoke."
    else:
        what = "Somebody deleted the sound of this answer while you spoke."
    _written_again(handle, place, what)
    return Found(folder, f"{what} It is written again in {folder}.")


def _is_in(place: Path, handle: int) -> bool:
    """Whether the open file has this name. Some network drives give a file a new number at each
    look: there its size tells."""
    try:
        there, ours = place.stat(), os.fstat(handle)
    except OSError:
        return False
    same = (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)
    return same or (ours.st_nlink > 0 and there.st_size == ours.st_size)


def _path_of(handle: int, folder: Path) -> Path | None:
    """The open file's name now; None where it has none, or where that cannot be found out."""
    ours = os.fstat(handle)
    for asked in (_by_proc, _by_fcntl):
        with suppress(OSError, ValueError):
            path = asked(handle)
            if path and mark(path) == (ours.st_dev, ours.st_ino):
                return path
    beside = (entry / SOUND_FILE for entry in _entries(folder.parent))
    return next((path for path in beside if mark(path) == (ours.st_dev, ours.st_ino)), None)


def _entries(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from folder.iterdir()


def _by_proc(handle: int) -> Path | None:
    """Linux."""
    return Path(f"/proc/self/fd/{handle}").readlink()


def _by_fcntl(handle: int) -> Path | None:
    """macOS."""
    import fcntl

    number = getattr(fcntl, "F_GETPATH", None)
    if number is None:
        return None
    answer: bytes = fcntl.fcntl(handle, number, bytes(1024))
    return Path(os.fsdecode(answer.rstrip(b"\0")))


def _written_again(handle: int, place: Path, what: str) -> None:
    """Raises HomeNotWritable where that fails; the sound is then in the system's folder for such
    cases, if that takes it."""
    try:
        make_private(place.parent)
        if os.path.lexists(place):
            place.replace(place.with_name(OTHER))
        _copy(handle, place)
    except OSError as error:
        where = _rescued(handle)
        said = said_by_disk(error, place.parent).what
        raise HomeNotWritable(f"{what} {said} {where}") from error


def _rescued(handle: int) -> str:
    try:
        folder = Path(tempfile.mkdtemp(prefix="rehearse-"))
        folder.chmod(PRIVATE_FOLDER)
        _copy(handle, folder / SOUND_FILE)
    except OSError:
        return "I could not save it in another place, so this answer is lost."
    return f"The sound is in {folder / SOUND_FILE}: move it to a safe place."


def _copy(handle: int, path: Path) -> None:
    """Copy all bytes of an open file. Raises OSError."""
    with whole_file(path) as file:
        offset = 0
        while piece := os.pread(handle, PIECE, offset):
            file.write(piece)
            offset += len(piece)
