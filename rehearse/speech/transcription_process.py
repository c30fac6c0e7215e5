"""Answers are written down in a process of its own, so that nothing that ends a model ends a
recording.

The process is kept for a whole session, and so is its model. Where it dies or hangs in the middle
of an answer, a new one reads the sound so far from its file and catches up; where that fails as
well, the answer waits for its words.
"""

from __future__ import annotations

import itertools
import threading
from typing import TYPE_CHECKING

from rehearse.errors import WritingLost
from rehearse.speech import messages
from rehearse.speech.child_process import USUAL, Patience, Worker
from rehearse.speech.dictation import PLAIN, Spoken, Wish
from rehearse.speech.dictation_apart import DictationApart

if TYPE_CHECKING:
    from rehearse.ports import Transcriber, VoiceActivity

RESTARTS = 1
"""For each answer. Chance does not strike twice; what ends two processes ends a third."""


class DeskApart:
    """At most one process at a time; begun when it is first needed."""

    def __init__(
        self,
        activity: VoiceActivity,
        transcriber: Transcriber,
        *,
        patience: Patience = USUAL,
    ) -> None:
        """Both are pickled, and load nothing in this process."""
        self._first = messages.packed(messages.Start(activity, transcriber))
        self._patience = patience
        self._turn = threading.RLock()
        self._worker: Worker | None = None
        self._numbers = itertools.count(1)
        self._open: dict[int, DictationApart] = {}
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Of the process that works now."""
        worker = self._worker
        return None if worker is None else worker.pid

    def prepare(self) -> None:
        import numpy  # noqa: F401  (two threads that import it at once can lock each other out)

        with self._turn:
            if worker := self._ready():
                worker.send(messages.Prepare())

    def begin(self, spoken: Spoken, wish: Wish = PLAIN) -> DictationApart:
        with self._turn:
            dictation = DictationApart(next(self._numbers), spoken, wish, self._leave)
            self._open[dictation.number] = dictation
            self._give(dictation)
            return dictation

    def close(self) -> None:
        with self._turn:
            self._closed = True
            worker, self._worker = self._worker, None
            self._open.clear()
        if worker is not None:
            worker.end()

    def _ready(self) -> Worker | None:
        """The process; None where none can be begun."""
        if self._worker is None and not self._closed:
            try:
                self._worker = Worker(
                    self._first, hear=self._hear, lost=self._lost, patience=self._patience
                )
            except OSError:
                return None
        return self._worker

    def _give(self, dictation: DictationApart) -> None:
        """To the process, or to a new one; where there is none, the dictation fails."""
        worker = self._ready() or self._ready()
        if worker is None:
            self._fail(dictation, "No process could be started to write the answer down")
        else:
            dictation.told_to(worker)

    def _fail(self, dictation: DictationApart, why: str) -> None:
        del self._open[dictation.number]
        dictation.fails(WritingLost(f"{why}."))

    def _leave(self, dictation: DictationApart) -> None:
        with self._turn:
            self._open.pop(dictation.number, None)

    def _hear(self, message: object) -> None:
        """In the process's thread."""
        assert isinstance(
            message, messages.Now | messages.Progress | messages.Done | messages.Failed
        )
        dictation = self._open.get(message.number)
        if dictation is not None:
            dictation.hears(message)

    def _lost(self, worker: Worker) -> None:
        """In the thread of the process that has ended: what it was at goes to a new one."""
        with self._turn:
            if worker is not self._worker:
                return
            self._worker = None
            for dictation in list(self._open.values()):
                if dictation.restarts < RESTARTS:
                    dictation.restarts += 1
                    self._give(dictation)
                else:
                    self._fail(dictation, _sentence(worker.why))


def _sentence(why: str) -> str:
    reason = why or "perhaps because memory ran out"
    return f"The process that writes answers down stopped twice, {reason}"
