"""The command line: arguments in, exit code out. Heavy modules are imported only when needed."""

from __future__ import annotations

import atexit
import errno
import importlib
import os
import shutil
import signal
import stat
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn, TextIO

from rehearse.errors import RehearseError
from rehearse.options.parser import parser
from rehearse.terminal import console_encoding, output
from rehearse.terminal.interrupts import LEAVING, SIGNALLED, end_at_once
from rehearse.terminal.output import READER_GONE, OutputEnded
from rehearse.text import between_words, printable

__all__ = ["main", "parser", "program"]

INTERRUPTED = 130
HUNG_UP = 129


def program() -> NoReturn:
    """Run `main` and end the process with its exit code.

    After a signal the process ends before Python and PortAudio clean up. A thread may still be
    closing the microphone, for which cleaning up would wait, or writing down, on which it would
    crash."""
    output.prepare()
    code = _ended(main)
    if code <= SIGNALLED:
        code = _ended(lambda: _printed(code))
    for name in ("SIGINT", *LEAVING):  # a signal from here on would show a traceback
        signal.signal(getattr(signal, name), end_at_once if code > SIGNALLED else signal.SIG_DFL)
    if code > SIGNALLED:
        from rehearse.audio.portaudio import stay_loaded

        stay_loaded()
        atexit._run_exitfuncs()
        with suppress(OSError, SystemExit):
            sys.stdout.flush()
        os._exit(code)
    sys.exit(code)


def _ended(work: Callable[[], int]) -> int:
    """The exit code of `work`, however it ends; a bug keeps its traceback."""
    try:
        return work()
    except OutputEnded as ended:
        if ended.why:
            sys.stderr.write(f"{ended.why}\n")
        return ended.status
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else 1


def _printed(code: int) -> int:
    """`code`, after all output is written. Raises OutputEnded where that fails."""
    sys.stdout.flush()
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0 done, 1 an expected failure, 2 wrong usage, 130 Ctrl-C."""
    given = sys.argv[1:] if arguments is None else arguments
    console_encoding.accept_any_text()
    for name in LEAVING:
        signal.signal(getattr(signal, name), _leave_in_order)
    args = parser(given).parse_args(given)
    try:
        command = importlib.import_module(f"rehearse.commands.{args.module}")
        code: int = command.run(args)
    except RehearseError as error:
        _complain(printable(str(error)))
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    except OSError as error:
        if error.errno != errno.EIO or not _is_gone(sys.stdout):
            raise
        return HUNG_UP
    return code


def _complain(text: str) -> None:
    if sys.stderr.isatty():
        text = between_words(text, shutil.get_terminal_size().columns)
    sys.stderr.write(f"{text}\n")


def _leave_in_order(number: int, _frame: object) -> None:
    """A closed terminal or a shutdown ends a recording like a key does: its sound is kept. A second
    signal right after, such as SIGTERM after SIGHUP, must not interrupt that."""
    for name in LEAVING:
        signal.signal(getattr(signal, name), _leaving_already)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        if _is_gone(stream):
            os.dup2(nowhere, stream.fileno())
    raise SystemExit(SIGNALLED + number)


def _leaving_already(_number: int, _frame: object) -> None:
    """Instead of SIG_IGN: with it Python reports a signal that arrived together with the first."""


def _is_gone(stream: TextIO) -> bool:
    """Whether the stream was a terminal whose window was closed; writing to it fails."""
    try:
        there = os.fstat(stream.fileno())
    except (OSError, ValueError, AttributeError):  # closed, or there is no stream
        return False
    nowhere = os.stat(os.devnull)  # noqa: PTH116  (pathlib would slow every start)
    is_device = stat.S_ISCHR(there.st_mode) and there.st_rdev != nowhere.st_rdev
    return is_device and not stream.isatty()
