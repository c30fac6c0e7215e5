"""Steady sounds that nobody hesitates in: sung notes, an organ, a telephone's tones."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import numpy as np

from tools.hesitations.corpus import Recording
from tools.hesitations.spoil import spoiled
from tools.hesitations.vocal import HERTZ, made_up
from tools.miniature.speak import RATE, Sound

NOTES = 40
SCALE = (0, 2, 4, 5, 7, 9, 11, 12)


def melodies(count: int, seed: int) -> Iterator[Recording]:
    for number in range(count):
        random = Random(f"music {seed} {number}")
        array = np.random.default_rng(random.getrandbits(32))
        low, sung = random.uniform(90, 260), random.random() < 0.6
        notes = [_note(low, random, array, sung=sung) for _ in range(NOTES)]
        sound = np.concatenate([np.zeros(RATE // 2, np.float32), *notes])
        yield Recording(f"music-{number}", spoiled(sound * np.float32(0.4), array), (), ())


def _note(low: float, random: Random, array: np.random.Generator, *, sung: bool) -> Sound:
    pitch = low * 2 ** (random.choice(SCALE) / 12)
    seconds = random.choice((0.2, 0.3, 0.4, 0.6, 0.8))
    time = np.arange(int(seconds * RATE)) / RATE
    vibrato = random.uniform(0, 0.02) * np.sin(2 * np.pi * 5.5 * time) if sung else 0 * time
    phase = 2 * np.pi * np.cumsum(pitch * (1 + vibrato)) / RATE
    overtones = np.arange(1, int(4000 / pitch) + 1)
    if sung:
        # Any vowel: a throat whose formants are drawn far apart.
        bend = random.uniform(0.6, 1.6)
        loud = np.exp(np.interp(overtones * pitch, HERTZ * bend, made_up(pitch, array).vowel))
    else:
        loud = 1.0 / overtones ** random.uniform(1, 3)
    tone = sum(
        level * np.sin(k * phase) for k, level in zip(overtones, loud / loud.max(), strict=True)
    )
    edge = np.minimum(1, np.minimum(time, time[::-1]) / 0.02)
    gap = np.zeros(int(random.choice((0, 0, 0.1)) * RATE))
    return np.concatenate([tone * edge / 3, gap]).astype(np.float32)
