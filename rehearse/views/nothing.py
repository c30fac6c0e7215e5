"""What a report says when there is nothing to report: no sound, no speech, or no words yet."""

from __future__ import annotations

from rehearse.model.delivery import Timing
from rehearse.model.structure import Analysis
from rehearse.model.take import Span
from rehearse.text import clock, listed

NO_SOUND = "This recording has no sound. The microphone was muted or switched off."
NO_SPEECH = "I found no speech in this recording."
NOT_WRITTEN = "Not written down yet. To do it: rehearse recover"
NO_WORDS = (
    "I understood no words in this recording. For a language other than English, choose it with"
    " --language and a model whose name does not end in .en, such as base."
)
JUST = 0.5
"""Seconds; a gap that ends this close to the end of the recording lasts until its end."""


def instead(analysis: Analysis) -> str:
    """The sentence to show in place of figures; "" where there are figures."""
    if not analysis.is_silent:
        return ""
    if not analysis.timing.heard:
        return NO_SOUND
    return NO_WORDS if analysis.timing.phonation else NO_SPEECH


def gaps(timing: Timing) -> str:
    """When the microphone gave no sound; "" where it always gave some."""
    if not timing.no_sound:
        return ""
    text = listed([_when(span, timing) for span in timing.no_sound])
    return f"{text[:1].upper()}{text[1:]} the microphone gave no sound."


def _when(span: Span, timing: Timing) -> str:
    if timing.duration is None or span.end < timing.duration - JUST:
        return f"from {clock(span.start)} to {clock(span.end)}"
    return f"from {clock(span.start)} on"
