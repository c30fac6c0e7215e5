"""What an answer is made of: the sections of a story, the parts of others, its results."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from rehearse.model.delivery import (
    Fillers,
    Hedges,
    Pace,
    Pauses,
    Repeats,
    Scripted,
    Timing,
    Voice,
)
from rehearse.model.take import STAR as STAR
from rehearse.model.take import Kind, Question, Quote, Speaker, Word
from rehearse.model.take import Section as Section


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
    best: Quote | None = None
    """The sentence that shows the section best; None where the section is missing."""
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
    """Sections in the speaker's order, each at its first mention."""
    thin: tuple[Section, ...] = ()
    """Sections that may or may not be there."""
    why_not: NoStory | None = None
    unasked: bool = False
    """Whether a story was told to a question that asks for a reason."""


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
    """From its first word to its last word; other parts may be between them."""
    start: float | None = None
    end: float | None = None
    thin: bool = False
    """Whether this part may or may not be there."""


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
    """The parts of an introduction or a system design."""

    kind: Kind
    parts: tuple[OutlinePart, ...]
    """One per part in the expected order, missing or not."""
    segments: tuple[OutlineSegment, ...]
    """They cover every word once, in order."""
    missing: tuple[str, ...]
    """Codes of the parts that are missing."""
    order: tuple[str, ...]
    """Codes of the parts in the speaker's order, each at its first mention."""


@dataclass(frozen=True)
class Ownership:
    i: int
    we: int


@dataclass(frozen=True)
class Results:
    """What the Result holds: figures, comparisons ("faster than before") and effects that have a
    name ("the client renewed")."""

    quantified: bool
    numbers: tuple[Quote, ...]
    comparisons: tuple[Quote, ...] = ()
    effects: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Edges:
    """How an answer begins and ends."""

    first: Quote
    """Its first sentence."""
    last: Quote
    """Its last sentence."""
    trails_off: Quote | None
    """Last words that end nothing: "so, yeah"."""
    reflection: Quote | None
    """The words that say what the candidate learned."""


@dataclass(frozen=True)
class KeyPoint:
    text: str
    first_word: int | None = None
    start: float | None = None


@dataclass(frozen=True)
class ClosePoint:
    """A point of the notes, and the sentence that comes close to it."""

    text: str
    said: str
    first_word: int
    last_word: int
    start: float | None
    end: float | None


@dataclass(frozen=True)
class DifferentPoint:
    """A point that was said with another figure than noted: `said` in place of `note`."""

    text: str
    note: str
    said: str
    first_word: int
    last_word: int
    start: float | None
    end: float | None


@dataclass(frozen=True)
class KeyPoints:
    """Each point of the notes is in one of them."""

    covered: tuple[KeyPoint, ...]
    not_found: tuple[KeyPoint, ...]
    close: tuple[ClosePoint, ...] = ()
    differs: tuple[DifferentPoint, ...] = ()

    @property
    def said(self) -> int:
        """Those that count as said."""
        return len(self.covered) + len(self.close)

    @property
    def total(self) -> int:
        return self.said + len(self.differs) + len(self.not_found)


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
    """Everything that is known about one answer. A part is None where its source is missing."""

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
    """For the answer to a follow-up: the story of this answer and the one before it together; words
    are counted from the first word of the earlier one."""
    outline: Outline | None = None
    """None for kinds of answers that have no parts of their own."""
    hedges: Hedges | None = None
    repeats: Repeats | None = None
    judged: bool = True
    """False where the user wants no advice and no verdicts."""
    scripted: Scripted | None = None
    """None where the question has too few earlier answers."""
    voice: Voice | None = None
    """None with no speech, or too little."""
    baseline: Voice | None = None
    """The speaker's baseline from the last takes; None where there are too few."""
    speakers: tuple[Speaker, ...] = ()
    """The speakers of the transcript, most words first; empty where it names none."""
    praise: Advice | None = None
    """One thing that was good; None without judgement, and where nothing was."""

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said: there are no figures of such an answer, and it counts
        nowhere."""
        timing = self.timing
        return not self.words and timing.answer is None and timing.duration is not None
