"""rehearse questions for: a pack for one job, from its advert and the candidate's CV."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console
from rich.text import Text

from rehearse import app
from rehearse.config import settings
from rehearse.errors import ModelMissing, UnreadableFile
from rehearse.questions.advert import Wanted, about, lines, wanted
from rehearse.questions.choose import questions_of
from rehearse.questions.documents import read_document
from rehearse.questions.notes.notes import Notes
from rehearse.questions.notes.writing import pack_text
from rehearse.questions.notes_file import keep_pack
from rehearse.questions.packs import builtin_packs
from rehearse.speech.catalogue import MEANING
from rehearse.text import printable, typed


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    console = app.console(chosen)
    advert = typed(args.advert)
    demands = _lines(advert)
    experience = _lines(typed(args.cv)) if args.cv else ()
    meaning = app.meaning(chosen)
    if meaning is None:
        raise ModelMissing(
            "Which questions fit an advert is told by its meaning, and the model for that is not"
            " ready.",
            f"Run 'rehearse models get {MEANING.name}' while online; it reads English.",
        )
    found = wanted(questions_of(builtin_packs()), demands, meaning)
    own = tuple(about(experience))
    _show(found, console)
    for question in own:
        console.print(Text(f"\n{printable(question.text)}"), soft_wrap=True)
    questions = (*(one.question for one in found), *own)
    pack = pack_text(Notes(questions=questions), f"For {advert.stem}")
    path, _ = keep_pack(pack, advert, chosen.prompts)
    console.print(
        f"\n{path} has these questions. You can edit it."
        f" To practise: rehearse practice {path.stem}",
        soft_wrap=True,
    )
    return 0


def _lines(path: Path) -> tuple[str, ...]:
    """Raises UnreadableFile."""
    found = lines(read_document(path))
    if not found:
        raise UnreadableFile(f"{path} has no line of three words or more.", "Name another file.")
    return found


def _show(found: tuple[Wanted, ...], console: Console) -> None:
    for one in found:
        console.print(Text(f"\n{printable(one.question.text)}", style="bold"), soft_wrap=True)
        console.print(Text(f"  fits: {printable(one.line)}", style="dim"), soft_wrap=True)
