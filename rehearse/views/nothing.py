"""Where there was nothing to hear: no sound from the microphone, or nobody who spoke."""

from __future__ import annotations

from rehearse.model.delivery import Timing
from rehearse.model.structure import Analysis
from rehearse.model.take import Span
from rehearse.text import clock, listed

NO_SOUND = "There is no sound in this recording: the microphone was muted, or switched off."
NO_SPEECH = "No speech was found in this recording."
NO_WORDS = (
    "No words were understood in this recording. For another language than English, choose it with"
    " --language and a model whose name does not end in .en, such as base."
)
JUST = 0.5
"""Seconds to the end of a recording that are no time of their own."""


def instead(analysis: Analysis) -> str:
    """What is said in place of figures; "" where there are some."""
    if not analysis.is_silent:
        return ""
    if not analysis.timing.heard:
        return NO_SOUND
    return NO_WORDS if analysis.timing.phonation else NO_SPEECH


def told(timing: Timing) -> str:
    """When the microphone gave no sound; "" where it always gave some."""
    if not timing.no_sound:
        return ""
    text = listed([_when(span, timing) for span in timing.no_sound])
    return f"{text[:1].upper()}{text[1:]} the microphone gave no sound."


def _when(span: Span, timing: Timing) -> str:
    if timing.duration is None or span.end < timing.duration - JUST:
        return f"from {clock(span.start)} to {clock(span.end)}"
    return f"from {clock(span.start)} on"
