"""rehearse practice: questions asked aloud, answers reported."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from rehearse import app
from rehearse.audio.clock import SystemClock
from rehearse.commands import sitting
from rehearse.commands.manner import Manner
from rehearse.commands.plan import schedule_of, tell_of_schedule
from rehearse.config import Settings, settings
from rehearse.errors import WrongUsage
from rehearse.model.take import Kind, Question
from rehearse.ports import Transcriber
from rehearse.questions.bank import Story
from rehearse.questions.choose import by_principle, choose, find_pack, questions_of
from rehearse.questions.interviews import Round
from rehearse.questions.notes.asking import kind_of
from rehearse.questions.notes_file import read_points
from rehearse.questions.pack import Pack
from rehearse.schedule import planning
from rehearse.session.resume import NOBODY, Unfinished
from rehearse.stories.lookup import find_story, notes_of
from rehearse.takes.store import TakeStore
from rehearse.text import printable

QUESTIONS = 3
"""Questions of a session; with their reports they take a quarter of an hour."""
MINUTES_EACH = 5
"""For one question, its answer and its report."""
DEFAULT_TARGET = 120.0
"""Seconds; sources advise 90 to 120 for a story."""


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    app.wake_voice(chosen)
    notes = read_points(args.notes)
    if args.resume:
        return sitting.take_up(chosen, Manner.of(args), follow_ups=args.follow_ups, notes=notes)
    if args.story:
        story = find_story(app.stories(chosen), args.story)
        questions = [_timed(_about(story, args, chosen), chosen)]
        notes = "\n".join(filter(None, (notes_of(story), notes))) or None
    else:
        questions = _questions(args, chosen)
    return practise(
        questions, chosen, notes=notes, follow_ups=args.follow_ups, manner=Manner.of(args)
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
    parts = (Round(NOBODY, tuple(questions)),)
    return sitting.hold(
        Unfinished(SystemClock().now(), parts),
        chosen,
        manner or Manner(),
        notes=notes,
        follow_ups=follow_ups,
        transcriber=transcriber,
    )


def _questions(args: argparse.Namespace, chosen: Settings) -> list[Question]:
    packs = app.packs(chosen)
    tell_problems(packs, chosen)
    if args.ask:
        return [_timed(as_asked(args.ask, questions_of(packs)), chosen)]
    pool = _pool(args, packs, chosen)
    count = args.questions or QUESTIONS
    if args.minutes:
        count = max(1, args.minutes // MINUTES_EACH)
    schedule = schedule_of(chosen)
    tell_of_schedule(schedule, chosen)
    before, rng = schedule.asked_before, Random()
    if args.random:
        picked = choose(pool, count=count, asked_before=before, rng=rng)
    elif args.due:
        picked = schedule.pick_due(pool, count=count)
    else:
        picked = schedule.pick(pool, count=count, own=app.stories(chosen), rng=rng)
    return [_timed(question, chosen) for question in picked]


def tell_problems(packs: Sequence[Pack], chosen: Settings) -> None:
    """Say on stderr which packs have lines that cannot be read."""
    messages = app.console(chosen, stderr=True)
    for pack in packs:
        if pack.problems:
            text = f"{pack.source} has lines that I cannot read."
            messages.print(f"{text} To see them: rehearse questions check FILE", markup=False)


def _pool(
    args: argparse.Namespace, packs: Sequence[Pack], chosen: Settings
) -> tuple[Question, ...]:
    """All questions that may be asked. Packs with "asked: when named" only if they are named."""
    if args.pack:
        pool = questions_of([find_pack(packs, args.pack)])
    elif args.principle:
        pool = questions_of(packs)
    else:
        pool = planning.planned(packs, app.stories(chosen))
    return by_principle(pool, args.principle) if args.principle else pool


def _about(story: Story, args: argparse.Namespace, chosen: Settings) -> Question:
    """The question from --ask, else the story's own, else the one that fits the story best.

    Raises WrongUsage."""
    packs = app.packs(chosen)
    known = questions_of(packs)
    if text := args.ask or story.question:
        return as_asked(text, known)
    fitting = [one for one in known if set(one.principles) & set(story.principles)]
    if not fitting:
        raise WrongUsage(
            f"No question goes with '{story.title}'.",
            "Give the story a line '- question: ...', or name one with --ask.",
        )
    return choose(fitting, count=1, asked_before=asked_before(chosen), rng=Random())[0]


def as_asked(text: str, known: Sequence[Question]) -> Question:
    """The known question with this text, else a new one, which has a kind only where it asks for an
    introduction: a minute of one is plenty."""
    words = " ".join(printable(text).split())
    for question in known:
        if question.text.casefold() == words.casefold():
            return question
    introduces = kind_of(words) is Kind.INTRODUCTION
    return Question(words, Kind.INTRODUCTION if introduces else None, target=DEFAULT_TARGET)


def asked_before(chosen: Settings) -> list[str]:
    """Texts of the questions of all takes, the latest last."""
    takes = TakeStore(chosen.recordings).summaries()
    return [take.asked for take in takes if take.question]


def _timed(question: Question, chosen: Settings) -> Question:
    return question if chosen.target is None else replace(question, target=chosen.target)
