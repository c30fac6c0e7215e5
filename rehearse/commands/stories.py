"""rehearse stories: shows the candidate's stories, how well they were told, and which one fits."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

from rehearse import app
from rehearse.commands.practice import tell_problems
from rehearse.config import Settings, settings
from rehearse.errors import StoryNotFound, WrongUsage
from rehearse.model.take import Take
from rehearse.questions.bank import Story
from rehearse.questions.choose import plans_of, principles_of, questions_of, stories_of
from rehearse.questions.pack import Pack
from rehearse.questions.packs import own_packs
from rehearse.stories.asjson import bank, fits
from rehearse.stories.fitting import asked_about, fitting, serving
from rehearse.stories.lookup import HOW
from rehearse.stories.tellings import own_pace, records
from rehearse.takes.history import takes_of
from rehearse.takes.store import TakeStore
from rehearse.views import stories as view

LATEST = 100
"""Takes of other questions that are searched for a story; each takes some milliseconds."""


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    packs = app.packs(chosen)
    stories = stories_of(packs)
    tell_problems(packs, chosen)
    if not stories:
        raise StoryNotFound("You have no stories yet.", HOW)
    if args.question is not None and not args.question.strip():
        raise WrongUsage("The question is empty.", "Write it after --question, in quotes.")
    takes = takes_to_search(stories, chosen)
    pace, told = own_pace(takes), records(stories, takes)
    names = [principle.name for principle in principles_of(packs)]
    if args.question is not None:
        known = questions_of(packs)
        about = asked_about(args.question, known, names)
        found = fitting(told, args.question, known, names, app.meaning(chosen))
        if args.json:
            app.print_json(fits(args.question, about, found))
        else:
            app.console(chosen).print(view.fits(args.question, about, found))
        return 0
    if args.json:
        app.print_json(bank(told, serving(stories, names), pace))
    else:
        rows = serving(stories, used_principles(packs, takes, chosen))
        app.console(chosen).print(view.bank(told, rows, pace, plain=chosen.plain))
    return 0


def used_principles(
    packs: Sequence[Pack], takes: Iterable[Take], chosen: Settings
) -> tuple[str, ...]:
    """Those that the user's own packs name, and those of the questions that were answered: not
    all that the built-in packs know."""
    own = own_packs(packs, chosen.prompts)
    asked = [*questions_of(own), *(take.question for take in takes if take.question)]
    named = [one.name for one in principles_of(own)]
    named += [name for one in asked for name in one.principles]
    for plan in plans_of(own):
        named += [name for one in plan.interviewers for name in one.principles]
    return tuple(dict.fromkeys(named))


def takes_to_search(stories: Sequence[Story], chosen: Settings) -> list[Take]:
    """All takes of the questions that stories answer, and the latest of the others, in order."""
    store = TakeStore(chosen.recordings)
    asked = [story.question for story in stories if story.question]
    found = {take.id: take for take in takes_of(store, asked)}
    folders = store.folders()
    found |= {take.id: take for take in store.readable(folders[-LATEST:])}
    return [found[folder.name] for folder in folders if folder.name in found]
