"""rehearse analyze: recordings, transcripts and takes, one or ten thousand."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from rich.console import Console

from rehearse import app
from rehearse.batch.analyst import Analyst, result_of, text_of
from rehearse.batch.cluster import Cluster
from rehearse.batch.orders import Input, Look, Order, Result, bug, read_back
from rehearse.batch.processes import Processes
from rehearse.batch.resultfile import ResultFile, results_in
from rehearse.batch.sources import seen
from rehearse.commands import model_ready
from rehearse.commands.inputs import named_by
from rehearse.commands.outputs import output_named
from rehearse.commands.practice import as_asked
from rehearse.config import Settings, settings
from rehearse.errors import AnswerUnfit, ModelMissing, RehearseError, TakeNotFound, WrongUsage
from rehearse.model.take import Kind, Question
from rehearse.questions.bank import Story
from rehearse.questions.choose import questions_of
from rehearse.questions.kinds import find_kind
from rehearse.questions.notes_file import read_points
from rehearse.speech.cores import physical_cores, usual_threads
from rehearse.speech.transcription_process import DeskApart
from rehearse.stories.lookup import find_story, notes_of
from rehearse.takes.files import on_disk, write_whole
from rehearse.text import is_file, is_folder, is_there, typed
from rehearse.transcripts.transcripts import is_transcript
from rehearse.views.analysis_table import FORMS, table

MOST_PROCESSES = 256


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
        with closing(_results(order, sources, args, messages)) as results:
            failures = _pass_on(results, messages, write)
    if lines:
        _give_table(table(lines, form), args, messages)
    if failures and len(sources) > 1:
        _say(messages, f"{failures} of {len(sources)} failed. The lines above say why.")
    return 1 if failures else 0


def _pass_on(results: Iterator[Result], messages: Console, write: Callable[[str], None]) -> int:
    """Prints each result as it comes; returns how many failed."""
    failures = 0
    for result in results:
        for text in result.messages:
            _say(messages, text)
        if result.text:
            write(result.text)
        failures += not result.whole
    return failures


def _say(messages: Console, text: str) -> None:
    messages.print(text, markup=False, soft_wrap=True)


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
    _say(messages, f"Saved as {path}")


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
        _say(messages, f"{len(sources) - len(left)} of {len(sources)} are done already.")
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


def _results(
    order: Order, sources: Sequence[str], args: argparse.Namespace, messages: Console
) -> Generator[Result]:
    """The results, in the order of the sources. Raises ClusterMissing and ClusterUnfit."""

    def announce(number: int) -> None:
        if len(sources) > 1:
            _say(messages, f"{number} of {len(sources)}  {sources[number - 1]}")

    if not sources:
        return
    if args.cluster is None and args.jobs is None:
        yield from _one_by_one(order, sources, messages, announce)
        return
    outcomes: Iterator[Result | BaseException]
    if args.cluster:
        order = _elsewhere(order)
        inputs = [Input(source, _absolute(source)) for source in sources]
        answers = Cluster(args.cluster).each(partial(text_of, order), inputs)
        outcomes = (_understood(*one, order) for one in zip(answers, sources, strict=False))
    else:
        order = _with_model(order, sources, messages)
        count = min(args.jobs or physical_cores(at_most=MOST_PROCESSES), len(sources))
        inputs = [Input(source, source) for source in sources]
        outcomes = Processes(count, threads=usual_threads()).each(partial(result_of, order), inputs)
    for number, outcome in enumerate(outcomes, start=1):
        announce(number)
        yield _settled(outcome, sources[number - 1])


def _one_by_one(
    order: Order, sources: Sequence[str], messages: Console, announce: Callable[[int], None]
) -> Iterator[Result]:
    bring = partial(model_ready.fetched_transcriber, order.chosen, messages)
    with closing(Analyst(order, bring, messages, desk=DeskApart)) as analyst:
        for number, source in enumerate(sources, start=1):
            announce(number)
            yield analyst.result(Input(source, source))


def _settled(outcome: Result | BaseException, source: str) -> Result:
    """The result of one source. A bad file never stops the rest; a bug is reported with its
    traceback."""
    if isinstance(outcome, Result):
        return outcome
    if isinstance(outcome, RehearseError):
        return Result("", (f"{source}: {outcome}",), whole=False)
    return bug(source, outcome)


def _understood(answer: str | RehearseError, source: str, order: Order) -> Result | RehearseError:
    if isinstance(answer, RehearseError):
        return answer
    try:
        return read_back(answer, order, source)
    except AnswerUnfit as error:
        return error


def _elsewhere(order: Order) -> Order:
    """The source with an absolute path, so that it works in any folder."""
    chosen = order.chosen
    model = str(Path(chosen.model).resolve()) if is_folder(Path(chosen.model)) else chosen.model
    words_from = _absolute(order.words_from) if order.words_from else None
    chosen = replace(chosen, home=chosen.home.resolve(), model=model)
    return replace(order, chosen=chosen, words_from=words_from, threads=usual_threads())


def _absolute(source: str) -> str:
    """The id of a take stays as it is."""
    return str(Path(source).absolute()) if is_there(Path(source)) else source


def _with_model(order: Order, sources: Sequence[str], messages: Console) -> Order:
    """Download the model once, before many processes look for it; the order then names the model
    that is used. Without one each file says so."""
    if order.words_from is not None or not any(_is_sound(source) for source in sources):
        return order
    try:
        name = model_ready.fetched_transcriber(order.chosen, messages).name
    except ModelMissing:
        return order
    there = app.stand_in(order.chosen)
    if there is None or name != there.name:
        return order
    return replace(order, chosen=replace(order.chosen, model=name))


def _is_sound(source: str) -> bool:
    return is_file(Path(source)) and not is_transcript(Path(source))


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
