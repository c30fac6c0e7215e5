"""What a candidate prepares besides questions: principles, stories, plans of interviews."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.model.structure import STAR, Section


@dataclass(frozen=True)
class Principle:
    name: str
    description: str | None = None
    guidance: tuple[str, ...] = ()
    """How to prepare for it."""


@dataclass(frozen=True)
class Story:
    """Sections and notes may hold several lines. A part that is not told is None; a text that
    is both situation and task is in both."""

    title: str
    principles: tuple[str, ...] = ()
    question: str | None = None
    """The question that it answers."""
    situation: str | None = None
    task: str | None = None
    action: str | None = None
    result: str | None = None
    notes: tuple[str, ...] = ()

    def told(self, section: Section) -> str | None:
        parts = (self.situation, self.task, self.action, self.result)
        return dict(zip(STAR, parts, strict=True)).get(section)


@dataclass(frozen=True)
class Interviewer:
    name: str
    principles: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    """What else they ask about; the name of a kind asks for questions of that kind."""
    questions: int | None = None
    """How many they ask; None leaves it open."""


@dataclass(frozen=True)
class Plan:
    """One interview, or a whole day of them, in the order of its interviewers."""

    name: str
    interviewers: tuple[Interviewer, ...]
