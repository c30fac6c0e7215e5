"""Positions in the drawings of the progress page, in units of their SVG boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from rehearse.progress.progress import Day, Measure, figure
from rehearse.takes.summary import Summary
from rehearse.text import clock
from rehearse.views.progress import day_name

WIDTH = 640.0
HEIGHT = 150.0
LEFT = 40.0
"""Space for the figures beside the lines."""
LEAST_DAYS = 14
MOST_DAYS = 56
"""More days would make the bars too narrow for a phone."""
ANSWERS = 60
AROUND = 2
"""Answers before and after each one: the line is the median of five, so that one outlier does not
bend it."""
STEPS = (1, 2, 5, 10, 15, 30, 60, 90, 120, 180, 240, 300, 600, 1200, 3600)
MOST_LINES = 4


@dataclass(frozen=True)
class Line:
    y: float
    text: str


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Bars:
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    first: str
    last: str


@dataclass(frozen=True)
class Dots:
    dots: tuple[Dot, ...]
    curve: str
    """Points of the running median; "" with too few answers."""
    lines: tuple[Line, ...]
    band: Bar | None
    """The range of good figures, drawn behind the dots."""
    count: int


def practice(days: Sequence[Day]) -> Bars | None:
    """Minutes of practice on each day of the latest weeks; None without practice."""
    if not days:
        return None
    end = days[-1].day
    count = min(MOST_DAYS, max(LEAST_DAYS, (end - days[0].day).days + 1))
    shown = [day for day in days if (end - day.day).days < count]
    top = max(day.figures.seconds for day in shown) / 60
    wide = (WIDTH - LEFT) / count
    bars = []
    for day in shown:
        height = day.figures.seconds / 60 / top * HEIGHT if top else 0.0
        x = LEFT + (count - 1 - (end - day.day).days) * wide
        label = f"{day_name(day.day)}: {clock(day.figures.seconds)}"
        bars.append(
            Bar(_round(x + 1), _round(HEIGHT - height), _round(wide - 2), _round(height), label)
        )
    return Bars(tuple(bars), _lines(0.0, top, " min"), _begin(end, count), day_name(end))


def _begin(end: date, count: int) -> str:
    try:
        return day_name(end - timedelta(days=count - 1))
    except OverflowError:  # a take that says it is of the year 1
        return ""


def dots(
    takes: Sequence[Summary], measure: Measure, fine: Mapping[Measure, tuple[float, float]]
) -> Dots | None:
    """The latest answers with this measure, oldest first; None where no answer has it."""
    known = [(take, value) for take in takes if (value := figure(take, measure)) is not None]
    known = known[-ANSWERS:]
    if not known:
        return None
    low, high = fine.get(measure, (0.0, 0.0))
    top = max(high, *(value for _, value in known)) * 1.05 or 1.0
    bottom = min(low, *(value for _, value in known)) * 0.9 if measure is Measure.PACE else 0.0
    step = (WIDTH - LEFT) / len(known)

    def y(value: float) -> float:
        return _round(HEIGHT - (value - bottom) / (top - bottom) * HEIGHT)

    places = [_round(LEFT + step * (place + 0.5)) for place in range(len(known))]
    middle = [
        median([value for _, value in known[max(0, place - AROUND) : place + AROUND + 1]])
        for place in range(len(known))
    ]
    curve = " ".join(f"{x},{y(value)}" for x, value in zip(places, middle, strict=True))
    band = Bar(LEFT, y(high), WIDTH - LEFT, _round(y(low) - y(high)), "") if high else None
    return Dots(
        tuple(
            Dot(x, y(value), _label(take, value))
            for x, (take, value) in zip(places, known, strict=True)
        ),
        curve if len(known) > 2 * AROUND else "",
        _lines(bottom, top, ""),
        band,
        len(known),
    )


def _label(take: Summary, value: float) -> str:
    day = day_name(take.day) if take.day else ""
    return f"{day}: {value:.0f} {take.title or take.asked}".strip()


def _lines(bottom: float, top: float, unit: str) -> tuple[Line, ...]:
    """Lines at a few round figures between bottom and top."""
    span = top - bottom
    step = next((step for step in STEPS if span / step <= MOST_LINES), span or 1.0)
    first = -(-bottom // step)
    values = [(first + place) * step for place in range(MOST_LINES + 1)]
    return tuple(
        Line(_round(HEIGHT - (value - bottom) / span * HEIGHT), f"{value:.0f}{unit}")
        for value in values
        if span and bottom <= value <= top
    )


def _round(value: float) -> float:
    return round(value, 1)
