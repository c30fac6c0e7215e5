"""Compares two takes: which changes are large enough to matter, and whether they are better or
worse.

Only a difference that a listener would agree on is called better or worse; others are just shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from rehearse.analysis.coaching import PLAIN, Coaching
from rehearse.analysis.findings import LEAST_SECONDS
from rehearse.analysis.parts import Part, Presence, of_outline, of_story
from rehearse.model.delivery import Timing, Verdict
from rehearse.model.structure import STAR, Analysis
from rehearse.model.take import Word
from rehearse.progress.followed import Counsel, advice_followed
from rehearse.text import bare_words

SECONDS_APART = 5.0
"""Seconds; two takes of an answer always differ by a sentence or so."""
FILLERS_APART = 5.0
"""A minute; in a minute's answer one nervous sentence makes that many."""
WORDS_APART = 10.0
"""Per minute; people hardly hear a smaller difference."""
RUN = 4
"""Words in a row; three, such as "at the end", are shared by answers that share nothing else."""


class Measure(Enum):
    TIME = "time"
    FILLERS = "fillers"
    PACE = "pace"


class Way(Enum):
    SAME = "same"
    """The difference is too small to matter."""
    BETTER = "better"
    WORSE = "worse"
    OTHER = "other"
    """Different, but neither is better."""


@dataclass(frozen=True)
class Change:
    measure: Measure
    before: float
    after: float
    way: Way


@dataclass(frozen=True)
class PartChange:
    name: str
    """ "result"; of an outline "Why here"."""
    before: Part
    after: Part

    @property
    def gained(self) -> bool:
        return self.before.presence is Presence.NO and self.after.presence is Presence.YES

    @property
    def lost(self) -> bool:
        return self.before.presence is Presence.YES and self.after.presence is Presence.NO

    @property
    def seconds(self) -> float | None:
        """By how much it is longer; None within what takes differ anyway, or without times."""
        if self.before.seconds is None or self.after.seconds is None:
            return None
        more = self.after.seconds - self.before.seconds
        return more if abs(more) >= SECONDS_APART else None


@dataclass(frozen=True)
class Comparison:
    same_question: bool
    changes: tuple[Change, ...]
    """Of what is known of both."""
    parts: tuple[PartChange, ...]
    """In their usual order; empty where not both takes have such parts."""
    overlap: float | None
    """The share (0 to 1) of the later take's words in runs of `RUN` words that the earlier take has
    too; None where a take is shorter than a run."""
    advice: tuple[Counsel, ...]


def compare(before: Analysis, after: Analysis, *, coaching: Coaching = PLAIN) -> Comparison:
    return Comparison(
        same_question=_asked(before) == _asked(after),
        changes=tuple(_changes(before, after, coaching)),
        parts=tuple(_parts(before, after)),
        overlap=overlap(before.words, after.words),
        advice=tuple(advice_followed(before, after, coaching)),
    )


def overlap(before: Sequence[Word], after: Sequence[Word]) -> float | None:
    """A word is in a shared run of `RUN` or more where a shared run of just `RUN` covers it."""
    old, new = (bare_words(word.text for word in words) for words in (before, after))
    if len(old) < RUN or len(new) < RUN:
        return None
    known = set(_runs(old))
    shared: set[int] = set()
    for place, run in enumerate(_runs(new)):
        if run in known:
            shared.update(range(place, place + RUN))
    return len(shared) / len(new)


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1))


def _asked(analysis: Analysis) -> str:
    text = analysis.question.text if analysis.question else ""
    return " ".join(text.casefold().split())


def _changes(before: Analysis, after: Analysis, coaching: Coaching) -> Iterator[Change]:
    if before.is_silent or after.is_silent:
        return
    old, new = before.timing.answer, after.timing.answer
    if old is not None and new is not None:
        yield Change(Measure.TIME, old, new, _time(old, new, before.timing, after.timing))
    if not (_long_enough(before) and _long_enough(after)):
        return
    old, new = _fillers(before), _fillers(after)
    if old is not None and new is not None:
        yield Change(Measure.FILLERS, old, new, _fewer(old, new))
    old, new = _pace(before), _pace(after)
    if old is not None and new is not None:
        yield Change(Measure.PACE, old, new, _paced(old, new, coaching))


def _fewer(old: float, new: float) -> Way:
    if abs(new - old) < FILLERS_APART:
        return Way.SAME
    return Way.BETTER if new < old else Way.WORSE


def _time(old: float, new: float, before: Timing, after: Timing) -> Way:
    """Of lengths in seconds: better and worse only by what the target says of each."""
    if abs(new - old) < SECONDS_APART:
        return Way.SAME
    if after.verdict is None or before.verdict is None or before.target != after.target:
        return Way.OTHER
    good = [one.verdict is Verdict.ON_TARGET for one in (before, after)]
    if all(good) or after.target is None:
        return Way.OTHER
    nearer = good[1] or (not good[0] and abs(new - after.target) < abs(old - after.target))
    return Way.BETTER if nearer else Way.WORSE


def _paced(old: float, new: float, coaching: Coaching) -> Way:
    if abs(new - old) < WORDS_APART:
        return Way.SAME
    outside = [max(coaching.slowest - rate, rate - coaching.fastest, 0.0) for rate in (old, new)]
    if outside[0] == outside[1]:
        return Way.OTHER
    return Way.BETTER if outside[1] < outside[0] else Way.WORSE


def _long_enough(analysis: Analysis) -> bool:
    return (analysis.timing.answer or 0.0) >= LEAST_SECONDS


def _fillers(analysis: Analysis) -> float | None:
    return analysis.fillers.per_minute if analysis.fillers else None


def _pace(analysis: Analysis) -> float | None:
    return analysis.pace.words_per_minute if analysis.pace else None


def _parts(before: Analysis, after: Analysis) -> Iterator[PartChange]:
    old, new = before.outline, after.outline
    if old and new and old.kind is new.kind:
        for part in old.parts:
            yield PartChange(part.name, of_outline(old, part.code), of_outline(new, part.code))
    elif before.star and after.star and before.star.applies and after.star.applies:
        for section in STAR:
            yield PartChange(
                section.value, of_story(before.star, section), of_story(after.star, section)
            )
