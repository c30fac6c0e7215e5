"""The console of every command. Control characters in a text never reach the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from rehearse.text import printable


class TameConsole(Console):
    """A rich Console that removes control characters from all text. Rich marks its own control
    codes, so they stay."""

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
    """An empty table of two columns: a name and its value."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    return table
