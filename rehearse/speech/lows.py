"""The low part of a voice, brought back where a telephone line has cut it off.

The detector of speech listens for it. What the line leaves is enough to make it again: the pitch of
a voice is the distance between two overtones.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rehearse.model.take import Samples

STEP = 512
"""Samples that are looked at together: a frame of the detector."""
BAND = (60.0, 230.0)
"""Hz of the lowest tone of voices, less what the filter takes to rise and fall."""
RATE = 16000
MISSING = 10**-2.5
"""Share of the sound's power in that band below which it was cut off. Of 15 people at a microphone
none is below .02, of the same on a line that ends sharply at 300 Hz none above .00001."""
MEMORY = 5.0
"""Seconds in which what was heard before counts for less than half."""


class Lows:
    """Follows one sound; how it comes in blocks makes no difference."""

    def __init__(self) -> None:
        import numpy as np

        self._rest = np.zeros(0, np.float32)
        self._before = np.zeros(STEP, np.float32)
        self._low = self._all = 0.0

    def feed(self, samples: Samples) -> Samples:
        """What is whole by now, in steps of `STEP`, with the lows brought back where there are
        none."""
        import numpy as np

        sound = np.concatenate([self._rest, samples.astype(np.float32, copy=False)])
        rest = len(sound) % STEP
        whole, self._rest = sound[: len(sound) - rest], sound[len(sound) - rest :]
        if not len(whole):
            return whole
        part = np.concatenate([self._before, whole])
        self._before = part[-STEP:]
        rows = np.lib.stride_tricks.sliding_window_view(part, 2 * STEP)[::STEP]
        steps = whole.reshape(-1, STEP)
        low, total = (np.mean(np.square(each), axis=1).tolist() for each in (_lows(rows), steps))
        cut_off = np.array(list(map(self._cut_off, low, total)), np.float32)
        # Rectified, overtones sound at their distance again.
        back = _lows(np.abs(rows)) * cut_off[:, None]
        return np.asarray(steps + back, np.float32).reshape(-1)

    def finish(self) -> Samples:
        """What is left."""
        rest, self._rest = self._rest, self._rest[:0]
        return rest

    def _cut_off(self, low: float, total: float) -> bool:
        kept = 0.5 ** (STEP / RATE / MEMORY)
        self._low = kept * self._low + low
        self._all = kept * self._all + total
        return self._low < MISSING * self._all


def _lows(rows: Samples) -> NDArray[np.float64]:
    """Of the second half of each row."""
    import numpy as np

    return np.asarray(np.fft.irfft(np.fft.rfft(rows) * _filter())[:, STEP:])


@cache
def _filter() -> NDArray[np.complex128]:
    """A window over the ideal band-pass, of `STEP` + 1 samples."""
    import numpy as np

    at = np.arange(-STEP // 2, STEP // 2 + 1)
    first, last = (2 * edge / RATE for edge in BAND)
    ideal = last * np.sinc(last * at) - first * np.sinc(first * at)
    return np.asarray(np.fft.rfft(ideal * np.hanning(STEP + 1), 2 * STEP))
