"""What a steady stretch of voice is like, in figures that do not depend on who speaks how loudly:
level goes by that of speech, pitch by the speaker's median, timbre by the speaker's mean, which is
close to the neutral vowel of "uh"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.analysis.sound.steady import QUIET, Voice
from rehearse.analysis.sound.voicing import HOP, Frames

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]

EDGE = 8
"""Frames just outside a stretch that tell how it begins and ends."""
ASIDE = 30
"""Frames outside a stretch in which there may be a pause."""
WIDELY = 90
OCTAVE = 12.0
"""Semitones; the autocorrelation mistakes a pitch for its octave, so octaves are folded."""
HEAD, TAIL = 10, 6
"""Cepstra kept of the first three fifths and of the last third: "um" ends in another timbre."""
FEATURES = 20 + HEAD + TAIL
NASAL = tuple(range(20, FEATURES))
"""The columns that tell "um" from "uh"."""
SET_APART = 15.0
"""dB by which the sound falls right before a hesitation that stands apart from a word."""


@dataclass(frozen=True)
class _Sums:
    """Running sums, so that the mean of any stretch is one subtraction."""

    values: Floats

    def mean(self, first: Indices, last: Indices) -> Floats:
        """Zero for a stretch outside the sound."""
        import numpy as np

        whole = len(self.values) - 1
        first, last = np.clip(first, 0, whole), np.clip(last, 0, whole)
        width = np.maximum(last - first, 1).reshape(-1, *[1] * (self.values.ndim - 1))
        return np.asarray((self.values[last] - self.values[first]) / width)


def features(frames: Frames, voice: Voice) -> Floats:
    """(stretches, FEATURES)."""
    import numpy as np

    starts, ends = voice.starts, voice.ends
    columns = [
        np.log((ends - starts) * HOP),
        *_movement(frames, voice),
        *_level(frames, voice),
        *_pitch(frames, voice),
        *_timbre(frames, voice),
    ]
    return np.stack(columns, axis=1)


def set_apart(frames: Frames, voice: Voice) -> NDArray[np.bool_]:
    """Whether the sound falls low right before each stretch."""
    level = _sums(frames.level)
    within = level.mean(voice.starts, voice.ends)
    before = level.mean(voice.starts - EDGE, voice.starts - EDGE // 2)
    low: NDArray[np.bool_] = before < within - SET_APART
    return low


def _movement(frames: Frames, voice: Voice) -> list[Floats]:
    starts, ends = voice.starts, voice.ends
    moved, voicing, voiced = _sums(voice.moved), _sums(frames.voicing), _sums(voice.voiced)
    return [
        moved.mean(starts, ends),
        moved.mean(starts - EDGE, starts),
        moved.mean(ends, ends + EDGE),
        voicing.mean(starts, ends),
        voiced.mean(starts - ASIDE, starts),
        voiced.mean(ends, ends + ASIDE),
    ]


def _level(frames: Frames, voice: Voice) -> list[Floats]:
    import numpy as np

    starts, ends = voice.starts, voice.ends
    third = (ends - starts) // 3
    relative = np.clip(frames.level - voice.loud, -40, 10)
    level, squares = _sums(relative), _sums(np.square(relative))
    quiet = _sums(relative < -QUIET)
    within = level.mean(starts, ends)
    return [
        within,
        np.sqrt(np.maximum(squares.mean(starts, ends) - within**2, 0)),
        level.mean(starts, starts + third) - level.mean(ends - third, ends),
        within - level.mean(starts - EDGE, starts),
        within - level.mean(ends, ends + EDGE),
        quiet.mean(starts - ASIDE, starts),
        quiet.mean(ends, ends + ASIDE),
        level.mean(starts - WIDELY, ends + WIDELY),
    ]


def _pitch(frames: Frames, voice: Voice) -> list[Floats]:
    import numpy as np

    starts, ends = voice.starts, voice.ends
    third = (ends - starts) // 3
    pitch = _folded(OCTAVE * (frames.pitch - np.median(frames.pitch[voice.voiced])))
    turn = np.abs(_folded(np.diff(pitch, prepend=pitch[:1])))
    own = _sums(pitch)
    return [
        own.mean(starts, ends),
        _sums(np.minimum(turn, 3)).mean(starts, ends),
        own.mean(starts, starts + third) - own.mean(ends - third, ends),
    ]


def _timbre(frames: Frames, voice: Voice) -> list[Floats]:
    import numpy as np

    starts, ends = voice.starts, voice.ends
    cepstra = frames.cepstra - frames.cepstra[voice.voiced].mean(axis=0)
    timbre, squares = _sums(cepstra), _sums(np.square(cepstra).sum(axis=1))
    head = timbre.mean(starts, starts + (ends - starts) * 6 // 10)
    tail = timbre.mean(ends - (ends - starts) // 3, ends)
    whole = np.square(timbre.mean(starts, ends)).sum(axis=1)
    return [
        np.sqrt(np.maximum(squares.mean(starts, ends) - whole, 0)),
        np.sqrt(np.square(head).sum(axis=1)),
        *head[:, :HEAD].T,
        *tail[:, :TAIL].T,
    ]


def _folded(semitones: NDArray[np.float32]) -> NDArray[np.float32]:
    return (semitones + OCTAVE / 2) % OCTAVE - OCTAVE / 2


def _sums(values: NDArray[np.float32] | NDArray[np.bool_] | Floats) -> _Sums:
    import numpy as np

    sums = np.zeros((len(values) + 1, *values.shape[1:]))
    np.cumsum(values, axis=0, out=sums[1:])
    return _Sums(sums)
