"""The command line in a real pseudo-terminal, with real keys."""

from __future__ import annotations

import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests import ready

PATIENCE = 60.0
GONE = -1
TAKE_IT = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)"
"""The terminal becomes the session's own: Ctrl-C and a closed window reach the program as signals.
"""
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07)")


OVER = ("Enter finishes ·", "any other key ends")
"""Shown where the last report waits for a key."""


class Terminal:
    """A running command; `screen` is all that it wrote, without escape sequences."""

    def __init__(self, process: subprocess.Popen[bytes] | ready.Program, master: int) -> None:
        self.process = process
        self._master = master
        self.raw = ""

    @property
    def is_open(self) -> bool:
        return self._master != GONE

    @property
    def screen(self) -> str:
        return _ESCAPE.sub("", self.raw).replace("\r", "\n")

    @property
    def words(self) -> str:
        """The screen with all white space as one blank, however the lines were wrapped."""
        return " ".join(self.screen.split())

    def press(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def hang_up(self) -> None:
        """Close it, as a window is closed; nothing more is read from it."""
        os.close(self._master)
        self._master = GONE

    def until(self, text: str, *, after: int = 0, seconds: float = PATIENCE) -> int:
        """Read until `text` is on the screen behind position `after`; gives where it ends."""
        deadline = time.monotonic() + seconds
        while (found := self.words.find(text, after)) < 0:
            alive = self._read(max(0.0, deadline - time.monotonic()))
            assert alive, f"{text!r} was not shown before the end:\n{self.screen}"
            assert time.monotonic() < deadline, f"{text!r} was not shown:\n{self.screen}"
        return found + len(text)

    def look(self, seconds: float = 0.02) -> bool:
        """Read what is shown within `seconds`; whether there may be more."""
        return self._read(seconds)

    def ends(self, seconds: float = PATIENCE) -> int:
        """Read to the end, with Enter after the last report; gives the exit code."""
        deadline = time.monotonic() + seconds
        pressed = 0
        while self._read(max(0.0, deadline - time.monotonic())):
            if (asked := sum(map(self.words.count, OVER))) > pressed:
                pressed = asked
                self.press("\r")
            assert time.monotonic() < deadline, f"it did not end:\n{self.screen}"
        return self.process.wait(timeout=seconds)

    def _read(self, seconds: float) -> bool:
        if not self.is_open:
            return False
        if not select.select([self._master], [], [], min(seconds, 0.2))[0]:
            return True
        try:
            block = os.read(self._master, 65536)
        except OSError:  # what Linux says when the other side is closed
            return False
        self.raw += block.decode("utf-8", "replace")
        return bool(block)


@contextmanager
def rehearse(
    *arguments: str,
    home: Path,
    environment: dict[str, str],
    columns: int = 80,
    within: Sequence[str] = (),
    umask: int = -1,
    anew: bool = False,
) -> Iterator[Terminal]:
    """Run one command on a terminal of its own, by the command `within` where one is given; killed
    when the context is left. `anew`: from the very start of Python."""
    plain = {k: v for k, v in environment.items() if k not in ("NO_COLOR", "COLUMNS", "LINES")}
    command = [*within, sys.executable, "-m", "rehearse", *arguments, "--home", str(home)]
    colours = plain | {"TERM": "xterm-256color"}
    if not (anew or within) and ready.can_start(colours):
        with _at_once([*arguments, "--home", str(home)], colours, columns, umask) as terminal:
            yield terminal
        return
    with on_terminal(command, colours, columns=columns, umask=umask) as terminal:
        yield terminal


@contextmanager
def _at_once(
    arguments: Sequence[str], environment: dict[str, str], columns: int, umask: int
) -> Iterator[Terminal]:
    master, slave = _opened(columns)
    streams = (slave, slave, slave)
    process = ready.start(arguments, environment, streams, umask=umask, terminal=True)
    with _until_it_ends(Terminal(process, master), slave) as terminal:
        yield terminal


@contextmanager
def on_terminal(
    command: Sequence[str],
    environment: dict[str, str],
    *,
    columns: int = 80,
    folder: Path | None = None,
    umask: int = -1,
) -> Iterator[Terminal]:
    """Any program on a terminal of its own; killed when the context is left."""
    master, slave = _opened(columns)
    process = subprocess.Popen(
        [sys.executable, "-c", f"{TAKE_IT}; os.execvp(sys.argv[1], sys.argv[1:])", *command],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=environment,
        cwd=folder,
        start_new_session=True,
        umask=umask,
    )
    with _until_it_ends(Terminal(process, master), slave) as terminal:
        yield terminal


def _opened(columns: int) -> tuple[int, int]:
    """Both ends of a new terminal."""
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    return master, slave


@contextmanager
def _until_it_ends(terminal: Terminal, slave: int) -> Iterator[Terminal]:
    os.close(slave)
    try:
        yield terminal
    finally:
        terminal.process.kill()
        terminal.process.wait()
        if terminal.is_open:
            terminal.hang_up()
