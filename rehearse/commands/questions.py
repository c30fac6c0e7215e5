"""rehearse questions: lists, shows and checks questions."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from rehearse import app
from rehearse.config import settings
from rehearse.model import codec
from rehearse.model.take import Question
from rehearse.questions.choose import by_principle, by_text, questions_of
from rehearse.questions.pack import Pack
from rehearse.questions.packs import read_pack
from rehearse.text import clock, counted, printable


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    console = app.console(chosen)
    if args.action == "check":
        return _check(args.files, console)
    questions = questions_of(app.packs(chosen))
    if args.action == "show":
        for question in by_text(questions, args.text):
            _show(question, console)
        return 0
    if args.principle:
        questions = by_principle(questions, args.principle)
    for question in questions:
        if args.json:
            app.print_json(codec.dump(question))
        else:
            console.print(Text(printable(question.text)) + Text(f"  {_about(question)}", "dim"))
    return 0


def _about(question: Question) -> str:
    kind = question.kind.value.replace("_", " ") if question.kind else ""
    return printable(", ".join(question.principles) or kind)


def _show(question: Question, console: Console) -> None:
    console.print(Text(f"\n{printable(question.text)}", style="bold"))
    console.print(Text(_about(question), style="dim"))
    if question.target:
        console.print(f"about {clock(question.target)}")
    for follow_up in question.follow_ups:
        console.print(Text(f"  follow-up: {printable(follow_up)}"))
    for note in question.notes:
        console.print(Text(f"  your note: {printable(note)}"))


def _check(files: Sequence[str], console: Console) -> int:
    """Problems as `file:line:column: what`, which editors can jump to."""
    found = 0
    for name in files:
        pack = read_pack(Path(name))
        found += len(pack.problems)
        for problem in pack.problems:
            place = f"{name}:{problem.line}:{problem.column}: {problem.message}"
            console.print(Text(printable(place)), soft_wrap=True)
        if not pack.problems:
            console.print(Text(printable(f"{name}: {contents(pack)}, no problems")), soft_wrap=True)
    return 1 if found else 0


def contents(pack: Pack) -> str:
    """ "12 questions, 3 stories"."""
    parts = []
    if pack.questions or not (pack.stories or pack.plans):
        parts.append(counted(len(pack.questions), "question"))
    if pack.stories:
        parts.append(counted(len(pack.stories), "story", "stories"))
    if pack.plans:
        parts.append(counted(len(pack.plans), "plan"))
    return ", ".join(parts)
