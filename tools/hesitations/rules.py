"""Two simpler detectors to measure ours against."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from rehearse.analysis.sound.drawnout import features, set_apart
from rehearse.analysis.sound.steady import QUIET, SPEECH_LEVEL, VOICED, steady
from rehearse.analysis.sound.voicing import HOP, frames
from rehearse.model.take import Hesitation, Span, Word

if TYPE_CHECKING:
    from rehearse.model.take import Samples

MOVED, TURNED, OFF_CENTRE, SECONDS = 0.7, 0.8, 9.0, 0.18
"""Most movement of timbre and of pitch, farthest from the speaker's mean timbre, shortest: the best
on our training examples."""
SURE = 0.7
"""What a stretch within all limits counts as."""
SHORTEST_GAP = 0.15


def by_thresholds(samples: Samples, speech: Sequence[Span]) -> tuple[Hesitation, ...]:
    """Steady stretches within fixed limits, the longest of those that overlap."""
    seen = frames(samples)
    voice = steady(seen, speech)
    if voice is None:
        return ()
    known = features(seen, voice)
    fits = (known[:, 1] < MOVED) & (known[:, 16] < TURNED) & (known[:, 19] < OFF_CENTRE)
    fits &= known[:, 0] > np.log(SECONDS)
    apart = set_apart(seen, voice)
    found: list[Hesitation] = []
    for k in sorted(np.flatnonzero(fits), key=lambda k: voice.starts[k] - voice.ends[k]):
        start, end = float(voice.starts[k]) * HOP, float(voice.ends[k]) * HOP
        if all(one.end <= start or one.start >= end for one in found):
            found.append(Hesitation(start, end, SURE, apart=bool(apart[k])))
    return tuple(sorted(found, key=lambda one: one.start))


def any_gap(samples: Samples, words: Sequence[Word]) -> tuple[Span, ...]:
    """Every gap between words that holds a voice for long enough."""
    seen = frames(samples)
    voiced = seen.voicing > VOICED
    if not voiced.any():
        return ()
    voiced &= seen.level > np.percentile(seen.level[voiced], SPEECH_LEVEL) - QUIET
    free = np.ones(len(seen), bool)
    for word in words:
        free[int((word.start or 0.0) / HOP) : int((word.end or 0.0) / HOP)] = False
    turns = np.flatnonzero(np.diff(np.concatenate([[False], free, [False]]).astype(int)))
    return tuple(
        Span(float(places[0]) * HOP, float(places[-1] + 1) * HOP)
        for start, end in turns.reshape(-1, 2)
        if len(places := start + np.flatnonzero(voiced[start:end])) * HOP >= SHORTEST_GAP
    )
