"""A question pack from its Markdown; the format is described in docs/pack-format.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from rehearse.model.take import Kind, Question
from rehearse.questions.bank import Plan, Principle, Story
from rehearse.questions.markdown_lines import Line, Problem, blocks
from rehearse.questions.reader import Reader
from rehearse.text import printable


@dataclass(frozen=True)
class Pack:
    source: str
    """The source as shown to the user: a path or a file name."""
    title: str
    language: str = "en"
    questions: tuple[Question, ...] = ()
    principles: tuple[Principle, ...] = ()
    """Those that a heading names, with what is said about them below it."""
    stories: tuple[Story, ...] = ()
    samples: tuple[Story, ...] = ()
    """Sample answers; the title of each is its question."""
    plans: tuple[Plan, ...] = ()
    introduction: str | None = None
    """What the candidate means to say at the beginning, paragraphs on lines of their own."""
    closing: str | None = None
    problems: tuple[Problem, ...] = ()
    when_named: bool = False
    """Whether its questions stay out of sessions that do not name it."""

    @property
    def name(self) -> str:
        """What the user calls it by: the file's name without its ending."""
        return PurePath(self.source).stem

    @property
    def to_ask(self) -> tuple[Question, ...]:
        """Questions that the candidate may ask."""
        return tuple(one for one in self.questions if one.kind is Kind.TO_ASK)


def parse_pack(text: str, source: str) -> Pack:
    """Never raises: what cannot be read is among the pack's problems, and the rest is there."""
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    reader = Reader()
    for block in blocks("\n".join(_front_matter(lines, reader))):
        reader.read(block)
    questions = reader.finish()
    return Pack(
        source=source,
        title=reader.title or PurePath(source).stem,
        language=reader.language,
        questions=questions,
        principles=tuple(reader.principles.values()),
        stories=tuple(reader.stories),
        samples=tuple(reader.samples),
        plans=tuple(reader.plans),
        introduction=reader.introduction,
        closing=reader.closing,
        problems=tuple(sorted(reader.problems, key=lambda one: (one.line, one.column))),
        when_named=reader.when_named,
    )


def _front_matter(lines: list[str], reader: Reader) -> list[str]:
    """Lets the reader have it and gives the rest, with blank lines in its place: numbers hold."""
    if lines[0].rstrip() != "---":
        return lines
    ends = (n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "..."))
    end = next(ends, None)
    if end is None:
        message = "The front matter that begins here is not closed. End it with a line of ---."
        reader.problems.append(Problem(1, 1, message))
        return ["", *lines[1:]]
    for number, line in enumerate(lines[1:end], 2):
        name, _, value = printable(line).partition(":")
        reader.set(name.strip(), value.strip().strip("\"'[]"), Line("", number, line))
    return [""] * (end + 1) + lines[end + 1 :]
