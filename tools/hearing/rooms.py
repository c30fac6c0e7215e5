"""What happens to a voice on its way to the microphone, and sound without any: all made here, the
same each time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from rehearse.model.take import SAMPLE_RATE

if TYPE_CHECKING:
    from rehearse.model.take import Samples

Room: TypeAlias = "Callable[[Samples], Samples]"

SEED = 15
ROOM_TONE = -72.0
"""dBFS of the room behind a voice, however quiet that is."""
NOISE_BELOW = 5.0
"""dB of the noise below the voice where a room is loud."""
REVERBERATION = 0.7
"""Seconds in which an echoing room falls by 60 dB."""
DIRECT = 1.0
"""Energy of the direct sound to that of the echoes: two metres from the microphone."""
TELEPHONE = (300.0, 3400.0)
"""Hz."""
SCALE = (0, 2, 4, 5, 7, 9, 11, 12)
ALONE = 30.0
"""Seconds of a sound without a voice."""
AROUND = 4.0
"""Seconds of noise before a voice and behind it."""
VOICES = 8
"""People who speak at once."""


def _chance() -> np.random.Generator:
    return np.random.default_rng(SEED)


def level(sound: Samples) -> float:
    """dBFS of its loud part: the 85th percentile of 10 ms levels."""
    steps = sound[: len(sound) // 160 * 160].reshape(-1, 160).astype(np.float64)
    power = np.maximum(np.mean(steps**2, axis=1), 1e-10)
    return float(np.percentile(10 * np.log10(power), 85))


def recorded(sound: Samples) -> Samples:
    """As 16 bit hold it."""
    return (np.rint(np.clip(sound, -1, 1) * 32767) / 32768).astype(np.float32)


def quieter(by: float) -> Room:
    """The voice comes at -20 dBFS less so many dB, over the tone of a quiet room."""

    def room(sound: Samples) -> Samples:
        scaled = sound * 10 ** ((-20.0 - by - level(sound)) / 20)
        return recorded(scaled + hiss(len(sound), ROOM_TONE))

    return room


def telephone(sound: Samples) -> Samples:
    spectrum = np.fft.rfft(sound)
    hertz = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    spectrum[(hertz < TELEPHONE[0]) | (hertz > TELEPHONE[1])] = 0
    return recorded(np.fft.irfft(spectrum, len(sound)))


def reverberant(sound: Samples) -> Samples:
    """Direct sound, then noise that dies away."""
    times = np.arange(round(REVERBERATION * SAMPLE_RATE)) / SAMPLE_RATE
    echoes = _chance().normal(0, 1, len(times)) * 10 ** (-3 * times / REVERBERATION)
    echoes[: round(0.003 * SAMPLE_RATE)] = 0
    echoes /= np.sqrt(DIRECT * np.sum(echoes**2))
    echoes[0] = 1.0
    size = len(sound) + len(echoes)
    wet = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(echoes, size), size)[: len(sound)]
    return recorded(wet / max(1.0, float(np.abs(wet).max())))


def noisy(noise: Callable[[int, float], Samples]) -> Room:
    """The voice at -20 dBFS in a noise of a size and an RMS level in dBFS, which is there before
    and after it."""

    def room(sound: Samples) -> Samples:
        near = np.pad(sound, round(AROUND * SAMPLE_RATE)) * 10 ** ((-20.0 - level(sound)) / 20)
        return recorded(near + noise(len(near), -20.0 - NOISE_BELOW))

    return room


def babble(others: Sequence[Samples]) -> Room:
    """People who speak at once, none of whom can be understood."""

    def noise(size: int, dbfs: float) -> Samples:
        chance = _chance()
        total = np.zeros(size)
        for _ in range(VOICES):
            one = others[chance.integers(len(others))]
            one = np.roll(one, chance.integers(len(one))) / np.sqrt(np.mean(one**2))
            total += np.resize(one, size)
        return (total * 10 ** (dbfs / 20) / np.sqrt(np.mean(total**2))).astype(np.float32)

    return noisy(noise)


VOICED: dict[str, Room] = {
    "as_loud_as_usual": quieter(0),
    "10_db_down": quieter(10),
    "20_db_down": quieter(20),
    "30_db_down": quieter(30),
    "telephone": telephone,
    "reverberant": reverberant,
}


def noises(others: Sequence[Samples]) -> dict[str, Room]:
    """`others` are recordings of other people."""
    rooms = {"noise_5_db_below": noisy(hiss), "white_noise_5_db_below": noisy(white)}
    return {**rooms, "babble_5_db_below": babble(others)} if others else rooms


def hiss(size: int, dbfs: float) -> Samples:
    """Pink, as rooms are."""
    spectrum = np.fft.rfft(_chance().normal(0, 1, size))
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 20))
    noise = np.fft.irfft(spectrum, size)
    return (noise * 10 ** (dbfs / 20) / np.sqrt(np.mean(noise**2))).astype(np.float32)


def white(size: int, dbfs: float) -> Samples:
    return recorded(_chance().normal(0, 10 ** (dbfs / 20), size))


def _hum() -> Samples:
    times = np.arange(round(ALONE * SAMPLE_RATE)) / SAMPLE_RATE
    return recorded(sum(0.05 / n * np.sin(2 * np.pi * 50 * n * times) for n in (1, 2, 3, 5)))


def _clicks() -> Samples:
    """Keys and doors: short bursts at odd times."""
    chance = _chance()
    sound = hiss(round(ALONE * SAMPLE_RATE), ROOM_TONE)
    for second in np.cumsum(chance.uniform(0.1, 1.5, 60)):
        at = round(second * SAMPLE_RATE)
        if second < ALONE - 0.1:
            size = round(chance.uniform(0.005, 0.06) * SAMPLE_RATE)
            burst = chance.normal(0, chance.uniform(0.05, 0.4), size)
            sound[at : at + size] += burst * np.exp(-np.arange(size) * 5 / size)
    return recorded(sound)


def _music() -> Samples:
    """Chords under a tune, with a beat."""
    chance = _chance()
    beat = round(0.4 * SAMPLE_RATE)
    times = np.arange(beat) / SAMPLE_RATE
    fades = np.minimum(1, np.minimum(times, times[::-1]) / 0.02) * np.exp(-2 * times)
    bars = []
    for number in range(round(ALONE / 0.4)):
        root = 110 * 2 ** (chance.choice((0, 5, 7, 9)) / 12)
        notes = [root, root * 1.26, root * 1.5, 2 * root * 2 ** (chance.choice(SCALE) / 12)]
        tones = [np.sin(2 * np.pi * k * note * times) / k for note in notes for k in range(1, 6)]
        drum = chance.normal(0, 0.3, beat) * np.exp(-40 * times) * (number % 2)
        bars.append((np.sum(tones, axis=0) * 0.04 + drum) * fades)
    return recorded(np.concatenate(bars))


def without_a_voice() -> dict[str, Samples]:
    size = round(ALONE * SAMPLE_RATE)
    return {
        "silence": np.zeros(size, np.float32),
        "room_tone": recorded(hiss(size, ROOM_TONE)),
        "quiet_noise": white(size, -60.0),
        "loud_noise": white(size, -20.0),
        "pink_noise": recorded(hiss(size, -25.0)),
        "hum": _hum(),
        "music": _music(),
        "clicks": _clicks(),
    }
