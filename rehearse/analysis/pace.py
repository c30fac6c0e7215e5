"""How fast somebody speaks. Filled pauses ("um") are no words here; "like" and the rest are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from rehearse.model import Pace, PacePoint, Word
from rehearse.text import bare

WINDOW = 20.0
"""Seconds: some fifty words, enough that a rate does not follow single words."""
STEP = 10.0
"""Seconds from one point of the curve to the next."""


def pace(
    words: Sequence[Word],
    *,
    duration: float | None,
    phonation: float | None,
    hesitations: frozenset[int] = frozenset(),
) -> Pace:
    """Speech rate = words / whole time; articulation rate = words / phonation time, both in words
    per minute (de Jong & Wempe 2009 count syllables). `hesitations`: indices not counted."""
    counted = [word for i, word in enumerate(words) if i not in hesitations and bare(word.text)]
    return Pace(
        words_per_minute=_rate(len(counted), duration),
        articulation_rate=_rate(len(counted), phonation),
        curve=_curve(counted),
    )


def _rate(count: int, seconds: float | None) -> float | None:
    return 60 * count / seconds if seconds else None


def _curve(words: Sequence[Word]) -> tuple[PacePoint, ...]:
    """One point per whole window from the first word on; none for an answer shorter than one."""
    timed = [(word.start, word.end) for word in words]
    spans = [(start, end) for start, end in timed if start is not None and end is not None]
    if not spans:
        return ()
    middles = sorted((start + end) / 2 for start, end in spans)
    first, last = spans[0][0], max(end for _, end in spans)
    points = []
    for step in range(int(max(0.0, last - first - WINDOW) // STEP) + 1):
        start = first + step * STEP
        if start + WINDOW > last:
            break
        count = bisect_left(middles, start + WINDOW) - bisect_left(middles, start)
        points.append(PacePoint(start, 60 * count / WINDOW))
    return tuple(points)
