"""rehearse class: one page about a class, from a folder with a folder for each person."""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections.abc import Mapping
from contextlib import closing
from functools import partial
from pathlib import Path

from rehearse import app
from rehearse.batch.analyst import Analyst
from rehearse.batch.orders import Input, Order
from rehearse.commands import model_ready
from rehearse.commands.inputs import named_by
from rehearse.commands.outputs import output_named
from rehearse.config import settings
from rehearse.errors import NothingToExport, WrongUsage
from rehearse.model.codec import Json
from rehearse.model.take import Kind, Question
from rehearse.progress.classroom import classroom
from rehearse.speech.transcription_process import DeskApart
from rehearse.takes.files import on_disk, write_whole
from rehearse.text import is_folder, printable, typed
from rehearse.transcripts.transcripts import is_transcript
from rehearse.views import class_page

PAGE = "class.html"


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    folder = typed(args.folder)
    if not is_folder(folder):
        raise WrongUsage(f"'{folder}' is not a folder.", "Name one with a folder for each person.")
    output = output_named(typed(args.output or PAGE), (".html", ".htm"), what="a page")
    console = app.console(chosen, stderr=True)
    question = Question(args.question, Kind.BEHAVIOURAL) if args.question else None
    order = Order(chosen, question=question)
    found: dict[str, list[Mapping[str, Json]]] = {}
    failed = False
    bring = partial(model_ready.fetched_transcriber, chosen, console)
    sources = _sources(folder)
    with closing(Analyst(order, bring, console, desk=DeskApart)) as analyst:
        for number, source in enumerate(sources, start=1):
            if console.is_terminal:
                name = printable(_name(Path(source), folder))
                console.print(f"{name}, {number} of {len(sources)}", style="dim")
            result = analyst.result(Input(source, source))
            for text in result.messages:
                console.print(text, markup=False, soft_wrap=True)
            failed |= not result.whole
            if result.text:
                found.setdefault(_name(Path(source), folder), []).append(json.loads(result.text))
    if not found:
        raise NothingToExport(
            f"'{folder}' has no answers that I can read.", "Name a folder with recordings or texts."
        )
    with on_disk(output.parent):
        write_whole(output, class_page.page(classroom(found), folder.resolve().name).encode())
    app.console(chosen).print(f"The page is {output}", markup=False, soft_wrap=True)
    return 1 if failed else 0


def _sources(folder: Path) -> list[str]:
    """All recordings, takes and transcripts, by person."""
    texts = (str(path) for path in folder.rglob("*") if path.is_file() and is_transcript(path))
    recordings = [one for one in named_by([str(folder)]) if one != str(folder)]
    takes = tuple(f"{one}/" for one in recordings)
    own = [one for one in texts if not takes or not one.startswith(takes)]
    return sorted([*recordings, *own], key=lambda one: (_by_name(Path(one), folder), one))


def _by_name(path: Path, folder: Path) -> str:
    """As people sort names: without regard to capitals, and "É" with "E"."""
    return unicodedata.normalize("NFKD", _name(path, folder)).casefold()


def _name(path: Path, folder: Path) -> str:
    """The person's folder, or the file's own name where it lies in none."""
    inside = path.relative_to(folder)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem
