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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60.0
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07)")


class Terminal:
    """A running command; `screen` is all that it wrote, without escape sequences."""

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self.process = process
        self._master = master
        self.raw = ""

    @property
    def screen(self) -> str:
        return _ESCAPE.sub("", self.raw).replace("\r", "\n")

    @property
    def words(self) -> str:
        """The screen with all white space as one blank, however the lines were wrapped."""
        return " ".join(self.screen.split())

    def press(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def until(self, text: str, *, after: int = 0, seconds: float = PATIENCE) -> int:
        """Read until `text` is on the screen behind position `after`; gives where it ends."""
        deadline = time.monotonic() + seconds
        while (found := self.words.find(text, after)) < 0:
            alive = self.read(max(0.0, deadline - time.monotonic()))
            assert alive, f"{text!r} was not shown before the end:\n{self.screen}"
            assert time.monotonic() < deadline, f"{text!r} was not shown:\n{self.screen}"
        return found + len(text)

    def ends(self, seconds: float = PATIENCE) -> int:
        """Read to the end; gives the exit code."""
        deadline = time.monotonic() + seconds
        while self.read(max(0.0, deadline - time.monotonic())):
            assert time.monotonic() < deadline, f"it did not end:\n{self.screen}"
        return self.process.wait(timeout=seconds)

    def read(self, seconds: float) -> bool:
        """What comes within `seconds`, a fifth at most; False once the other side is closed."""
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
    *arguments: str, home: Path, environment: dict[str, str], columns: int = 80
) -> Iterator[Terminal]:
    """Run one command on a terminal of its own; killed when the context is left."""
    command = [sys.executable, "-m", "rehearse", *arguments, "--home", str(home)]
    with on_terminal(command, environment=environment, columns=columns) as terminal:
        yield terminal


@contextmanager
def on_terminal(
    command: list[str], *, environment: dict[str, str], columns: int = 80
) -> Iterator[Terminal]:
    """Run any program on a terminal of its own; killed when the context is left."""
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    plain = {k: v for k, v in environment.items() if k not in ("NO_COLOR", "COLUMNS", "LINES")}
    process = subprocess.Popen(
        command,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=plain | {"TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(slave)
    try:
        yield Terminal(process, master)
    finally:
        process.kill()
        process.wait()
        os.close(master)
