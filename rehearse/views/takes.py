"""Takes as a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.model.codec import Json, dump
from rehearse.takes.summary import State, Summary
from rehearse.text import clock, counted, printable

STATES = {
    State.WHOLE: "",
    State.WAITS: "waits for its words",
    State.SKIPPED: "skipped",
    State.STARTED_OVER: "started over",
    State.OPEN: "being recorded or cut short",
    State.DAMAGED: "damaged, see 'rehearse recover'",
    State.NEWER: "written by a newer rehearse",
}
STAR = "★"
HANDLE = 24
"""Characters: the time of a take, and the beginning of its question where two share a second."""
_SMALLEST = 1_000_000
"""Bytes; below this kB are told."""


def takes(shown: Sequence[Summary], *, of: Sequence[Summary], plain: bool) -> RenderableType:
    """The latest, which is last in `shown`, stands first; the line below tells of all that fit."""
    handles = Counter(_stamp(take) for take in of)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("take", overflow="fold", max_width=HANDLE)
    table.add_column("length", justify="right", no_wrap=True)
    table.add_column("fillers", justify="right", no_wrap=True)
    table.add_column("", overflow="fold")
    for take in reversed(shown):
        handle = one_line(_stamp(take) if handles[_stamp(take)] == 1 else take.id)
        about = _about(take, plain=plain)
        table.add_row(Text(handle), clock(take.duration), _fillers(take), about)
    return Group(table, Text(), Text(_footer(len(shown), of), style="dim"))


def _stamp(take: Summary) -> str:
    """The part of an id that is its time; a take goes by it where it is the only one of it."""
    return take.id.partition("_")[0]


def _about(take: Summary, *, plain: bool) -> Text:
    lines = []
    if heading := one_line(take.title or take.asked):
        lines.append(Text(heading, style="bold"))
    if take.note:
        lines.append(Text(one_line(take.note), style="italic"))
    if state := told(take):
        lines.append(Text(state, style="yellow"))
    star = ("starred: " if plain else f"{STAR} ") if take.starred else ""
    return Text().append(star, style="yellow").append_text(Text("\n").join(lines))


def told(take: Summary) -> str:
    """What is left to do with a take, else what was not heard in it; "" where all is well."""
    names = [section.value for section in take.missing] if take.star_applies else []
    names += [part.replace("_", " ") for part in take.outline_missing]
    return STATES[take.state] or (f"not heard: {one_line(', '.join(names))}" if names else "")


def one_line(text: str) -> str:
    """Text of a user as a list can hold it."""
    return " ".join(printable(text).split())


def _fillers(take: Summary) -> str:
    return "" if take.fillers_per_minute is None else f"{take.fillers_per_minute:.0f}/min"


def _footer(shown: int, takes: Sequence[Summary]) -> str:
    sound = sum(take.duration for take in takes)
    whole = f"{counted(len(takes), 'take')}, {clock(sound)} of sound, {amount(size_of(takes))}."
    return whole if shown == len(takes) else f"{whole} The latest {shown} are shown; --all for all."


def going(takes: Sequence[Summary], *, size: int) -> RenderableType:
    """What would go, the oldest first."""
    table = Table.grid(padding=(0, 2))
    for take in takes:
        table.add_row(
            Text(one_line(take.id), overflow="fold"), Text(clock(take.duration), justify="right")
        )
    return Group(table, Text(f"\n{counted(len(takes), 'take')}, {amount(size)}."))


def size_of(takes: Sequence[Summary]) -> int:
    return sum(take.size for take in takes)


def amount(size: int) -> str:
    """Bytes as people read them: "3.8 MB"."""
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
        **{name: known[name] for name in ("recorded_at", "question", "duration")},
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
