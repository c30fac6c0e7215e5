"""Where things stand in the page's drawings, as text for SVG attributes.

Across, everything is a percentage of the whole length, so that letters keep their shape at any
width; the two curves are paths in a box of their own, which the browser stretches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.model.delivery import PacePoint
from rehearse.text import clock

QUIETEST_FULL_HEIGHT = 0.1
"""Peak of sound that fills the drawing; a quieter recording, such as silence, stays low in it."""
TICK_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
"""Seconds that people count in."""
MOST_TICKS = 8
"""As many clock times as fit side by side on a phone."""
EDGE = 0.04
"""Share of the width within which a time centred on its tick would run out of the drawing."""
LETTER = 0.009
"""Share of a wide screen that a letter of a section's name takes."""
INSET = 0.01
"""Share of a wide screen that is left free beside them."""
LETTER_ON_PHONE = 0.04
"""Share of a phone's screen that one letter needs."""
RATE_STEP = 50
"""Words a minute from one line of the pace curve to the next."""


@dataclass(frozen=True)
class Extent:
    """From where to where on the line of time, such as "12.5%"."""

    x: str
    width: str


@dataclass(frozen=True)
class Tick:
    x: str
    text: str
    anchor: str
    """The SVG text-anchor that keeps the text inside."""


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
    """At most all and at least nothing, to a hundredth: less than a tenth of a pixel."""
    share = min(1.0, max(0.0, part / whole)) if whole else 0.0
    return f"{100 * share:.2f}".rstrip("0").rstrip(".") + "%"


def extent(start: float, end: float, whole: float) -> Extent:
    inside = min(max(start, 0.0), whole)
    return Extent(percent(inside, whole), percent(min(end, whole) - inside, whole))


def label_of(name: str, start: float, end: float, whole: float) -> tuple[str, str]:
    """A band's text on a wide screen and on a narrow one: its name, its letter, or nothing."""
    share = (end - start) / whole if whole else 0.0
    needed = {text: len(text) * LETTER + INSET for text in (name, name[:1])}
    wide = next((text for text, room in needed.items() if share >= room), "")
    return (wide, name[:1] if share >= LETTER_ON_PHONE else "")


def ticks(whole: float) -> tuple[Tick, ...]:
    """Clock times at equal steps."""
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
    """One upright stroke a peak, mirrored, in a box from -1 to 1 and one wide for each."""
    loudest = max((*peaks, QUIETEST_FULL_HEIGHT))
    heights = (max(0.01, min(1.0, peak / loudest)) for peak in peaks)
    return "".join(f"M{x}.5 {-h:.2f}V{h:.2f}" for x, h in enumerate(heights))


def pace_curve(points: Sequence[PacePoint], *, window: float, whole: float) -> Curve | None:
    """Each rate over the middle of its window; None where there are too few points for a line."""
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
