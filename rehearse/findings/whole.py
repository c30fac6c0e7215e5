"""All that is told of one answer."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.findings.delivery import (
    Fillers,
    Hedges,
    Pace,
    Pauses,
    Repeats,
    Scripted,
    Timing,
    Voice,
)
from rehearse.findings.story import Edges, Outline, Ownership, Results, Star
from rehearse.model import Question, Speaker, Word


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
    speakers: tuple[Speaker, ...] = ()
    """Whom the transcript names, most words first; empty where it names nobody."""

    @property
    def is_silent(self) -> bool:
        """Whether nobody spoke: there are no figures of such an answer, and it counts nowhere."""
        phonation = self.timing.phonation
        return phonation is not None and phonation <= 0 and not self.words
