"""The parts of a pack that hold what the candidate prepares, by the headings that begin them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from rehearse.questions.markdown_lines import Block, Heading, Item, Line
from rehearse.questions.story_reader import listed


class Area(Enum):
    GUIDANCE = auto()
    NOTES = auto()
    """For the reader only."""
    STORIES = auto()
    SAMPLES = auto()
    PLANS = auto()
    INTRODUCTION = auto()
    CLOSING = auto()


_HEADINGS = {
    Area.GUIDANCE: r"guidance",
    Area.NOTES: r"notes",
    Area.STORIES: r"(my )?stories|story\s*:.*",
    Area.SAMPLES: r"sample answers?",
    Area.PLANS: r"plans|plan\s*:.*",
    Area.INTRODUCTION: r"my introduction",
    Area.CLOSING: r"my closing( remarks)?",
}
_OF_ONE = re.compile(r"(?:story|plan)\s*:\s*(.*)", re.IGNORECASE)


def find_part(heading: str) -> Area | None:
    plain = heading.rstrip(": ")
    for part, pattern in _HEADINGS.items():
        if re.fullmatch(pattern, plain, re.IGNORECASE):
            return part
    return None


@dataclass
class Prepared:
    part: Area
    level: int
    line: Line
    principle: str | None
    """The story whose section it is in."""
    blocks: list[Block] = field(default_factory=list)

    def lines(self) -> tuple[str, ...]:
        """Each paragraph and each item as one line."""
        found: list[str] = []
        for block in self.blocks:
            if isinstance(block, Item):
                found.extend(listed([block]))
            elif isinstance(block, Heading):
                found.append(block.line.text)
            else:
                found.append(" ".join(line.text for line in block.lines))
        return tuple(found)

    def text(self) -> str | None:
        return "\n".join(self.lines()) or None

    def divided(self) -> Iterator[tuple[Line, list[Block]]]:
        """Titles with what is below each. Below `Stories` and the like every heading of the level
        that comes first is a title; `Story: ...` is one itself."""
        if match := _OF_ONE.fullmatch(self.line.text):
            yield replace(self.line, text=match[1] or self.line.text), self.blocks
            return
        title: Line | None = None
        below: list[Block] = []
        highest = next((block.level for block in self.blocks if isinstance(block, Heading)), 0)
        for block in self.blocks:
            if isinstance(block, Heading) and block.level <= highest:
                if title:
                    yield title, below
                title, below = block.line, []
            else:
                below.append(block)
        if title:
            yield title, below
