"""rehearse: checks what practice needs, then practises, or says what is missing."""

from __future__ import annotations

import argparse
import sys
from random import Random

from rehearse import app
from rehearse.commands import demo, model_ready, practice, sitting
from rehearse.commands.doctor import folder, microphone, voice
from rehearse.commands.manner import Manner
from rehearse.commands.plan import schedule_of, tell_of_schedule
from rehearse.config import Settings, settings
from rehearse.errors import RehearseError, VoiceFailed
from rehearse.model.take import Kind, Question
from rehearse.ports import Transcriber
from rehearse.questions.choose import by_kind, choose, fields_of, known_as
from rehearse.schedule import planning
from rehearse.schedule.planning import Schedule
from rehearse.text import listed
from rehearse.views import plan as plan_view

GLANCE = 0.1
"""Seconds of sound that show that the microphone works; short, so that nobody has to wait."""
FIRST_TIME = (
    "Welcome. I will ask you {count} questions aloud. Answer as in an interview, and press Enter"
    " when you are done. You get a report of each answer. Nothing you say leaves this machine."
)
FIELDS = "For one field: rehearse practice {first} (or {others})"
OFFER = "Shall I show the demo instead? [Y/n] "


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    app.wake_voice(chosen)
    messages = app.console(chosen, stderr=True)
    try:
        transcriber = _checked(chosen)
    except RehearseError as missing:
        messages.print(f"You cannot practise yet. {missing}", markup=False)
        return _offer_demo(chosen)
    if unfinished := sitting.offered(chosen):
        return sitting.hold(unfinished, chosen, Manner(), transcriber=transcriber)
    schedule = schedule_of(chosen)
    tell_of_schedule(schedule, chosen)
    questions = due_now(chosen, schedule)
    if not schedule.asked_before:
        app.console(chosen).print(FIRST_TIME.format(count=len(questions)))
        fields = [one.name for one in fields_of(app.packs(chosen))]
        app.console(chosen).print(FIELDS.format(first=fields[0], others=listed(fields[1:], "or")))
    if said := greeting(chosen, schedule):
        app.console(chosen).print(said, markup=False)
    return practice.practise(questions, chosen, transcriber=transcriber)


def _checked(chosen: Settings) -> Transcriber:
    """Check what practice needs. Raises the error of what is missing: folder, microphone, model,
    terminal."""
    messages = app.console(chosen, stderr=True)
    folder(chosen)
    microphone(chosen, seconds=GLANCE)
    if not app.has_terminal():
        raise RehearseError(
            "This is not a terminal, so no key can end an answer.", "Run rehearse in a terminal."
        )
    transcriber = model_ready.fetched_transcriber(chosen, messages)
    try:
        voice(chosen)
    except VoiceFailed as error:
        messages.print(str(error), markup=False)
    return transcriber


def _offer_demo(chosen: Settings) -> int:
    if app.has_terminal():
        sys.stdout.write(OFFER)
        sys.stdout.flush()
        if sys.stdin.readline().strip().lower() not in ("", "y", "yes"):
            return RehearseError.exit_code
    return demo.play(chosen, hurry=False)


def greeting(chosen: Settings, schedule: Schedule) -> str:
    """The habit so far, what is due, and the days until the interview."""
    known = planning.planned(app.packs(chosen), app.stories(chosen))
    standings = [schedule.standings.get(known_as(one.text)) for one in known]
    return plan_view.greeting(
        schedule.habit,
        due=sum(one is not None and one.is_due(schedule.now) for one in standings),
        today=schedule.now.date(),
        interview=schedule.wishes.interview,
    )


def due_now(chosen: Settings, schedule: Schedule) -> list[Question]:
    """The questions: the first time an introduction and stories, later what is due with new
    ones, and in the last days the core of an interview."""
    stories = app.stories(chosen)
    known = planning.planned(app.packs(chosen), stories)
    first = by_kind(known, Kind.INTRODUCTION)[:1]
    told = [one for one in known if known_as(one.text) in schedule.standings]
    tales = [one for one in known if one.kind is Kind.BEHAVIOURAL]
    if not schedule.asked_before and not schedule.is_close:
        return [*first, *choose(tales, count=practice.QUESTIONS - 1, rng=Random())]
    why = [one for one in known if one.kind is Kind.MOTIVATION] if schedule.is_close else []
    pool = list(dict.fromkeys([*first, *why, *told, *tales]))
    return list(schedule.pick(pool, count=practice.QUESTIONS, own=stories, rng=Random()))
