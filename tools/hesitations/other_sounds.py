"""What people do between words besides hesitating."""

from __future__ import annotations

from random import Random

import numpy as np

from tools.hesitations.spoil import noise
from tools.miniature.speak import RATE, Sound


def breath(speech: Sound, random: Random, array: np.random.Generator) -> Sound:
    """Hiss that swells and sinks."""
    length = int(random.uniform(0.2, 0.7) * RATE)
    level = float(np.percentile(np.abs(speech), 97)) * random.uniform(0.03, 0.2)
    swell = np.sin(np.linspace(0, np.pi, length)) ** 2
    return (noise(length, level, array) * swell).astype(np.float32)
