"""What is known from above while the parts of notes are sorted, and how they are walked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rehearse.questions.notes.holder import Holder
from rehearse.questions.notes.interviewers import PLAN
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.outputs import Outputs
from rehearse.questions.notes.parts import Block

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
