"""Stretches of voice that hold still: among them are hesitations, and vowels drawn out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.analysis.sound.voicing import HOP, Frames
from rehearse.model.take import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Mask = NDArray[np.bool_]

SHORTEST, LONGEST = 0.13, 1.2
"""Seconds of the steady part; what is longer is sung, or hummed by a machine."""
NEARBY = 1.0
"""Seconds around speech in which to look: voice activity leaves out ums that stand alone."""
VOICED = 0.45
"""Height of the autocorrelation's peak; creaky voices stay just above."""
CREAK = 2
"""Frames to each side over which it is averaged: a creaky voice misses a period now and then."""
QUIET = 25.0
"""dB below the level of speech: what is quieter is a breath or another room."""
SPEECH_LEVEL = 80
"""Percentile of the voiced frames' level that stands for the level of speech."""
STRICTNESS = (0.7, 1.0, 1.4)
"""How much the timbre may move, in cepstral units a frame; slow and quick speakers differ."""
BRIDGES = (0, 7)
"""Frames of movement that do not end a stretch: "um" moves once, from its vowel to its hum."""
SLOPE = 3
"""Frames to each side over which the movement of timbre is measured."""


@dataclass(frozen=True)
class Voice:
    """Where the voice is, and where it holds still."""

    voiced: Mask
    moved: Floats
    """How fast the timbre changes at each frame."""
    loud: float
    """dB: the level of speech."""
    starts: Indices
    """Of the stretches, in frames. They overlap: the same one is found more and less strictly."""
    ends: Indices


def steady(frames: Frames, speech: Sequence[Span]) -> Voice | None:
    """None where no voice in or near the speech holds still."""
    import numpy as np

    voiced = _near(len(frames), speech) & (_averaged(frames.voicing) > VOICED)
    if voiced.sum() < SHORTEST / HOP:
        return None
    loud = float(np.percentile(frames.level[voiced], SPEECH_LEVEL))
    voiced &= frames.level > loud - QUIET
    moved = _movement(frames)
    runs = sorted({run for limit in STRICTNESS for run in _runs(voiced, moved < limit)})
    if not runs:
        return None
    starts, ends = np.array(runs, np.int64).T
    return Voice(voiced, moved, loud, starts, ends)


def _near(count: int, speech: Sequence[Span]) -> Mask:
    import numpy as np

    near = np.zeros(count, bool)
    for span in speech:
        near[max(0, round((span.start - NEARBY) / HOP)) : round((span.end + NEARBY) / HOP)] = True
    return near


def _averaged(voicing: NDArray[np.float32]) -> Floats:
    import numpy as np

    if not len(voicing):
        return np.zeros(0)
    width = 2 * CREAK + 1
    return np.convolve(np.pad(voicing, CREAK, mode="edge"), np.full(width, 1 / width), "valid")


def _movement(frames: Frames) -> Floats:
    """The length of the cepstra's regression slope."""
    import numpy as np

    padded = np.pad(frames.cepstra, ((SLOPE, SLOPE), (0, 0)), mode="edge")
    slope = np.zeros_like(frames.cepstra)
    for step in range(-SLOPE, SLOPE + 1):
        slope += step * padded[SLOPE + step : SLOPE + step + len(frames)]
    squares = sum(step**2 for step in range(-SLOPE, SLOPE + 1))
    return np.asarray(np.sqrt(np.square(slope).sum(axis=1)) / squares, np.float64)


def _runs(voiced: Mask, still: Mask) -> list[tuple[int, int]]:
    """Voiced stretches that hold still, and those that are joined over a short movement."""
    shortest, longest = round(SHORTEST / HOP), round(LONGEST / HOP)
    runs = _edges(voiced & still)
    found = [run for bridge in BRIDGES for run in _joined(runs, voiced, bridge=bridge)]
    return [(start, end) for start, end in found if shortest <= end - start <= longest]


def _joined(runs: list[tuple[int, int]], voiced: Mask, *, bridge: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in runs:
        begun, before = joined[-1] if joined else (start, start)
        if joined and start - before <= bridge and voiced[before:start].all():
            joined[-1] = (begun, end)
        else:
            joined.append((start, end))
    return joined


def _edges(mask: Mask) -> list[tuple[int, int]]:
    import numpy as np

    turns = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(start), int(end)) for start, end in turns.reshape(-1, 2)]
