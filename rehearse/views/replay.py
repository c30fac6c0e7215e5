"""The screen of a replay: the words around the current one, the sections, the time and the keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from rich.cells import cell_len
from rich.text import Text

from rehearse.replay.playhead import Playhead, ended, other_marks
from rehearse.replay.track import MarkKind, Stretch, Token, Track
from rehearse.takes.remarks import Remark, times
from rehearse.text import clock, one_line
from rehearse.views import annotate, timeline

INSET = 2
LONGEST_LINE = 96
"""Characters; longer lines are hard to follow."""
FEWEST_LINES = 3
CURRENT = "reverse"
PAST = ""
TO_COME = "dim"
KINDS = {
    MarkKind.FILLER: "filler",
    MarkKind.PAUSE: "pause",
    MarkKind.SECTION: "section",
    MarkKind.REMARK: "remark",
}
GUTTER = "▎"
LONGEST_REMARK = 3
"""Lines of a remark."""


@dataclass(frozen=True)
class Row:
    """A line of the transcript: tokens from `first` to before `behind`; or, where these are equal,
    the name of a part; or an empty line without a part."""

    part: Stretch | None
    first: int = 0
    behind: int = 0


@dataclass(frozen=True)
class Look:
    """Size of the terminal, and whether it has colours."""

    width: int
    height: int
    colour: bool = True
    """Without colours fillers are in [brackets] and the current word is in >arrows<."""


def rows(track: Track, look: Look) -> tuple[Row, ...]:
    """The whole transcript in lines; they depend on the width only."""
    lines = (row for part in track.parts for row in (Row(None), *_rows(track, part, look)))
    return tuple(lines)[1:]


def screen(track: Track, head: Playhead, look: Look, lines: Sequence[Row]) -> Text:
    """The whole screen, as high as the terminal; `lines` are the `rows` for this width."""
    top = _title(track, look)
    bottom = list(_bottom(track, head, look))
    room = look.height - len(top) - len(bottom)
    if room < FEWEST_LINES:
        top = []
        room = max(1, look.height - len(bottom))
    shown = [*top, *_window(track, head, look, lines, room), *bottom]
    return Text("\n", no_wrap=True, overflow="crop", end="").join(shown[: look.height])


def word(token: Token, *, colour: bool = False) -> str:
    """The word as shown: a filler in brackets if there is no colour, one that is only in the sound
    in parentheses."""
    text = one_line(token.text)
    if not token.written:
        return f"({text})"
    return f"[{text}]" if token.filler and not colour else text


def _title(track: Track, look: Look) -> list[Text]:
    text = Text(one_line(track.title), style="bold")
    text.truncate(look.width, overflow="ellipsis")
    return [text, Text()]


def _rows(track: Track, part: Stretch, look: Look) -> Iterator[Row]:
    if part.name:
        yield Row(part, part.first, part.first)
    room = min(look.width - INSET - 1, LONGEST_LINE)
    first, filled = part.first, 0
    for index in range(part.first, part.last + 1):
        # Two more than the word: the arrows around the current one.
        width = cell_len(word(track.tokens[index], colour=look.colour)) + (0 if look.colour else 2)
        if filled and filled + 1 + width > room:
            yield Row(part, first, index)
            first, filled = index, 0
        filled += width + (1 if filled else 0)
    yield Row(part, first, part.last + 1)


def _window(
    track: Track, head: Playhead, look: Look, lines: Sequence[Row], room: int
) -> list[Text]:
    """As many lines as fit, with the current word's line a third from the top."""
    if not lines:
        return [Text(f"  {track.note}", style="dim")]
    current = track.current(head.position)
    at = 0 if current is None else _line_of(lines, current)
    first = max(0, min(at - room // 3, len(lines) - room))
    return [_line(track, look, row, current) for row in lines[first : first + room]]


def _line_of(lines: Sequence[Row], token: int) -> int:
    return next(number for number, row in enumerate(lines) if row.first <= token < row.behind)


def _line(track: Track, look: Look, row: Row, current: int | None) -> Text:
    if row.part is None:
        return Text()
    colour = timeline.colour_of(track, row.part)
    if row.first == row.behind:
        return Text.assemble((GUTTER, colour), (f" {row.part.name}", f"bold {colour}".strip()))
    text = Text.assemble((GUTTER if row.part.name else " ", colour), " ")
    for index in range(row.first, row.behind):
        text.append_text(_shown(track, look, index, current))
        if index + 1 < row.behind:
            text.append(" ")
    return text


def _shown(track: Track, look: Look, index: int, current: int | None) -> Text:
    token = track.tokens[index]
    text = word(token, colour=look.colour)
    heard = current is not None and index <= current
    style = PAST if heard else TO_COME
    if token.filler:
        style = annotate.FILLER if track.judged else annotate.UNJUDGED_FILLER
    if index == current:
        return Text(text if look.colour else f">{text}<", style=f"{style} {CURRENT}".strip())
    return Text(text, style=style)


def _bottom(track: Track, head: Playhead, look: Look) -> Iterator[Text]:
    width = look.width - 2 * INSET
    inset = " " * INSET
    yield Text()
    yield from _remark(track, head, look)
    if any(part.name for part in track.parts):
        yield Text(inset) + timeline.band(track, width)
    yield Text(inset) + timeline.line(track, head, width)
    yield Text(inset) + status(track, head)
    yield Text()
    for line in _packed(keys(track, head), width):
        yield Text(inset + line, style="dim")


def _remark(track: Track, head: Playhead, look: Look) -> Iterator[Text]:
    """The current remark, in as many lines as the longest remark, so that nothing jumps."""
    width = look.width - 2 * INSET
    now = track.remark(head.position)
    lines = [] if now is None else _wrapped(now, width)
    for number in range(max((len(_wrapped(one, width)) for one in track.remarks), default=0)):
        line = lines[number] if number < len(lines) else ""
        yield Text(" " * INSET + line, style="italic")


def _wrapped(remark: Remark, width: int) -> list[str]:
    text = f"{times(remark)}  {one_line(remark.text)}"
    return wrap(text, width, max_lines=LONGEST_REMARK, placeholder=" …")


def status(track: Track, head: Playhead) -> Text:
    state = "paused" if head.paused else "playing"
    text = Text.assemble((f"{'the end' if ended(head, track) else state:8}", "bold"))
    text.append(f"{clock(head.position)} of {clock(track.duration)}")
    if head.speed != 1.0:
        text.append(f"   speed {head.speed:g}")
    if head.loop is not None:
        text.append("   repeating this sentence")
    for pause in track.pauses:
        if pause.start <= head.position < pause.end:
            text.append(f"   a pause of {pause.duration:.1f} s", style="dim")
    return text


def keys(track: Track, head: Playhead) -> list[str]:
    if ended(head, track):
        space = "space plays it again"
    else:
        space = "space continues" if head.paused else "space pauses"
    names = [space, "← → 5 s"]
    if head.marks is not None:
        names.append(f"n p next, previous {KINDS[head.marks]}")
    other = other_marks(head, track)
    if other is not None and other is not head.marks:
        names.append(f"m {KINDS[other]}s instead")
    loop = "l stops repeating" if head.loop is not None else "l repeats the sentence"
    return [*names, "[ ] speed", loop, "q leaves"]


def _packed(parts: Sequence[str], width: int) -> Iterator[str]:
    """The parts in as few lines as possible, without breaking a part."""
    line = ""
    for part in parts:
        longer = f"{line} · {part}" if line else part
        if line and len(longer) > width:
            yield line
            longer = part
        line = longer
    yield line
