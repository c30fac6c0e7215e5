"""rehearse questions: lists, shows and checks questions."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rehearse import app
from rehearse.audio.portaudio import quiet_portaudio
from rehearse.audio.speaker import Speaker
from rehearse.config import Settings, settings
from rehearse.model import codec
from rehearse.model.structure import STAR
from rehearse.model.take import Question
from rehearse.questions.bank import Story
from rehearse.questions.choose import by_principle, by_text, known_as, questions_of
from rehearse.questions.pack import Pack
from rehearse.questions.packs import read_pack, sample_of
from rehearse.takes.store import TakeStore
from rehearse.text import clock, counted, printable
from rehearse.views.annotate import section_name
from rehearse.views.console import inset


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    console = app.console(chosen)
    if args.action == "check":
        return _check(args.files, console)
    packs = app.packs(chosen)
    questions = questions_of(packs)
    if args.action == "show":
        tried = _tried(chosen)
        for question in by_text(questions, args.text):
            _show(question, console)
            if sample := sample_of(question.text, packs):
                seen = sample if known_as(question.text) in tried else None
                _sample(seen, question, console)
                if seen and args.aloud:
                    _say(seen, chosen)
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


def _tried(chosen: Settings) -> set[str]:
    """The questions that the user has answered, as `known_as` gives them."""
    takes = TakeStore(chosen.recordings).summaries()
    return {known_as(take.asked) for take in takes if take.is_answer and not take.silent}


def _sample(sample: Story | None, question: Question, console: Console) -> None:
    """A sample answer, or how to get to see it: first comes an answer of one's own."""
    if sample is None:
        text = f'rehearse practice --ask "{printable(question.text)}"'
        console.print(Text(f"  A sample answer appears here after your own first: {text}", "dim"))
        return
    console.print(Text("\nA sample answer. It is invented: look at its form, not its words."))
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    for section in STAR:
        if told := sample.told(section):
            table.add_row(section_name(section), Text(printable(told)))
    console.print(inset(table))


def _say(sample: Story, chosen: Settings) -> None:
    """Raises VoiceFailed and SpeakerFailed."""
    told = " ".join(filter(None, (sample.told(section) for section in STAR)))
    with quiet_portaudio():
        Speaker(chosen.speaker).play(app.voice(chosen).render(told))


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
    if pack.samples:
        parts.append(counted(len(pack.samples), "sample answer"))
    if pack.plans:
        parts.append(counted(len(pack.plans), "plan"))
    return ", ".join(parts)
