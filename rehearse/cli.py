"""The command line: arguments in, exit code out. Nothing heavy is imported before it is needed."""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Sequence

from rehearse.errors import RehearseError
from rehearse.options.parser import parser

__all__ = ["main", "parser"]

INTERRUPTED = 130
OUTPUT_CLOSED = 141
"""128 + SIGPIPE: the reader of our output went away, as in `rehearse takes | head -1`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0 done, 1 an expected failure, 2 wrong usage, 130 Ctrl-C."""
    given = sys.argv[1:] if arguments is None else arguments
    asked = parser(given).parse_args(given)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _leave_in_order)
    try:
        command = importlib.import_module(f"rehearse.commands.{asked.module}")
        code: int = command.run(asked)
    except RehearseError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OUTPUT_CLOSED
    return code


def _leave_in_order(number: int, _frame: object) -> None:
    """A closed terminal or a shutdown ends a recording like a key does: with its sound kept."""
    raise SystemExit(128 + number)
