"""Log-mel frames as faster-whisper makes them, and the spoiling of clean synthetic sound."""

from __future__ import annotations

import numpy as np
import torch
from faster_whisper.feature_extractor import FeatureExtractor
from torch import Tensor

from .speak import RATE, Sound

MELS, FFT, HOP = 80, 400, 160
FILTERS = torch.from_numpy(FeatureExtractor.get_mel_filters(RATE, FFT, MELS).astype(np.float32))
HANN = torch.hann_window(FFT)
CLEAN, ROOM, NOISE, HUM, TILT, MASK = 0.35, 0.25, 0.6, 0.06, 0.4, 0.3


def log_mel(sound: Sound, headroom: float = 0.0) -> Tensor:
    """(80, frames) at 100 frames a second.

    faster-whisper clips at 8 below the loudest frame of the whole file, of which a window is a
    part: `headroom` says how much louder (log10 of power) that frame is than ours.
    """
    wave = torch.from_numpy(np.pad(sound, (0, HOP)))
    spectrum = torch.stft(wave, FFT, HOP, window=HANN, return_complex=True)[..., :-1]
    logs = (FILTERS @ spectrum.abs().square()).clamp(min=1e-10).log10()
    return (torch.maximum(logs, logs.max() + headroom - 8.0) + 4.0) / 4.0


def spoil(sound: Sound, random: np.random.Generator) -> Sound:
    """Another room, level and noise; a third stays as clean as the program's own speech."""
    if random.random() < CLEAN:
        return sound * np.float32(random.uniform(0.3, 1.0))
    if random.random() < ROOM:
        sound = _in_a_room(sound, random)
    sound = sound * np.float32(10 ** random.uniform(-1.5, 0.0))
    level = float(np.sqrt(np.mean(np.square(sound)))) + 1e-5
    if random.random() < NOISE:
        sound = sound + noise(len(sound), level * 10 ** -random.uniform(0.6, 2.2), random)
    if random.random() < HUM:
        sound = sound + hum(len(sound), level * 10 ** -random.uniform(0.7, 1.7), random)
    return np.clip(sound, -1.0, 1.0).astype(np.float32)


def _in_a_room(sound: Sound, random: np.random.Generator) -> Sound:
    length = int(random.uniform(0.05, 0.25) * RATE)
    decay = np.exp(-np.linspace(0.0, 6.0, length)) * random.uniform(0.02, 0.10)
    impulse = (random.standard_normal(length) * decay).astype(np.float32)
    impulse[0] = 1.0
    size = 1 << (len(sound) + length - 1).bit_length()
    wet = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(impulse, size), size)
    return wet[: len(sound)].astype(np.float32)


def noise(length: int, level: float, random: np.random.Generator) -> Sound:
    """Noise between white and brown, of the given root mean square."""
    white = random.standard_normal(length, dtype=np.float32)
    if random.random() < 0.5:
        white = np.convolve(white, np.hanning(random.integers(3, 24)), mode="same")
    return (white * (level / (float(white.std()) + 1e-9))).astype(np.float32)


def hum(length: int, level: float, random: np.random.Generator) -> Sound:
    """Mains hum with its overtones, or any steady tone."""
    times = np.arange(length) / RATE
    pitch = random.choice((50.0, 60.0, random.uniform(80.0, 400.0)))
    tones = [
        random.random() * np.sin(2 * np.pi * (k * pitch * times + random.random()))
        for k in range(1, 6)
    ]
    total = np.sum(tones, axis=0)
    return (total * (level / (float(total.std()) + 1e-9))).astype(np.float32)


def spoil_mel(mel: Tensor, random: np.random.Generator) -> Tensor:
    """A random tilt of the spectrum (another microphone) and a masked band."""
    if random.random() < TILT:
        bend = random.uniform(-0.12, 0.12, 4)
        curve = np.interp(np.arange(MELS), np.linspace(0, MELS, 4), bend).astype(np.float32)
        mel = mel + torch.from_numpy(curve)[:, None]
    if random.random() < MASK:
        low = int(random.integers(0, MELS - 8))
        mel = mel.clone()
        mel[low : low + int(random.integers(2, 9))] = mel.mean()
    return mel
