"""What people do between words besides hesitating."""

from __future__ import annotations

from enum import Enum
from random import Random

import numpy as np

from tools.hesitations.spoil import noise
from tools.miniature.speak import RATE, Sound


class Kind(Enum):
    LAUGH = "laugh"
    BREATH = "breath"
    THROAT = "throat_cleared"
    DRAWN_OUT = "end_drawn_out"
    CUT_OFF = "word_cut_off"
    VOCAL = "vocal_sound"
    """A laugh, a breath or a cough: the marks of people do not say which."""
    BACKCHANNEL = "mm_or_hmm"


PULSES = (55.0, 95.0)
"""A second, in a throat that is cleared."""
UNEVEN = 0.35
"""Share by which the time from one to the next differs."""
RINGING = ((600.0, 90.0), (1150.0, 130.0), (2500.0, 200.0))
"""Hertz of a throat's formants, and their widths."""


def breath(speech: Sound, random: Random, array: np.random.Generator) -> Sound:
    """Hiss that swells and sinks."""
    length = int(random.uniform(0.2, 0.7) * RATE)
    swell = np.sin(np.linspace(0, np.pi, length)) ** 2
    return (noise(length, _level(speech) * random.uniform(0.03, 0.2), array) * swell).astype(
        np.float32
    )


def throat(speech: Sound, random: Random, array: np.random.Generator) -> Sound:
    """Cleared in two bursts: slow uneven pulses and hiss, both through the throat."""
    bursts = [_burst(random, array) for _ in range(2)]
    gap = np.zeros(int(random.uniform(0.03, 0.12) * RATE))
    sound = np.concatenate([bursts[0], gap, bursts[1]])
    loudest = np.abs(sound).max() + 1e-9
    return (sound * (_level(speech) * random.uniform(0.4, 1.0) / loudest)).astype(np.float32)


def _level(speech: Sound) -> float:
    return float(np.percentile(np.abs(speech), 97))


def _burst(random: Random, array: np.random.Generator) -> Sound:
    length = int(random.uniform(0.12, 0.35) * RATE)
    source = 0.15 * array.standard_normal(length)
    at, rate = 0.0, random.uniform(*PULSES)
    while at < length:
        source[int(at)] += random.uniform(3.0, 8.0)
        at += RATE / rate * (1 + random.uniform(-UNEVEN, UNEVEN))
    hertz = np.fft.rfftfreq(length, 1 / RATE)
    throat = sum(1 / (1 + ((hertz - middle) / width) ** 2) for middle, width in RINGING)
    swell = np.sin(np.linspace(0, np.pi, length)) ** 0.7
    return (np.fft.irfft(np.fft.rfft(source) * throat, length) * swell).astype(np.float32)
