"""The values that travel through the program.

Time is float seconds from the start of the recording. Sound is mono float32 in [-1, 1] at 16 kHz
(`Samples`) unless a name says otherwise. A value that is not known is None, never 0 or "".
"""

from __future__ import annotations

from collections import Counter
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


@dataclass(frozen=True)
class Word:
    """One white-space token as it was written, punctuation and all."""

    text: str
    start: float | None = None
    end: float | None = None
    probability: float | None = None


@dataclass(frozen=True)
class Transcript:
    words: tuple[Word, ...]
    language: str = "en"
    model: str | None = None
    """Who wrote it down: a model's name, or None for a transcript that came as a file."""
    duration: float | None = None
    """Length of the recording, where the file states it."""

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True)
class Hesitation:
    """A stretch that sounds like "um" or "uh"; whether it is one, the words around it decide."""

    start: float
    end: float
    confidence: float
    """By the sound alone, 0 to 1."""
    nasal: bool = False
    """Whether it ends in a hum, as "um" does."""
    apart: bool = False
    """Whether a short silence lies right before it."""

    @property
    def duration(self) -> float:
        return self.end - self.start


@dataclass(frozen=True)
class Sound:
    """What the recording tells without its words."""

    duration: float
    speech: tuple[Span, ...]
    """Voice activity: where somebody speaks, in order, not overlapping."""
    level: float | None = None
    """RMS level of the speech in dBFS; None where there is no speech."""
    hesitations: tuple[Hesitation, ...] = ()
    """In order, not overlapping."""
    pitch_variation: float | None = None
    """Semitones; None where too little is voiced, or nobody measured it. So too the next."""
    level_variation: float | None = None
    """dB."""


@dataclass(frozen=True)
class Voice:
    """How somebody speaks, to be compared with the same speaker's other takes only."""

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
    """From the end of the question, when the microphone opens, to the first speech."""
    phonation: float | None
    phonation_ratio: float | None


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


@dataclass(frozen=True)
class Fillers:
    items: tuple[Filler, ...]
    per_minute: float | None
    """Per minute of the whole recording; None where its length is not known."""

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def counts(self) -> dict[str, int]:
        """How often each was said, most frequent first."""
        return dict(Counter(item.text for item in self.items).most_common())


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
    """Per minute of the whole recording, from its first second to its last."""
    mean: float
    longest: float
    per_spoken_minute: float | None = None
    """Per minute of phonation time, silences left out; None without speech."""

    @property
    def count(self) -> int:
        return len(self.items)


@dataclass(frozen=True)
class Segment:
    """A run of words of one section; `first_word` and `last_word` are both in it."""

    section: Section
    first_word: int
    last_word: int
    start: float | None
    end: float | None
    confidence: float


@dataclass(frozen=True)
class SectionShare:
    section: Section
    present: bool
    seconds: float | None
    words: int
    share: float
    """Of the time of all four sections, or of their words where times are not known; 0 to 1."""
    best: Said | None = None
    """The sentence that shows the section best; None where it was not told."""
    ideal: float | None = None
    """The share to aim at, 0 to 1."""


class NoStory(Enum):
    """Why STAR does not apply."""

    KIND = "kind"
    """The question asks for something else."""
    SHORT = "short"
    NOT_TOLD = "not_told"
    LANGUAGE = "language"
    FOLLOW_UP = "follow_up"
    """The answer to a follow-up is part of a story; see `Analysis.together`."""


@dataclass(frozen=True)
class Star:
    applies: bool
    segments: tuple[Segment, ...]
    sections: tuple[SectionShare, ...]
    """One each, in the order of `STAR`; empty where STAR does not apply."""
    missing: tuple[Section, ...]
    order: tuple[Section, ...]
    """Sections as they were told, each at its first mention."""
    thin: tuple[Section, ...] = ()
    """Sections of which it is not sure whether they were told."""
    why_not: NoStory | None = None


@dataclass(frozen=True)
class OutlinePart:
    """A part that an answer of its kind should have: "why_here" of an introduction."""

    code: str
    name: str
    present: bool
    seconds: float | None
    words: int
    share: float
    """Of the time of all parts, or of their words where times are not known; 0 to 1."""
    first_word: int | None = None
    last_word: int | None = None
    """From where it is first told to where it last is; other parts may lie between."""
    start: float | None = None
    end: float | None = None
    thin: bool = False
    """It is not sure whether this was told."""


@dataclass(frozen=True)
class OutlineSegment:
    """A run of words of one part; `first_word` and `last_word` are both in it."""

    part: str | None
    """The part's code; None for words of no part."""
    first_word: int
    last_word: int
    start: float | None
    end: float | None
    confidence: float


@dataclass(frozen=True)
class Outline:
    """The parts of an answer that is no story: an introduction, a system design."""

    kind: Kind
    parts: tuple[OutlinePart, ...]
    """One each, in the usual order, told or not."""
    segments: tuple[OutlineSegment, ...]
    """They cover every word once, in order."""
    missing: tuple[str, ...]
    """Codes of the parts that were surely not told."""
    order: tuple[str, ...]
    """Codes of the parts as they were told, each at its first mention."""


@dataclass(frozen=True)
class Ownership:
    i: int
    we: int


@dataclass(frozen=True)
class Said:
    """Words of the answer, quoted; `first_word` and `last_word` are both in it."""

    text: str
    first_word: int
    last_word: int


@dataclass(frozen=True)
class Results:
    """What the Result holds: figures, comparisons ("faster than before") and effects that have a
    name ("the client renewed")."""

    quantified: bool
    numbers: tuple[Said, ...]
    comparisons: tuple[Said, ...] = ()
    effects: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Edges:
    """How an answer begins and ends."""

    first: Said
    """Its first sentence."""
    last: Said
    """Its last sentence."""
    trails_off: Said | None
    """Last words that end nothing: "so, yeah"."""
    reflection: Said | None
    """Where it says what was learned."""


@dataclass(frozen=True)
class Scripted:
    """How much of an answer was said word for word in each of its last takes."""

    share: float
    """Of its words, 0 to 1."""
    takes: int
    """How many takes were compared, this one included."""
    longest: Said | None
    """The longest run of the same words."""


@dataclass(frozen=True)
class KeyPoint:
    text: str
    first_word: int | None = None
    start: float | None = None


@dataclass(frozen=True)
class KeyPoints:
    covered: tuple[KeyPoint, ...]
    missed: tuple[KeyPoint, ...]


@dataclass(frozen=True)
class Advice:
    code: str
    text: str
    first_word: int | None = None
    last_word: int | None = None
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True)
class Analysis:
    """All that is told of one answer. A part is None where its source is missing."""

    question: Question | None
    timing: Timing
    words: tuple[Word, ...]
    fillers: Fillers | None
    pace: Pace | None
    pauses: Pauses | None
    star: Star | None
    ownership: Ownership | None
    results: Results | None
    key_points: KeyPoints | None
    advice: tuple[Advice, ...]
    follow_up: str | None
    edges: Edges | None = None
    together: Star | None = None
    """Of the answer to a follow-up: the story that it makes with the answer before it, as if both
    were told in one; words are counted from the first word of the first."""
    outline: Outline | None = None
    """None for kinds of answers that have no parts of their own."""
    hedges: Hedges | None = None
    repeats: Repeats | None = None
    judged: bool = True
    """False where the user wants to be told what was said, and no more."""
    scripted: Scripted | None = None
    """None where the question was not answered often enough before."""
    voice: Voice | None = None
    """None without speech, or with too little to tell."""
    usual: Voice | None = None
    """The speaker's own in the last takes; None where there are too few."""


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
    """One answer to one question, as it lies in its folder; see docs/take-format.md."""

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
    """Second at which the answer ends where its sound goes on: the silence that ended it, or words
    that were said to the program. None where it goes to the end."""
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
