"""Single keys from the terminal, or from whatever stands in for it."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from rehearse.ports import Key, Keys

ESCAPE_PAUSE = 0.05
"""Seconds within which the rest of an arrow key's sequence follows its escape character."""

KEYS = {
    "\n": Key.END,
    "\r": Key.END,
    " ": Key.PAUSE,
    "r": Key.START_OVER,
    "s": Key.SKIP,
    "q": Key.LEAVE,
    "\x04": Key.LEAVE,  # Ctrl-D, the end of input as a terminal sends it
}


def keyboard(stream: TextIO | None = None) -> Keys:
    """The keys of this platform, read from `stream` (stdin)."""
    if sys.platform == "win32":
        from rehearse.adapters.keyboard_windows import windows_keyboard

        return windows_keyboard(stream)
    return Keyboard(stream)


class KeyReader:
    """Characters into keys. Escape sequences (arrows, F-keys) are no keys, nor is the line feed
    of a carriage return."""

    def __init__(self) -> None:
        self._before = ""
        self._escape = ""

    @property
    def in_escape(self) -> bool:
        return bool(self._escape)

    def forget(self) -> None:
        self._before = self._escape = ""

    def feed(self, character: str) -> Key | None:
        if self._escape:
            self._continue(character)
            return None
        if character == "\x1b":
            self._escape = character
            return None
        before, self._before = self._before, character
        if (before, character) == ("\r", "\n"):
            return None
        return KEYS.get(character.lower())

    def _continue(self, character: str) -> None:
        begins = self._escape == "\x1b"
        if begins and character in "[O\x1b":
            self._escape = "\x1b" if character == "\x1b" else self._escape + character
        elif begins or self._escape == "\x1bO" or "@" <= character <= "~":
            self._escape = ""


class Keyboard:
    """POSIX: a terminal in cbreak mode, so that Ctrl-C stays a KeyboardInterrupt, or a pipe whose
    bytes count as keys. One byte is read at a time: what follows is left to others."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream
        self._reader = KeyReader()

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

    def poll(self, timeout: float) -> Key | None:
        descriptor = self._descriptor()
        if descriptor is None:
            return Key.LEAVE
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
                return Key.LEAVE
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
