"""One step of the setting up: a line that moves while a program works, and its time at the end."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

LOG = Path("build") / "setup.log"
"""All that the programs said, for whoever looks for a cause."""
BEAT = 0.25
"""Seconds between two looks at the clock on a terminal."""
SIGN = 10.0
"""Seconds between two signs of life where the lines cannot move, as in a pipe."""

Meaning = Callable[[str], str | None]
"""What a line of a program's output says to people; None: nothing."""


class Failed(Exception):
    """A program did not do its work."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self.lines = lines
        """All that it said."""


class Step:
    """`with Step("what is done and why") as step: step.run(...)`."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._moves = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        self._began = self._signed = time.monotonic()
        self._now = ""
        """What is going on, in a few words."""

    def __enter__(self) -> Step:
        self._write(f"  {self._what}\n")
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        end = "done" if kind is None else "stopped"
        self._write(f"{self._start}{end}, {self._seconds}\n")

    def run(
        self,
        command: Sequence[str | Path],
        *,
        meaning: Meaning = lambda line: None,
        folder: Path | None = None,
    ) -> None:
        """Raises Failed."""
        said: list[str] = []
        lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        with _started(command, folder) as program, _log() as log:
            log.write(f"\n# {self._what}\n")
            reader = threading.Thread(target=_pass_on, args=(program, lines), daemon=True)
            reader.start()
            try:
                while (line := self._next(lines)) is not None:
                    log.write(line)
                    said.append(line.rstrip())
                    self._now = meaning(line.strip()) or self._now
            except BaseException:
                program.terminate()
                raise
        if program.returncode:
            raise Failed(said)

    def _next(self, lines: queue.SimpleQueue[str | None]) -> str | None:
        while True:
            with suppress(queue.Empty):
                return lines.get(timeout=BEAT)
            self._beat()

    def _beat(self) -> None:
        if self._moves:
            width = shutil.get_terminal_size().columns - 1
            self._write(f"{self._start}{self._seconds}  {self._now}"[:width])
        elif time.monotonic() - self._signed >= SIGN:
            self._signed = time.monotonic()
            self._write(f"{self._start}{self._seconds}  {self._now or 'still at it'}\n")

    @property
    def _start(self) -> str:
        return "\r\033[K    " if self._moves else "    "

    @property
    def _seconds(self) -> str:
        return f"{time.monotonic() - self._began:.0f} s"

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()


def _started(command: Sequence[str | Path], folder: Path | None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


def _pass_on(program: subprocess.Popen[str], lines: queue.SimpleQueue[str | None]) -> None:
    assert program.stdout is not None
    for line in program.stdout:
        lines.put(line)
    lines.put(None)


def _log() -> TextIO:
    LOG.parent.mkdir(exist_ok=True)
    return LOG.open("a", encoding="utf-8")
