"""When each question is due again, by the FSRS model of memory.

The unit is a day of the speaker's own clock, whatever the hour and the time zone. So the scheduler
is given noon in UTC of that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from rehearse.questions.choose import known_as
from rehearse.schedule.rating import Grade, Rated

if TYPE_CHECKING:
    from fsrs import Scheduler

RETENTION = 0.9
"""The chance of a good answer on the day that it is due; the scheduler's own default. First
intervals are then 1 day after "again" and "hard", 2 after "good" and 8 after "easy", and longer
each time."""
LONGEST = 30
"""Days at most. After a month any answer is worth practising again, however easy it was."""
SOON = {Grade.AGAIN: 1, Grade.HARD: 4}
"""Days at most after such an answer. To the scheduler "hard" means remembered, and may wait for
weeks; here something was missing, so it comes back soon."""
REST = timedelta(hours=6)
"""A night at least: an answer given just before midnight is not due right after it."""


@dataclass(frozen=True)
class Review:
    """One take, as the model of memory sees it: a question, a time, a grade."""

    take: str
    question: str
    at: datetime
    """With its zone."""
    rated: Rated


@dataclass(frozen=True)
class Standing:
    """The state of one question in the schedule."""

    question: str
    take: str
    """The last one."""
    last: datetime
    rated: Rated
    """The grade of the last answer."""
    times: int
    due: date
    strength: float
    """How likely an answer goes well today, 0 to 1."""

    def is_due(self, now: datetime) -> bool:
        return self.due <= now.date() and now - self.last >= REST


def standings(
    reviews: Iterable[Review], *, now: datetime, interview: date | None
) -> dict[str, Standing]:
    """One for each question that was answered, by `known_as` its text.

    A review of a later time than `now` counts as one of now: the clock was set back since."""
    scheduler = _scheduler()
    reviewed: dict[str, list[Review]] = {}
    for review in sorted(reviews, key=lambda one: one.at):
        at = min(review.at, now)
        reviewed.setdefault(known_as(review.question), []).append(replace(review, at=at))
    return {
        name: _standing(found, scheduler, today=now.date(), interview=interview)
        for name, found in reviewed.items()
    }


def _standing(
    reviewed: Sequence[Review], scheduler: Scheduler, *, today: date, interview: date | None
) -> Standing:
    """Of the tellings of one question, in their order."""
    from fsrs import Card, Rating

    card = Card(card_id=1)  # without a number of its own it waits for a free one
    day = reviewed[0].at.date()
    for one in reviewed:
        day = max(day, one.at.date())  # who flies west lives a date twice
        grade = Rating(int(one.rated.grade))
        card, _ = scheduler.review_card(card, grade, _noon(day))
    last = reviewed[-1]
    return Standing(
        last.question,
        last.take,
        last.at,
        last.rated,
        times=len(reviewed),
        due=_due(card.due.date(), last, interview),
        strength=scheduler.get_card_retrievability(card, _noon(max(day, today))),
    )


def _scheduler() -> Scheduler:
    """Its steps of minutes are for flashcards: without them every interval is whole days. Without
    its random fuzz the same takes always give the same days."""
    from fsrs import Scheduler

    return Scheduler(
        desired_retention=RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST,
        enable_fuzzing=False,
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.utc)


def _due(planned: date, last: Review, interview: date | None) -> date:
    """Soon after a weak take, and not after an interview that lay ahead then."""
    reviewed = last.at.date()
    within = [planned, reviewed + timedelta(days=SOON.get(last.rated.grade, LONGEST))]
    if interview is not None and interview > reviewed:
        within.append(interview)
    return min(within)
