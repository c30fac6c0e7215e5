"""The process that speaks with the natural voice, from the outside: begun with the first text, kept
for the next ones, and ended when it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO

import rehearse
from rehearse.errors import VoiceFailed
from rehearse.speech import natural
from rehearse.speech.natural_child import Utterance
from rehearse.text import printable

_ROOT = Path(rehearse.__file__).parent.parent
_GRACE = 1.0
"""Seconds that the process has after the limit to end by itself."""


class NaturalProcess:
    """Several threads may ask it; it speaks one text at a time."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._complaints: IO[bytes] | None = None

    def begin(self) -> None:
        """Load the voice now, beside all else, for the first text. Returns at once and raises
        nothing: what fails is said with that text."""
        threading.Thread(target=self._begin, name="voice", daemon=True).start()

    def _begin(self) -> None:
        with suppress(VoiceFailed), self._turn:
            self._child = self._child or self._begun()

    def speak(self, said: Utterance) -> None:
        """Write the WAV. Raises VoiceFailed; the next text then begins a new process."""
        with self._turn:
            child = self._child or self._begun()
            self._child = child
            limit = threading.Timer(said.limit + _GRACE, self._give_up, (child, said.limit))
            limit.start()
            is_written = _asked(child, said)
            limit.cancel()
            if not is_written:
                raise VoiceFailed(f"The voice failed ({self._ended()}).")

    def _give_up(self, child: subprocess.Popen[bytes], seconds: float) -> None:
        assert self._complaints is not None
        with suppress(ValueError):  # it ended just now, and the file is closed
            self._complaints.write(f"\nno sound within {seconds:.0f} seconds".encode())
        child.kill()

    def close(self) -> None:
        with self._turn:
            self._ended()

    def _begun(self) -> subprocess.Popen[bytes]:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed with its process
        command = [sys.executable, "-m", "rehearse.speech.natural_child", str(natural.model())]
        try:
            # Its folder comes first on the child's path: that of the package, not the user's.
            return subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                cwd=_ROOT,
                start_new_session=os.name == "posix",  # Ctrl-C is for its parent alone
            )
        except OSError as error:
            raise VoiceFailed(f"The voice could not be started ({error}).") from error

    def _ended(self) -> str:
        """What it complained of last."""
        child, complaints, self._child = self._child, self._complaints, None
        if child is None or complaints is None:
            return ""
        with suppress(OSError), child:
            child.kill()
        with complaints:
            complaints.seek(0)
            lines = complaints.read().decode("utf-8", "replace").strip().splitlines()
        return printable(lines[-1]) if lines else f"exit code {child.returncode}"


def _asked(child: subprocess.Popen[bytes], said: Utterance) -> bool:
    """Whether it wrote the sound; False where it ended instead."""
    assert child.stdin is not None and child.stdout is not None
    with suppress(OSError):
        child.stdin.write(json.dumps(asdict(said)).encode() + b"\n")
        child.stdin.flush()
        return bool(child.stdout.readline())
    return False
