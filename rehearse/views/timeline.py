"""A take on one line: its parts, and the current position."""

from __future__ import annotations

from rich.text import Text

from rehearse.model.structure import STAR
from rehearse.replay.playhead import Playhead
from rehearse.replay.track import Stretch, Track
from rehearse.views import annotate, outline


def colour_of(track: Track, part: Stretch) -> str:
    if part.place is None:
        return ""
    if track.is_story:
        return annotate.SECTION_STYLE[STAR[part.place]]
    return outline.COLOURS[part.place % len(outline.COLOURS)]


def band(track: Track, width: int) -> Text:
    """The parts in their colours, each with as much of its name as fits, to the scale of `line`."""
    timed = [part for part in track.parts if part.start is not None]
    edges = [_column(part.start or 0.0, track, width) for part in timed]
    ends = [token.end for token in track.tokens if token.end is not None]
    last = _column(max(ends, default=track.duration), track, width)
    text = Text(" " * (edges[0] if edges else 0))
    for part, begin, end in zip(timed, edges, [*edges[1:], last], strict=True):
        wide = max(0, end - begin)
        name = part.name[: max(1, wide - 1)] if part.name else ""
        style = f"reverse {colour_of(track, part)}" if part.name else ""
        text.append(name.ljust(wide)[:wide], style=style)
    return text


def line(track: Track, head: Playhead, width: int) -> Text:
    """The time line: thick up to the current position, with a stroke at each mark for n and p, and
    ( ) around a repeated sentence."""
    played = _column(head.position, track, width)
    signs = ["━" if column < played else "─" for column in range(width)]
    style = {}
    for at in track.marks.get(head.marks, ()) if head.marks else ():
        column = _column(at, track, width)
        signs[column] = "╋" if column < played else "┼"
        style[column] = annotate.NOTICE
    if head.loop is not None:
        for edge, sign in ((head.loop.start, "("), (head.loop.end, ")")):
            signs[_column(edge, track, width)] = sign
            style[_column(edge, track, width)] = "bold"
    signs[played] = "●"
    style[played] = "bold"
    text = Text("".join(signs))
    for column, sort in style.items():
        text.stylize(sort, column, column + 1)
    return text


def _column(position: float, track: Track, width: int) -> int:
    share = position / track.duration if track.duration > 0 else 0.0
    return min(width - 1, max(0, int(share * width)))
