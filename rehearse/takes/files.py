"""Writes files so that a crash, a power cut or a full disk costs as little as possible."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from rehearse.errors import DiskFull, HomeNotWritable
from rehearse.takes import take_json

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
OF_OTHERS = 0o077
"""The permission bits of the group and of all others."""
SYNC_EVERY = take_json.BYTES_PER_SECOND // 2
"""Bytes between two syncs: a power cut loses at most a second, including the time that sound needs
to get here."""
NOT_WHOLE_YET = ".part"
HELD = (0.05, 0.1, 0.2, 0.4)
"""Seconds to wait until another program closes a file; a virus scanner needs no longer."""
NO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.ENOLCK)
"""Errors of drives that cannot sync a file."""
BINARY = getattr(os, "O_BINARY", 0)
"""Without it Windows writes two bytes for every byte 10."""


class WavRecorder:
    """Appends to `answer.wav`; at every moment the file is a playable WAV of what was written."""

    def __init__(self, path: Path) -> None:
        self._bytes = 0
        self._synced = 0
        self._sum = hashlib.sha256()
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | BINARY, PRIVATE_FILE)
            os.write(self._file, take_json.wav_header(0))
        except OSError as error:
            raise said_by_disk(error) from error
        sync_names(path.parent)

    def write(self, block: bytes) -> None:
        try:
            left = memoryview(block)
            while left:
                count = os.write(self._file, left)
                self._sum.update(left[:count])
                self._bytes += count
                left = left[count:]
            if self._bytes - self._synced >= SYNC_EVERY:
                self.sync()
        except OSError as error:
            raise said_by_disk(error) from error

    def sync(self) -> None:
        """Sync header and sound to the disk."""
        whole = self._bytes - self._bytes % take_json.BYTES_PER_SAMPLE
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, take_json.wav_header(whole))
        os.lseek(self._file, 0, os.SEEK_END)
        sync(self._file)
        self._synced = self._bytes

    @property
    def handle(self) -> int:
        """The open file."""
        return self._file

    @property
    def sha256(self) -> str:
        """The checksum of the sound so far, without the header."""
        return self._sum.hexdigest()

    def read(self, first: int, last: int) -> bytes:
        """Bytes of sound, also where the file has lost its name. Raises OSError."""
        return os.pread(self._file, last - first, take_json.HEADER_BYTES + first)

    def close(self) -> None:
        """The header is patched in place, so a full disk does not stop it. Raises DiskFull."""
        try:
            self.sync()
        except OSError as error:
            raise said_by_disk(error) from error
        finally:
            os.close(self._file)


def sha256_of(path: Path) -> str | None:
    """The checksum of the sound in an `answer.wav`, without its header; None where there is none.
    Raises OSError."""
    found = hashlib.sha256()
    try:
        with open(path, "rb", opener=at_once) as file:
            file.seek(take_json.HEADER_BYTES)
            while piece := file.read(2**20):
                found.update(piece)
    except FileNotFoundError:
        return None
    return found.hexdigest()


def make_private(folder: Path) -> None:
    """For its owner only, with every missing folder above it, which `mkdir(parents=True)` would
    leave to the umask; a power cut takes none of them back."""
    missing = [place for place in folder.parents if not place.exists()]
    for place in (*reversed(missing), folder):
        is_new = not place.exists()
        place.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        if is_new:
            sync_names(place.parent)


def close_to_others(folder: Path) -> None:
    """As far as this disk and the folder's owner allow it; 'rehearse doctor' shows where not."""
    with suppress(OSError):
        if is_open(folder):
            folder.chmod(PRIVATE_FOLDER)


def is_open(path: Path) -> bool:
    """Whether the permissions let others do anything with it; always False on Windows."""
    return os.name == "posix" and bool(path.stat().st_mode & OF_OTHERS)


def write_whole(path: Path, content: bytes) -> None:
    """All or nothing. Raises OSError."""
    with whole_file(path) as file:
        file.write(content)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """What is written appears under this name all or not at all: it goes to a temporary file in the
    same folder, is synced, then moved into place. Raises OSError."""
    handle, temporary = tempfile.mkstemp(
        dir=path.parent, prefix=f".{path.name}.", suffix=NOT_WHOLE_YET
    )
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            sync(file.fileno())
        _into_place(Path(temporary), path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync_names(path.parent)


def sync(handle: int) -> bool:
    """Sync an open file to the disk; False where the drive cannot do that, such as some network
    drives, which sync in their own time. Raises OSError."""
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in NO_SYNC:
            raise
        return False
    return True


def knows_sync(folder: Path) -> bool:
    """Whether files in this folder can be brought to the disk. Raises OSError."""
    with tempfile.TemporaryFile(dir=folder) as file:
        return sync(file.fileno())


def now_there(folder: Path | None) -> float:
    """Seconds since 1970 by the clock of the drive, which may be another machine's; by our own
    where nothing can be written there."""
    with suppress(OSError), tempfile.TemporaryFile(dir=folder) as file:
        return os.fstat(file.fileno()).st_mtime
    return time.time()


def left_behind(folder: Path) -> Iterator[Path]:
    """Temporary files of `whole_file` that a crash left behind."""
    return folder.glob(f".*{NOT_WHOLE_YET}")


def sync_names(folder: Path) -> None:
    """Bring to the disk which files are in a folder. Windows opens no folder, and some network
    drives sync none; what such a system promises of its names is all there is."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _into_place(temporary: Path, path: Path) -> None:
    """Replace a file; retry on Windows, which refuses while somebody reads it."""
    for wait in HELD:
        try:
            temporary.replace(path)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    temporary.replace(path)


def read_text(path: Path, *, largest: int, errors: str = "strict") -> str:
    """A file of the home, in UTF-8. A pipe gives nothing instead of waiting for somebody to write.

    Raises OSError, also for a larger file, and UnicodeDecodeError."""
    with open(path, "rb", opener=at_once) as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return data.decode("utf-8", errors)


def read_head(path: Path, size: int) -> bytes:
    """The first bytes of a file. Raises OSError."""
    with open(path, "rb", opener=at_once) as file:
        return file.read(size)


def at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


@contextmanager
def on_disk(folder: Path) -> Iterator[None]:
    """What the disk of this folder refuses meanwhile. Raises DiskFull and HomeNotWritable."""
    try:
        yield
    except OSError as error:
        raise said_by_disk(error, folder) from error


def said_by_disk(error: OSError, folder: Path | None = None) -> DiskFull | HomeNotWritable:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(f"The disk accepts no more data ({error.strerror}).")
    if folder is None:
        mend = "Your answer up to then is saved. Check the disk and answer again."
        return DiskFull(f"The disk accepts no more data ({error.strerror}).", mend)
    return HomeNotWritable(f"{folder} cannot be written to ({error.strerror}).")
