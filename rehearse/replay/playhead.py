"""The position in a replay, and what the keys do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from rehearse.model.take import Span
from rehearse.replay.track import MarkKind, Track

SPEEDS = (0.75, 1.0, 1.25, 1.5, 2.0)
STEP = 5.0
"""Seconds that an arrow key moves."""
LEAD = 0.5
"""Seconds heard before what is jumped to: a filler alone is hard to place."""
AGAIN = 1.0
"""Seconds within which "previous" passes over the mark just heard, as players do."""
AT_END = 0.01


class Press(Enum):
    """What the keys of a replay mean."""

    PAUSE = "pause"
    BACK = "back"
    ON = "on"
    NEXT = "next"
    PREVIOUS = "previous"
    OTHER_MARKS = "other_marks"
    SLOWER = "slower"
    FASTER = "faster"
    LOOP = "loop"
    LEAVE = "leave"


@dataclass(frozen=True)
class Playhead:
    position: float = 0.0
    speed: float = 1.0
    paused: bool = False
    loop: Span | None = None
    marks: MarkKind | None = None
    """None where the track has none of any kind."""


def ended(head: Playhead, track: Track) -> bool:
    return head.loop is None and head.position >= track.duration - AT_END


def pressed(head: Playhead, key: Press, track: Track) -> Playhead:
    """The playhead after a key; a new position means a jump."""
    if key is Press.PAUSE:
        again = replace(head, position=0.0, paused=False)
        return again if ended(head, track) else replace(head, paused=not head.paused)
    if key in (Press.BACK, Press.ON):
        step = STEP if key is Press.ON else -STEP
        return _jumped(head, head.position + step, track)
    if key in (Press.NEXT, Press.PREVIOUS):
        mark = _mark(head, key, track)
        return head if mark is None else _jumped(head, mark, track)
    if key is Press.OTHER_MARKS:
        return replace(head, marks=other_marks(head, track))
    if key in (Press.SLOWER, Press.FASTER):
        return replace(head, speed=_speed(head.speed, 1 if key is Press.FASTER else -1))
    if key is Press.LOOP:
        return _looped(head, track)
    return head


def other_marks(head: Playhead, track: Track) -> MarkKind | None:
    """The kind after this one, of those that the track has."""
    kinds = [kind for kind in MarkKind if kind in track.marks]
    if head.marks not in kinds:
        return kinds[0] if kinds else None
    return kinds[(kinds.index(head.marks) + 1) % len(kinds)]


def _jumped(head: Playhead, position: float, track: Track) -> Playhead:
    return replace(head, position=min(max(0.0, position), track.duration), loop=None)


def _mark(head: Playhead, key: Press, track: Track) -> float | None:
    """The next mark in that direction; None where there is none."""
    times = track.marks.get(head.marks, ()) if head.marks else ()
    leads = [max(0.0, at - LEAD) for at in times]
    if key is Press.NEXT:
        return next((at for at in leads if at > head.position + AT_END), None)
    before = [at for at in leads if at < head.position - AGAIN]
    # From the second after the first mark, back to that mark rather than nowhere.
    return before[-1] if before else next((at for at in leads if at < head.position), None)


def _speed(now: float, step: int) -> float:
    place = SPEEDS.index(now) + step
    return SPEEDS[min(max(0, place), len(SPEEDS) - 1)]


def _looped(head: Playhead, track: Track) -> Playhead:
    """Start or stop repeating the current sentence."""
    if head.loop is not None:
        return replace(head, loop=None)
    begun = [span for span in track.sentences if span.start <= head.position]
    chosen = begun[-1:] or list(track.sentences[:1])
    if not chosen:
        return head
    inside = chosen[0].start <= head.position < chosen[0].end
    position = head.position if inside else chosen[0].start
    return replace(head, position=position, loop=chosen[0])
