"""Positions in the page's drawings, as text for SVG attributes.

Horizontal positions are percentages of the whole length, so that letters keep their shape at any
width. The two curves are paths in boxes of their own, which the browser stretches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.model.delivery import PacePoint
from rehearse.text import clock

QUIETEST_FULL_HEIGHT = 0.1
"""Lowest peak (0 to 1) that is drawn at full height; quieter recordings are drawn smaller."""
TICK_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
"""Seconds between two clock times."""
MOST_TICKS = 8
"""Clock times that fit side by side on a phone."""
EDGE = 0.04
"""Share of the width; a clock time this close to the edge would not fit if it were centred."""
LETTER = 0.009
"""Share of a wide screen's width for one letter of a section's name."""
INSET = 0.01
"""Share of a wide screen's width that stays free beside the name."""
LETTER_ON_PHONE = 0.04
"""Share of a phone's width for one letter."""
RATE_STEP = 50
"""Words a minute between two lines of the pace curve."""


@dataclass(frozen=True)
class Extent:
    """A stretch of the timeline: its start and width, such as "12.5%"."""

    x: str
    width: str


@dataclass(frozen=True)
class Tick:
    x: str
    text: str
    anchor: str
    """The SVG text-anchor that keeps the text inside the drawing."""


@dataclass(frozen=True)
class Level:
    y: str
    rate: int


@dataclass(frozen=True)
class Curve:
    path: str
    """In a box of 100 by 100."""
    levels: tuple[Level, ...]


def percent(part: float, whole: float) -> str:
    """`part` of `whole` as a percentage between 0 and 100, to a hundredth (under 0.1 pixel)."""
    share = min(1.0, max(0.0, part / whole)) if whole else 0.0
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"


def extent(start: float, end: float, whole: float) -> Extent:
    inside = min(max(start, 0.0), whole)
    return Extent(percent(inside, whole), percent(min(end, whole) - inside, whole))


def label_of(name: str, start: float, end: float, whole: float) -> tuple[str, str]:
    """The text of a band on a wide and on a narrow screen: its name, its first letter, or ""."""
    share = (end - start) / whole if whole else 0.0
    needed = {text: len(text) * LETTER + INSET for text in (name, name[:1])}
    wide = next((text for text, room in needed.items() if share >= room), "")
    return (wide, name[:1] if share >= LETTER_ON_PHONE else "")


def ticks(whole: float) -> tuple[Tick, ...]:
    """Clock times at equal steps over `whole` seconds."""
    step = next((s for s in TICK_STEPS if whole / s < MOST_TICKS), whole / MOST_TICKS)
    count = int(whole / step) if whole > 0 else 0
    places = [number * step for number in range(count + 1)]
    return tuple(
        Tick(
            percent(place, whole),
            clock(place),
            "start" if not place else "end" if whole - place < EDGE * whole else "middle",
        )
        for place in places
    )


def waveform(peaks: Sequence[float]) -> str:
    """The SVG path of a waveform: one mirrored stroke per peak, 1 wide, from -1 to 1."""
    loudest = max((*peaks, QUIETEST_FULL_HEIGHT))
    heights = (max(0.01, min(1.0, peak / loudest)) for peak in peaks)
    return "".join(f"M{x}.5 {-h:.2f}V{h:.2f}" for x, h in enumerate(heights))


def pace_curve(points: Sequence[PacePoint], *, window: float, whole: float) -> Curve | None:
    """The pace as a curve, each rate at the middle of its window; None for fewer than two points.
    `window` and `whole` are seconds."""
    if len(points) < 2 or not whole:
        return None
    rates = [point.words_per_minute for point in points]
    lowest = int(min(rates) // RATE_STEP * RATE_STEP)
    highest = max(lowest + 2 * RATE_STEP, -int(-max(rates) // RATE_STEP) * RATE_STEP)

    def height(rate: float) -> float:
        return 100 - 100 * (rate - lowest) / (highest - lowest)

    places = [100 * min(1.0, (point.start + window / 2) / whole) for point in points]
    line = [f"{x:.2f} {height(rate):.1f}" for x, rate in zip(places, rates, strict=True)]
    rates_shown = range(lowest, highest + 1, RATE_STEP)
    levels = tuple(Level(f"{height(rate):.1f}%", rate) for rate in rates_shown)
    return Curve("M" + "L".join(line), levels)
