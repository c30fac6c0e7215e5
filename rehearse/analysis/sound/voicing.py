"""What each hundredth of a second of sound is like: its level, voicing and pitch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rehearse.model.take import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rehearse.model.take import Samples

    Floats = NDArray[np.float32]

HOP = 0.01
"""Seconds from frame to frame."""
STEP = round(HOP * SAMPLE_RATE)
WINDOW = 1024
"""Samples of which the pitch is told: 64 ms, four periods of the lowest voice."""
LEVEL_WINDOW = 512
"""Samples of which the level is told; vowels may be as short as 50 ms."""
FFT = 2048
"""Twice the window, so that the autocorrelation does not wrap around."""
LOWEST_PITCH, HIGHEST_PITCH = 65.0, 400.0
"""Hz of speech, from a low man's creak to a child's."""
PITCH_BAND = 1000.0
"""Hz; overtones above it are noisier than those below."""
FLOOR = 1e-10
"""Power under which a frame is silence."""
BLOCK = 1000
"""Frames at a time, ten seconds, so that an hour needs no more memory for the spectra."""


@dataclass(frozen=True)
class Frames:
    """One entry a frame; frame k is centred at (k + 0.5) hops."""

    level: Floats
    """dB of full scale."""
    voicing: Floats
    """0 for noise to 1 for a perfectly periodic sound: the peak of the autocorrelation."""
    pitch: Floats
    """log2 of Hz; means nothing where there is no voice."""

    def __len__(self) -> int:
        return len(self.level)


def frames(samples: Samples) -> Frames:
    import numpy as np

    count = len(samples) // STEP
    blocks = [
        _block(_windows(samples, first, min(first + BLOCK, count)))
        for first in range(0, count, BLOCK)
    ]
    if not blocks:
        none = np.zeros(0, np.float32)
        return Frames(none, none, none)
    return Frames(*(np.concatenate(parts) for parts in zip(*blocks, strict=True)))


def _windows(samples: Samples, first: int, last: int) -> Samples:
    """One row of WINDOW samples for each frame from `first` to before `last`; silence outside."""
    import numpy as np

    margin = (WINDOW - STEP) // 2
    start, stop = first * STEP - margin, (last - 1) * STEP - margin + WINDOW
    part = samples[max(0, start) : stop]
    part = np.pad(part, (max(0, -start), max(0, stop - len(samples))))
    return np.lib.stride_tricks.sliding_window_view(part, WINDOW)[::STEP]


def _block(windows: Samples) -> tuple[Floats, Floats, Floats]:
    import numpy as np

    tables = _tables()
    plain = windows - windows.mean(axis=1, keepdims=True)
    margin = (WINDOW - LEVEL_WINDOW) // 2
    short = _power(plain[:, margin:-margin] * tables.short_window, LEVEL_WINDOW)
    level = 10 * np.log10(short.sum(axis=1) * tables.to_power + FLOOR)
    voicing, pitch = _periodicity(_power(plain * tables.window, FFT), tables.of_window)
    return level.astype(np.float32), voicing, pitch


def _power(windows: Samples, size: int) -> Floats:
    import numpy as np

    spectrum = np.fft.rfft(windows, size)
    return (spectrum.real**2 + spectrum.imag**2).astype(np.float32)


def _periodicity(power: Floats, of_window: Floats) -> tuple[Floats, Floats]:
    """Height and place of the autocorrelation's peak, the window's own fall divided out
    (Boersma 1993)."""
    import numpy as np

    low = power.copy()
    low[:, round(PITCH_BAND * FFT / SAMPLE_RATE) :] = 0
    shortest, longest = (round(SAMPLE_RATE / hertz) for hertz in (HIGHEST_PITCH, LOWEST_PITCH))
    lags = np.fft.irfft(low, FFT)[:, : longest + 2].astype(np.float32)
    lags /= (lags[:, :1] + FLOOR) * of_window[: longest + 2]
    # A little less for long lags: a voice repeats at two periods as well as at one.
    weighted = lags[:, shortest:-1] - 0.02 * np.log2(np.arange(shortest, longest + 1) / shortest)
    best = weighted.argmax(axis=1) + shortest
    height = np.take_along_axis(lags, best[:, None], axis=1)[:, 0]
    pitch = np.log2(SAMPLE_RATE / best)
    return np.clip(height, 0, 1), pitch.astype(np.float32)


@dataclass(frozen=True)
class _Tables:
    window: Floats
    of_window: Floats
    """The window's own autocorrelation."""
    short_window: Floats
    to_power: float
    """From the sum over half a spectrum to mean squared samples."""


@cache
def _tables() -> _Tables:
    import numpy as np

    window, short = (np.hanning(size + 2)[1:-1] for size in (WINDOW, LEVEL_WINDOW))
    of_window = np.fft.irfft(np.abs(np.fft.rfft(window, FFT)) ** 2, FFT)
    return _Tables(
        window=window.astype(np.float32),
        of_window=(of_window / of_window[0]).astype(np.float32),
        short_window=short.astype(np.float32),
        to_power=2 / LEVEL_WINDOW / float((short**2).sum()),
    )
