"""An answer beside the one before it to the same question."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.findings.whole import Analysis
from rehearse.text import clock, listed

NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Before:
    recorded_at: str
    analysis: Analysis


@dataclass(frozen=True)
class Change:
    name: str
    before: str
    now: str


def changes(before: Analysis, now: Analysis) -> tuple[Change, ...]:
    measures = {
        "Time": _time,
        "Fillers a minute": _fillers,
        "Words a minute": _pace,
        "Not heard": _missing,
    }
    return tuple(Change(name, tell(before), tell(now)) for name, tell in measures.items())


def _time(analysis: Analysis) -> str:
    seconds = analysis.timing.heard
    return NOT_KNOWN if seconds is None else clock(seconds)


def _fillers(analysis: Analysis) -> str:
    rate = analysis.fillers.per_minute if analysis.fillers else None
    return NOT_KNOWN if rate is None else f"{rate:.1f}"


def _pace(analysis: Analysis) -> str:
    rate = analysis.pace.words_per_minute if analysis.pace else None
    return NOT_KNOWN if rate is None else f"{rate:.0f}"


def _missing(analysis: Analysis) -> str:
    if analysis.star is None:
        return NOT_KNOWN
    if not analysis.star.applies:
        return "no story"
    return listed([section.value for section in analysis.star.missing]) or "nothing"
