"""What is known from above while the parts of notes are sorted, and how they are walked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from rehearse.model.take import Kind
from rehearse.questions.notes.collection import Desk
from rehearse.questions.notes.labels import Role, find_label
from rehearse.questions.notes.part import Part
from rehearse.questions.notes.tree import Form

KINDS = {
    Role.MOTIVATION: Kind.MOTIVATION,
    Role.TECHNICAL: Kind.TECHNICAL,
    Role.SYSTEM_DESIGN: Kind.SYSTEM_DESIGN,
    Role.INTRODUCTION: Kind.INTRODUCTION,
    Role.CLOSING: Kind.CLOSING,
}
PLAN = "Interview"
"""Name of a plan that the notes do not name."""


@dataclass(frozen=True)
class Context:
    area: Role | None = None
    principles: tuple[str, ...] = ()
    principle: str | None = None
    """The one whose section this is."""
    question: str | None = None
    title: str = ""
    plan: str = PLAN
    own: bool = False
    """Whether the heading says that the text is the candidate's own, as "My introduction"."""


class Walk(Protocol):
    """The walk through the tree, as its steps see it."""

    desk: Desk

    def visit(self, parts: Sequence[Part], context: Context) -> None:
        """Sort parts that stand side by side."""

    def one(self, part: Part, context: Context) -> None:
        """Sort a part with all below it."""

    def container(self, part: Part, context: Context) -> None:
        """Sort what is below a heading or a line that is nothing itself."""


def under(context: Context, name: str) -> Context:
    """The context with one more principle."""
    return replace(context, principles=union(context.principles, [name]))


def text_part(part: Part, text: str) -> Part:
    """A text of its own from what stands behind a label."""
    return Part(Form.TEXT, text, part.line, find_label(text), links=part.links)


def union(one: tuple[str, ...], other: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))
