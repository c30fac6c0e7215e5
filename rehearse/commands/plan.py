"""rehearse plan: shows what is due, and sets the day of the interview."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rehearse import app
from rehearse.audio.clock import SystemClock
from rehearse.config import Settings, settings
from rehearse.model.codec import Json
from rehearse.model.take import Question
from rehearse.questions.choose import find_pack, known_as, questions_of
from rehearse.schedule import planning
from rehearse.schedule.due import Standing
from rehearse.schedule.pick import askable
from rehearse.schedule.planfile import grade_named, interview_on
from rehearse.schedule.planning import Schedule
from rehearse.takes.store import TakeStore
from rehearse.text import counted
from rehearse.views import plan as view

SCHEMA = 1
AHEAD = "{count} recorded in the future. The plan counts that as today. Check this machine's clock."


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    if args.rebuild:
        TakeStore(chosen.recordings).drop_index()
    schedule = _changed(args, chosen, schedule_of(chosen))
    tell_of_schedule(schedule, chosen)
    packs = app.packs(chosen)
    stories = app.stories(chosen)
    if args.pack:
        questions = questions_of([find_pack(packs, args.pack)])
    else:
        questions = planning.planned(packs, stories)
    questions = tuple(askable(questions))
    standings = _standings_of(questions, schedule)
    if args.json:
        app.print_json(_as_json(questions, schedule))
        return 0
    console = app.console(chosen)
    console.print(
        view.plan(
            standings,
            now=schedule.now,
            interview=schedule.wishes.interview,
            new=len(questions) - len(standings),
            stories={known_as(s.question): s.title for s in reversed(stories) if s.question},
            begin=f"rehearse practice {args.pack}" if args.pack else "rehearse",
            plain=chosen.plain,
            judged=chosen.coaching.advice or args.why,
            why=args.why,
        )
    )
    if args.why:
        console.print(view.rules(chosen.coaching))
    return 0


def schedule_of(chosen: Settings) -> Schedule:
    """The schedule at this moment. Raises NewerFile."""
    now = datetime.fromisoformat(SystemClock().now())
    store = TakeStore(chosen.recordings)
    return planning.read(chosen.home, store=store, now=now, coaching=chosen.coaching)


def tell_of_schedule(schedule: Schedule, chosen: Settings) -> None:
    """Say on stderr why the schedule may be wrong."""
    messages = app.console(chosen, stderr=True)
    if schedule.damaged:
        messages.print(str(schedule.damaged), markup=False)
    if count := schedule.ahead:
        takes = counted(count, "take was", "takes were")
        messages.print(AHEAD.format(count=takes), markup=False)


def _changed(args: argparse.Namespace, chosen: Settings, schedule: Schedule) -> Schedule:
    """The schedule with the changes from the command line, which are saved. Raises WrongUsage and
    TakeNotFound."""
    wishes = schedule.wishes
    if args.rated:
        name, word = args.rated
        grade = grade_named(word)
        take = TakeStore(chosen.recordings).find(name).name
        wishes = planning.graded(schedule, take, grade)
    if args.interview is not None:
        day = interview_on(args.interview, schedule.now.date())
        wishes = replace(wishes, interview=day)
    if wishes == schedule.wishes:
        return schedule
    planning.save_wishes(chosen.home, wishes)
    return replace(schedule, wishes=wishes, damaged=None)


def _standings_of(questions: Sequence[Question], schedule: Schedule) -> list[Standing]:
    found = schedule.standings
    return [found[name] for one in questions if (name := known_as(one.text)) in found]


def _as_json(questions: Sequence[Question], schedule: Schedule) -> dict[str, Json]:
    today, interview = schedule.now.date(), schedule.wishes.interview
    return {
        "schema": SCHEMA,
        "today": today.isoformat(),
        "interview": interview.isoformat() if interview else None,
        "days_left": (interview - today).days if interview else None,
        "questions": [_question(question, schedule) for question in questions],
    }


def _question(question: Question, schedule: Schedule) -> Json:
    standing = schedule.standings.get(known_as(question.text))
    return {
        "text": question.text,
        "kind": question.kind.value if question.kind else None,
        "told": standing.times if standing else 0,
        "last_told": standing.last.isoformat() if standing else None,
        "take": standing.take if standing else None,
        "grade": standing.rated.grade.word if standing else None,
        "reasons": list(standing.rated.reasons) if standing else [],
        "own_grade": standing.rated.own if standing else False,
        "due": standing.due.isoformat() if standing else None,
        "is_due": standing.is_due(schedule.now) if standing else False,
    }
