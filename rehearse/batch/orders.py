"""Orders and results of a batch: values that travel to other processes and machines. The sound
stays where it is."""

from __future__ import annotations

import io
import json
import re
import traceback
from dataclasses import dataclass, replace

from rich.console import Console, RenderableType

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
    """The screen that a report must fit; it may be on another machine."""

    width: int
    colours: str | None
    encoding: str

    def drawn(self, shown: RenderableType) -> str:
        """As it is to be written on that screen, which this process need not have."""
        paper = Console(
            file=io.TextIOWrapper(io.BytesIO(), encoding=self.encoding),
            width=self.width,
            force_terminal=self.colours is not None,
            color_system=self.colours,  # type: ignore[arg-type]  # one of rich's own names
            legacy_windows=False,
            highlight=False,
            emoji=False,
        )
        with paper.capture() as page:
            paper.print(shown)
        return page.get()


@dataclass(frozen=True)
class Order:
    """How to analyse every input; can be pickled and compared."""

    chosen: Settings
    question: Question | None = None
    notes: str | None = None
    stories: tuple[Story, ...] = ()
    words_from: str | None = None
    spoken_by: str | None = None
    """A part of the speaker's name."""
    language: str | None = None
    look: Look | None = None
    """The screen of a report; None for a line of JSON."""
    few_letters: bool = False
    """Whether the line is in ASCII."""
    stamped: bool = False
    """Whether the line says which state of its file it belongs to."""
    threads: int | None = None
    """Threads of the model; None for the default of the machine."""


@dataclass(frozen=True)
class Input:
    source: str
    """The input as the user named it; the result has this name."""
    path: str
    """Its absolute path, or the id of a take."""


@dataclass(frozen=True)
class Result:
    text: str
    """A line of JSON or a report; empty where there is none."""
    messages: tuple[str, ...]
    whole: bool
    """Whether there is a result with words; if not, the messages say why."""


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
        raise AnswerUnfit("The worker's answer cannot be used.") from error


def _tame(text: str, order: Order, source: str) -> str:
    """One line of JSON about that source, written again; or a report whose only escape codes are
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
