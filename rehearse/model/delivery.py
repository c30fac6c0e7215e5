"""How an answer was spoken: time, fillers, pace, pauses, voice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum

from rehearse.model.take import Quote, Span


@dataclass(frozen=True)
class Voice:
    """How somebody speaks; compare it only with other takes of the same speaker."""

    pitch_variation: float
    """Standard deviation of the pitch around its median, in semitones."""
    level: float
    """RMS level of the speech in dBFS."""
    level_variation: float
    """Standard deviation of the level within speech, in dB."""


class Verdict(Enum):
    SHORT = "short"
    ON_TARGET = "on_target"
    LONG = "long"


@dataclass(frozen=True)
class Timing:
    duration: float | None
    target: float | None
    verdict: Verdict | None
    reaction: float | None
    """From the end of the question, when the microphone opens, to the first word."""
    phonation: float | None
    phonation_ratio: float | None
    """Phonation within the answer to the answer."""
    no_sound: tuple[Span, ...] = ()
    """Gaps in which the microphone gave no sound, in order."""
    spoken_from: float | None = None
    """Seconds at which the first word begins and the last one ends; without words that have times
    those of the voice."""
    spoken_to: float | None = None
    answer: float | None = None
    """Seconds between them, without what others said and without what the microphone kept back:
    what pace, verdict and every figure a minute are about. Where they are not known it is all that
    was heard; None where nobody spoke."""

    @property
    def heard(self) -> float | None:
        """The length without what the microphone kept back."""
        if self.duration is None:
            return None
        return max(0.0, self.duration - sum(span.duration for span in self.no_sound))

    @property
    def silence_at_end(self) -> float | None:
        """Seconds from the last word to the end of the recording; None where either is not known,
        and where the microphone gave nothing in between."""
        if self.duration is None or self.spoken_to is None or self.reaction is None:
            return None
        if any(span.end > self.spoken_to for span in self.no_sound):
            return None
        return max(0.0, self.duration - self.spoken_to)


class FillerKind(Enum):
    FILLED_PAUSE = "filled_pause"
    DISCOURSE = "discourse"


class HeardIn(Enum):
    TRANSCRIPT = "transcript"
    SOUND = "sound"


@dataclass(frozen=True)
class Filler:
    text: str
    """The lexicon's spelling ("um"), not the token's ("Ummm,")."""
    kind: FillerKind
    heard_in: HeardIn
    first_word: int | None
    last_word: int | None
    start: float | None
    end: float | None
    confidence: float
    softener: bool = False
    """ "kind of", "basically": counted apart, and no fault."""


@dataclass(frozen=True)
class Fillers:
    """Hesitations and filler words are two figures, softeners a third that is in no other."""

    items: tuple[Filler, ...]
    per_minute: float | None
    """Of the hesitations and filler words, per minute of the answer; None where its length is not
    known."""
    in_sound: bool = False
    """Whether those in the sound are counted too, also where nobody wrote them."""

    @property
    def counted(self) -> tuple[Filler, ...]:
        """Without the softeners."""
        return tuple(item for item in self.items if not item.softener)

    @property
    def total(self) -> int:
        return len(self.counted)

    @property
    def hesitations(self) -> int:
        return sum(item.kind is FillerKind.FILLED_PAUSE for item in self.counted)

    @property
    def filler_words(self) -> int:
        return sum(item.kind is FillerKind.DISCOURSE for item in self.counted)

    @property
    def softeners(self) -> int:
        return sum(item.softener for item in self.items)

    @property
    def counts(self) -> dict[str, int]:
        """How often each was said, most frequent first, without the softeners."""
        return dict(Counter(item.text for item in self.counted).most_common())


@dataclass(frozen=True)
class Hedge:
    text: str
    """The lexicon's spelling."""
    first_word: int
    last_word: int
    start: float | None
    end: float | None


@dataclass(frozen=True)
class Hedges:
    items: tuple[Hedge, ...]

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def counts(self) -> dict[str, int]:
        """How often each was said, most frequent first."""
        return dict(Counter(item.text for item in self.items).most_common())


class RepeatKind(Enum):
    REPETITION = "repetition"
    FALSE_START = "false_start"


@dataclass(frozen=True)
class Repeat:
    """Words that were said once more right after, or given up: the answer reads on without them."""

    kind: RepeatKind
    first_word: int
    last_word: int
    start: float | None
    end: float | None


@dataclass(frozen=True)
class Repeats:
    items: tuple[Repeat, ...]

    @property
    def total(self) -> int:
        return len(self.items)

    def count(self, kind: RepeatKind) -> int:
        return sum(item.kind is kind for item in self.items)

    @property
    def counts(self) -> dict[str, int]:
        return {kind.value: self.count(kind) for kind in RepeatKind}


@dataclass(frozen=True)
class PacePoint:
    start: float
    words_per_minute: float


@dataclass(frozen=True)
class Pace:
    words_per_minute: float | None
    articulation_rate: float | None
    """Words per minute of phonation time."""
    curve: tuple[PacePoint, ...]
    syllables_per_second: float | None = None
    """Articulation rate in syllables per second of phonation time; None for languages whose
    syllables are not counted."""
    mean_run: float | None = None
    """Mean length of run: words between two silent pauses."""


@dataclass(frozen=True)
class Pause:
    start: float
    end: float
    mid_clause: bool

    @property
    def duration(self) -> float:
        return self.end - self.start


@dataclass(frozen=True)
class Pauses:
    items: tuple[Pause, ...]
    per_minute: float
    """Per minute of the answer, from its first word to its last."""
    mean: float
    longest: float
    per_spoken_minute: float | None = None
    """Per minute of phonation time, silences left out; None without speech."""

    @property
    def count(self) -> int:
        return len(self.items)


@dataclass(frozen=True)
class Scripted:
    """How much of an answer was said word for word in each of its last takes."""

    share: float
    """Of its words, 0 to 1."""
    takes: int
    """How many takes were compared, this one included."""
    longest: Quote | None
    """The longest run of the same words."""
