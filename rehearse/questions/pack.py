"""A question pack from its Markdown; the format is described in docs/pack-format.md.

What is nearest to a question wins: its own details, then its section's, then the pack's, then the
default of its kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from rehearse.model import Kind, Question
from rehearse.questions.details import Details, label, of_item, of_line, of_lines
from rehearse.questions.kinds import default_target, find_kind
from rehearse.questions.markdown import Block, Heading, Item, Line, Paragraph, Problem, blocks
from rehearse.questions.principles import canonical, split_names
from rehearse.text import ends_sentence, printable

# Read by later versions; whatever lies below such a heading is no question.
_RESERVED = re.compile(r"guidance|notes|stories|plans|(story|plan)\s*:.*", re.IGNORECASE)
_PRINCIPLE = re.compile(r"principle\s*:\s*(.+)", re.IGNORECASE)
_PRINCIPLES = re.compile(r"(leadership )?principles", re.IGNORECASE)


@dataclass(frozen=True)
class Pack:
    source: str
    """Where it came from, as shown to the user: a path or a file name."""
    title: str
    language: str = "en"
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """What the user calls it by: the file's name without its ending."""
        return PurePath(self.source).stem


def parse_pack(text: str, source: str) -> Pack:
    """Never raises: what cannot be read is among the pack's problems, and the rest is there."""
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    reader = _Reader()
    for block in blocks("\n".join(_front_matter(lines, reader))):
        reader.read(block)
    return reader.pack(source)


def _front_matter(lines: list[str], reader: _Reader) -> list[str]:
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


@dataclass(frozen=True)
class _Section:
    level: int
    details: Details = field(default_factory=Details)
    reserved: bool = False


@dataclass(frozen=True)
class _Asked:
    text: Line
    details: Details


@dataclass
class _Reader:
    """Goes through the blocks in their order and keeps what was found so far."""

    title: str | None = None
    language: str = "en"
    titled: bool = False
    problems: list[Problem] = field(default_factory=list)
    asked: list[_Asked] = field(default_factory=list)
    sections: list[_Section] = field(default_factory=lambda: [_Section(0)])
    """The section that the reading is in, after those around it; the pack itself is the first."""
    taking_details: bool = False
    """Whether a question written as a heading takes what follows."""
    bare: Line | None = None
    """A heading of no kind with nothing below it so far."""
    reserved: bool = False

    def set(self, name: str, value: str, line: Line) -> None:
        """One line of the front matter; names that are not ours are the user's own."""
        if name.casefold() == "title":
            self.title = value or None
        elif name.casefold() == "language":
            self.language = value or self.language
        elif label(detail := replace(line, text=f"{name}: {value}")):
            self._add(of_line(detail))

    def read(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block.level, block.line)
            return
        self.bare = None
        if block.quoted or self.sections[-1].reserved:
            return
        if isinstance(block, Item):
            self._item(block)
        else:
            self._paragraph(block)

    def _heading(self, level: int, line: Line) -> None:
        if self.sections[-1].reserved and level > self.sections[-1].level:
            return
        self._report_bare(level)
        self.taking_details = False
        while self.sections[-1].level >= level:
            self.sections.pop()
        outer = self.sections[-1].details
        if level == 1 and not self.titled:
            self.titled = True
            self.title = self.title or line.text
            self.sections[-1] = _Section(0, outer.joined(Details(kind=find_kind(line.text))))
        elif _RESERVED.fullmatch(line.text):
            self.reserved = True
            self.sections.append(_Section(level, reserved=True))
        elif ends_sentence(line.text):
            self.asked.append(_Asked(line, outer))
            self.taking_details = True
        else:
            self.sections.append(_Section(level, _named(line.text, outer).under(outer)))
            self.bare = None if find_kind(line.text) else line

    def _report_bare(self, level: int) -> None:
        if self.bare is not None and level <= self.sections[-1].level:
            message = (
                f"Nothing stands below '{self.bare.text}'. "
                "A question written as a heading ends with a question mark or a full stop."
            )
            self.problems.append(self.bare.problem(self.bare.text, message))
        self.bare = None

    def _paragraph(self, paragraph: Paragraph) -> None:
        """Labelled lines belong to the question or the section above; the rest is prose."""
        for line in paragraph.lines:
            if label(line) == "follow-ups" and not self.taking_details:
                self._report_stray(line)
            elif label(line):
                self._add(of_line(line))

    def _item(self, item: Item) -> None:
        if self.taking_details:
            self._add(of_item(item))
        elif not item.lines:
            for below in item.items:
                self._item(below)
        elif label(item.lines[0]):
            self._report_stray(item.lines[0])
        else:
            self._question(item)

    def _question(self, item: Item) -> None:
        texts = [line for line in item.lines if not label(line)]
        question = replace(texts[0], text=" ".join(line.text for line in texts))
        details = of_lines(item.lines + item.more)
        for below in item.items:
            details = details.joined(of_item(below))
        self.problems.extend(details.problems)
        self.asked.append(_Asked(question, details.under(self.sections[-1].details)))

    def _report_stray(self, line: Line) -> None:
        message = "No question stands above this detail. Indent it below its question."
        self.problems.append(line.problem(line.text, message))

    def _add(self, details: Details) -> None:
        """To the question that takes details, else to the section."""
        self.problems.extend(details.problems)
        if self.taking_details:
            last = self.asked[-1]
            follow_ups = last.details.follow_ups + details.follow_ups
            joined = replace(details.under(last.details), follow_ups=follow_ups)
            self.asked[-1] = replace(last, details=joined)
        else:
            section = self.sections[-1]
            self.sections[-1] = replace(section, details=details.under(section.details))

    def pack(self, source: str) -> Pack:
        """What was found in all."""
        self._report_bare(0)
        questions = self._once()
        if not questions and not self.reserved:
            message = "No question stands here. Write each as a bullet: '- Why this role?'"
            self.problems.append(Problem(1, 1, message))
        title = self.title or PurePath(source).stem
        problems = tuple(sorted(self.problems, key=lambda problem: (problem.line, problem.column)))
        return Pack(source, title, self.language, questions, problems)

    def _once(self) -> tuple[Question, ...]:
        """Each question once; that one stands there again is a problem, told once."""
        found: dict[str, _Asked] = {}
        told: set[str] = set()
        for asked in self.asked:
            same = asked.text.text.casefold()
            first = found.setdefault(same, asked)
            if first is not asked and same not in told:
                told.add(same)
                message = f"This question stands on line {first.text.number} already."
                self.problems.append(asked.text.problem(asked.text.text, message))
        return tuple(_question(asked) for asked in found.values())


def _named(heading: str, outer: Details) -> Details:
    """What a section's heading says: a kind, a principle, or, among other kinds, nothing."""
    if kind := find_kind(heading):
        return Details(kind=kind)
    if match := _PRINCIPLE.fullmatch(heading):
        return Details(Kind.BEHAVIOURAL, split_names(match[1]))
    if outer.kind not in (None, Kind.BEHAVIOURAL):
        return Details()
    names = () if _PRINCIPLES.fullmatch(heading) else (canonical(heading),)
    return Details(Kind.BEHAVIOURAL, names)


def _question(asked: _Asked) -> Question:
    details = asked.details
    return Question(
        text=asked.text.text,
        kind=details.kind,
        principles=details.principles,
        target=details.target or default_target(details.kind),
        follow_ups=tuple(dict.fromkeys(details.follow_ups)),
    )
