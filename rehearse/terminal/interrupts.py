"""Ctrl-C and its like, answered when what is being written is whole."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALLED = 128
"""The exit code of a program that a signal ended is this and the signal's number."""
LEAVING = [name for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
"""Signals that end a program in order, besides Ctrl-C."""
_NUMBERS = [getattr(signal, name) for name in (*LEAVING, "SIGINT")]


@contextmanager
def uninterrupted() -> Iterator[None]:
    """What goes on inside is finished before a signal is answered: a reader that is slow makes a
    write wait, and leaving then would tear its line. The same signal once more ends the program at
    once. In other threads nothing changes, for no signal is answered there."""
    import threading  # it would slow every start

    if threading.current_thread() is not threading.main_thread():
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
    """What a signal does to somebody who is leaving already."""
    os._exit(SIGNALLED + number)


def _note(came: list[int], number: int) -> None:
    if number in came:
        end_at_once(number, None)
    came.append(number)


def _answer(handler: object, number: int) -> None:
    if callable(handler):
        handler(number, None)
