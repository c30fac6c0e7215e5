"""A plan of interviews with its questions: who asks what, and no question twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle
from random import Random
from typing import TypeAlias

from rehearse.errors import NothingToAsk
from rehearse.model.take import Kind, Question
from rehearse.questions.bank import Interviewer, Plan
from rehearse.questions.choose import by_kind, by_principle, choose, place
from rehearse.questions.kinds import find_kind
from rehearse.questions.principles import key, spelt_like

TURNED_ROUND = "What would you like to ask me?"
"""The interviewer's question when it is the candidate's turn to ask."""
REMINDERS = 5
"""Questions that the candidate is reminded of; more would not fit on a card."""
OPEN = 3
"""Questions of an interviewer of whom the plan says neither how many nor about what."""
ONCE = frozenset({Kind.INTRODUCTION, Kind.TO_ASK, Kind.CLOSING})
"""Kinds that are asked only once in a conversation."""

Topic: TypeAlias = "Kind | str"
"""A kind of question, or the name of a principle."""


@dataclass(frozen=True)
class Round:
    """The questions of one interviewer, in order."""

    interviewer: Interviewer
    questions: tuple[Question, ...]
    reminders: tuple[str, ...] = ()
    """What the candidate may ask back, where it is their turn to."""


def find_plan(plans: Iterable[Plan], name: str) -> Plan:
    """By its name, its first letters, or with a typing error. Raises NothingToAsk."""
    there = tuple(plans)
    wanted = key(name)
    for fits in (
        [plan for plan in there if key(plan.name) == wanted],
        [plan for plan in there if wanted and key(plan.name).startswith(wanted)],
        [plan for plan in there if wanted and wanted in key(plan.name)],
        spelt_like(wanted, there, lambda plan: plan.name),
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            names = ", ".join(plan.name for plan in fits)
            raise NothingToAsk(f"'{name}' fits {len(fits)} interviews: {names}.", "Name one.")
    names = ", ".join(plan.name for plan in there) or "none"
    raise NothingToAsk(f"No interview called '{name}'.", f"There are: {names}.")


def share_out(
    plan: Plan,
    questions: Sequence[Question],
    *,
    to_ask: Sequence[Question] = (),
    asked_before: Sequence[str] = (),
    rng: Random | None = None,
) -> tuple[Round, ...]:
    """Each interviewer's questions. `to_ask` is what the candidate is reminded of.

    Raises NothingToAsk where nothing is known about what somebody asks for."""
    parts: list[Round] = []
    reminders = _reminders(to_ask, rng)
    for interviewer in plan.interviewers:
        left = [one for one in questions if all(one not in part.questions for part in parts)]
        asked = _asked_by(interviewer, left, questions, asked_before, rng)
        asked.sort(key=lambda one: place(one.kind))
        turned = any(one.kind is Kind.TO_ASK for one in asked)
        parts.append(Round(interviewer, tuple(asked), reminders if turned else ()))
    return tuple(part for part in parts if part.questions)


def topics_of(interviewer: Interviewer) -> tuple[Topic, ...]:
    """The topics; those that always come are first."""
    named = [find_kind(theme) or theme for theme in interviewer.themes]
    fixed = [one for one in named if one in ONCE]
    return (*fixed, *interviewer.principles, *(one for one in named if one not in ONCE))


def subjects_of(interviewer: Interviewer) -> tuple[str, ...]:
    """The same as they are announced: every conversation has a beginning and an end."""
    themes = (theme for theme in interviewer.themes if find_kind(theme) not in ONCE)
    return (*interviewer.principles, *themes)


def _asked_by(
    interviewer: Interviewer,
    left: list[Question],
    known: Sequence[Question],
    asked_before: Sequence[str],
    rng: Random | None,
) -> list[Question]:
    """From topic to topic, and round again, until they have asked enough or nothing is left."""
    topics = [*topics_of(interviewer)] or [Kind.BEHAVIOURAL]
    wanted = interviewer.questions or (len(topics) if topics_of(interviewer) else OPEN)
    for topic in topics:
        _check(topic, interviewer, known)
    asked: list[Question] = []
    round_of = cycle(topics)
    idle = 0
    while len(asked) < wanted and idle < len(topics):
        topic = next(round_of)
        again = topic in ONCE and any(one.kind is topic for one in asked)
        found = None if again else _one_about(topic, left, asked_before, rng)
        idle = 0 if found else idle + 1
        if found:
            asked.append(found)
            left[:] = [one for one in left if one != found]
    return asked


def _one_about(
    topic: Topic, left: Sequence[Question], asked_before: Sequence[str], rng: Random | None
) -> Question | None:
    if topic is Kind.TO_ASK:
        return Question(TURNED_ROUND, Kind.TO_ASK)
    try:
        pool = _about(topic, left)
    except NothingToAsk:
        return None
    return choose(pool, count=1, asked_before=asked_before, rng=rng)[0]


def _check(topic: Topic, interviewer: Interviewer, known: Sequence[Question]) -> None:
    """The questions of a topic. It may be used up, but it must have had some. Raises
    NothingToAsk."""
    try:
        if topic is not Kind.TO_ASK:
            _about(topic, known)
    except NothingToAsk as error:
        raise NothingToAsk(
            f"{interviewer.name} cannot ask: {error.what}",
            "Correct the plan, or write such a question in a pack.",
        ) from error


def _about(topic: Topic, questions: Sequence[Question]) -> tuple[Question, ...]:
    """Raises NothingToAsk."""
    return by_kind(questions, topic) if isinstance(topic, Kind) else by_principle(questions, topic)


def _reminders(to_ask: Sequence[Question], rng: Random | None) -> tuple[str, ...]:
    texts = [question.text for question in to_ask]
    if rng is not None:
        rng.shuffle(texts)
    return tuple(texts[:REMINDERS])
