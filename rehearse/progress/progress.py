"""How practice goes over days, from many takes: medians, counts, and trends where there are any.

Medians, because one answer that went astray should not colour a week.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from statistics import median
from typing import TypeVar

from rehearse.analysis.findings import LEAST_SECONDS
from rehearse.analysis.timing import held_against
from rehearse.model.delivery import Verdict
from rehearse.model.structure import STAR, Section
from rehearse.takes.select import question_key
from rehearse.takes.summary import Summary

T = TypeVar("T")

LEAST_BEST = 3
"""Answers; the best of two is just the other one."""
BEST_SECONDS = 60.0
"""Nobody says "um" in three words."""


class Measure(Enum):
    FILLERS = "fillers"
    """A minute."""
    OFF_TARGET = "off_target"
    """Seconds by which an answer misses its target."""
    PACE = "pace"
    """Words a minute."""


@dataclass(frozen=True)
class Figures:
    """Of some takes."""

    answers: int
    """The finished answers."""
    seconds: float
    """Practice: all that was recorded, attempts that were given up too."""
    medians: Mapping[Measure, float]
    """Without those that are known of no answer."""
    on_target: int
    targeted: int
    complete: int
    """Stories, introductions and designs with no part missing."""
    told: int
    """Answers that are checked for missing parts."""


@dataclass(frozen=True)
class Day:
    """A day with practice."""

    day: date
    figures: Figures


@dataclass(frozen=True)
class Group:
    """The takes of one question, or of one principle."""

    name: str
    last: date | None
    figures: Figures


@dataclass(frozen=True)
class Streak:
    """Days in a row with practice; one that reached yesterday goes on today."""

    now: int
    longest: int


class Feat(Enum):
    FEWEST_FILLERS = "fewest_fillers"
    NEAREST_TARGET = "nearest_target"
    LONGEST_DAY = "longest_day"
    """Seconds of practice."""
    LONGEST_STREAK = "longest_streak"
    """Days."""


@dataclass(frozen=True)
class Best:
    feat: Feat
    value: float
    day: date | None
    take: str | None = None
    """The id; None for a whole day."""


@dataclass(frozen=True)
class Progress:
    figures: Figures
    days: tuple[Day, ...]
    """Days with practice, oldest first."""
    questions: tuple[Group, ...]
    """Most answered first, as are the principles; replies to follow-ups are in neither."""
    principles: tuple[Group, ...]
    missing: Mapping[Section, int]
    """In how many stories each section was missing."""
    stories: int
    streak: Streak
    bests: tuple[Best, ...]


def progress(takes: Sequence[Summary], today: date) -> Progress:
    """`takes` are oldest first."""
    days = tuple(
        Day(day, figures(group))
        for day, group in sorted(_grouped(takes, lambda take: [take.day]).items())
    )
    run = streak([day.day for day in days], today)
    own = [take for take in takes if not take.follows]
    stories = [take for take in takes if take.is_answer and take.star_applies]
    return Progress(
        figures=figures(takes),
        days=days,
        questions=_groups(own, _question_keys, lambda _, take: take.asked),
        principles=_groups(own, _principles, lambda name, _: name),
        missing={section: sum(section in take.missing for take in stories) for section in STAR},
        stories=len(stories),
        streak=run,
        bests=tuple(_bests(takes, days, run)),
    )


def figures(takes: Sequence[Summary]) -> Figures:
    answers = [take for take in takes if take.is_answer]
    known = {measure: values(answers, measure) for measure in Measure}
    told = [take for take in answers if take.star_applies or take.outline]
    judged = [take for take in answers if take.verdict]
    return Figures(
        answers=len(answers),
        seconds=sum(take.spoken for take in takes),
        medians={measure: median(found) for measure, found in known.items() if found},
        on_target=sum(take.verdict is Verdict.ON_TARGET for take in judged),
        targeted=len(judged),
        complete=sum(is_complete(take) for take in told),
        told=len(told),
    )


def is_complete(take: Summary) -> bool:
    return not (take.missing if take.star_applies else take.outline_missing)


def values(answers: Iterable[Summary], measure: Measure) -> list[float]:
    """What is known, in order."""
    found = (figure(take, measure) for take in answers)
    return [value for value in found if value is not None]


def figure(take: Summary, measure: Measure) -> float | None:
    """Rates of an answer of a few seconds hang on single words, so they count as not known."""
    if not take.is_answer or take.spoken < LEAST_SECONDS:
        return None
    if measure is Measure.FILLERS:
        return take.fillers_per_minute
    if measure is Measure.PACE:
        return take.words_per_minute
    if not take.target:
        return None
    return abs(take.spoken - held_against(take.spoken, take.target, take.outline))


def _grouped(
    takes: Iterable[Summary], keys: Callable[[Summary], Iterable[T | None]]
) -> dict[T, list[Summary]]:
    found: dict[T, list[Summary]] = defaultdict(list)
    for take in takes:
        for key in keys(take):
            if key is not None:
                found[key].append(take)
    return found


def _groups(
    takes: Iterable[Summary],
    keys: Callable[[Summary], Iterable[str | None]],
    name: Callable[[str, Summary], str],
) -> tuple[Group, ...]:
    """Named after the latest take of each."""
    answers = [take for take in takes if take.is_answer]
    groups = [
        Group(name(key, group[-1]), group[-1].day, figures(group))
        for key, group in _grouped(answers, keys).items()
    ]
    return tuple(sorted(groups, key=lambda group: (-group.figures.answers, group.name)))


def _question_keys(take: Summary) -> list[str | None]:
    return [question_key(take) or None]


def _principles(take: Summary) -> tuple[str, ...]:
    return take.question.principles if take.question else ()


def _bests(takes: Sequence[Summary], days: Sequence[Day], run: Streak) -> Iterator[Best]:
    """Of two that are alike, the later."""
    for feat, measure, least in (
        (Feat.FEWEST_FILLERS, Measure.FILLERS, BEST_SECONDS),
        (Feat.NEAREST_TARGET, Measure.OFF_TARGET, LEAST_SECONDS),
    ):
        known = [
            (value, take)
            for take in takes
            if take.spoken >= least
            and (feat is not Feat.NEAREST_TARGET or take.verdict is Verdict.ON_TARGET)
            and (value := figure(take, measure)) is not None
        ]
        if len(known) >= LEAST_BEST:
            value, take = min(reversed(known), key=lambda pair: pair[0])
            yield Best(feat, value, take.day, take.id)
    if len(days) >= LEAST_BEST:
        day = max(reversed(days), key=lambda day: day.figures.seconds)
        yield Best(Feat.LONGEST_DAY, day.figures.seconds, day.day)
    if run.longest >= LEAST_BEST:
        yield Best(Feat.LONGEST_STREAK, run.longest, None)


def streak(days: Sequence[date], today: date) -> Streak:
    """`days` are in order and differ."""
    longest = run = 0
    before = None
    for day in days:
        run = run + 1 if before and (day - before).days == 1 else 1
        longest, before = max(longest, run), day
    present, now = set(days), 0
    day = today if today in present else today - timedelta(days=1)
    while day in present:
        now, day = now + 1, day - timedelta(days=1)
    return Streak(now, longest)
