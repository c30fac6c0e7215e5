"""The page at the end of a session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from rehearse.progress.session_summary import Point, SessionSummary, Totals
from rehearse.text import clock, listed, printable
from rehearse.views.console import heading, inset
from rehearse.views.wording import known_rate, known_time

MOST_NUMBERS = 4
"""Answers that are named by their numbers; of more than these only the count is shown."""
MOST_IDS = 6
"""Answers that are listed with their ids; more would fill the page."""
ELSEWHERE = "'rehearse takes' lists them with their ids."
FIRST = "This is your first session. Next time you will see what changed."


@dataclass(frozen=True)
class Kept:
    """An answer of the session, as the page lists it."""

    id: str
    question: str
    seconds: float | None
    interviewer: str = ""
    said: tuple[str, ...] = ()
    """Its report in brief, in an interview: there it was not shown before."""


@dataclass(frozen=True)
class Seat:
    """The answers to one interviewer."""

    name: str
    totals: Totals


def page(
    summary: SessionSummary,
    kept: Sequence[Kept],
    *,
    seats: Sequence[Seat] = (),
    plain: bool,
) -> RenderableType:
    """The page: what went best, what to work on, the totals beside those of the last session, and
    the answers."""
    several = len(kept) > 1
    parts: list[RenderableType] = [_title(plain=plain)]
    if summary.best:
        parts += [heading("What went best"), inset(_points(summary.best, several=several))]
    if summary.to_work_on:
        text = "What to work on"
        parts += [heading(text), inset(_points(summary.to_work_on, several=several))]
    parts += [heading("Totals"), inset(_totals(summary))]
    if seats:
        parts += [heading("With each interviewer"), inset(_seats(seats))]
    with_ids = len(kept) <= MOST_IDS
    number = 1
    for name, answers in by_interviewer(kept):
        title = f"With {printable(name).rstrip('.')}" if name else "Your answers"
        parts += [heading(title), inset(_kept(answers, number, with_ids=with_ids))]
        number += len(answers)
    if not with_ids:
        parts.append(inset(Text(ELSEWHERE, style="dim")))
    return Group(*parts)


def by_interviewer(kept: Iterable[Kept]) -> Iterator[tuple[str, list[Kept]]]:
    """The answers to each in turn; all under "" in a practice."""
    for name, answers in groupby(kept, key=lambda one: one.interviewer):
        yield name, list(answers)


def _title(*, plain: bool) -> RenderableType:
    title = Text("Your session", style="bold")
    return Group(Text(), title) if plain else Group(Text(), Rule(), title)


def _points(points: Sequence[Point], *, several: bool) -> Table:
    table = Table.grid(padding=(0, 1))
    for number, point in enumerate(points, start=1):
        text = Text(point.text)
        if several:
            text.append(f" {_where(point)}", style="dim")
        table.add_row(f"{number}.", text)
    return table


def _where(point: Point) -> str:
    if len(point.answers) > MOST_NUMBERS:
        return f"{len(point.answers)} of {point.of} answers."
    numbers = [str(number) for number in point.answers]
    if len(numbers) == 1:
        return f"Answer\u00a0{numbers[0]}."
    return f"Answers {listed(numbers)}."


def _totals(summary: SessionSummary) -> RenderableType:
    now, before = summary.totals, summary.before
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=before is not None)
    table.add_column(style="dim")
    table.add_column("this session", no_wrap=True)
    if before is not None:
        table.add_column("last session", no_wrap=True)
    columns = [now] if before is None else [now, before]
    for name, show in ROWS.items():
        cells = [show(totals) for totals in columns]
        if any(cells):
            table.add_row(
                name,
                *(
                    cell or _unknown(name, totals)
                    for cell, totals in zip(cells, columns, strict=True)
                ),
            )
    return table if before is not None else Group(table, Text(FIRST, style="dim"))


def _unknown(row: str, totals: Totals) -> str:
    """Why a row has no figure in a session."""
    if not totals.answers:
        return "–"
    if row == TARGETS:
        return "no target"
    return f"not checked for {'this question' if totals.answers == 1 else 'these questions'}"


def _answers(totals: Totals) -> str:
    return str(totals.answers)


def _length(totals: Totals) -> str:
    return known_time(totals.seconds) if totals.answers else ""


def _fillers(totals: Totals) -> str:
    return known_rate(totals.fillers_per_minute) if totals.answers else ""


def _missing(totals: Totals) -> str:
    return f"{totals.missing} of {totals.looked_for}" if totals.looked_for else ""


def _on_target(totals: Totals) -> str:
    return f"{totals.on_target} of {totals.with_target}" if totals.with_target else ""


TARGETS = "On target"
ROWS = {
    "Answers": _answers,
    "Time spoken": _length,
    "Fillers a minute": _fillers,
    "Missing parts": _missing,
    TARGETS: _on_target,
}


def _seats(seats: Sequence[Seat]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("")
    for title in ("answers", "time", "fillers/min", "missing", "on target"):
        table.add_column(title, no_wrap=True, justify="right")
    for seat in seats:
        figures = [show(seat.totals) or "–" for show in ROWS.values()]
        table.add_row(Text(printable(seat.name)), *figures)
    return table


def _kept(kept: Sequence[Kept], first: int, *, with_ids: bool) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right")
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for number, one in enumerate(kept, start=first):
        length = "" if one.seconds is None else clock(one.seconds)
        text = Text(printable(one.question), style="bold" if one.said else "")
        for line in one.said:
            text.append(f"\n{printable(line)}", style="not bold")
        if with_ids:
            text.append(f"\n{printable(one.id)}", style="not bold dim")
        table.add_row(f"{number}.", length, text)
    return table
