"""One process that writes down, from the outside: begun, watched and ended.

It may be killed, abort or hang at any moment. What is said to it goes through a thread, so that
nobody who has sound ever waits for it.
"""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rehearse.speech import messages

_ROOT = Path(__file__).parents[2]
"""Comes first on the path of the new process: the folder of the package, not the user's."""
_LOOK = 1.0
"""Seconds between two looks at whether it lives; it gives a sign as often."""
_ENDING = 2.0
"""Seconds to wait for a process that was killed; only a machine out of breath needs more."""


@dataclass(frozen=True)
class Patience:
    """When a process counts as one that hangs."""

    silence: float = 20.0
    """Seconds without a sign of life. A thread of its own gives one each second, also while a model
    loads or writes; a machine that swaps may hold up all of a process for some seconds."""
    start: float = 60.0
    """Seconds until the first one: Python comes from a cold disk here."""
    piece: float = 300.0
    """Seconds for one piece, which is 30 s of sound at most, or for the model to load: a model ten
    times slower than speech still gets through, and is of no use to anybody."""


USUAL = Patience()


class Worker:
    """`hear` gets each message and `lost`, once, what ended it; both in a thread of its own."""

    def __init__(
        self,
        first: bytes,
        *,
        hear: Callable[[object], None],
        lost: Callable[[Worker], None],
        patience: Patience,
    ) -> None:
        """`first` is what it is told first. Raises OSError where no process can be begun."""
        self._hear = hear
        self._lost = lost
        self._patience = patience
        self._out: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._allowed = patience.start
        self._missed = 0
        """Looks since the last sign of life. They are counted, since a clock also runs while the
        machine sleeps or the program is stopped."""
        self._over = threading.Event()
        self.why = ""
        """What ended it, as the end of a sentence; empty where that is not known."""
        self._process = _begun()
        self._out.put(first)
        for work in (self._write, self._read, self._watch):
            threading.Thread(target=work, name="worker", daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def send(self, message: object) -> None:
        """Returns at once, and raises nothing."""
        self._out.put(messages.packed(message))

    def end(self) -> None:
        """At once, whatever it does."""
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDING)
        self._over.wait(_ENDING)

    def _write(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        with suppress(OSError), pipe:
            while (data := self._out.get()) is not None:
                messages.write(pipe.fileno(), data)

    def _read(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None
        try:
            with suppress(OSError), pipe:
                for message in messages.messages(pipe.fileno()):
                    self._missed, self._allowed = 0, self._patience.silence
                    self._heed(message)
        finally:
            self._is_lost()

    def _is_lost(self) -> None:
        self._process.kill()  # one that closes its end and goes on is of no use
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDING)
        self._out.put(None)
        self._over.set()
        self._lost(self)

    def _heed(self, message: object) -> None:
        if isinstance(message, messages.Ends):
            self.why = message.why
        elif isinstance(message, messages.Beat):
            if message.busy > self._patience.piece:
                self._hangs()
        else:
            self._hear(message)

    def _watch(self) -> None:
        while not self._over.wait(_LOOK):
            self._missed += 1
            if self._missed * _LOOK > self._allowed:
                self._hangs()

    def _hangs(self) -> None:
        self.why = "because it no longer answered"
        self._process.kill()


def _begun() -> subprocess.Popen[bytes]:
    """In a session of its own: keys and signals of the terminal are for its parent alone."""
    return subprocess.Popen(
        [sys.executable, "-m", "rehearse.speech.transcription_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        cwd=_ROOT,
        start_new_session=os.name == "posix",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
