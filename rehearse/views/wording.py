"""Small facts of an answer as the page words them."""

from __future__ import annotations

from datetime import datetime

from rehearse.model.delivery import Pause, Pauses, Timing
from rehearse.model.structure import Analysis, NoStory, Section
from rehearse.model.take import Said
from rehearse.text import clock
from rehearse.views.star import WHY_NOT

LONGEST_PAUSES = 3
NOT_KNOWN = "not known"


def day(recorded_at: str) -> str:
    """ "21 November 2026, 16:47"; as it is where it is no time."""
    try:
        moment = datetime.fromisoformat(recorded_at)
    except ValueError:
        return recorded_at
    return f"{moment.day} {moment:%B %Y, %H:%M}"


def length(seconds: float) -> str:
    """ "46 s", "7:28"."""
    return f"{seconds:.0f} s" if seconds < 60 else clock(seconds)


WORTH_SAYING = 1.5
"""Seconds of silence before or behind an answer; less is how long a key takes."""


def around(timing: Timing) -> str:
    """ "4 s before your first word and 10 s after your last word, not counted."; "" for so
    little that it says nothing."""
    parts = [
        f"{seconds:.0f} s {where}"
        for seconds, where in (
            (timing.reaction, "before your first word"),
            (timing.silence_at_end, "after your last word"),
        )
        if seconds is not None and seconds >= WORTH_SAYING
    ]
    return f"{' and '.join(parts)}, not counted." if parts else ""


def why_not(analysis: Analysis) -> str:
    """Why there are no sections to show."""
    return WHY_NOT[(analysis.star and analysis.star.why_not) or NoStory.NOT_TOLD]


def quoted_for(analysis: Analysis, said: Said) -> Section | None:
    """The section that shows these words already, so that none is quoted twice."""
    shares = analysis.star.sections if analysis.star else ()
    return next((share.section for share in shares if share.best == said), None)


def owned(analysis: Analysis) -> str:
    """ "in the action: “I” 3 times, “we” never"; "" where neither was said."""
    said = analysis.ownership
    if not said or not (said.i or said.we):
        return ""
    order = analysis.star.order if analysis.star and analysis.star.applies else ()
    where = "in the action: " if Section.ACTION in order else ""
    return f"{where}“I” {_times(said.i)}, “we” {_times(said.we)}"


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def longest_pauses(pauses: Pauses | None) -> list[Pause]:
    items = pauses.items if pauses else ()
    return sorted(items, key=lambda pause: -pause.duration)[:LONGEST_PAUSES]


def known_time(seconds: float | None) -> str:
    return NOT_KNOWN if seconds is None else clock(seconds)


def known_rate(rate: float | None, digits: int = 1) -> str:
    return NOT_KNOWN if rate is None else f"{rate:.{digits}f}"


A_LITTLE, CLEARLY = 1.2, 1.5
"""Times the usual variation of pitch. A synthetic voice moves it by 6 % from text to text (`make
eval`, between_texts, a standard deviation); people are less even, so a fifth is not told yet."""


def beside_usual(analysis: Analysis) -> str | None:
    """None where there is no voice, or too few takes to hold it against. Without judgement the
    figures alone."""
    voice, usual = analysis.voice, analysis.usual
    if voice is None or usual is None or not usual.pitch_variation:
        return None
    if not analysis.judged:
        now, before = voice.pitch_variation, usual.pitch_variation
        return f"pitch varies by {now:.1f} semitones, by {before:.1f} in your last takes"
    return f"{_livelier(voice.pitch_variation / usual.pitch_variation)} your last takes"


def _livelier(ratio: float) -> str:
    if 1 / A_LITTLE < ratio < A_LITTLE:
        return "as lively as"
    amount = "" if ratio >= CLEARLY or ratio <= 1 / CLEARLY else "a little "
    return f"{amount}{'livelier' if ratio > 1 else 'calmer'} than"
