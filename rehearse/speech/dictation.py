"""What is needed to write an answer down: the request, the result, and who does it.

Two desks write answers down: one in this process (`transcription`), and one in a process of its own
(`transcription_process`), so that a model that crashes never ends a recording. Both pass the same
contract suite in `tests/contracts/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rehearse.analysis.sound.prosody import Tally
from rehearse.errors import ModelMissing, TranscriptionFailed
from rehearse.model.take import SAMPLE_RATE, Hesitation, Sound, Span, Transcript, Word
from rehearse.speech.utterance import Listening
from rehearse.speech.word_times import lies_before
from rehearse.speech.zeros import up_to

if TYPE_CHECKING:
    from rehearse.model.take import Samples

LOOK = 0.2
"""Seconds between two signs of life while the last pieces are written."""


class Source(Protocol):
    def __call__(self, span: Span) -> Samples:
        """The sound from `span.start` to `span.end`, all of it fed already."""


class Spoken(Source, Protocol):
    """Sound that is there, or comes."""

    @property
    def path(self) -> Path | None:
        """The `answer.wav` that it lies in, also while that is written; None where no file has
        it."""


@dataclass(frozen=True)
class InMemory:
    samples: Samples
    path: Path | None = None

    def __call__(self, span: Span) -> Samples:
        return self.samples[index(span.start) : index(span.end)]


@dataclass(frozen=True)
class Wish:
    """`live`: somebody speaks now, so what may be the end is written ahead, and who falls behind
    hurries. `asides`: a few words between two pauses are heard by themselves as well, for they may
    be said to the program; the transcript is the same with them. Without `words` the sound is only
    listened to. `names` are those that may be said, as they are spelt."""

    live: bool = False
    asides: bool = False
    words: bool = True
    names: tuple[str, ...] = ()


PLAIN = Wish()


@dataclass(frozen=True)
class Heard:
    """What one piece of the sound told."""

    span: Span
    words: tuple[Word, ...]
    hesitations: tuple[Hesitation, ...] | None
    power: float
    """Sum of the squares of its speech."""
    count: int
    """Samples of speech."""
    tally: Tally


@dataclass(frozen=True)
class Written:
    """All that was heard; without a transcript where no model wrote it down."""

    sound: Sound
    transcript: Transcript | None
    why: ModelMissing | TranscriptionFailed | None = None

    def until(self, cut: float | None) -> Written:
        """What was heard before a second; the sound's length is then that of this part."""
        if cut is None or cut >= self.sound.duration:
            return self
        speech = tuple(Span(s.start, min(s.end, cut)) for s in self.sound.speech if s.start < cut)
        sound = replace(self.sound, duration=cut, speech=speech)
        if sound.hesitations is not None:
            before = tuple(each for each in sound.hesitations if each.end <= cut)
            sound = replace(sound, hesitations=before)
        sound = replace(sound, no_sound=up_to(cut, self.sound.no_sound))
        if self.transcript is None:
            return replace(self, sound=sound)
        words = tuple(
            word for word in self.transcript.words if lies_before(word, cut, self.sound.speech)
        )
        return replace(
            self, sound=sound, transcript=replace(self.transcript, words=words, duration=cut)
        )


class Dictation(Protocol):
    """One answer that is written down."""

    def feed(self, samples: Samples) -> None:
        """More sound, which its source gives by now. Raises nothing, and returns at once where
        somebody speaks live."""

    def drop(self) -> None:
        """Nobody wants this answer: what is not begun is neither written nor listened to."""

    @property
    def words(self) -> tuple[Word, ...]:
        """Written so far, in order."""

    def listening(self) -> Listening:
        """This moment, as far as the sound was heard; from any thread."""

    @property
    def deaf(self) -> str | None:
        """Why nobody listens now, as a sentence; None while somebody does."""

    def finish(self, cut: float | None = None) -> Iterator[float]:
        """No more sound comes, and what lies behind the second `cut` is none of the answer; give
        the second up to which all is written, now and then."""

    def written(self) -> Written:
        """After `finish`. What came before the cut is heard without what came behind it.

        Raises TranscriptionFailed where not even the speech could be found, and UnreadableFile
        where the sound is gone."""


class Desk(Protocol):
    """Where answers are written down, one after the other."""

    def prepare(self) -> None:
        """An answer comes soon: begin to load what is needed. Raises nothing."""

    def begin(self, spoken: Spoken, wish: Wish = PLAIN) -> Dictation:
        """Raises nothing: the dictation tells what goes wrong."""

    def close(self) -> None:
        """At once, whatever is written; nothing that it started goes on."""


def index(seconds: float) -> int:
    """How many samples lie before a second."""
    return round(seconds * SAMPLE_RATE)
