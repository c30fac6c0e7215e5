"""The page at the end of a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from rehearse.progress.session_summary import Point, SessionSummary, Totals
from rehearse.text import clock, counted, listed, printable
from rehearse.views.console import heading, inset
from rehearse.views.wording import known_rate, known_time

MOST_NUMBERS = 4
"""Answers that are named by their numbers; of more it is told how many they are."""
MOST_IDS = 6
"""Answers that are listed with their ids; more of them would fill the page."""
ELSEWHERE = "'rehearse takes' lists them with their ids."
FIRST = "This is the first session to be compared; the next one is held against it."


@dataclass(frozen=True)
class Kept:
    """An answer of the session, in the order in which the page numbers them."""

    id: str
    question: str
    seconds: float | None


@dataclass(frozen=True)
class Seat:
    """What one interviewer heard."""

    name: str
    totals: Totals


def page(
    summary: SessionSummary,
    kept: Sequence[Kept],
    *,
    seats: Sequence[Seat] = (),
    plain: bool,
) -> RenderableType:
    """What went best, what to work on, the totals beside those of the last session, the takes."""
    several = len(kept) > 1
    parts: list[RenderableType] = [_title(plain=plain)]
    if summary.best:
        parts += [heading("What went best"), inset(_points(summary.best, several=several))]
    if summary.to_work_on:
        text = "What to work on"
        parts += [heading(text), inset(_points(summary.to_work_on, several=several))]
    parts += [heading("In all"), inset(_totals(summary))]
    if seats:
        parts += [heading("With each interviewer"), inset(_seats(seats))]
    parts += [heading("Your answers"), inset(_kept(kept, with_ids=len(kept) <= MOST_IDS))]
    if len(kept) > MOST_IDS:
        parts.append(inset(Text(ELSEWHERE, style="dim")))
    return Group(*parts)


def with_interviewer(seat: Seat) -> Text:
    """What one interviewer heard, in a line."""
    name = printable(seat.name).rstrip(".")
    if not seat.totals.answers:
        return Text(f"{name} has heard no answer.")
    facts = [f"{counted(seat.totals.answers, 'answer')} in {_length(seat.totals)}"]
    if seat.totals.fillers_per_minute is not None:
        rate = seat.totals.fillers_per_minute
        facts.append(f"{rate:.1f} fillers a minute" if rate else "no fillers")
    if seat.totals.looked_for:
        some = f"{_missing(seat.totals)} parts not heard"
        facts.append(some if seat.totals.missing else "every part heard")
    if seat.totals.with_target:
        facts.append(f"{_on_target(seat.totals)} on target")
    return Text(f"{name}: {', '.join(facts)}.")


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
        table.add_column("the last one", no_wrap=True)
    for name, tell in ROWS.items():
        told = [tell(one) for one in (now, before) if one is not None]
        if any(told):
            here = [one for one in (now, before) if one is not None]
            table.add_row(name, *(text or _none(one) for text, one in zip(told, here, strict=True)))
    return table if before is not None else Group(table, Text(FIRST, style="dim"))


def _none(totals: Totals) -> str:
    return "none looked for" if totals.answers else "–"


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


ROWS = {
    "Answers": _answers,
    "Time spoken": _length,
    "Fillers a minute": _fillers,
    "Parts not heard": _missing,
    "On target": _on_target,
}


def _seats(seats: Sequence[Seat]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("")
    for title in ("answers", "time", "fillers/min", "not heard", "on target"):
        table.add_column(title, no_wrap=True, justify="right")
    for seat in seats:
        figures = [tell(seat.totals) or "–" for tell in ROWS.values()]
        table.add_row(Text(printable(seat.name)), *figures)
    return table


def _kept(kept: Sequence[Kept], *, with_ids: bool) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right")
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for number, one in enumerate(kept, start=1):
        length = "" if one.seconds is None else clock(one.seconds)
        text = Text(printable(one.question))
        if with_ids:
            text.append(f"\n{printable(one.id)}", style="dim")
        table.add_row(f"{number}.", length, text)
    return table
