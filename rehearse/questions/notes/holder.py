"""What stands around a part while notes are sorted: an area, and the open question or title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rehearse.model.structure import Section
from rehearse.model.take import Kind, Question
from rehearse.questions.bank import Story
from rehearse.questions.notes.asking import (
    in_first_person,
    is_narrative,
    tells_event,
    unquoted,
    words,
)
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.notes import PLAN
from rehearse.questions.notes.outputs import Outputs
from rehearse.questions.notes.parts import Block

LONGEST_TITLE = 25
"""Words; what is longer is text."""
_ANSWER = 20
"""Words from which what is written below a question is an answer, not a hint."""
_LONGEST_METHOD = 25
"""Words in all that explain the four parts of a story without telling one."""
_TITLE_OF_TEXT = 8
"""Words of a text that stand for its title."""

_ADVICE = re.compile(r"(describe|explain|say|tell|set out)\b", re.IGNORECASE)
_HABIT = re.compile(r"(how|what|why|which) (do|does|would|are|is|makes)\b", re.IGNORECASE)
"""Of a question that asks for no event."""


@dataclass
class Draft:
    """A story while it is read."""

    sections: dict[Section, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    last: Section | None = None

    def begins_anew(self, sections: Sequence[Section]) -> bool:
        """Whether a label of these sections belongs to another story than this one."""
        return any(one in self.sections and one is not self.last for one in sections)

    def add(self, sections: Sequence[Section], texts: Sequence[str]) -> None:
        for section in sections:
            self.sections.setdefault(section, []).extend(texts)
            self.last = section

    def story(self, holder: Holder) -> Story:
        told = {one.value: "\n".join(texts) or None for one, texts in self.sections.items()}
        lines = [texts[0] for texts in (*self.sections.values(), self.notes) if texts]
        return Story(
            title=holder.title or first_words(lines),
            principles=tuple(dict.fromkeys(holder.names)),
            question=holder.question,
            notes=tuple(self.notes),
            **told,
        )


@dataclass
class Holder:
    title: str
    names: list[str] = field(default_factory=list)
    """Principles that it is linked to."""
    question: str | None = None
    """The one that it answers."""
    kind: Kind | None = None
    """Of a question; None where this is a title only."""
    is_story: bool = False
    """Whether a label or its neighbours say that a story stands here."""
    texts: list[Block] = field(default_factory=list)
    answer: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    follow_ups: list[str] = field(default_factory=list)
    target: float | None = None
    drafts: list[Draft] = field(default_factory=list)

    def draft(self, sections: Sequence[Section]) -> Draft:
        """The story that a label of these sections goes on with, or begins."""
        if not self.drafts or self.drafts[-1].begins_anew(sections):
            self.drafts.append(Draft())
        return self.drafts[-1]

    def say(self, part: Block, text: str) -> None:
        """A text that is no section: a note of the last story, or of the answer."""
        if self.drafts:
            self.drafts[-1].notes.append(text)
        else:
            self.texts.append(part)
            self.answer.append(text)

    @property
    def tells(self) -> bool:
        """Whether its answer tells of an event."""
        whole = " ".join(self.answer)
        if self.is_story:
            return bool(self.answer or self.title)
        if self.kind:
            is_long = words(whole) >= _ANSWER and not _HABIT.match(self.question or "")
            return self.kind is Kind.BEHAVIOURAL and (is_long or is_narrative(whole))
        return tells_event(whole)

    def stories(self) -> list[Story]:
        """Those told under labels, else the answer where it tells one."""
        if self.drafts:
            self.drafts[0].notes[:0] = [*self.answer, *([] if self.kind else self.points)]
            told = [one.story(self) for one in self.drafts]
            return [] if all(map(explains_method, told)) else told
        if not self.tells:
            return []
        title = self.title or first_words(self.answer)
        names = tuple(dict.fromkeys(self.names))
        return [
            Story(
                title,
                names,
                self.question,
                notes=tuple([*self.answer, *([] if self.kind else self.points)] or [title]),
            )
        ]

    def asked(self) -> Question:
        is_answered = bool(self.drafts) or self.tells
        notes = tuple(self.points if is_answered else [*self.answer, *self.points])
        is_told = self.kind is Kind.BEHAVIOURAL
        return Question(
            self.question or "",
            self.kind,
            tuple(dict.fromkeys(self.names)) if is_told else (),
            self.target,
            tuple(dict.fromkeys(map(unquoted, self.follow_ups))),
            notes,
        )


def explains_method(story: Story) -> bool:
    """Whether it says how to tell a story, as "Situation: the background", and tells none."""
    texts = (story.situation, story.task, story.action, story.result)
    told = " ".join(filter(None, texts))
    is_ours = in_first_person(told) or re.search(r"\b(we|our|us)\b", told, re.IGNORECASE)
    if story.question or is_ours:
        return False
    is_hint = re.search(r"\b(you|your|what|how)\b", told, re.IGNORECASE)
    is_told_how = any(text and _ADVICE.match(text) for text in texts)
    return bool(is_told_how or (is_hint and words(told) <= _LONGEST_METHOD))


def first_words(texts: Sequence[str]) -> str:
    parts = texts[0].split() if texts else []
    return " ".join(parts[:_TITLE_OF_TEXT]) + ("…" if len(parts) > _TITLE_OF_TEXT else "")


SAID = (Role.INTRODUCTION, Role.CLOSING)
TOLD = (Role.STORIES, Role.QUESTIONS)


@dataclass(frozen=True)
class Place:
    """What stands around a part."""

    area: Role | None = None
    principle: str | None = None
    """The one whose section this is."""
    names: tuple[str, ...] = ()
    """Principles that questions and stories here are linked to."""
    holder: Holder | None = None
    """The question or title that takes the texts."""
    plan: str = PLAN
    own: bool = False
    """Whether a heading says that the text is the candidate's own, as "My introduction"."""


class Walk(Protocol):
    """The walk through the tree, as its steps see it."""

    outputs: Outputs

    def visit(self, parts: Sequence[Block], place: Place) -> None:
        """Sort parts that stand side by side."""

    def one(self, part: Block, place: Place) -> None:
        """Sort a part by its role, with all below it."""

    def text(self, part: Block, place: Place) -> None:
        """Sort a part as what says nothing by itself."""
