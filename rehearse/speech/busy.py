"""How long this process has been working on its current step. Its parent asks, to notice a process
that hangs."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.ports import ActivityListener, Reading, Transcriber, VoiceActivity

if TYPE_CHECKING:
    from rehearse.model.take import Samples


class Busy:
    """How long what is being done has taken so far."""

    def __init__(self) -> None:
        self._since: dict[int, float] = {}

    @contextmanager
    def at_it(self) -> Iterator[None]:
        self._since[threading.get_ident()] = time.monotonic()
        try:
            yield
        finally:
            del self._since[threading.get_ident()]

    def longest(self) -> float:
        now = time.monotonic()
        return max((now - since for since in list(self._since.values())), default=0.0)


@dataclass(frozen=True)
class TimedTranscriber:
    inner: Transcriber
    busy: Busy

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def language(self) -> str:
        return self.inner.language

    def prepare(self) -> None:
        self.inner.prepare()

    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        with self.busy.at_it():
            return self.inner.transcribe(samples, hasty=hasty, names=names)


@dataclass(frozen=True)
class TimedActivity:
    inner: VoiceActivity
    busy: Busy

    def listen(self) -> TimedListener:
        with self.busy.at_it():
            return TimedListener(self.inner.listen(), self.busy)


@dataclass(frozen=True)
class TimedListener:
    inner: ActivityListener
    busy: Busy

    def feed(self, samples: Samples) -> list[float]:
        with self.busy.at_it():
            return self.inner.feed(samples)

    def finish(self) -> list[float]:
        with self.busy.at_it():
            return self.inner.finish()
