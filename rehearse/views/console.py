"""The console of every command. Control characters in a text never reach the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from rehearse.text import between_words, printable


class TameConsole(Console):
    """A rich Console that removes control characters from all text. Rich marks its own control
    codes, so they stay."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterator[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(printable(segment.text), segment.style)

    def print(self, *objects: Any, soft_wrap: bool | None = None, **how: Any) -> None:
        """With `soft_wrap` a terminal breaks lines between words only."""
        if soft_wrap and self.is_terminal:
            objects = tuple(_broken(one, self.width) for one in objects)
        super().print(*objects, soft_wrap=soft_wrap, **how)


def _broken(content: Any, width: int) -> Any:
    """A string or a Text of one style with its long lines broken; anything else as it is."""
    if isinstance(content, Text):
        return Text(between_words(content.plain, width), content.style, end=content.end)
    return between_words(content, width) if isinstance(content, str) else content


def heading(text: str) -> Text:
    return Text(f"\n{text}", style="bold")


def inset(content: RenderableType) -> Padding:
    return Padding(content, (0, 0, 0, 2))


def facts() -> Table:
    """An empty table of two columns: a name and its value."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    return table
