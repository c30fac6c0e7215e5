"""The one way to the terminal: whatever a text holds, it is shown and never obeyed."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from rehearse.text import printable


class TameConsole(Console):
    """Rich's own control codes are segments that say so, and colours are no text; so every other
    segment can be cleaned, wherever its text came from."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterator[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(printable(segment.text), segment.style)


def heading(text: str) -> Text:
    return Text(f"\n{text}", style="bold")


def inset(content: RenderableType) -> Padding:
    return Padding(content, (0, 0, 0, 2))


def facts() -> Table:
    """Two columns to be filled: a name, and what there is to say of it."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    return table
