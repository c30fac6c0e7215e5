"""One part of notes: a heading, an item or a text with what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rehearse.questions.notes.labels import Label, Role
from rehearse.questions.notes.tree import Form

AREAS = frozenset(
    {
        Role.PRINCIPLES,
        Role.STORIES,
        Role.TO_ASK,
        Role.INTRODUCTION,
        Role.CLOSING,
        Role.MOTIVATION,
        Role.SYSTEM_DESIGN,
        Role.TECHNICAL,
        Role.SCHEDULE,
        Role.READER,
    }
)
"""Labels of whole sections."""


@dataclass
class Part:
    form: Form
    text: str
    line: int
    label: Label | None = None
    level: int = 0
    group: int = 0
    bold: bool = False
    lead: str = ""
    """What it begins with in bold, where the rest is not."""
    quoted: bool = False
    links: tuple[str, ...] = ()
    children: list[Part] = field(default_factory=list)

    @property
    def role(self) -> Role | None:
        return self.label.role if self.label else None

    @property
    def told(self) -> bool:
        """Whether it tells part of a story."""
        return bool(self.label and self.label.sections)

    @property
    def is_title(self) -> bool:
        """Whether it is set apart from the text around it."""
        return self.form is Form.HEADING or self.bold

    def below(self) -> Iterator[Part]:
        """All that stands below it, in order."""
        for child in self.children:
            yield child
            yield from child.below()
