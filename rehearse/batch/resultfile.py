"""A growing file of results, one JSON object per line, which a later run can continue."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import FileIO
from pathlib import Path

from rehearse.batch.sources import Stamp
from rehearse.errors import DiskFull, ResultsFileUnfit
from rehearse.takes.files import PRIVATE_FILE, said_by_disk, sync
from rehearse.takes.held import Taken, hold
from rehearse.terminal.interrupts import uninterrupted
from rehearse.text import is_file, is_folder, is_there

SYNC_EVERY = 20
"""Lines between two syncs; a power cut loses at most these, and they are analysed again."""
_BEGINS = b'{"schema"'
_ANOTHER = "Name another file with -o."


class ResultFile:
    """Takes whole lines. `known`: the stamp in the last line of each source, or None."""

    def __init__(self, file: FileIO) -> None:
        self._file = file
        self._lines = 0
        self.known, whole = _read(file)
        # Remove a last line that a crash cut short.
        file.truncate(whole)

    def write(self, line: str) -> None:
        """Raises DiskFull; the line is then cut by the next run."""
        try:
            with uninterrupted():
                left = memoryview(line.encode())
                while left:
                    left = left[self._file.write(left) :]
            self._lines += 1
            if self._lines % SYNC_EVERY == 0:
                sync(self._file.fileno())
        except OSError as error:
            what = said_by_disk(error).what
            raise DiskFull(what, "Free some space, then continue with --resume.") from error


@contextmanager
def results_in(path: Path, *, resume: bool) -> Iterator[ResultFile]:
    """One program at a time adds to it. Raises ResultsFileUnfit."""
    _check(path, resume=resume)
    lock = path.with_name(f".{path.name}.lock")
    with ExitStack() as afterwards, ExitStack() as held_open:
        try:
            held_open.enter_context(hold(lock))
            descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, PRIVATE_FILE)
        except Taken as taken:
            raise ResultsFileUnfit(f"Another rehearse is writing to '{path}'.", _ANOTHER) from taken
        except OSError as error:
            why = f"'{path}' cannot be written to ({error.strerror})."
            raise ResultsFileUnfit(why, _ANOTHER) from error
        afterwards.callback(lock.unlink, missing_ok=True)
        with FileIO(descriptor, "r+") as file:
            yield ResultFile(file)
            sync(descriptor)


def _check(path: Path, *, resume: bool) -> None:
    if not is_folder(path.parent):
        raise ResultsFileUnfit(f"There is no folder '{path.parent}'.", _ANOTHER)
    if not is_there(path):
        return
    if not is_file(path):
        raise ResultsFileUnfit(f"'{path}' is not a file.", _ANOTHER)
    if path.stat().st_size and not resume:
        raise ResultsFileUnfit(
            f"'{path}' is not empty.", "To continue it, add --resume; or name another file."
        )
    with path.open("rb") as file:
        if not _BEGINS.startswith(file.read(len(_BEGINS))):
            raise ResultsFileUnfit(f"'{path}' has no results of rehearse in it.", _ANOTHER)


def _read(file: FileIO) -> tuple[dict[str, Stamp | None], int]:
    """The stamps, and the bytes of whole lines; a damaged line counts as none."""
    known: dict[str, Stamp | None] = {}
    whole = 0
    file.seek(0)
    with open(file.fileno(), "rb", closefd=False) as lines:
        for line in lines:
            if not line.endswith(b"\n"):
                break
            whole += len(line)
            try:
                value = json.loads(line)
            except ValueError:
                continue
            if isinstance(value, dict):
                known[str(value.get("source"))] = value.get("file")
    return known, whole
