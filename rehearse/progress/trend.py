"""Whether a figure goes up or down from answer to answer, said only where it surely does.

The rank test of Mann (1945) and Kendall: of all pairs of answers, how many rise and how many fall.
It asks nothing of how the figures are spread, and one odd answer does not sway it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations
from math import sqrt
from statistics import median

from rehearse.progress.progress import Measure, values
from rehearse.takes.summary import Summary

FEWEST = 10
"""Answers; with fewer the test's bell curve is off, and hardly any trend could be found: of ten
answers a fall from 9 to 4 fillers a minute is found in 3 histories of 10, of thirty in 7."""
LATEST = 60
"""Answers that are looked at: some weeks of practice, not how it went last year."""
SURE = 1.96
"""Standard deviations: in 1 of 20 histories without any change, a trend is found by chance."""
LEAST: Mapping[Measure, float] = {
    Measure.FILLERS: 1.0,
    Measure.OFF_TARGET: 5.0,
    Measure.PACE: 5.0,
}
"""Smaller differences between the two halves may be sure, and yet nobody hears them."""


class Direction(Enum):
    UP = "up"
    DOWN = "down"
    LEVEL = "level"


@dataclass(frozen=True)
class Trend:
    measure: Measure
    direction: Direction
    answers: int
    earlier: float
    """Median of the first half of these answers."""
    later: float


def trends(takes: Sequence[Summary]) -> tuple[Trend, ...]:
    """`takes` are oldest first. A measure that is known of too few answers is left out."""
    found = {measure: values(takes, measure)[-LATEST:] for measure in Measure}
    return tuple(_trend(m, figures) for m, figures in found.items() if len(figures) >= FEWEST)


def _trend(measure: Measure, figures: Sequence[float]) -> Trend:
    half = len(figures) // 2
    earlier, later = median(figures[:half]), median(figures[half:])
    moved = is_sure(figures) and abs(later - earlier) >= LEAST[measure]
    return Trend(measure, _direction(later - earlier, moved), len(figures), earlier, later)


def _direction(change: float, moved: bool) -> Direction:
    if not moved:
        return Direction.LEVEL
    return Direction.UP if change > 0 else Direction.DOWN


def is_sure(figures: Sequence[float]) -> bool:
    """Mann-Kendall, two-sided, with its correction for steps of 1; ties make it stricter."""
    count = len(figures)
    rising = sum((b > a) - (b < a) for a, b in combinations(figures, 2))
    spread = sqrt(count * (count - 1) * (2 * count + 5) / 18)
    return max(0, abs(rising) - 1) >= SURE * spread
