"""Single keys from a terminal or a pipe."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Generic, TextIO

from rehearse.ports import Key, Keys, KeysOf
from rehearse.replay.playhead import Press
from rehearse.terminal.keymap import (
    END_OF_INPUT,
    ESCAPE_PAUSE,
    LEFT,
    RIGHT,
    Keymap,
    KeyReader,
    Pressed,
)

SESSION = Keymap(
    Key.LEAVE,
    {
        "\n": Key.END,
        "\r": Key.END,
        " ": Key.PAUSE,
        "r": Key.START_OVER,
        "s": Key.SKIP,
        "q": Key.LEAVE,
        "d": Key.DETAILS,
        "c": Key.COMPARE,
        "p": Key.PLAY,
        END_OF_INPUT: Key.LEAVE,
    },
)
REPLAY = Keymap(
    Press.LEAVE,
    {
        " ": Press.PAUSE,
        "n": Press.NEXT,
        "p": Press.PREVIOUS,
        "m": Press.OTHER_MARKS,
        "[": Press.SLOWER,
        "]": Press.FASTER,
        "l": Press.LOOP,
        "q": Press.LEAVE,
        END_OF_INPUT: Press.LEAVE,
    },
    {LEFT: Press.BACK, RIGHT: Press.ON},
)


def keyboard(stream: TextIO | None = None) -> Keys:
    """The keyboard of this platform; it reads from `stream` (default: stdin)."""
    return _of_this_platform(SESSION, stream)


def replay_keyboard(stream: TextIO | None = None) -> KeysOf[Press]:
    return _of_this_platform(REPLAY, stream)


def _of_this_platform(keymap: Keymap[Pressed], stream: TextIO | None) -> KeysOf[Pressed]:
    if sys.platform == "win32":
        from rehearse.terminal.keyboard_windows import windows_keyboard

        return windows_keyboard(keymap, stream)
    return Keyboard(keymap, stream)


class Keyboard(Generic[Pressed]):
    """POSIX: a terminal in cbreak mode, so that Ctrl-C stays a KeyboardInterrupt, or a pipe whose
    bytes count as keys. One byte is read at a time: what follows is left to others."""

    def __init__(self, keymap: Keymap[Pressed], stream: TextIO | None = None) -> None:
        self._keymap = keymap
        self._stream = stream
        self._reader = KeyReader(keymap)

    @contextmanager
    def open(self) -> Iterator[None]:
        import termios
        import tty

        descriptor = self._descriptor()
        if descriptor is None or not os.isatty(descriptor):
            yield
            return
        before = termios.tcgetattr(descriptor)

        def cbreak(*_: object) -> None:
            with suppress(termios.error):
                tty.setcbreak(descriptor, termios.TCSANOW)

        try:
            with _when_continued(cbreak):
                cbreak()
                yield
        finally:
            with suppress(termios.error):  # the terminal was closed
                termios.tcsetattr(descriptor, termios.TCSANOW, before)

    def flush(self) -> None:
        """Forget keys that were typed too early, but only of a terminal: the bytes in a pipe are
        intended."""
        import termios

        descriptor = self._descriptor()
        if descriptor is not None and os.isatty(descriptor):
            self._reader.forget()
            with suppress(termios.error):
                termios.tcflush(descriptor, termios.TCIFLUSH)

    def waiting(self) -> bool:
        descriptor = self._descriptor()
        if descriptor is None or not os.isatty(descriptor):
            return False
        return bool(select.select([descriptor], [], [], 0.0)[0])

    def poll(self, timeout: float) -> Pressed | None:
        descriptor = self._descriptor()
        if descriptor is None:
            return self._keymap.leave
        until = time.monotonic() + timeout
        while True:
            left = max(0.0, until - time.monotonic())
            patience = min(left, ESCAPE_PAUSE) if self._reader.in_escape else left
            if not select.select([descriptor], [], [], patience)[0]:
                self._reader.forget()
                if patience == left:
                    return None
                continue
            character = _read(descriptor)
            if not character:
                return self._keymap.leave
            if key := self._reader.feed(character):
                return key

    def _descriptor(self) -> int | None:
        """The file descriptor; None for a stream without one, as under a test runner."""
        stream = self._stream if self._stream is not None else sys.stdin
        try:
            return stream.fileno()
        except (AttributeError, OSError, ValueError):
            return None


def _read(descriptor: int) -> str:
    try:
        return os.read(descriptor, 1).decode("latin-1")
    except OSError:  # the terminal was closed
        return ""


@contextmanager
def _when_continued(do: Any) -> Iterator[None]:
    """Call `do` when the program continues after Ctrl-Z, because the shell resets the terminal."""
    try:
        before = signal.signal(signal.SIGCONT, do)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGCONT, before)
