"""Single keys on Windows, from a console or a pipe; select() works with neither."""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, Generic, TextIO

from rehearse.ports import KeysOf
from rehearse.terminal.keymap import LEFT, RIGHT, Keymap, KeyReader, Pressed

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

LOOK_EVERY = 0.01
"""Seconds between two checks for a key."""
CTRL_C = "\x03"
SPECIAL = ("\x00", "\xe0")
"""Arrows and F-keys: a second character follows."""
ARROWS = {"K": LEFT, "M": RIGHT}


def windows_keyboard(keymap: Keymap[Pressed], stream: TextIO | None = None) -> KeysOf[Pressed]:
    chosen = stream if stream is not None else sys.stdin
    if chosen is not None and chosen.isatty():
        import msvcrt

        return ConsoleKeys(keymap, msvcrt)
    return PipeKeys(keymap, chosen)


class ConsoleKeys(Generic[Pressed]):
    """`console` is the module msvcrt: kbhit() and getwch()."""

    def __init__(self, keymap: Keymap[Pressed], console: Any) -> None:
        self._console = console
        self._reader = KeyReader(keymap)

    def open(self) -> AbstractContextManager[None]:
        return nullcontext()

    def flush(self) -> None:
        self._reader.forget()
        while self._console.kbhit():
            self._typed()

    def waiting(self) -> bool:
        return bool(self._console.kbhit())

    def poll(self, timeout: float) -> Pressed | None:
        until = time.monotonic() + timeout
        while True:
            while self._console.kbhit():
                for character in self._typed():
                    if key := self._reader.feed(character):
                        return key
            left = until - time.monotonic()
            if left <= 0:
                return None
            time.sleep(min(LOOK_EVERY, left))

    def _typed(self) -> str:
        """A character, or the escape sequence of an arrow key; "" for other keys such as F1."""
        character: str = self._console.getwch()
        if character == CTRL_C:
            raise KeyboardInterrupt
        if character in SPECIAL:
            return ARROWS.get(self._console.getwch(), "")
        return character


class PipeKeys(Generic[Pressed]):
    """A pipe as a keyboard. A thread reads its characters, because a pipe cannot be polled."""

    def __init__(self, keymap: Keymap[Pressed], stream: TextIO | None) -> None:
        self._keymap = keymap
        self._stream = stream
        self._reader = KeyReader(keymap)
        self._characters: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    @contextmanager
    def open(self) -> Iterator[None]:
        if self._thread is None:
            self._thread = threading.Thread(target=self._read, daemon=True, name="keys")
            self._thread.start()
        yield

    def flush(self) -> None:
        """Does nothing: the characters in a pipe are intended."""

    def waiting(self) -> bool:
        return False

    def poll(self, timeout: float) -> Pressed | None:
        until = time.monotonic() + timeout
        while True:
            try:
                character = self._characters.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                return None
            if not character:
                self._characters.put("")  # the end stays the end
                return self._keymap.leave
            if key := self._reader.feed(character):
                return key

    def _read(self) -> None:
        while self._stream is not None and (character := self._stream.read(1)):
            self._characters.put(character)
        self._characters.put("")
