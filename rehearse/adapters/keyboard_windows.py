"""Single keys on Windows: the console's, or those of a pipe, which select() cannot wait for."""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, TextIO

from rehearse.adapters.keyboard import KeyReader
from rehearse.ports import Key, Keys

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

LOOK_EVERY = 0.01
"""Seconds; the console tells of a key only when asked."""
CTRL_C = "\x03"
SPECIAL = ("\x00", "\xe0")
"""Arrows and F-keys: a second character follows."""


def windows_keyboard(stream: TextIO | None = None) -> Keys:
    chosen = stream if stream is not None else sys.stdin
    if chosen is not None and chosen.isatty():
        import msvcrt

        return ConsoleKeys(msvcrt)
    return PipeKeys(chosen)


class ConsoleKeys:
    """`console` is the module msvcrt: kbhit() and getwch()."""

    def __init__(self, console: Any) -> None:
        self._console = console
        self._reader = KeyReader()

    def open(self) -> AbstractContextManager[None]:
        return nullcontext()

    def flush(self) -> None:
        self._reader.forget()
        while self._console.kbhit():
            self._character()

    def poll(self, timeout: float) -> Key | None:
        until = time.monotonic() + timeout
        while True:
            while self._console.kbhit():
                if key := self._reader.feed(self._character()):
                    return key
            left = until - time.monotonic()
            if left <= 0:
                return None
            time.sleep(min(LOOK_EVERY, left))

    def _character(self) -> str:
        character: str = self._console.getwch()
        if character == CTRL_C:
            raise KeyboardInterrupt
        if character in SPECIAL:
            self._console.getwch()
            return ""
        return character


class PipeKeys:
    """A thread waits for the pipe's characters, since nothing else can."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self._reader = KeyReader()
        self._characters: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    @contextmanager
    def open(self) -> Iterator[None]:
        if self._thread is None:
            self._thread = threading.Thread(target=self._read, daemon=True, name="keys")
            self._thread.start()
        yield

    def flush(self) -> None:
        """What a pipe holds was put there on purpose."""

    def poll(self, timeout: float) -> Key | None:
        until = time.monotonic() + timeout
        while True:
            try:
                character = self._characters.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                return None
            if not character:
                self._characters.put("")  # the end stays the end
                return Key.LEAVE
            if key := self._reader.feed(character):
                return key

    def _read(self) -> None:
        while self._stream is not None and (character := self._stream.read(1)):
            self._characters.put(character)
        self._characters.put("")
