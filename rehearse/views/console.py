"""The one way to the terminal: whatever a text holds, it is shown and never obeyed."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from rehearse.text import printable


class TameConsole(Console):
    """Rich's own control codes are segments that say so, and colours are no text; so every other
    segment can be cleaned, wherever its text came from."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterator[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(printable(segment.text), segment.style)
