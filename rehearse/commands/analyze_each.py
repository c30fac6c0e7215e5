"""Each source of `rehearse analyze`: one by one, in several processes, or on other machines."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from rich.console import Console

from rehearse import app
from rehearse.batch.analyst import Analyst, result_of, text_of
from rehearse.batch.cluster import Cluster
from rehearse.batch.orders import Input, Order, Result, bug, read_back
from rehearse.batch.processes import Processes
from rehearse.commands import model_ready
from rehearse.errors import AnswerUnfit, ModelMissing, RehearseError
from rehearse.speech.cores import physical_cores, usual_threads
from rehearse.speech.transcription_process import DeskApart
from rehearse.text import is_file, is_folder, is_there
from rehearse.transcripts.transcripts import is_transcript

MOST_PROCESSES = 256


def say(messages: Console, text: str) -> None:
    messages.print(text, markup=False, soft_wrap=True)


def each_result(
    order: Order, sources: Sequence[str], args: argparse.Namespace, messages: Console
) -> Generator[Result]:
    """The results, in the order of the sources. Raises ClusterMissing and ClusterUnfit."""

    def announce(number: int) -> None:
        if len(sources) > 1:
            say(messages, f"{number} of {len(sources)}  {sources[number - 1]}")

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
