"""An answer in brief, for every view: what was good, what changed, what to do next, the figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from rehearse.model.structure import Analysis
from rehearse.progress.compare import Comparison
from rehearse.text import clock, counted
from rehearse.views import compare
from rehearse.views.headline import headline

GOOD, SINCE, NEXT = "Good", "Since last time", "Next"
LONG_PAUSE = 1.0
"""Seconds; shorter ones are no news."""
KEEP = "Keep it like this."


Row: TypeAlias = "tuple[str, str, float | None]"
"""A name, its text, and the second that it is about."""


def rows(analysis: Analysis, change: Comparison | None) -> list[Row]:
    """What was good, what changed and what to do next; what is not known is left out."""
    good, advice = analysis.praise, analysis.advice
    found: list[Row] = [
        (GOOD, good.text if good else "", good.start if good else None),
        (SINCE, since(change, analysis), None),
        (NEXT, next_step(analysis), advice[0].start if advice else None),
    ]
    return [row for row in found if row[1]]


def lines(analysis: Analysis, *, written_down: bool) -> Iterator[str]:
    """The answer in a sentence, what was good and what to do next, a line each."""
    yield headline(analysis, written_down=written_down)
    for name, text, _ in rows(analysis, None):
        yield f"{name}: {text}"


def since(change: Comparison | None, analysis: Analysis) -> str:
    """What changed since the last answer to this question; "" where there is none."""
    return compare.sentence(change) if change and analysis.judged else ""


def next_step(analysis: Analysis) -> str:
    """The one thing to do next; "" without judgement, and where nothing was said."""
    if not analysis.judged or not analysis.words:
        return ""
    if analysis.advice:
        return analysis.advice[0].text
    return f"{KEEP} Be ready for: {analysis.follow_up}" if analysis.follow_up else KEEP


def figures(analysis: Analysis) -> str:
    """ "1:23 of 2:00 · 131 words a minute · 4 fillers, 3 a minute · longest pause 1.5 s"."""
    return " · ".join(_figures(analysis))


def _figures(analysis: Analysis) -> Iterator[str]:
    timing = analysis.timing
    if timing.answer is not None:
        yield clock(timing.answer) + (f" of {clock(timing.target)}" if timing.target else "")
    if analysis.pace and analysis.pace.words_per_minute is not None:
        yield f"{analysis.pace.words_per_minute:.0f} words a minute"
    if said := analysis.fillers:
        rate = (
            "" if not said.total or said.per_minute is None else f", {said.per_minute:.0f} a minute"
        )
        yield (counted(said.total, "filler") if said.total else "no fillers") + rate
    if analysis.pauses and analysis.pauses.longest >= LONG_PAUSE:
        yield f"longest pause {analysis.pauses.longest:.1f} s"
