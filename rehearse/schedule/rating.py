"""How well a question was answered, as one of four grades, by rules that anybody can follow.

Each side of a take has a grade of its own, and the take has the lowest of them:

              easy                good         hard                  again
    length    on target                        short or long         under 0.4, over 2 of the target
    sections  all told            one thin     one missing, no story two missing
    points    nine tenths said    seven        four                  fewer
    fillers   2 a minute at most  5 at most    more

On target is what the report calls so (0.75 to 1.1, and 5 fillers a minute, unless set otherwise).
Without sections and points nothing is known of the content, and "good" is the most. Fillers alone
never make "again": somebody who stutters is not sent back for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rehearse.analysis.coaching import PLAIN, Coaching
from rehearse.analysis.star.outline import PARTS
from rehearse.takes.summary import Summary
from rehearse.text import clock, listed

FAR_TOO_SHORT, FAR_TOO_LONG = 0.4, 2.0
"""Of the target; beyond these it was another answer than the one that was asked for."""
MOST_MISSING = 1
"""In one complete story of ten something is wrongly called missing: one alone is no failure."""
FEW_FILLERS = 2.0
"""A minute; the fewest that listeners were given to judge, besides none (Laske 2024)."""
POINTS_EASY, POINTS_GOOD, POINTS_HARD = 0.9, 0.7, 0.4
"""Share of the notes' points that were said."""


class Grade(IntEnum):
    """As the scheduler numbers them."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class Rated:
    grade: Grade
    reasons: tuple[str, ...]
    """What kept it from a better grade; for "easy" what was right."""
    own: bool = False
    """Whether the user gave this grade."""


def rated(take: Summary, coaching: Coaching = PLAIN) -> Rated:
    sides = [*_content(take), *_length(take, coaching), *_fillers(take, coaching)]
    if not sides:
        return Rated(Grade.GOOD, ("nothing of it could be judged",))
    lowest = min(grade for grade, _ in sides)
    if lowest is Grade.EASY and not [*_content(take)]:
        return Rated(Grade.GOOD, ("well told, as far as can be known without its parts",))
    return Rated(lowest, tuple(reason for grade, reason in sides if grade is lowest))


def _content(take: Summary) -> Iterator[tuple[Grade, str]]:
    if take.no_story:
        yield Grade.HARD, "no story was told"
    elif take.outline:
        names = {part.code: part.name.lower() for part in PARTS.get(take.outline, ())}
        parts = (take.outline_missing, take.outline_thin)
        yield _sections(*([names.get(code, code) for code in codes] for codes in parts))
    elif take.star_applies:
        yield _sections(*([one.value for one in parts] for parts in (take.missing, take.thin)))
    if take.key_points_said is not None and take.key_points:
        share = take.key_points_said / take.key_points
        limits = ((POINTS_EASY, Grade.EASY), (POINTS_GOOD, Grade.GOOD), (POINTS_HARD, Grade.HARD))
        grade = next((grade for least, grade in limits if share >= least), Grade.AGAIN)
        yield grade, f"{take.key_points_said} of {take.key_points} points said"


def _sections(missing: Sequence[str], thin: Sequence[str]) -> tuple[Grade, str]:
    if missing:
        grade = Grade.HARD if len(missing) <= MOST_MISSING else Grade.AGAIN
        return grade, f"{listed(missing)} missing"
    if thin:
        return Grade.GOOD, f"{listed(thin)} thin"
    return Grade.EASY, "all parts told"


def _length(take: Summary, coaching: Coaching) -> Iterator[tuple[Grade, str]]:
    if take.heard is None or not take.target:
        return
    ratio = take.heard / take.target
    length = f"{clock(take.heard)} of {clock(take.target)}"
    if not FAR_TOO_SHORT <= ratio <= FAR_TOO_LONG:
        yield Grade.AGAIN, length
    elif not coaching.short_of_target <= ratio <= coaching.over_target:
        yield Grade.HARD, length
    else:
        yield Grade.EASY, length


def _fillers(take: Summary, coaching: Coaching) -> Iterator[tuple[Grade, str]]:
    rate = take.fillers_per_minute
    if rate is None:
        return
    reason = f"{rate:.0f} fillers a minute"
    if rate > coaching.fillers_per_minute:
        yield Grade.HARD, reason
    else:
        yield (Grade.GOOD if rate > FEW_FILLERS else Grade.EASY), reason
