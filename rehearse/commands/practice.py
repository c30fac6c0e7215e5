"""rehearse practice: questions asked aloud, answers reported."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from rehearse import app, planning
from rehearse.adapters.clock import SystemClock
from rehearse.adapters.notes import read_points
from rehearse.commands import resume
from rehearse.commands.plan import schedule_of, tell_of_schedule
from rehearse.commands.sitting import Manner as Manner
from rehearse.config import Settings, settings
from rehearse.errors import WrongUsage
from rehearse.model import Question
from rehearse.ports import Transcriber
from rehearse.questions.bank import Story
from rehearse.questions.choose import by_principle, choose, find_pack, questions_of
from rehearse.questions.interviews import Part
from rehearse.questions.pack import Pack
from rehearse.store import TakeStore
from rehearse.stories.prepared import find_story, notes_of
from rehearse.text import printable
from rehearse.unfinished import NOBODY, Unfinished

QUESTIONS = 3
"""Fits into a quarter of an hour with their reports."""
DEFAULT_TARGET = 120.0
"""Seconds; sources advise 90 to 120 for a story."""


def run(asked: argparse.Namespace) -> int:
    chosen = settings(asked)
    notes = read_points(asked.notes)
    if asked.resume:
        return resume.take_up(chosen, Manner.of(asked), follow_ups=asked.follow_ups, notes=notes)
    if asked.story:
        story = find_story(app.stories(chosen), asked.story)
        questions = [_timed(_about(story, asked, chosen), chosen)]
        notes = "\n".join(filter(None, (notes_of(story), notes))) or None
    else:
        questions = _questions(asked, chosen)
    return practise(
        questions, chosen, notes=notes, follow_ups=asked.follow_ups, manner=Manner.of(asked)
    )


def practise(
    questions: Sequence[Question],
    chosen: Settings,
    *,
    notes: str | None = None,
    follow_ups: bool = False,
    manner: Manner | None = None,
    transcriber: Transcriber | None = None,
) -> int:
    """Run a session on the real devices. Raises EarFailed and what a home that is none raises."""
    parts = (Part(NOBODY, tuple(questions)),)
    return resume.hold(
        Unfinished(SystemClock().now(), parts),
        chosen,
        manner or Manner(),
        notes=notes,
        follow_ups=follow_ups,
        transcriber=transcriber,
    )


def _questions(asked: argparse.Namespace, chosen: Settings) -> list[Question]:
    packs = app.packs(chosen)
    tell_problems(packs, chosen)
    if asked.ask:
        return [_timed(as_asked(asked.ask, questions_of(packs)), chosen)]
    pool = _pool(asked, packs, chosen)
    count = asked.questions or QUESTIONS
    schedule = schedule_of(chosen)
    tell_of_schedule(schedule, chosen)
    before, rng = schedule.asked_before, Random()
    if asked.random:
        picked = choose(pool, count=count, asked_before=before, rng=rng)
    elif asked.due:
        picked = schedule.pick_due(pool, count=count)
    else:
        picked = schedule.pick(pool, count=count, own=app.stories(chosen), rng=rng)
    return [_timed(question, chosen) for question in picked]


def tell_problems(packs: Sequence[Pack], chosen: Settings) -> None:
    """Which packs are not read in full, on stderr."""
    messages = app.console(chosen, stderr=True)
    for pack in packs:
        if pack.problems:
            text = f"{pack.source} has lines that cannot be read: 'rehearse questions check' tells."
            messages.print(text, markup=False)


def _pool(
    asked: argparse.Namespace, packs: Sequence[Pack], chosen: Settings
) -> tuple[Question, ...]:
    """All that may be asked; packs that want to be named only where one asks for them."""
    if asked.pack:
        pool = questions_of([find_pack(packs, asked.pack)])
    elif asked.principle:
        pool = questions_of(packs)
    else:
        pool = planning.planned(packs, app.stories(chosen))
    return by_principle(pool, asked.principle) if asked.principle else pool


def _about(story: Story, asked: argparse.Namespace, chosen: Settings) -> Question:
    """The question asked for, else the story's own, else the one that fits the story best.

    Raises WrongUsage."""
    packs = app.packs(chosen)
    known = questions_of(packs)
    if text := asked.ask or story.question:
        return as_asked(text, known)
    fitting = [one for one in known if set(one.principles) & set(story.principles)]
    if not fitting:
        raise WrongUsage(
            f"No question goes with '{story.title}'.",
            "Give the story a line '- question: ...', or name one with --ask.",
        )
    return choose(fitting, count=1, asked_before=asked_before(chosen), rng=Random())[0]


def as_asked(text: str, known: Sequence[Question]) -> Question:
    """The known question of this wording, else a new one of no known kind."""
    words = " ".join(printable(text).split())
    for question in known:
        if question.text.casefold() == words.casefold():
            return question
    return Question(words, target=DEFAULT_TARGET)


def asked_before(chosen: Settings) -> list[str]:
    """Texts of the questions of all takes, the latest last."""
    takes = TakeStore(chosen.recordings).summaries()
    return [take.asked for take in takes if take.question]


def _timed(question: Question, chosen: Settings) -> Question:
    return question if chosen.target is None else replace(question, target=chosen.target)
