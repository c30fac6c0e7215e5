"""Reads a pack block by block.

What is nearest to a question wins: its own details, then its section's, then the pack's, then the
default of its kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from rehearse.model.take import Kind, Question
from rehearse.questions.bank import Plan, Principle, Story
from rehearse.questions.details import Details, label, of_item, of_line, of_lines
from rehearse.questions.kinds import default_target, find_kind
from rehearse.questions.loops import plan
from rehearse.questions.markdown_lines import Block, Heading, Item, Line, Paragraph, Problem
from rehearse.questions.prepared import Area, Prepared, find_part
from rehearse.questions.principles import canonical, is_published, split_names
from rehearse.questions.story_reader import story
from rehearse.text import ends_sentence

_PRINCIPLE = re.compile(r"principle\s*:\s*(.+)", re.IGNORECASE)
_PRINCIPLES = re.compile(r"(leadership )?principles", re.IGNORECASE)
_WHEN_NAMED = {"when named": True, "always": False}


@dataclass(frozen=True)
class _Section:
    level: int
    details: Details = field(default_factory=Details)
    principle: str | None = None
    """The one that the heading names, if it names a single one."""


@dataclass(frozen=True)
class _Asked:
    text: Line
    details: Details


@dataclass
class Reader:
    """Goes through the blocks in their order and keeps what was found so far."""

    title: str | None = None
    language: str = "en"
    when_named: bool = False
    problems: list[Problem] = field(default_factory=list)
    principles: dict[str, Principle] = field(default_factory=dict)
    stories: list[Story] = field(default_factory=list)
    samples: list[Story] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    introduction: str | None = None
    closing: str | None = None
    titled: bool = False
    asked: list[_Asked] = field(default_factory=list)
    sections: list[_Section] = field(default_factory=lambda: [_Section(0)])
    """The section that the reading is in, after those around it; the pack itself is the first."""
    taking_details: bool = False
    """Whether a question written as a heading takes what follows."""
    describing: bool = False
    """Whether a paragraph describes the principle whose heading was just read."""
    bare: Line | None = None
    """A heading of no kind with nothing below it so far."""
    prepared: Prepared | None = None
    """What the candidate prepares, such as a story, while the reading is in it."""
    has_prepared: bool = False

    def set(self, name: str, value: str, line: Line) -> None:
        """Read one line of the front matter; unknown names are the user's own."""
        if name.casefold() == "title":
            self.title = value or None
        elif name.casefold() == "language":
            self.language = value or self.language
        elif name.casefold() == "asked":
            self._asked_when(value, line)
        elif label(detail := replace(line, text=f"{name}: {value}")):
            self._add(of_line(detail))

    def _asked_when(self, value: str, line: Line) -> None:
        known = _WHEN_NAMED.get(" ".join(value.casefold().split()))
        if known is None:
            message = (
                f"'{value}' has no meaning here. Write 'asked: when named' or 'asked: always'."
            )
            self.problems.append(line.problem(value, message))
        else:
            self.when_named = known

    def read(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block)
            return
        self.bare = None
        if self.prepared is not None:
            self.prepared.blocks.append(block)
        elif isinstance(block, Item) and not block.quoted:
            self._item(block)
        elif isinstance(block, Paragraph) and not block.quoted:
            self._paragraph(block)

    def finish(self) -> tuple[Question, ...]:
        """Finish the reading and return the questions."""
        self._close(0)
        questions = self._once()
        if not (questions or self.has_prepared or self.principles):
            message = "There are no questions here. Write each as a bullet: '- Why this role?'"
            self.problems.append(Problem(1, 1, message))
        return questions

    def _heading(self, block: Heading) -> None:
        level, line = block.level, block.line
        if self.prepared is not None and level > self.prepared.level:
            self.prepared.blocks.append(block)
            return
        self._close(level)
        self.taking_details = self.describing = False
        while self.sections[-1].level >= level:
            self.sections.pop()
        outer = self.sections[-1].details
        is_title = level == 1 and not self.titled
        if is_title:
            self.titled = True
            self.title = self.title or line.text
        if part := find_part(line.text):
            self.has_prepared = True
            self.prepared = Prepared(part, level, line, self.sections[-1].principle)
        elif is_title:
            self.sections[-1] = _Section(0, outer.joined(Details(kind=find_kind(line.text))))
        elif ends_sentence(line.text):
            self.asked.append(_Asked(line, outer))
            self.taking_details = True
        else:
            self._section(level, line, outer)

    def _section(self, level: int, line: Line, outer: Details) -> None:
        named = _named(line.text, outer)
        principle = named.principles[0] if len(named.principles) == 1 else None
        self.sections.append(_Section(level, named.under(outer), principle))
        self.describing = principle is not None
        for name in named.principles:
            self.principles.setdefault(name, Principle(name))
        sure = find_kind(line.text) or _PRINCIPLE.fullmatch(line.text) or is_published(line.text)
        self.bare = None if sure else line

    def _close(self, level: int) -> None:
        """End the sections that a heading of this level closes."""
        if self.bare is not None and level <= self.sections[-1].level:
            message = (
                f"There is nothing below '{self.bare.text}'. "
                "A question written as a heading ends with a question mark or a full stop."
            )
            self.problems.append(self.bare.problem(self.bare.text, message))
            named = self.sections[-1].principle
            if named and self.principles.get(named) == Principle(named):
                del self.principles[named]
        self.bare = None
        if self.prepared is not None:
            self._keep(self.prepared)
            self.prepared = None

    def _keep(self, prepared: Prepared) -> None:
        if prepared.part is Area.INTRODUCTION:
            self.introduction = prepared.text()
        elif prepared.part is Area.CLOSING:
            self.closing = prepared.text()
        elif prepared.part is Area.GUIDANCE and prepared.principle:
            known = self.principles[prepared.principle]
            guidance = (*known.guidance, *prepared.lines())
            self.principles[prepared.principle] = replace(known, guidance=guidance)
        elif prepared.part in (Area.STORIES, Area.SAMPLES):
            kept = self.stories if prepared.part is Area.STORIES else self.samples
            for title, blocks in prepared.divided():
                told, problems = story(title, blocks)
                kept.append(told)
                self.problems.extend(problems)
        elif prepared.part is Area.PLANS:
            for title, blocks in prepared.divided():
                planned, problems = plan(title, blocks)
                self.plans.append(planned)
                self.problems.extend(problems)

    def _paragraph(self, paragraph: Paragraph) -> None:
        """Labelled lines belong to the question or the section above; the rest is prose."""
        for line in paragraph.lines:
            if label(line) == "follow-ups" and not self.taking_details:
                self._report_stray(line)
            elif label(line):
                self._add(of_line(line))
        if self.describing and self.sections[-1].principle:
            text = " ".join(line.text for line in paragraph.lines if not label(line))
            known = self.principles[self.sections[-1].principle]
            said = "\n".join(filter(None, (known.description, text))) or None
            self.principles[known.name] = replace(known, description=said)

    def _item(self, item: Item) -> None:
        self.describing = False
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
        message = "There is no question above this detail. Indent it below its question."
        self.problems.append(line.problem(line.text, message))

    def _add(self, details: Details) -> None:
        """To the question that takes details, else to the section."""
        self.problems.extend(details.problems)
        if self.taking_details:
            last = self.asked[-1]
            joined = replace(
                details.under(last.details),
                follow_ups=last.details.follow_ups + details.follow_ups,
                notes=last.details.notes + details.notes,
            )
            self.asked[-1] = replace(last, details=joined)
        else:
            section = self.sections[-1]
            self.sections[-1] = replace(section, details=details.under(section.details))

    def _once(self) -> tuple[Question, ...]:
        """Each question once; a repeated question is a problem."""
        found: dict[str, _Asked] = {}
        told: set[str] = set()
        for asked in self.asked:
            same = asked.text.text.casefold()
            first = found.setdefault(same, asked)
            if first is not asked and same not in told:
                told.add(same)
                message = f"This question is already on line {first.text.number}."
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
        notes=details.notes,
    )
