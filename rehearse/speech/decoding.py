"""How faster-whisper is told to decode a clip."""

from __future__ import annotations

import math
from typing import Any

_WINDOW = 30.0
# Fast speech is about 6 tokens a second; a model that loops fills the window.
_TOKENS_PER_SECOND = 8
# Times, punctuation and words of many tokens in a short clip.
_SPARE_TOKENS = 24
_ALWAYS: dict[str, Any] = {
    "word_timestamps": True,
    # The surest reading first; a second and third try where it repeats itself or guesses.
    "temperature": (0.0, 0.4, 0.8),
    "compression_ratio_threshold": 2.4,
    "log_prob_threshold": -1.0,
    "no_speech_threshold": 0.6,
    # One hallucination must not breed the next.
    "condition_on_previous_text": False,
    # Voice activity is told before the clip comes here.
    "vad_filter": False,
}
# Readings followed at once: faster-whisper's own, and the one that costs least.
_BEAM = 5
_HASTY_BEAM = 1


def options(seconds: float, *, hasty: bool) -> dict[str, Any]:
    """For a clip of that length."""
    beam = _HASTY_BEAM if hasty else _BEAM
    return {**_ALWAYS, "max_new_tokens": _most_tokens(seconds), "beam_size": beam}


def _most_tokens(seconds: float) -> int:
    return math.ceil(_TOKENS_PER_SECOND * min(seconds, _WINDOW)) + _SPARE_TOKENS
