"""Longer without being lower: overlap and add of the best-matching pieces (WSOLA)."""

from __future__ import annotations

import numpy as np

from tools.miniature.speak import RATE, Sound

PIECE = int(0.03 * RATE)
SEARCH = int(0.012 * RATE)
"""Samples to each side in which a piece may fit better: a period of a low voice."""


def stretched(sound: Sound, factor: float) -> Sound:
    hop = PIECE // 2
    if len(sound) < 2 * PIECE:
        return sound
    window = np.hanning(PIECE + 1)[:-1].astype(np.float32)
    length = int(len(sound) * factor)
    out = np.zeros(length + 2 * PIECE, np.float32)
    weight = np.zeros_like(out)
    padded = np.pad(sound, (0, PIECE + hop + SEARCH))
    place = 0
    for at in range(0, length, hop):
        wanted = min(int(at / factor), len(sound) - PIECE)
        if at:
            follows = padded[place + hop : place + hop + PIECE]
            low = max(0, wanted - SEARCH)
            around = padded[low : wanted + SEARCH + PIECE]
            match = np.correlate(around, follows, mode="valid")
            place = low + int(match.argmax())
        out[at : at + PIECE] += window * padded[place : place + PIECE]
        weight[at : at + PIECE] += window
    return out[:length] / np.maximum(weight[:length], 0.1)
