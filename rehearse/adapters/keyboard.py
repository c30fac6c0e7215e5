"""Single keys from the terminal, or from whatever stands in for it."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Generic, TextIO, TypeVar

from rehearse.ports import Key, Keys, KeysOf
from rehearse.replay import Press

Pressed = TypeVar("Pressed", covariant=True)

ESCAPE_PAUSE = 0.05
"""Seconds within which the rest of an arrow key's sequence follows its escape character."""

LEFT, RIGHT = "\x1b[D", "\x1b[C"
END_OF_INPUT = "\x04"
"""Ctrl-D, as a terminal sends it."""


@dataclass(frozen=True)
class Keymap(Generic[Pressed]):
    """What each key means; `leave` is also the end of input."""

    leave: Pressed
    characters: Mapping[str, Pressed]
    """In lower case."""
    arrows: Mapping[str, Pressed] = field(default_factory=dict)
    """By their escape sequences."""


SESSION = Keymap(
    Key.LEAVE,
    {
        "\n": Key.END,
        "\r": Key.END,
        " ": Key.PAUSE,
        "r": Key.START_OVER,
        "s": Key.SKIP,
        "q": Key.LEAVE,
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
    """The keys of a session on this platform, read from `stream` (stdin)."""
    return _of_this_platform(SESSION, stream)


def replay_keyboard(stream: TextIO | None = None) -> KeysOf[Press]:
    return _of_this_platform(REPLAY, stream)


def _of_this_platform(keymap: Keymap[Pressed], stream: TextIO | None) -> KeysOf[Pressed]:
    if sys.platform == "win32":
        from rehearse.adapters.keyboard_windows import windows_keyboard

        return windows_keyboard(keymap, stream)
    return Keyboard(keymap, stream)


class KeyReader(Generic[Pressed]):
    """Characters into keys. Escape sequences that the keymap does not know (F-keys) are no keys,
    nor is the line feed of a carriage return."""

    def __init__(self, keymap: Keymap[Pressed]) -> None:
        self._keymap = keymap
        self._before = ""
        self._escape = ""

    @property
    def in_escape(self) -> bool:
        return bool(self._escape)

    def forget(self) -> None:
        self._before = self._escape = ""

    def feed(self, character: str) -> Pressed | None:
        if self._escape:
            return self._continue(character)
        if character == "\x1b":
            self._escape = character
            return None
        before, self._before = self._before, character
        if (before, character) == ("\r", "\n"):
            return None
        return self._keymap.characters.get(character.lower())

    def _continue(self, character: str) -> Pressed | None:
        begins = self._escape == "\x1b"
        if begins and character in "[O\x1b":
            self._escape = "\x1b" if character == "\x1b" else self._escape + character
        elif begins or self._escape == "\x1bO" or "@" <= character <= "~":
            # A terminal in application mode sends "O" for "[".
            whole, self._escape = f"\x1b[{self._escape[2:]}{character}", ""
            return None if begins else self._keymap.arrows.get(whole)
        else:
            self._escape += character
        return None


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
        """Only a terminal is typed at ahead of time; what a pipe holds was put there on purpose."""
        import termios

        descriptor = self._descriptor()
        if descriptor is not None and os.isatty(descriptor):
            self._reader.forget()
            with suppress(termios.error):
                termios.tcflush(descriptor, termios.TCIFLUSH)

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
        """None for a stream without one, as under a test runner or without a console."""
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
    """Call `do` when the program goes on after Ctrl-Z: the shell has reset the terminal."""
    try:
        before = signal.signal(signal.SIGCONT, do)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGCONT, before)
