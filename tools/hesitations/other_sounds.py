"""What people do between words besides hesitating: breaths, laughs, a cleared throat."""

from __future__ import annotations

from random import Random

import numpy as np

from tools.hesitations.spoil import noise
from tools.hesitations.vocal import filled_pause, made_up
from tools.miniature.speak import RATE, Sound


def breath(speech: Sound, random: Random, array: np.random.Generator) -> Sound:
    """Hiss that swells and sinks."""
    length = int(random.uniform(0.2, 0.7) * RATE)
    level = _loudness(speech) * random.uniform(0.03, 0.2)
    swell = np.sin(np.linspace(0, np.pi, length)) ** 2
    return (noise(length, level, array) * swell).astype(np.float32)


def laugh(speech: Sound, random: Random, array: np.random.Generator) -> Sound:
    """Short open vowels, each begun by a breath, sinking in pitch and level."""
    voice = made_up(random.uniform(150, 320), array)
    parts: list[Sound] = []
    for number in range(random.randint(2, 5)):
        level = _loudness(speech) * 0.9**number
        parts.append(noise(int(random.uniform(0.04, 0.09) * RATE), 0.15 * level, array))
        vowel = filled_pause(voice, random.uniform(0.06, 0.12), 1.0, array)
        parts.append(vowel * np.float32(level * random.uniform(0.8, 1.6)))
    return np.concatenate(parts).astype(np.float32)


def throat(speech: Sound, random: Random, array: np.random.Generator) -> Sound:
    """A rough low creak under noise."""
    length = int(random.uniform(0.15, 0.4) * RATE)
    creak = filled_pause(made_up(random.uniform(45, 80), array), length / RATE, 1.0, array)
    rough = creak * (0.5 + noise(length, 0.5, array))
    hiss = noise(length, 0.3, array) * np.hanning(length)
    return ((rough[:length] + hiss) * _loudness(speech) * random.uniform(0.3, 0.9)).astype(
        np.float32
    )


def _loudness(speech: Sound) -> float:
    return float(np.percentile(np.abs(speech), 97)) + 1e-6
