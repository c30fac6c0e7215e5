"""Takes as a list, on the screen and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.analysis.star.outline import PARTS
from rehearse.model.codec import Json, dump
from rehearse.takes.summary import State, Summary
from rehearse.text import clock, counted, one_line

STATES = {
    State.WHOLE: "",
    State.WAITS: "not written down yet",
    State.SKIPPED: "skipped",
    State.STARTED_OVER: "started over",
    State.OPEN: "being recorded or cut short",
    State.DAMAGED: "damaged; to repair it: rehearse recover",
    State.NEWER: "made by a newer version of rehearse",
}
SILENT = "nothing was said"
STAR = "★"
HANDLE = 24
"""Characters: the time of a take, and the start of its question where two takes share a second."""
_SMALLEST = 1_000_000
"""Bytes; smaller sizes are shown in kB."""


def takes(shown: Sequence[Summary], *, of: Sequence[Summary], plain: bool) -> RenderableType:
    """The list of `shown` (oldest first) with the latest on top; the last line sums up `of`, all
    takes that were found."""
    handles = Counter(_stamp(take) for take in of)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("take", overflow="fold", max_width=HANDLE)
    table.add_column("length", justify="right", no_wrap=True)
    table.add_column("fillers", justify="right", no_wrap=True)
    table.add_column("", overflow="fold")
    for take in reversed(shown):
        handle = one_line(_stamp(take) if handles[_stamp(take)] == 1 else take.id)
        about = _about(take, plain=plain)
        table.add_row(Text(handle), clock(take.spoken), _fillers(take), about)
    return Group(table, Text(), Text(_footer(len(shown), of), style="dim"))


def _stamp(take: Summary) -> str:
    """The time at the start of an id, which names a take where no other has it."""
    return take.id.partition("_")[0]


def _about(take: Summary, *, plain: bool) -> Text:
    lines = []
    if heading := one_line(take.title or take.asked):
        lines.append(Text(heading, style="bold"))
    if take.note:
        lines.append(Text(one_line(take.note), style="italic"))
    if text := status(take):
        lines.append(Text(text, style="yellow"))
    star = ("starred: " if plain else f"{STAR} ") if take.starred else ""
    return Text().append(star, style="yellow").append_text(Text("\n").join(lines))


def status(take: Summary) -> str:
    """What is left to do with a take, else its missing parts; "" where all is well."""
    if take.silent and take.state is State.WHOLE:
        return SILENT
    names = [section.value for section in take.missing] if take.star_applies else []
    parts = PARTS.get(take.outline, ()) if take.outline else ()
    said = {part.code: part.name.lower() for part in parts}
    names += [said.get(code, code) for code in take.outline_missing]
    return STATES[take.state] or (f"missing: {one_line(', '.join(names))}" if names else "")


def _fillers(take: Summary) -> str:
    return "" if take.fillers_per_minute is None else f"{take.fillers_per_minute:.0f}/min"


def _footer(shown: int, takes: Sequence[Summary]) -> str:
    sound = sum(take.duration for take in takes)
    total = f"{counted(len(takes), 'take')}, {clock(sound)} of sound, {amount(size_of(takes))}."
    if shown == len(takes):
        return total
    return f"{total} These are the latest {shown}. To see all: rehearse takes --all"


def going(takes: Sequence[Summary], *, size: int) -> RenderableType:
    """The takes that would be deleted, oldest first, with their `size` in bytes."""
    table = Table.grid(padding=(0, 2))
    for take in takes:
        table.add_row(
            Text(one_line(take.id), overflow="fold"), Text(clock(take.duration), justify="right")
        )
    return Group(table, Text(f"\n{counted(len(takes), 'take')}, {amount(size)}."))


def size_of(takes: Sequence[Summary]) -> int:
    return sum(take.size for take in takes)


def amount(size: int) -> str:
    """Bytes as "3.8 MB"."""
    if size < _SMALLEST:
        return f"{size / 1000:.0f} kB"
    megabytes = size / 1_000_000
    return f"{megabytes:.1f} MB" if megabytes < 1000 else f"{megabytes / 1000:.1f} GB"


def as_json(take: Summary, folder: str) -> dict[str, Json]:
    known = dump(take)
    return {
        "schema": 1,
        "id": one_line(take.id),
        "folder": folder,
        **{name: known[name] for name in ("recorded_at", "question", "duration", "answer")},
        "ending": known["ending"] or _ending(take),
        "state": STATES[take.state],
        **{name: known[name] for name in ("words", "title", "note", "starred")},
        "bytes": take.size,
        "fillers": {"total": take.fillers, "per_minute": known["fillers_per_minute"]},
        **{name: known[name] for name in ("words_per_minute", "target", "verdict")},
        "star": {"applies": take.star_applies, "missing": known["missing"]},
        "outline": {"kind": known["outline"], "missing": known["outline_missing"]},
        "key_points": {"said": take.key_points_said, "of": take.key_points},
        "follows": take.follows,
        "turn": take.turn,
    }


def _ending(take: Summary) -> str | None:
    return "cut_short" if take.state in (State.DAMAGED, State.NEWER) else None
