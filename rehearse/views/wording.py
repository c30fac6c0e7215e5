"""Small facts of an answer in words, for every view."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from rehearse.model.delivery import Pause, Pauses, Timing
from rehearse.model.structure import Analysis, Section
from rehearse.model.take import Quote
from rehearse.text import clock
from rehearse.views import star

LONGEST_PAUSES = 3
NOT_KNOWN = "not known"
WRITTEN_ONLY = "Only those that were written down are counted."


def day(recorded_at: str) -> str:
    """ "21 November 2026, 16:47"; the text itself where it is not a time."""
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
    """Why the answer has no STAR sections."""
    return star.why_not(analysis.star)


def quoted_for(analysis: Analysis, said: Quote) -> Section | None:
    """The section under which these words are already quoted; None where there is none."""
    shares = analysis.star.sections if analysis.star else ()
    return next((share.section for share in shares if share.best == said), None)


def owned(analysis: Analysis) -> str:
    """ "in the action: “I” 3 times, “we” never"; "" where the answer has neither word."""
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


def softeners(analysis: Analysis) -> str:
    """ "3: kind of 2, I think 1", among the fillers and the hedges; "" where there are none."""
    said = Counter[str]()
    if analysis.fillers:
        said.update(item.text for item in analysis.fillers.items if item.softener)
    if analysis.hedges:
        said.update(item.text for item in analysis.hedges.items)
    counts = ", ".join(f"{text} {count}" for text, count in said.most_common())
    return f"{said.total()}: {counts}" if said else ""


def known_time(seconds: float | None) -> str:
    return NOT_KNOWN if seconds is None else clock(seconds)


def known_rate(rate: float | None) -> str:
    """In whole numbers, as everywhere: a tenth is less than one word in an answer."""
    return NOT_KNOWN if rate is None else f"{rate:.0f}"


A_LITTLE, CLEARLY = 1.2, 1.5
"""Ratios to the baseline's variation of pitch. That of a synthetic voice differs by 6 % from text
to text (`make eval`, between_texts, a standard deviation). People vary more, so differences under a
fifth are not mentioned."""


def written_only(analysis: Analysis) -> str:
    """Where nobody listened to the sound for more; "" where somebody did, or there is none."""
    fillers = analysis.fillers
    listened = fillers is None or fillers.in_sound or analysis.timing.phonation is None
    return "" if listened else WRITTEN_ONLY


def compared_with_baseline(analysis: Analysis) -> str | None:
    """How lively the voice was beside the last takes; None without a voice or with too few takes.
    Without judgement only the figures."""
    voice, baseline = analysis.voice, analysis.baseline
    if voice is None or baseline is None or not baseline.pitch_variation:
        return None
    if not analysis.judged:
        now, before = voice.pitch_variation, baseline.pitch_variation
        return f"pitch varies by {now:.1f} semitones, in your last takes by {before:.1f}"
    return f"{_livelier(voice.pitch_variation / baseline.pitch_variation)} your last takes"


def _livelier(ratio: float) -> str:
    if 1 / A_LITTLE < ratio < A_LITTLE:
        return "as lively as in"
    amount = "" if ratio >= CLEARLY or ratio <= 1 / CLEARLY else "a little "
    return f"{amount}{'livelier' if ratio > 1 else 'calmer'} than in"
