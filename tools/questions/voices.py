"""The voices that the questions are spoken by, and the ear that writes them down."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from rehearse.audio.resample import resampled
from rehearse.config import Settings
from rehearse.errors import VoiceFailed
from rehearse.model.take import SAMPLE_RATE
from rehearse.speech.voice import SpokenVoice
from tools.questions.installed import NotHere, neural_voice

if TYPE_CHECKING:
    from rehearse.model.take import Samples
    from rehearse.ports import Clip

Speak: TypeAlias = "Callable[[str], Samples]"
"""A text as mono sound at 16 kHz."""
Write: TypeAlias = "Callable[[Samples], str]"

SEED = 1
"""The neural voice never says a text twice in the same way."""
TRIES = 4
"""On a busy machine a voice may give no sound, and does at the next try."""


def espeak() -> Speak:
    """The product's own voice at its own rate."""
    voice = SpokenVoice(rate=Settings.rate, driver="espeak")

    def speak(text: str) -> Samples:
        clip = _render(voice, text)
        return resampled(clip.samples, clip.rate, SAMPLE_RATE)

    return speak


class NeuralVoice:
    """Raises NotHere where the voice, or what speaks with it, is not installed."""

    def __init__(self) -> None:
        model = neural_voice()
        try:
            self._piper: Any = importlib.import_module("piper")
        except ImportError as error:
            raise NotHere("the package piper-tts is not installed") from error
        importlib.import_module("onnxruntime").set_seed(SEED)
        self._voice = self._piper.PiperVoice.load(model, config_path=f"{model}.json")

    def speak(self, text: str, *, slowly: float | None = None) -> tuple[Samples, int]:
        """Mono sound and its rate; `slowly` is by how much longer each phoneme lasts."""
        how = self._piper.SynthesisConfig(length_scale=slowly, normalize_audio=slowly is None)
        parts = [one.audio_float_array for one in self._voice.synthesize(text, how)]
        return np.concatenate(parts), self._voice.config.sample_rate


def neural() -> Speak:
    """Raises NotHere."""
    voice = NeuralVoice()

    def speak(text: str) -> Samples:
        return resampled(*voice.speak(text), SAMPLE_RATE)

    return speak


def whisper(folder: Path) -> Write:
    """Five beams and no second try, so that it writes the same each time."""
    from faster_whisper import WhisperModel

    model = WhisperModel(str(folder), compute_type="int8", cpu_threads=1)

    def write(sound: Samples) -> str:
        segments, _ = model.transcribe(sound, language="en", beam_size=5, temperature=0.0)
        return " ".join(segment.text.strip() for segment in segments)

    return write


def _render(voice: SpokenVoice, text: str) -> Clip:
    for _ in range(TRIES - 1):
        try:
            return voice.render(text)
        except VoiceFailed:
            continue
    return voice.render(text)
