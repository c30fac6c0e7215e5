"""Other rooms, microphones, noises and levels for clean sound."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.miniature.speak import RATE, Sound

CLEAN, ROOM, MICROPHONE, NOISY, TELEPHONE = 0.33, 0.4, 0.5, 0.8, 0.35
"""Shares: of clean sound in all, the next three in the rest, telephones among microphones."""


def spoiled(sound: Sound, random: np.random.Generator) -> Sound:
    level = float(np.sqrt(np.mean(np.square(sound)))) + 1e-6
    if random.random() < CLEAN:
        return sound * np.float32(random.uniform(0.1, 1.0))
    if random.random() < ROOM:
        sound = in_a_room(sound, random)
    if random.random() < MICROPHONE:
        sound = through_a_microphone(sound, random)
    if random.random() < NOISY:
        sound = sound + noise(len(sound), level * 10 ** -random.uniform(0.7, 2.3), random)
    loudness = 10 ** random.uniform(-1.7, 0.3)
    return np.clip(sound * loudness, -1.0, 1.0).astype(np.float32)


def noise(length: int, level: float, random: np.random.Generator) -> Sound:
    """Between white and brown, of the given root mean square."""
    spectrum = np.fft.rfft(random.standard_normal(length))
    hertz = np.fft.rfftfreq(length, 1 / RATE) + 20
    coloured = np.fft.irfft(spectrum / hertz ** random.uniform(0, 1), length)
    return (coloured * (level / (coloured.std() + 1e-12))).astype(np.float32)


def in_a_room(sound: Sound, random: np.random.Generator) -> Sound:
    length = int(random.uniform(0.05, 0.3) * RATE)
    echo = random.standard_normal(length) * np.exp(-np.linspace(0, 6, length))
    echo *= random.uniform(0.02, 0.08)
    echo[0] = 1.0
    return _filtered(sound, np.fft.rfft(echo, _size(len(sound) + length)))


def through_a_microphone(sound: Sound, random: np.random.Generator) -> Sound:
    size = _size(len(sound) + RATE)
    hertz = np.fft.rfftfreq(size, 1 / RATE)
    bend = np.interp(hertz, np.geomspace(60, 8000, 6), random.uniform(-6, 6, 6))
    if random.random() < TELEPHONE:
        bend = bend - 40 * ((hertz < random.uniform(80, 300)) | (hertz > 3500))
    return _filtered(sound, 10 ** (bend / 20))


def _filtered(sound: Sound, response: NDArray[np.float64] | NDArray[np.complex128]) -> Sound:
    size = 2 * (len(response) - 1)
    return np.fft.irfft(np.fft.rfft(sound, size) * response, size)[: len(sound)].astype(np.float32)


def _size(length: int) -> int:
    return 1 << (length - 1).bit_length()
