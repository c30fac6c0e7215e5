"""Ctrl-C and other signals, which wait until a write is complete."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALLED = 128
"""Added to a signal's number, this is the exit code of a program that the signal ended."""
LEAVING = [name for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
"""Signals, besides Ctrl-C, on which the program ends in an orderly way."""
_NUMBERS = [getattr(signal, name) for name in (*LEAVING, "SIGINT")]


@contextmanager
def uninterrupted() -> Iterator[None]:
    """A context in which signals wait until it is left. A slow reader makes a write wait, and
    leaving then would cut its line in two. A second signal of the same kind ends the program at
    once. Does nothing outside the main thread, where Python handles no signals, nor while Python
    shuts down, when nothing can be imported any more."""
    if sys.is_finalizing():
        yield
        return
    threading = sys.modules.get("threading")  # not imported: no other thread
    if threading and threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {number: signal.getsignal(number) for number in _NUMBERS}
    ours = [number for number in _NUMBERS if callable(before[number])]
    try:
        for number in ours:
            signal.signal(number, lambda number, _frame: _note(came, number))
        yield
    finally:
        for number in ours:
            signal.signal(number, before[number])
    if came:
        _answer(before[came[0]], came[0])


def end_at_once(number: int, _frame: FrameType | None) -> None:
    """The handler of a second signal: ends the program at once."""
    os._exit(SIGNALLED + number)


def _note(came: list[int], number: int) -> None:
    if number in came:
        end_at_once(number, None)
    came.append(number)


def _answer(handler: object, number: int) -> None:
    if callable(handler):
        handler(number, None)
