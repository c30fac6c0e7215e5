"""Chooses the questions of a session: those that are due, mixed with new ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain, zip_longest
from random import Random

from rehearse.errors import NothingToAsk
from rehearse.model.take import Kind, Question
from rehearse.questions.choose import choose, in_order, known_as
from rehearse.schedule.due import REST, Standing
from rehearse.schedule.rating import Grade

NEW_IN = 3
"""Every third question is a new one, as long as others are due."""
LAST_DAYS = 2
"""Days before an interview in which the core of it is asked, new or not."""
BEST = 6
"""Stories that a candidate should have ready; they answer most behavioural questions."""
HOUR = timedelta(hours=1)
"""A question is not asked again within it unless it is asked for."""


def pick(
    questions: Iterable[Question],
    standings: Mapping[str, Standing],
    *,
    now: datetime,
    interview: date | None,
    count: int,
    asked_before: Sequence[str] = (),
    own: Collection[str] = (),
    recent: Collection[str] = (),
    rng: Random | None = None,
) -> tuple[Question, ...]:
    """At most `count` questions, none twice, in the order of an interview. Raises NothingToAsk.

    Of those that are due the weakest comes first. New ones follow, first those that the user has
    a story for (`own`, as `known_as` names them), and then what is due soonest. The last of
    `asked_before` comes only where there is no other. The same holds for those of the last hour
    (`recent`, as `known_as` names them). In the last days before the interview its core comes
    first."""
    pool = askable(questions)
    pool = [one for one in pool if known_as(one.text) not in recent] or pool
    waiting = due(pool, standings, now)
    new = [one for one in pool if known_as(one.text) not in standings]
    if is_close(now.date(), interview):
        best = [*core(pool, standings, own, now), *waiting, *_new(new, own, count, rng), *pool]
        return in_order(list(dict.fromkeys(best))[:count], asked_before)
    share = _new_share(count, sum(one.times for one in standings.values()))
    fresh = _new(new, own, count, rng)
    mixed = [*waiting[: count - min(share, len(fresh))], *fresh]
    chosen = mixed[:count]
    spare = [*mixed[count:], *waiting, *_soonest(pool, standings, now)]
    for one in spare:
        if len(chosen) < count and one not in chosen:
            chosen.append(one)
    if asked_before and [known_as(one.text) for one in chosen] == [known_as(asked_before[-1])]:
        chosen = [next((one for one in [*spare, *fresh] if one not in chosen), chosen[0])]
    return in_order(chosen, asked_before)


def pick_due(
    questions: Iterable[Question],
    standings: Mapping[str, Standing],
    *,
    now: datetime,
    count: int,
    asked_before: Sequence[str] = (),
) -> tuple[Question, ...]:
    """Only what is due, weakest first chosen. Raises NothingToAsk, which says what is next."""
    pool = askable(questions)
    if waiting := due(pool, standings, now):
        return in_order(waiting[:count], asked_before)
    answered = [standings[name] for one in pool if (name := known_as(one.text)) in standings]
    if not answered:
        raise NothingToAsk(
            "Nothing is due, because you have not answered any of these questions yet.",
            "To answer new ones: rehearse practice",
        )
    following = min(answered, key=lambda one: one.due)
    if following.due <= now.date():
        raise NothingToAsk(
            f"Nothing is due yet: you have just answered '{following.question}'.",
            "To answer new ones: rehearse practice",
        )
    raise NothingToAsk(
        f"Nothing is due today. The next is '{following.question}', on"
        f" {following.due.day} {following.due:%B}.",
        "To answer new ones: rehearse practice",
    )


def askable(questions: Iterable[Question]) -> list[Question]:
    """Without what the candidate may ask back, where there is anything else."""
    pool = list(questions)
    return [one for one in pool if one.kind is not Kind.TO_ASK] or pool


def due(
    questions: Iterable[Question], standings: Mapping[str, Standing], now: datetime
) -> list[Question]:
    """The questions that are due, weakest first."""
    answered = [(standings[name], q) for q in questions if (name := known_as(q.text)) in standings]
    ready = [(standing, question) for standing, question in answered if standing.is_due(now)]
    return [
        question for _, question in sorted(ready, key=lambda one: (one[0].strength, one[0].due))
    ]


def is_close(today: date, interview: date | None) -> bool:
    """Whether the interview is in the last days; one that is over does not count."""
    return interview is not None and 0 <= (interview - today).days <= LAST_DAYS


def core(
    questions: Sequence[Question],
    standings: Mapping[str, Standing],
    own: Collection[str],
    now: datetime,
) -> list[Question]:
    """The introduction, why this job, then by turns the weakest answers and the six best stories,
    new ones of the user's among them. What was answered in the last hours comes after the rest."""
    opening = [
        sorted((one for one in questions if one.kind is kind), key=_answered_first(standings))[:1]
        for kind in (Kind.INTRODUCTION, Kind.MOTIVATION)
    ]
    answered = [one for one in questions if known_as(one.text) in standings]
    answered.sort(key=lambda one: standings[known_as(one.text)].rated.grade)
    weak = [one for one in answered if standings[known_as(one.text)].rated.grade <= Grade.HARD]
    weak.sort(key=lambda one: standings[known_as(one.text)].last)  # each in its turn
    told = [one for one in reversed(answered) if one.kind is Kind.BEHAVIOURAL and one not in weak]
    new = [
        one
        for one in questions
        if known_as(one.text) in own and known_as(one.text) not in standings
    ]
    turns = zip_longest(weak, [*told, *new][:BEST])
    found = [*chain(*opening), *(one for pair in turns for one in pair if one is not None)]
    return sorted(dict.fromkeys(found), key=lambda one: _rests(one, standings, now))


def _answered_first(standings: Mapping[str, Standing]) -> Callable[[Question], bool]:
    return lambda one: known_as(one.text) not in standings


def _rests(one: Question, standings: Mapping[str, Standing], now: datetime) -> bool:
    standing = standings.get(known_as(one.text))
    return standing is not None and now - standing.last < REST


def _new_share(count: int, answered: int) -> int:
    """Of `count` places, by how many answers there were so far: every third over all sessions."""
    return sum(place % NEW_IN == NEW_IN - 1 for place in range(answered, answered + count))


def _new(
    new: Sequence[Question], own: Collection[str], count: int, rng: Random | None
) -> list[Question]:
    prepared = [one for one in new if known_as(one.text) in own]
    others = [one for one in new if known_as(one.text) not in own]
    found: list[Question] = []
    for part in (prepared, others):
        if part and len(found) < count:
            found += choose(part, count=count - len(found), rng=rng)
    return found


def _soonest(
    pool: Iterable[Question], standings: Mapping[str, Standing], now: datetime
) -> list[Question]:
    """All that were answered: those that rested first, then by their day."""
    answered = [(standings[name], q) for q in pool if (name := known_as(q.text)) in standings]
    answered.sort(key=lambda one: (now - one[0].last < REST, one[0].due, one[0].last))
    return [question for _, question in answered]
