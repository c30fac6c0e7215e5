"""When each question is due again, by the FSRS model of memory.

A day is the unit: takes of one day are reviews of that day, whatever its hour and zone, so the
scheduler is given noon in UTC of the day on which the speaker's own clock stood.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from rehearse.questions.choose import known_as
from rehearse.schedule.rating import Grade, Rated

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

RETENTION = 0.9
"""Chance of telling it well on the day it is due; the scheduler's own default. First intervals are
then 1 day after "again" and "hard", 2 after "good" and 8 after "easy"."""
LONGEST = 30
"""Days. An answer that was not spoken for a month is worth speaking again, however easy it was."""
REST = timedelta(hours=6)
"""A night at least: midnight alone makes nothing due that was told just before it."""


@dataclass(frozen=True)
class Telling:
    take: str
    question: str
    at: datetime
    """With its zone."""
    rated: Rated


@dataclass(frozen=True)
class Standing:
    """Where one question stands."""

    question: str
    take: str
    """The last one."""
    last: datetime
    rated: Rated
    """How the last one went."""
    times: int
    due: date
    strength: float
    """How likely it is told well today, 0 to 1."""

    def is_due(self, now: datetime) -> bool:
        return self.due <= now.date() and now - self.last >= REST


def standings(
    tellings: Iterable[Telling], *, now: datetime, interview: date | None
) -> dict[str, Standing]:
    """One for each question that was told, by `known_as` its text.

    A telling of a later time than `now` counts as told now: the clock was set back since."""
    from fsrs import Card

    scheduler = _scheduler()
    cards: dict[str, Card] = {}
    found: dict[str, Standing] = {}
    for telling in sorted(tellings, key=lambda one: one.at):
        name, at = known_as(telling.question), min(telling.at, now)
        card = cards.get(name) or Card(card_id=1)  # without a number it waits to find one
        cards[name] = _told(card, at, telling.rated.grade, scheduler)
        before = found.get(name)
        found[name] = Standing(
            telling.question,
            telling.take,
            at,
            telling.rated,
            times=before.times + 1 if before else 1,
            due=_within(cards[name].due.date(), at.date(), interview),
            strength=scheduler.get_card_retrievability(cards[name], _noon(now.date())),
        )
    return found


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


def _told(card: Card, at: datetime, grade: Grade, scheduler: Scheduler) -> Card:
    from fsrs import Rating

    told, _ = scheduler.review_card(card, Rating(int(grade)), _noon(at.date()))
    return told


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.utc)


def _within(due: date, told: date, interview: date | None) -> date:
    """Not after an interview that lay ahead when it was told."""
    return min(due, interview) if interview is not None and interview > told else due
