"""The values that travel through the program.

Time is float seconds from the start of the recording. Sound is mono float32 in [-1, 1] at 16 kHz
(`Samples`) unless a name says otherwise. A value that is not known is None, never 0 or "".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

SAMPLE_RATE = 16_000


class Kind(Enum):
    """What a question expects: a story, a reason, an explanation."""

    INTRODUCTION = "introduction"
    MOTIVATION = "motivation"
    BEHAVIOURAL = "behavioural"
    TECHNICAL = "technical"
    SYSTEM_DESIGN = "system_design"
    TO_ASK = "to_ask"
    CLOSING = "closing"


class Section(Enum):
    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"
    NONE = "none"


STAR = (Section.SITUATION, Section.TASK, Section.ACTION, Section.RESULT)


@dataclass(frozen=True)
class Span:
    start: float
    end: float

    @property
    def duration(self) -> float:
        return self.end - self.start


@dataclass(frozen=True)
class Question:
    text: str
    kind: Kind | None = None
    principles: tuple[str, ...] = ()
    target: float | None = None
    follow_ups: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What the candidate means to say."""


DOUBTFUL = 0.4
"""Probability below which a word is shown as doubtful."""


@dataclass(frozen=True)
class Word:
    """One white-space token as it was written, punctuation and all."""

    text: str
    start: float | None = None
    end: float | None = None
    probability: float | None = None

    @property
    def is_doubtful(self) -> bool:
        return self.probability is not None and self.probability < DOUBTFUL


@dataclass(frozen=True)
class Speaker:
    """Somebody whom a transcript names."""

    name: str
    words: int
    taken: bool
    """Whether the answer is theirs."""


@dataclass(frozen=True)
class Transcript:
    words: tuple[Word, ...]
    language: str = "en"
    model: str | None = None
    """Who wrote it down: a model's name, or None for a transcript that came as a file."""
    duration: float | None = None
    """Length of the recording, where the file states it."""
    speakers: tuple[Speaker, ...] = ()
    """Who is named, the one with most words first; the words are those of the one taken."""
    turns: tuple[Span, ...] = ()
    """Where the speaker has the floor, in order; empty where nobody else speaks, or no times are
    known."""
    notes: tuple[str, ...] = field(default=(), compare=False)
    """What the user should know of how a file was read, a sentence each."""

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True)
class Quote:
    """Words of the answer, quoted; `first_word` and `last_word` are both in it."""

    text: str
    first_word: int
    last_word: int


@dataclass(frozen=True)
class Labelled:
    """Words of which the user says what section they are; `first_word` and `last_word` are both in
    it."""

    section: Section
    first_word: int
    last_word: int

    @property
    def words(self) -> int:
        return self.last_word - self.first_word + 1


@dataclass(frozen=True)
class Hesitation:
    """An "um" or "uh" that was heard in the sound, whether or not it was written."""

    start: float
    end: float
    confidence: float
    """0 to 1."""
    nasal: bool = False
    """Whether it is "um" and not "uh"."""

    @property
    def duration(self) -> float:
        return self.end - self.start


@dataclass(frozen=True)
class Sound:
    """What is measured in the sound, without the words."""

    duration: float
    speech: tuple[Span, ...]
    """Voice activity: where somebody speaks, in order, not overlapping."""
    level: float | None = None
    """RMS level of the speech in dBFS; None where there is no speech."""
    hesitations: tuple[Hesitation, ...] | None = None
    """In order, not overlapping; None where nobody listened for them."""
    pitch_variation: float | None = None
    """Semitones; None with too little voice, or in older takes. The same holds for the next."""
    level_variation: float | None = None
    """dB."""
    no_sound: tuple[Span, ...] = ()
    """Gaps of exact zeros, in order, not overlapping: the microphone was muted or switched off."""

    @property
    def heard(self) -> float:
        """Seconds without those."""
        return max(0.0, self.duration - sum(span.duration for span in self.no_sound))


class Ending(Enum):
    """How a recording came to its end."""

    ENDED = "ended"
    SKIPPED = "skipped"
    STARTED_OVER = "started_over"
    LEFT = "left"
    TIME_LIMIT = "time_limit"
    DEVICE_LOST = "device_lost"
    SILENT = "silent"
    DISK_FULL = "disk_full"
    CUT_SHORT = "cut_short"


@dataclass(frozen=True)
class Take:
    """One answer to one question, as saved in its folder; see docs/take-format.md."""

    id: str
    recorded_at: str
    """ISO 8601 with the zone."""
    question: Question | None
    ending: Ending | None
    """None while it is being recorded."""
    sound: Sound | None = None
    """None until the sound was listened to."""
    transcript: Transcript | None = None
    """None while the take waits for it."""
    model: str | None = None
    follows: str | None = None
    """Id of the take whose follow-up this one answers."""
    session: str | None = None
    """When the session began that it belongs to, ISO 8601 with the zone: all its takes say so."""
    interviewer: str | None = None
    """Who asked, in an interview with several people."""
    cut: float | None = None
    """Position in seconds at which the answer ends if its sound is longer (the silence that ended
    it, or a spoken command); None where the answer lasts to the end."""
    sha256: str | None = None
    """Checksum of the sound after the file's header; None in takes of older versions."""
    turn: int = 0
    """Counts the reported answers of a home, so that wordings take turns."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """How it was made, for a reader; the program does not look at them."""
    version: str = ""
    title: str | None = None
    """The user's own name for it."""
    note: str | None = None
    starred: bool = False
    """Whether the user marked it as one to keep."""
    original: Transcript | None = None
    """The words before the user corrected them; None where nobody did."""
    labels: tuple[Labelled, ...] = ()
    """The sections as the user corrected them; empty where nobody did. Every word once, in order;
    whoever reads them checks that, as a file may hold anything."""

    @property
    def is_silent(self) -> bool:
        """Whether it was listened to and nothing was said in it."""
        return self.transcript is not None and not self.transcript.words
