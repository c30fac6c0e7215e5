"""Writes a zip of a few files, and reads a small text from a zip of somebody else."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from rehearse.errors import UnreadableFile

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day a zip knows: the same content makes the same file, and shows no time of its own."""
MODE = stat.S_IFREG | 0o600
MOST_FILES = 100
LARGEST_ZIP = 256 * 2**20
"""Bytes; hours of sound in Opus are smaller."""
LARGEST_LIST = 64 * 2**10
"""Bytes of the list of files in a zip: names of 600 letters for as many as there may be. A zip of
nothing but such a list would fill the memory."""
_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MEND = "Ask for the Markdown file itself."


def packed(files: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip of these, in a folder's order."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, data in files:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = MODE << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, on every system
            parcel.writestr(entry, data)
    return content.getvalue()


def text_of(path: Path, *, inside: str, largest: int) -> str:
    """A text file, or the one file called `inside` in a zip; nothing is unpacked to the disk.

    Raises UnreadableFile, also for a zip with names that point out of it."""
    try:
        if path.is_dir():
            raise UnreadableFile(f"'{path}' is a folder.", "Name the file.")
        if zipfile.is_zipfile(path):
            data = _member(path, inside, largest)
        else:
            with path.open("rb") as file:
                data = file.read(largest + 1)
    except FileNotFoundError as problem:
        raise UnreadableFile(f"'{path}' does not exist.", "Check the name.") from problem
    except (OSError, ValueError) as problem:
        raise UnreadableFile(f"'{path}' cannot be read.", "Check its permissions.") from problem
    if len(data) > largest:
        raise UnreadableFile(f"'{path}' is far too large for {inside}.", _MEND)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UnreadableFile(f"'{path}' is not text in UTF-8.", "Save it as UTF-8.") from problem


def _member(path: Path, inside: str, largest: int) -> bytes:
    if path.stat().st_size > LARGEST_ZIP:
        raise UnreadableFile(f"'{path}' is far too large.", _MEND)
    try:
        with _Sparing(path) as file, zipfile.ZipFile(file) as parcel:
            entries = parcel.infolist()
            if len(entries) > MOST_FILES:
                raise UnreadableFile(f"'{path}' contains {len(entries)} files.", _MEND)
            if any(_points_out(entry.filename) for entry in entries):
                raise UnreadableFile(f"'{path}' contains unsafe file names.", _MEND)
            found = [one for one in entries if PurePosixPath(one.filename).name == inside]
            if len(found) != 1:
                raise UnreadableFile(
                    f"'{path}' contains {len(found)} files called {inside}.", _MEND
                )
            if found[0].compress_type not in _WAYS:
                raise UnreadableFile(f"'{path}' is packed in an unusual way.", _MEND)
            with parcel.open(found[0]) as member:
                return member.read(largest + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as problem:
        raise UnreadableFile(f"'{path}' is a damaged or locked zip.", _MEND) from problem


class _Sparing(io.FileIO):
    """A file that refuses to be read in large parts."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > LARGEST_LIST:
            raise zipfile.BadZipFile("its list of files is too long")
        return super().read(size) or b""


def _points_out(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return ".." in parts or name.startswith(("/", "\\")) or ":" in name[:2] or "\0" in name
