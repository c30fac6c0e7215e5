"""An answer that is spoken to a desk, block after block, into a file or into memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rehearse.errors import TranscriptionFailed, UnreadableFile
from rehearse.model.take import SAMPLE_RATE, Span, Word
from rehearse.ports import Reading
from rehearse.speech.dictation import Desk, Dictation, Wish, Written
from rehearse.takes.files import WavRecorder
from rehearse.takes.take_json import HEADER_BYTES, decoded, offset
from tests.fakes import FakeListener, FakeTranscriber, FakeVoiceActivity, pcm, tone

if TYPE_CHECKING:
    from rehearse.model.take import Samples

BLOCK = SAMPLE_RATE // 10
PATIENCE = 60.0
"""Seconds; a process begins slowly on a busy machine."""
SILENCE = np.zeros(SAMPLE_RATE, np.float32)
ONE_SECOND = np.concatenate([SILENCE, tone(seconds=1), SILENCE])
LONG = np.concatenate([tone(seconds=12), SILENCE] * 4)
"""Four pieces."""


def until(happens: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline, "waited in vain"
        threading.Event().wait(0.005)


class Echo(FakeTranscriber):
    """Says how long each clip is: the same clip gives the same word."""

    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        self.answers = [(Word(str(len(samples)), 0.5, 1.0),)]
        return super().transcribe(samples, hasty=hasty, names=names)


class Deaf(FakeVoiceActivity):
    def listen(self) -> FakeListener:
        raise TranscriptionFailed("The detector is not whole.")


@dataclass
class InFile:
    """An `answer.wav` that is being written."""

    path: Path
    recorder: WavRecorder = field(init=False)

    def __post_init__(self) -> None:
        self.recorder = WavRecorder(self.path)

    def add(self, samples: Samples) -> Samples:
        block = pcm(samples)
        self.recorder.write(block)
        return decoded(block)

    def __call__(self, span: Span) -> Samples:
        """Raises UnreadableFile."""
        try:
            with self.path.open("rb") as file:
                file.seek(HEADER_BYTES + offset(span.start))
                return decoded(file.read(offset(span.end) - offset(span.start)))
        except OSError as error:
            raise UnreadableFile(f"{self.path} cannot be read.") from error


@dataclass
class Remembered:
    """What is said to the program, which no file holds."""

    path: None = None
    sound: Samples = field(default_factory=lambda: np.zeros(0, np.float32))

    def add(self, samples: Samples) -> Samples:
        self.sound = np.concatenate([self.sound, samples])
        return samples

    def __call__(self, span: Span) -> Samples:
        return self.sound[round(span.start * SAMPLE_RATE) : round(span.end * SAMPLE_RATE)]


class Answer:
    """Says `samples` at `desk`."""

    def __init__(
        self,
        desk: Desk,
        samples: Samples,
        into: InFile | Remembered,
        *,
        live: bool = True,
        asides: bool = False,
        words: bool = True,
    ) -> None:
        self._samples = samples
        self._into = into
        self._said = 0
        self.dictation: Dictation = desk.begin(into, Wish(live, asides, words))

    def says(self, seconds: float | None = None) -> None:
        """So much more of it, or all that is left."""
        left = len(self._samples) - self._said
        last = self._said + (left if seconds is None else round(seconds * SAMPLE_RATE))
        while self._said < last:
            part = self._samples[self._said : min(self._said + BLOCK, last)]
            self._said += len(part)
            self.dictation.feed(self._into.add(part))

    def ends(self) -> Written:
        for _ in self.dictation.finish():
            pass
        return self.dictation.written()


def text(written: Written) -> list[str]:
    assert written.transcript is not None
    return written.transcript.text.split()
