"""How lively and how loud a voice is. There is no right figure: it is held only against the same
speaker's other takes.

A long answer is heard in pieces; each is counted into a tally, and tallies add up to exactly what
the whole would give.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from rehearse.analysis.sound.voicing import HIGHEST_PITCH, HOP, LOWEST_PITCH, Frames
from rehearse.model.delivery import Voice
from rehearse.model.take import SAMPLE_RATE, Sound, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

SHORTEST_LAG = round(SAMPLE_RATE / HIGHEST_PITCH)
LONGEST_LAG = round(SAMPLE_RATE / LOWEST_PITCH)
"""Samples of one period. The pitch is told in whole samples, so counting them loses nothing."""
VOICED = 0.45
"""Height of the autocorrelation's peak; creaky voices stay just above."""
QUIET = 25.0
"""dB below the level of speech: what is quieter is a breath or another room."""
SPEECH_LEVEL = 80
"""Percentile of the voiced frames' level that stands for the level of speech."""
QUIETEST = -100.0
"""dB of full scale: the floor of a frame's level."""
LEVEL_STEP = 0.5
"""dB: adds 0.02 to a standard deviation of 5."""
LEVELS = round(-QUIETEST / LEVEL_STEP)
FEWEST = 50
"""Frames, half a second: a spread of fewer says more about the word than about the voice."""
LOW, HIGH = 0.75, 1.5
"""Times the quarter and the three-quarter point of the pitch: what lies outside is a period taken
for two or for a half (De Looze and Hirst 2008)."""
OCTAVE = 12.0
"""Semitones."""
ENOUGH_TAKES = 3
"""Of fewer the median is one take's chance."""


@dataclass(frozen=True)
class Tally:
    """How many frames of speech had each pitch and each level."""

    lags: tuple[int, ...] = (0,) * (LONGEST_LAG - SHORTEST_LAG + 1)
    """Voiced frames by their period in samples, from SHORTEST_LAG on."""
    levels: tuple[int, ...] = (0,) * LEVELS
    """Frames by their level, from QUIETEST on in steps of LEVEL_STEP."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(_added(self.lags, other.lags), _added(self.levels, other.levels))


def tally(frames: Frames, speech: Sequence[Span]) -> Tally:
    """Of one piece; `speech` counts from its start."""
    import numpy as np

    spoken = _within(len(frames), speech)
    voiced = spoken & (frames.voicing > VOICED)
    if not spoken.any():
        return Tally()
    if voiced.any():
        loud = float(np.percentile(frames.level[voiced], SPEECH_LEVEL))
        voiced &= frames.level > loud - QUIET
    lags = np.rint(SAMPLE_RATE / np.exp2(frames.pitch[voiced])).astype(int) - SHORTEST_LAG
    steps = np.clip((frames.level[spoken] - QUIETEST) / LEVEL_STEP, 0, LEVELS - 1).astype(int)
    return Tally(
        tuple(np.bincount(lags, minlength=len(Tally.lags)).tolist()),
        tuple(np.bincount(steps, minlength=LEVELS).tolist()),
    )


def pitch_variation(heard: Tally) -> float | None:
    """Standard deviation of 12 log2(F0 / median F0) over voiced frames, in semitones; None where
    too little is voiced. The median moves all values alike, so the deviation does without it."""
    hertz = [SAMPLE_RATE / (SHORTEST_LAG + i) for i in range(len(heard.lags))]
    low, high = (_quantile(hertz, heard.lags, share) for share in (0.25, 0.75))
    kept = [
        (OCTAVE * math.log2(pitch), count)
        for pitch, count in zip(hertz, heard.lags, strict=True)
        if LOW * low <= pitch <= HIGH * high
    ]
    return _deviation(kept)


def level_variation(heard: Tally) -> float | None:
    """Standard deviation of the frames' level in dB within speech, without what is 25 dB or more
    below its mean power: the silences inside words. None where there is too little speech."""
    middles = [QUIETEST + (i + 0.5) * LEVEL_STEP for i in range(LEVELS)]
    frames = sum(heard.levels)
    if not frames:
        return None
    powers = (10 ** (dB / 10) * n for dB, n in zip(middles, heard.levels, strict=True))
    floor = 10 * math.log10(sum(powers) / frames) - QUIET
    return _deviation([each for each in zip(middles, heard.levels, strict=True) if each[0] > floor])


def voice(sound: Sound | None) -> Voice | None:
    """None without speech, or with too little of it to tell."""
    if sound is None or sound.level is None:
        return None
    if sound.pitch_variation is None or sound.level_variation is None:
        return None
    return Voice(sound.pitch_variation, sound.level, sound.level_variation)


def median_voice(voices: Sequence[Voice]) -> Voice | None:
    """The median of each figure; None for too few takes."""
    if len(voices) < ENOUGH_TAKES:
        return None
    return Voice(
        median(one.pitch_variation for one in voices),
        median(one.level for one in voices),
        median(one.level_variation for one in voices),
    )


def _within(count: int, speech: Sequence[Span]) -> Mask:
    """Frames whose middle lies in speech."""
    import numpy as np

    inside = np.zeros(count, bool)
    for span in speech:
        inside[max(0, round(span.start / HOP)) : max(0, round(span.end / HOP))] = True
    return inside


def _added(one: Sequence[int], other: Sequence[int]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _quantile(values: Sequence[float], counts: Sequence[int], share: float) -> float:
    """The least value that is not below `share` of all; 0 for none."""
    wanted, passed = share * sum(counts), 0
    for value, count in sorted(zip(values, counts, strict=True)):
        passed += count
        if count and passed >= wanted:
            return value
    return 0.0


def _deviation(counted: Sequence[tuple[float, int]]) -> float | None:
    total = sum(count for _, count in counted)
    if total < FEWEST:
        return None
    mean = sum(value * count for value, count in counted) / total
    return math.sqrt(sum(count * (value - mean) ** 2 for value, count in counted) / total)
