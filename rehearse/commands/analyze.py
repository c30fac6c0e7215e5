"""rehearse analyze: recordings, transcripts and takes, one or ten thousand."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from rehearse import app
from rehearse.batch.orders import Look, Order, Result
from rehearse.batch.resultfile import ResultFile, results_in
from rehearse.batch.sources import seen
from rehearse.commands.analyze_each import each_result, say
from rehearse.commands.inputs import named_by
from rehearse.commands.outputs import output_named
from rehearse.commands.practice import as_asked
from rehearse.config import Settings, settings
from rehearse.errors import TakeNotFound, WrongUsage
from rehearse.model.take import Kind, Question
from rehearse.questions.bank import Story
from rehearse.questions.choose import questions_of
from rehearse.questions.kinds import find_kind
from rehearse.questions.notes_file import read_points
from rehearse.stories.lookup import find_story, notes_of
from rehearse.takes.files import on_disk, write_whole
from rehearse.text import typed
from rehearse.views.analysis_table import FORMS, table


def run(args: argparse.Namespace) -> int:
    if args.resume and not args.output:
        raise WrongUsage("--resume needs a file of results.", "Name it with -o FILE.")
    sources = named_by(args.paths)
    if args.transcript and len(sources) > 1:
        raise WrongUsage("--transcript is for one recording.", "Name one path.")
    chosen = settings(args)
    messages = app.console(chosen, stderr=True)
    order = _order(args, chosen)
    form = _form(args)
    with _file(args) if form == "json" else nullcontext() as file:
        if file is not None:
            sources = _left(sources, file, chosen, messages)
        lines: list[str] = []
        write = file.write if file else _write_out if form == "json" else lines.append
        with closing(each_result(order, sources, args, messages)) as results:
            failures = _pass_on(results, messages, write)
    if lines:
        _give_table(table(lines, form), args, messages)
    if failures and len(sources) > 1:
        say(messages, f"{failures} of {len(sources)} failed. The lines above say why.")
    return 1 if failures else 0


def _pass_on(results: Iterator[Result], messages: Console, write: Callable[[str], None]) -> int:
    """Prints each result as it comes; returns how many failed."""
    failures = 0
    for result in results:
        for text in result.messages:
            say(messages, text)
        if result.text:
            write(result.text)
        failures += not result.whole
    return failures


def _form(args: argparse.Namespace) -> str:
    """csv, md or json: as named, else by the file's ending. Raises WrongUsage."""
    ending = Path(args.output or "").suffix.lower()
    form: str = args.format or next((f for f, ends in FORMS.items() if ending in ends), "json")
    if form != "json" and args.resume:
        raise WrongUsage(
            "--resume cannot continue a table.", "Name a file that ends in .jsonl, or leave it out."
        )
    return form


def _give_table(text: str, args: argparse.Namespace, messages: Console) -> None:
    """Raises WrongUsage, DiskFull and HomeNotWritable."""
    if not args.output:
        _write_out(text)
        return
    path = output_named(typed(args.output), (Path(args.output).suffix.lower(),), what="a table")
    with on_disk(path.parent):
        write_whole(path, text.encode())
    say(messages, f"Saved as {path}")


def _write_out(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _file(args: argparse.Namespace) -> AbstractContextManager[ResultFile | None]:
    """Raises ResultsFileUnfit."""
    return results_in(Path(args.output), resume=args.resume) if args.output else nullcontext()


def _left(
    sources: Sequence[str], file: ResultFile, chosen: Settings, messages: Console
) -> list[str]:
    """The sources without a result in the file, and those that have changed since."""

    def is_done(source: str) -> bool:
        stamp = file.known.get(source)
        with suppress(TakeNotFound):
            return stamp is not None and stamp == seen(source, chosen.recordings)
        return False

    left = [source for source in sources if not is_done(source)]
    if len(left) < len(sources):
        say(messages, f"{len(sources) - len(left)} of {len(sources)} are done already.")
    return left


def _order(args: argparse.Namespace, chosen: Settings) -> Order:
    """Raises WrongUsage, StoryNotFound and UnreadableFile."""
    stories = app.stories(chosen)
    screen = app.console(chosen)
    colours = None if screen.legacy_windows else screen.color_system
    as_json = args.json or args.output or args.format
    return Order(
        chosen,
        question=_question(args, chosen),
        notes=_notes(args, stories),
        stories=stories,
        words_from=args.transcript,
        spoken_by=args.spoken_by,
        language=args.language,
        look=None if as_json else Look(screen.width, colours, screen.encoding),
        few_letters=not (args.output or app.knows_all_letters()),
        stamped=bool(args.output),
    )


def _notes(args: argparse.Namespace, stories: Sequence[Story]) -> str | None:
    """The points to say, from --story and --notes. Raises StoryNotFound and UnreadableFile."""
    story = find_story(stories, args.story) if args.story else None
    texts = (notes_of(story) if story else None, read_points(args.notes))
    return "\n".join(text for text in texts if text) or None


def _question(args: argparse.Namespace, chosen: Settings) -> Question | None:
    """The question named on the command line. Raises WrongUsage for an unknown kind."""
    kind = find_kind(args.kind) if args.kind else None
    if args.kind and kind is None:
        kinds = ", ".join(one.value for one in Kind)
        raise WrongUsage(f"I don't know the kind of question '{args.kind}'.", f"Use: {kinds}.")
    if not args.question and kind is None:
        return None
    question = as_asked(args.question or "", questions_of(app.packs(chosen)))
    return question if kind is None else replace(question, kind=kind)
