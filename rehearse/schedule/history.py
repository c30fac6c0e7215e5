"""What the takes of a home add to the schedule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from rehearse.analysis.coaching import Coaching
from rehearse.model.take import Ending
from rehearse.questions.choose import known_as
from rehearse.schedule.due import Review
from rehearse.schedule.planfile import Wishes
from rehearse.schedule.rating import Rated, rated
from rehearse.takes.moments import moment
from rehearse.takes.summary import Summary

TO_ITS_END = (Ending.ENDED, Ending.TIME_LIMIT)
"""Others were given up or broken off, which says nothing of how well the question is known."""


def reviews(takes: Sequence[Summary], wishes: Wishes, coaching: Coaching) -> tuple[Review, ...]:
    """Of the takes that count, in their order."""
    return tuple(
        Review(take.id, take.asked, at, _rated(take, wishes, coaching))
        for take, at in _of_questions(takes)
        if take.ending in TO_ITS_END and take.words and take.answer is not None
    )


def _rated(take: Summary, wishes: Wishes, coaching: Coaching) -> Rated:
    own = wishes.grades.get(take.id)
    if own is not None:
        return Rated(own, ("your own grade",), own=True)
    return rated(take, coaching)


def questions_asked(takes: Sequence[Summary]) -> list[str]:
    """Texts of their questions, in their order; follow-ups are left out."""
    return [take.asked for take, _ in _of_questions(takes)]


def asked_since(takes: Sequence[Summary], since: datetime) -> set[str]:
    """The questions that were answered since then, by `known_as` their text."""
    return {known_as(take.asked) for take, at in _of_questions(takes) if at >= since}


def _of_questions(takes: Iterable[Summary]) -> Iterator[tuple[Summary, datetime]]:
    """With when each was recorded; without follow-ups, takes without speech and those of no known
    time."""
    for take in takes:
        if take.question is None or take.follows or take.recorded_at is None or take.silent:
            continue
        try:
            yield take, moment(take.recorded_at)
        except ValueError:
            continue


def ahead(found: Iterable[Review], now: datetime) -> int:
    """How many are of a time that is still to come: the clock was set back since."""
    return sum(review.at > now for review in found)
