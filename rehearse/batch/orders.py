"""What is to be analysed and how, and what comes of it: values that travel to other processes and
machines. The sound stays where it is."""

from __future__ import annotations

import json
import re
import traceback
from dataclasses import dataclass, replace

from rehearse.config import Settings
from rehearse.errors import AnswerUnfit
from rehearse.model import codec
from rehearse.model.codec import DAMAGE
from rehearse.model.take import Question
from rehearse.questions.bank import Story
from rehearse.text import printable

_COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")


@dataclass(frozen=True)
class Look:
    """What a report for people must fit: the screen of whoever asked, who may be elsewhere."""

    width: int
    colours: str | None
    encoding: str


@dataclass(frozen=True)
class Order:
    """How every input is to be analysed; it can be pickled and compared."""

    chosen: Settings
    question: Question | None = None
    notes: str | None = None
    stories: tuple[Story, ...] = ()
    words_from: str | None = None
    spoken_by: str | None = None
    """Part of the name of the speaker whose words are taken."""
    language: str | None = None
    look: Look | None = None
    """None: a line of JSON."""
    few_letters: bool = False
    """The line is in ASCII."""
    stamped: bool = False
    """The line holds size and time of its file."""
    threads: int | None = None
    """Of the model; None: the usual number on the machine that works on it."""


@dataclass(frozen=True)
class Input:
    source: str
    """As it was named, and as the result names it."""
    path: str
    """Where whoever works on it finds it; or the id of a take."""


@dataclass(frozen=True)
class Result:
    text: str
    """A line of JSON or a report; empty where there is none."""
    messages: tuple[str, ...]
    whole: bool
    """False: the messages say why there is no result, or none with words."""


def bug(source: str, error: BaseException) -> Result:
    trace = "".join(traceback.format_exception(error))
    return Result("", (f"{source}: This is a bug of rehearse.\n{trace}",), whole=False)


def read_back(text: str, order: Order, source: str) -> Result:
    """A result from another machine, which may send anything. Raises AnswerUnfit."""
    try:
        value = json.loads(text)
        found = codec.load(Result, value)
        if codec.dump(found) != value:
            raise ValueError(text)
        return replace(found, text=_tame(found.text, order, source))
    except DAMAGE as error:
        raise AnswerUnfit("The worker's answer could not be used.") from error


def _tame(text: str, order: Order, source: str) -> str:
    """One line of JSON of that source, written anew; or a page with no orders for the screen but
    colours. Raises ValueError, KeyError and TypeError."""
    if order.look is not None:
        return "".join(
            part if _COLOUR.fullmatch(part) else printable(part) for part in _COLOUR.split(text)
        )
    if not text:
        return text
    value = json.loads(text)
    if value["schema"] != codec.SCHEMA or value["source"] != source:
        raise ValueError(source)
    return codec.line(value, plain=order.few_letters)
