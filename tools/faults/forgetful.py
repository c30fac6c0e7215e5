"""A disk that forgets whatever was never synced: a file's bytes, and the names in a folder."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

CREATED = os.O_CREAT | os.O_EXCL
_open, _fsync = os.open, os.fsync


def remember(synced: Path) -> None:
    """From now on this process keeps in `synced` what it has synced, by number of inode."""
    synced.mkdir(exist_ok=True)

    def opened(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        handle = _open(path, flags, mode, dir_fd=dir_fd)
        if flags & CREATED == CREATED:  # its inode may have been another file's before
            (synced / str(os.fstat(handle).st_ino)).unlink(missing_ok=True)
        return handle

    def brought_to_disk(handle: int) -> None:
        _fsync(handle)
        there = os.fstat(handle)
        if stat.S_ISDIR(there.st_mode):
            names = {entry.name: [entry.inode(), entry.is_dir()] for entry in os.scandir(handle)}
            content = json.dumps(names).encode()
        else:
            content = os.pread(handle, there.st_size, 0)
        part = synced / f"{there.st_ino}.part"
        part.write_bytes(content)
        part.replace(synced / str(there.st_ino))

    os.open, os.fsync = opened, brought_to_disk  # type: ignore[assignment]


def restore(synced: Path, inode: int, folder: Path) -> None:
    """The folder with this inode as the disk would have it."""
    folder.mkdir(mode=0o700)
    names = synced / str(inode)
    known = json.loads(names.read_bytes()) if names.exists() else {}
    for name, (number, is_folder) in known.items():
        content = synced / str(number)
        if is_folder:
            restore(synced, number, folder / name)
        else:
            (folder / name).write_bytes(content.read_bytes() if content.exists() else b"")
