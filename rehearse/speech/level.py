"""A voice at one level: what looks for speech takes absolute level, and a voice that is far from
its microphone is 20 or 30 dB below one that is near."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rehearse.model.take import Samples

FRAME = 512
HOP = 128
"""Samples of which one level is taken: 8 ms, a quarter of a frame of the detector."""
TARGETS = (-30.0, -8.0)
"""dBFS of a loud voice, in the ear of the detector. At which of them it hears more depends on the
voice and the room: people on the telephone at the lower, in an echoing room at the higher."""
LOUD = 0.85
"""The level of speech is that of its loud part: this share of all levels lies below it."""
LONG, SHORT = 2500, 125
"""Levels that are looked back on, 20 s and 1 s: a pause changes nothing, and a voice that begins
after silence is met within a fifth of a second."""
MOST = 40.0
"""dB; what is still below -60 dBFS then is a room and no voice."""
QUIETEST = -100
"""dBFS: the floor of a level. They are counted in whole dB."""
_BINS = 1 - QUIETEST


class RunningGain:
    """Follows one sound; how it comes in blocks makes no difference."""

    def __init__(self, target: float) -> None:
        import numpy as np

        self._target = target
        self._rest = np.zeros(0, np.float32)
        self._windows = (_Loudness(LONG), _Loudness(SHORT))
        self._gain = 1.0

    def feed(self, samples: Samples) -> Samples:
        """What is whole by now, in steps of `HOP`, raised where it is quiet."""
        import numpy as np

        sound = np.concatenate([self._rest, samples.astype(np.float32, copy=False)])
        rest = len(sound) % HOP
        whole, self._rest = sound[: len(sound) - rest], sound[len(sound) - rest :]
        return self._raised(whole.reshape(-1, HOP))

    def finish(self) -> Samples:
        """What is left, at the last gain."""
        rest, self._rest = self._rest, self._rest[:0]
        return _limited(rest * self._gain)

    def _raised(self, steps: Samples) -> Samples:
        import numpy as np

        if not len(steps):
            return steps.reshape(-1)
        power = np.mean(np.square(steps, dtype=np.float64), axis=1)
        levels = np.rint(10 * np.log10(np.maximum(power, 10 ** (QUIETEST / 10)))).astype(int)
        gains = np.array([self._gain, *map(self._follow, levels.tolist())])
        self._gain = float(gains[-1])
        slopes = np.linspace(0.0, 1.0, HOP, dtype=np.float32)
        ramps = gains[:-1, None] + (gains[1:] - gains[:-1])[:, None] * slopes
        return _limited((steps * ramps).reshape(-1))

    def _follow(self, level: int) -> float:
        loud = max([window.add(level) for window in self._windows])
        return float(10 ** (min(max(self._target - loud, 0.0), MOST) / 20))


class Levels:
    """The level of each frame of the detector, in dB; how the sound comes in blocks makes no
    difference."""

    def __init__(self) -> None:
        import numpy as np

        self._rest = np.zeros(0, np.float32)

    def feed(self, samples: Samples) -> list[float]:
        """Of the frames that are whole by now."""
        import numpy as np

        sound = np.concatenate([self._rest, samples.astype(np.float32, copy=False)])
        rest = len(sound) % FRAME
        whole, self._rest = sound[: len(sound) - rest], sound[len(sound) - rest :]
        power = np.mean(np.square(whole.reshape(-1, FRAME), dtype=np.float64), axis=1)
        levels: list[float] = (10 * np.log10(np.maximum(power, 10 ** (QUIETEST / 10)))).tolist()
        return levels

    def finish(self) -> list[float]:
        """Of the frame that was begun."""
        import numpy as np

        missing = -len(self._rest) % FRAME
        return self.feed(np.zeros(missing, np.float32)) if missing else []


class _Loudness:
    """The loud level of the last so many steps."""

    def __init__(self, steps: int) -> None:
        import numpy as np

        self._last: deque[int] = deque()
        self._steps = steps
        self._counts: NDArray[np.int64] = np.zeros(_BINS, np.int64)

    def add(self, level: int) -> int:
        place = min(max(level, QUIETEST), 0) - QUIETEST
        self._last.append(place)
        self._counts[place] += 1
        if len(self._last) > self._steps:
            self._counts[self._last.popleft()] -= 1
        wanted = LOUD * len(self._last)
        return int(self._counts.cumsum().searchsorted(wanted)) + QUIETEST


def _limited(sound: Samples) -> Samples:
    import numpy as np

    return np.clip(sound, -1.0, 1.0).astype(np.float32)
