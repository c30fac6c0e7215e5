"""Filled pauses by a source and a filter, so that they do not all have espeak's timbre.

Each period of the voice is the impulse response of the vocal tract at that moment; pitch, loudness
and tract drift and jitter as in a person who is thinking.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rehearse.analysis.sound.voicing import frames
from tools.miniature.speak import RATE, Sound

FFT = 1024
HERTZ = np.arange(FFT // 2 + 1) * RATE / FFT
NEUTRAL = (520.0, 1450.0, 2450.0, 3500.0, 4500.0)
"""Formants in Hz of a schwa in a tract of 17.5 cm."""
HUM = (260.0, 1050.0, 2200.0, 3300.0, 4500.0)
"""Of an "m": the nose's; those above the first are weak and broad."""
SMOOTH = 40
"""Cepstral coefficients of a measured envelope: finer than that are the overtones."""

Envelope = NDArray[np.float64]
"""Natural logarithm of the magnitude at `HERTZ`."""


@dataclass(frozen=True)
class Throat:
    pitch: float
    """Hz, the speaker's usual one."""
    vowel: Envelope
    hum: Envelope


def made_up(pitch: float, random: np.random.Generator) -> Throat:
    """A throat of formants; higher voices have shorter tracts."""
    size = float(np.clip((pitch / 120) ** 0.25 * random.uniform(0.93, 1.07), 0.85, 1.3))
    vowel = [hertz * size * random.uniform(0.88, 1.14) for hertz in NEUTRAL]
    vowel[0] *= random.uniform(0.85, 1.35)  # from a closed "er" to an open "ah"
    tilt = random.uniform(-2.0, 0.3)
    widths = [random.uniform(60, 120) * (1 + k / 2) for k in range(5)]
    broad = [random.uniform(60, 110), *(random.uniform(200, 500) for _ in range(4))]
    hum = _formants([hertz * size for hertz in HUM], broad, tilt)
    fall = random.uniform(1.2, 2.5)
    return Throat(pitch, _formants(vowel, widths, tilt), hum - fall * np.greater(HERTZ, 500 * size))


def measured(sound: Sound, random: np.random.Generator) -> Throat | None:
    """A throat of the speaker's own: the mean of all voiced sounds is near the neutral vowel."""
    seen = frames(sound)
    loud = np.percentile(seen.level, 85)
    places = np.flatnonzero((seen.voicing > 0.7) & (seen.level > loud - 15))
    if len(places) < 50:
        return None
    pitch = float(2 ** np.median(seen.pitch[places]))
    chosen = random.choice(places, size=min(len(places), 400), replace=False)
    windows = np.stack([_window(sound, int(place)) for place in chosen])
    logs = np.log(np.abs(np.fft.rfft(windows * np.hanning(FFT), FFT)) + 1e-7)
    cepstra = np.fft.irfft(logs.mean(axis=0))
    cepstra[SMOOTH : FFT - SMOOTH] = 0
    envelope = np.fft.rfft(cepstra).real
    warp = random.uniform(0.92, 1.08)
    vowel = np.interp(HERTZ / warp, HERTZ, envelope)
    bump = random.uniform(0.0, 1.2) * np.exp(-(((HERTZ - random.uniform(450, 700)) / 150) ** 2))
    like = made_up(pitch, random)
    tilted = vowel + bump + random.uniform(-0.5, 0.3) * np.log2(1 + HERTZ / 1000)
    colour = envelope - _broad(envelope)
    return Throat(pitch, tilted, like.hum + 0.5 * colour)


def filled_pause(
    throat: Throat, seconds: float, hum_from: float, random: np.random.Generator
) -> Sound:
    """`hum_from` is the share after which it hums: 1 for "uh", 0 for "mm"."""
    length = int(seconds * RATE)
    base = throat.pitch * 2 ** (random.normal(-1.0, 1.5) / 12)
    fall = random.uniform(-3.0, 0.7) / 12
    jitter, shimmer = random.uniform(0.003, 0.02), random.uniform(0.02, 0.12)
    breath = random.uniform(0.003, 0.05)
    out = np.zeros(length + FFT)
    now, wander = 0.0, 0.0
    while now < length:
        share = now / length
        wander = 0.98 * wander + random.normal(0, 0.02)
        tract = _blend(throat, share, hum_from) + 0.3 * wander * np.cos(np.pi * HERTZ / 3000)
        pulse = _minimum_phase(tract)
        noise = random.standard_normal(FFT) * breath * np.hanning(FFT)
        puff = np.fft.irfft(np.fft.rfft(noise) * np.exp(tract - tract.max()), FFT)
        gain = _swell(share, seconds) * (1 + shimmer * random.standard_normal())
        out[int(now) : int(now) + FFT] += gain * (pulse + puff * np.abs(pulse).max())
        pitch = base * 2 ** (fall * share + 0.3 * wander / 12)
        now += RATE / pitch * (1 + jitter * random.standard_normal())
    return (out[:length] / (np.abs(out).max() + 1e-9)).astype(np.float32)


def _blend(throat: Throat, share: float, hum_from: float) -> Envelope:
    hummed = float(np.clip((share - hum_from) / 0.12, 0, 1)) if hum_from < 1 else 0.0
    return (1 - hummed) * throat.vowel + hummed * (
        throat.hum - throat.hum.max() + throat.vowel.max() - 0.7
    )


def _swell(share: float, seconds: float) -> float:
    rise, fall = share * seconds / 0.04, (1 - share) * seconds / 0.09
    return min(1.0, rise, fall) * (1 - 0.3 * share)


def _formants(centres: list[float], widths: list[float], tilt: float) -> Envelope:
    """Resonances one behind the other, and a source that falls by 12 dB an octave at `tilt` -2."""
    s = 1j * HERTZ
    logs = (tilt - 1) * np.log(1 + HERTZ / 300)
    for centre, width in zip(centres, widths, strict=True):
        pole = -width / 2 + 1j * centre
        logs = logs + np.log(np.abs(pole) ** 2 / np.abs((s - pole) * (s - np.conj(pole))))
    return np.asarray(logs, np.float64)


def _minimum_phase(log_magnitude: Envelope) -> NDArray[np.float64]:
    cepstra = np.fft.irfft(log_magnitude, FFT)
    cepstra[1 : FFT // 2] *= 2
    cepstra[FFT // 2 + 1 :] = 0
    return np.asarray(np.fft.irfft(np.exp(np.fft.rfft(cepstra)), FFT))


def _window(sound: Sound, place: int) -> Sound:
    first = max(0, min(place * 160 - FFT // 2, len(sound) - FFT))
    return sound[first : first + FFT]


def _broad(envelope: Envelope) -> Envelope:
    return np.convolve(np.pad(envelope, 40, mode="edge"), np.ones(81) / 81, mode="valid")
