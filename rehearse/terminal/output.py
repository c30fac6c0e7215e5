"""stdout and stderr when they are files or pipes: lines are written whole, and a full disk or a
closed pipe becomes a sentence."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from rehearse.errors import OutputRefused
from rehearse.terminal.interrupts import uninterrupted

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

READER_GONE = 141
"""128 + SIGPIPE, the exit code when the reader of our output has ended, as in `rehearse takes |
head -1`."""
_FULL = (errno.ENOSPC, errno.EDQUOT)
_STREAMS = ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY))
"""stdin, stdout and stderr, and how to open nothing in place of one that is closed: what is written
to stdout is then an error, as it should be, and what is said on stderr is lost."""


class OutputEnded(SystemExit):
    """stdout accepts no more output; the program ends in an orderly way."""

    def __init__(self, problem: OSError) -> None:
        self.why = None if problem.errno == errno.EPIPE else _refused(problem)
        self.status = self.why.exit_code if self.why else READER_GONE
        super().__init__(self.status)


def _refused(problem: OSError) -> OutputRefused:
    if problem.errno in _FULL:
        return OutputRefused(
            f"The output could not be written: {problem.strerror}.",
            "Free some space, or send the output to another place.",
        )
    if problem.errno == errno.EBADF:
        return OutputRefused("The output is closed, so I cannot print anything.")
    return OutputRefused(f"The output could not be written: {problem.strerror}.")


class Output(io.BufferedWriter):
    """stdout; a write is finished before a signal is handled. Raises OutputEnded once, and then
    ignores all output, because nobody can read it."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(io.FileIO(stream.fileno(), "w", closefd=False))
        self._waits = isinstance(stream.buffer, io.BufferedIOBase)

    def write(self, data: ReadableBuffer, /) -> int:
        with self._whole():
            count = super().write(data)
            if not self._waits:  # python -u
                super().flush()
        return count

    def flush(self) -> None:
        with self._whole():
            super().flush()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            with uninterrupted():
                yield
        except OSError as problem:
            _lead_nowhere(self)
            raise OutputEnded(problem) from problem


class Messages(io.BufferedWriter):
    """stderr; messages that it does not accept are lost, because there is no place to report
    that."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(io.FileIO(stream.fileno(), "w", closefd=False))

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError:
            _lead_nowhere(self)
            return memoryview(data).nbytes

    def flush(self) -> None:
        try:
            super().flush()
        except OSError:
            _lead_nowhere(self)


def prepare() -> None:
    """Replace stdout and stderr by these where they are not terminals."""
    _open_what_is_closed()
    if not sys.stdout.isatty():
        sys.stdout = _text(sys.stdout, Output(sys.stdout))
    if not sys.stderr.isatty():
        sys.stderr = _text(sys.stderr, Messages(sys.stderr))


def _text(stream: TextIO, writer: io.BufferedWriter) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        writer,
        stream.encoding,
        stream.errors,
        line_buffering=bool(stream.line_buffering),
        write_through=bool(getattr(stream, "write_through", False)),
    )


def _open_what_is_closed() -> None:
    """Open /dev/null in place of closed standard streams; otherwise a file that is opened later
    could become stdout."""
    for number, way in _STREAMS:
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, way)  # gets the lowest number that is free
    sys.stdin = sys.stdin or _opened(0, "r")
    sys.stdout = sys.stdout or _opened(1, "w")
    sys.stderr = sys.stderr or _opened(2, "w")


def _opened(number: int, mode: str) -> TextIO:
    return open(number, mode, encoding="utf-8", closefd=False)  # type: ignore[return-value]


def _lead_nowhere(writer: io.BufferedWriter) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, writer.fileno())
    os.close(nowhere)
