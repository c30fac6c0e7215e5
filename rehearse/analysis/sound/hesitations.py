"""Hesitations that a speech model's encoder hears, whether or not its text holds them.

Whisper writes what was meant, and leaves most "um" and "uh" out; its encoder hears them all the
same. Two linear heads read it: one finds them, one tells "um" from "uh".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.analysis.sound.linear_head import FRAME, LinearHead
from rehearse.model.take import Hesitation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rehearse.analysis.sound.linear_head import Floats

LEAST_SURE = 0.45
"""Probability, averaged over SMOOTH frames, from which a frame is part of a hesitation."""
SMOOTH = 5
SHORTEST = 0.12
"""Seconds; what is shorter is a vowel."""
BRIDGE = 0.08
"""Seconds of doubt that do not end one: "um" changes once, from its vowel to its hum."""


@dataclass(frozen=True)
class Ear:
    """The heads of one model."""

    hesitant: LinearHead
    hummed: LinearHead
    """Of a hesitation: whether it is "um" and not "uh"."""


def hesitations(encoded: Floats, ear: Ear, *, duration: float) -> tuple[Hesitation, ...]:
    """Those of a sound of that many seconds, in order, none overlapping; `encoded` may go on with
    the silence that it was filled up with."""

    frames = encoded[: round(duration / FRAME) + 1]
    if not len(frames):
        return ()
    likely = smoothed(ear.hesitant.probabilities(frames))
    hums = ear.hummed.odds(frames)
    return tuple(
        Hesitation(
            start=round(max(0.0, (first - 0.5) * FRAME), 3),
            end=round(min(duration, (last - 0.5) * FRAME), 3),
            confidence=round(float(likely[first:last].max()), 3),
            nasal=bool(hums[first:last].mean() >= 0),
        )
        for first, last in _runs(likely >= LEAST_SURE)
    )


def smoothed(values: Floats) -> Floats:
    import numpy as np

    padded = np.pad(values, SMOOTH // 2, mode="edge")
    return np.convolve(padded, np.full(SMOOTH, 1 / SMOOTH), "valid")


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Frames from and to, with short gaps closed and short runs left out."""
    import numpy as np

    turns = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    joined: list[tuple[int, int]] = []
    for first, last in turns.reshape(-1, 2).tolist():
        if joined and (first - joined[-1][1]) * FRAME <= BRIDGE:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return [run for run in joined if (run[1] - run[0]) * FRAME >= SHORTEST]
