"""An answer beside the one before it to the same question."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.model.structure import Analysis
from rehearse.text import listed
from rehearse.views.wording import NOT_KNOWN, known_rate, known_time


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
        "Missing": _missing,
    }
    return tuple(Change(name, show(before), show(now)) for name, show in measures.items())


def _time(analysis: Analysis) -> str:
    return known_time(analysis.timing.answer)


def _fillers(analysis: Analysis) -> str:
    return known_rate(analysis.fillers.per_minute if analysis.fillers else None)


def _pace(analysis: Analysis) -> str:
    return known_rate(analysis.pace.words_per_minute if analysis.pace else None)


def _missing(analysis: Analysis) -> str:
    if analysis.star is None:
        return NOT_KNOWN
    if not analysis.star.applies:
        return "no story"
    return listed([section.value for section in analysis.star.missing]) or "nothing"
