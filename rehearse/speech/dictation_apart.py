"""An answer that is written down in another process, as its parent sees it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rehearse.errors import RehearseError
from rehearse.model.take import SAMPLE_RATE, Span, Word
from rehearse.speech import messages
from rehearse.speech.child_process import Worker
from rehearse.speech.dictation import LOOK, Heard, Spoken, Wish, Written
from rehearse.speech.utterance import Listening

if TYPE_CHECKING:
    from rehearse.model.take import Samples

LATE = 10.0
"""Seconds by which listening may lag behind live sound before it is said: a model that loads on a
busy machine takes some."""
AHEAD = 60 * SAMPLE_RATE
"""Samples of a sound that no file has which may be on their way: an hour of it is not sent twice
into memory."""
NOT_YET = "I cannot follow what you say at the moment."


class DictationApart:
    """One answer, written down by a process that may be another one in the end."""

    def __init__(
        self, number: int, spoken: Spoken, wish: Wish, leave: Callable[[DictationApart], None]
    ) -> None:
        self.number = number
        self.restarts = 0
        self._spoken = spoken
        self._wish = wish
        self._leave = leave
        self._changed = threading.Condition()
        self._worker: Worker | None = None
        self._fed = self._followed = 0
        """Samples."""
        self._finish: messages.Finish | None = None
        self._caught_up = 0
        """Samples that a new process has to follow before its moment is this moment."""
        self._listening = Listening(0.0, 0.0, 0.0, None)
        self._parts: list[Heard] = []
        self._words: tuple[Word, ...] = ()
        self._second = 0.0
        self._written: Written | None = None
        self._error: RehearseError | None = None

    # To the process

    def feed(self, samples: Samples) -> None:
        with self._changed:
            if self._spoken.path is None and not self._wish.live:
                self._changed.wait_for(self._has_room)
            self._fed += len(samples)
            self._send(self._fed_message(samples))

    def drop(self) -> None:
        self._leave(self)
        self._send(messages.Drop(self.number))

    def told_to(self, worker: Worker) -> None:
        """All that it has to know; the pieces that another one has heard are not heard again."""
        with self._changed:
            self._worker = worker
            path = self._spoken.path
            where = None if path is None else str(path.absolute())
            self._send(messages.Begin(self.number, where, self._wish, tuple(self._parts)))
            self._parts, self._caught_up = [], self._fed
            if self._fed:
                whole = Span(0.0, self._fed / SAMPLE_RATE)
                self._send(self._fed_message(None if where else self._spoken(whole)))
            if self._finish is not None:
                self._send(self._finish)

    def _fed_message(self, samples: Samples | None) -> messages.Fed | messages.Said:
        if self._spoken.path is not None or samples is None:
            return messages.Fed(self.number, self._fed)
        return messages.Said(self.number, samples.astype("float32", copy=False).tobytes())

    def _send(self, message: object) -> None:
        if self._worker is not None:
            self._worker.send(message)

    # From the process

    def hears(
        self, message: messages.Now | messages.Progress | messages.Done | messages.Failed
    ) -> None:
        with self._changed:
            if isinstance(message, messages.Now):
                self._look(message)
            elif isinstance(message, messages.Progress):
                self._second = max(self._second, message.second)
            elif isinstance(message, messages.Done):
                self._written = message.written
            else:
                self._error = message.error
            self._changed.notify_all()
        if isinstance(message, messages.Done | messages.Failed):
            self._leave(self)

    def fails(self, error: RehearseError) -> None:
        with self._changed:
            self._error = error
            self._changed.notify_all()

    def _look(self, now: messages.Now) -> None:
        self._followed = max(self._followed, now.followed)
        self._parts += now.parts
        parts = [*self._parts, *([now.ahead] if now.ahead else [])]
        words = tuple(word for part in parts for word in part.words)
        if now.followed >= self._caught_up:
            self._listening = now.listening
            self._words = words
        elif len(words) > len(self._words):
            self._words = words

    # To the session

    @property
    def words(self) -> tuple[Word, ...]:
        return self._words

    def listening(self) -> Listening:
        return self._listening

    @property
    def deaf(self) -> str | None:
        if self._error is not None:
            return str(self._error)
        late = (self._fed - self._followed) / SAMPLE_RATE > LATE
        return NOT_YET if self._wish.live and late else None

    def finish(self, cut: float | None = None) -> Iterator[float]:
        with self._changed:
            self._finish = messages.Finish(self.number, cut)
            self._send(self._finish)
        while not self._settled():
            yield self._second
            with self._changed:
                self._changed.wait_for(self._settled, timeout=LOOK)

    def written(self) -> Written:
        if self._error is not None:
            raise self._error
        assert self._written is not None
        return self._written

    def _has_room(self) -> bool:
        return self._settled() or self._fed - self._followed < AHEAD

    def _settled(self) -> bool:
        return self._written is not None or self._error is not None
