"""What a candidate's notes hold, sorted."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.model.take import Question
from rehearse.questions.bank import Interviewer, Plan, Principle, Story

PLAN = "Interview"
"""Name of a plan that the notes do not name."""


@dataclass(frozen=True)
class NoteLine:
    line: int
    """From 1."""
    text: str


@dataclass(frozen=True)
class Notes:
    title: str | None = None
    """As the front matter says."""
    questions: tuple[Question, ...] = ()
    to_ask: tuple[str, ...] = ()
    principles: tuple[Principle, ...] = ()
    stories: tuple[Story, ...] = ()
    plans: tuple[Plan, ...] = ()
    introduction: str | None = None
    closing: str | None = None
    unplaced: tuple[NoteLine, ...] = ()
    """What found no place, so that a person can look at it."""
    structure: tuple[NoteLine, ...] = ()
    """Headings and labels that only sort the rest."""

    @property
    def interviewers(self) -> tuple[Interviewer, ...]:
        return tuple(one for plan in self.plans for one in plan.interviewers)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to make a pack of."""
        found = (self.questions, self.to_ask, self.principles, self.stories, self.plans)
        return not (any(found) or self.introduction or self.closing)
