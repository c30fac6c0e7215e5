"""The parts of an introduction and the steps of a system design, as a table."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.model.structure import Outline, OutlinePart
from rehearse.model.take import Kind
from rehearse.text import clock
from rehearse.views import annotate

BAR = 12
"""Characters of a full bar, so that the table fits 60 columns with its long names."""
COLOURS = ("cyan", "magenta", "blue", "green", "yellow")


def heading(outline: Outline) -> str:
    return "Your introduction" if outline.kind is Kind.INTRODUCTION else "Steps"


def table(outline: Outline, *, plain: bool, judged: bool = True) -> RenderableType:
    """A row per part: where it starts and how long it is, or that it is missing."""
    rows = Table.grid(padding=(0, 2))
    for number, part in enumerate(outline.parts):
        if part.code in outline.missing:
            rows.add_row(Text(part.name), annotate.doubtful("missing", judged=judged))
        elif not part.present:
            rows.add_row(Text(part.name), annotate.doubtful("thin", judged=judged))
        else:
            rows.add_row(Text(part.name), *_part(part, COLOURS[number], plain=plain))
    expected = [part.code for part in outline.parts if part.code in outline.order]
    if not judged or list(outline.order) == expected:
        return rows
    names = {part.code: part.name.lower() for part in outline.parts}
    order = ", ".join(names[code] for code in outline.order)
    return Group(rows, Text(f"Your order: {order}."))


def _part(part: OutlinePart, colour: str, *, plain: bool) -> list[Text]:
    length = f"{part.words} words" if part.seconds is None else f"{part.seconds:.0f} s"
    at = "" if part.start is None else f"at {clock(part.start)}"
    figures = [
        Text(at),
        Text(length, justify="right"),
        Text(f"{part.share:.0%}", justify="right"),
    ]
    if plain:
        return figures
    return [*figures, Text("█" * max(1, round(part.share * BAR)), style=colour)]
