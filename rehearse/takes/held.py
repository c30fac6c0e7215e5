"""Who is writing to something: a file that is locked for as long as the writer lives.

A crash lets a lock go. Some network drives know no locks (SMB on macOS, NFS without its lock
service): there the file names who writes, and its time shows that they still do."""

from __future__ import annotations

import errno
import os
import platform
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rehearse.takes.files import PRIVATE_FILE, now_there
from rehearse.text import is_file

NO_LOCKS = (errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.ENOSYS)
"""Errors of drives that have no locks."""
BEAT = 5.0
"""Seconds between two signs of life on such a drive."""
STALE = 60.0
"""Seconds without one after which a writer on another machine counts as gone: a busy network delays
some, and nobody waits much longer to recover an answer."""
GONE = 24 * 3600.0
"""Seconds. The number of a process is given to another one some time after it has ended."""
AGAIN = (0.0, 0.05, 0.2)
"""Seconds between attempts; a process that only checks holds a lock for a moment."""
_LONGEST_SIGN = 300
"""Bytes of a process number and the longest machine name."""


POSIX = os.name == "posix"


class Taken(Exception):
    """Another process holds the file."""


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the file, which is made where it is missing. Raises Taken and OSError."""
    if not POSIX:
        with _held_on_windows(path):
            yield
        return
    handle = _opened(path)
    try:
        if _locked(handle):
            yield
        else:
            with _signs_of_life(handle):
                yield
    finally:
        os.close(handle)  # which lets go of the lock


def is_held(path: Path) -> bool:
    """Whether a living process holds the file."""
    if path.is_symlink() or not is_file(path):  # no lock of ours points elsewhere
        return False
    if not POSIX:
        try:
            with _held_on_windows(path):
                return False
        except Taken:
            return True
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        return not _free(handle) or _shows_life(handle, path)
    finally:
        os.close(handle)


def knows_locks(folder: Path) -> bool:
    """Whether files in this folder can be locked. Raises OSError where none can be made."""
    if not POSIX:
        return True
    with tempfile.TemporaryFile(dir=folder) as file:
        return _locked(file.fileno())


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, PRIVATE_FILE)


@contextmanager
def _held_on_windows(path: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise Taken from error
    try:
        yield
    finally:
        lock.release()


def _locked(handle: int) -> bool:
    """Lock an open file; False where this drive knows no locks. Raises Taken and OSError."""
    for wait in AGAIN:
        time.sleep(wait)
        try:
            _lock(handle, alone=True)
        except (BlockingIOError, PermissionError):
            continue
        except OSError as error:
            if error.errno in NO_LOCKS:
                return False
            raise
        return True
    raise Taken


def _free(handle: int) -> bool:
    try:
        _lock(handle, alone=False)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def _lock(handle: int, *, alone: bool) -> None:
    """Raises BlockingIOError where somebody else holds it, and OSError."""
    import fcntl

    fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)


@contextmanager
def _signs_of_life(handle: int) -> Iterator[None]:
    """A context in which the file names this process and its time is kept up to date."""
    if _shows_life(handle):
        raise Taken
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()} {platform.node()}\n".encode(), 0)
    over = threading.Event()
    beating = threading.Thread(target=_beat, args=(handle, over), name="signs of life", daemon=True)
    beating.start()
    try:
        yield
    finally:
        over.set()
        beating.join()


def _beat(handle: int, over: threading.Event) -> None:
    while not over.wait(BEAT):
        with suppress(OSError):  # a drive that is away for a moment comes back
            os.utime(handle)


def _shows_life(handle: int, path: Path | None = None) -> bool:
    """Whether the file names a process that still writes to it."""
    number, _, machine = (
        os.pread(handle, _LONGEST_SIGN, 0).decode("utf-8", "replace").partition(" ")
    )
    if not number.isdecimal():
        return False
    silent = now_there(path.parent if path else None) - os.fstat(handle).st_mtime
    if machine.strip() == platform.node() and int(number) != os.getpid():
        return _runs(int(number)) and silent < GONE
    return silent < STALE


def _runs(number: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it belongs to somebody else
        return True
    return True
