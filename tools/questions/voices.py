"""The voices that the questions are spoken by, and the ear that writes them down."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from rehearse.audio.resample import resampled
from rehearse.config import Settings
from rehearse.errors import VoiceFailed
from rehearse.model.take import SAMPLE_RATE
from rehearse.speech import natural
from rehearse.speech.voice import SpokenVoice
from tools.questions.installed import NotHere, neural_voice

if TYPE_CHECKING:
    from rehearse.model.take import Samples
    from rehearse.ports import Clip

Speak: TypeAlias = "Callable[[str], Samples]"
"""A text as mono sound at 16 kHz."""
Write: TypeAlias = "Callable[[Sequence[Samples]], list[str]]"
"""Sounds that fit one window, and what was written down of each."""

SEED = 1
"""The neural voice never says a text twice in the same way."""
WINDOW = 29.0
"""Seconds. Whisper reads thirty at a time, and as long for one short question as for six."""
GAP = 1.5
"""Seconds of silence between two sounds of a window."""
LOOPS = 2.4
"""By how much text is compressed that says the same again and again. Whisper writes such text now
and then in the silence behind several sounds; each is written down alone then."""
EARS = 2
"""Windows that are read at the same time, each on a core of its own."""
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
    """At the product's rate. Raises NotHere."""
    voice = NeuralVoice()
    slowly = natural.OWN_RATE / Settings.rate

    def speak(text: str) -> Samples:
        return resampled(*voice.speak(text, slowly=slowly), SAMPLE_RATE)

    return speak


def whisper(folder: Path) -> Write:
    """Five beams and no second try, so that it writes the same each time."""
    from faster_whisper import WhisperModel

    model = WhisperModel(str(folder), compute_type="int8", cpu_threads=1, num_workers=EARS)

    def write(sounds: Sequence[Samples]) -> list[str]:
        found, _ = model.transcribe(
            spaced(sounds),
            language="en",
            beam_size=5,
            temperature=0.0,
            word_timestamps=True,
            condition_on_previous_text=False,
        )
        segments = list(found)
        if len(sounds) > 1 and any(one.compression_ratio > LOOPS for one in segments):
            return [text for sound in sounds for text in write([sound])]
        words = [word for segment in segments for word in segment.words or ()]
        timed = [Timed(word.word, (word.start + word.end) / 2) for word in words]
        return shared_out(timed, [len(sound) / SAMPLE_RATE for sound in sounds])

    return write


def spaced(sounds: Sequence[Samples]) -> Samples:
    """One after the other, with a gap behind each."""
    gap = np.zeros(round(GAP * SAMPLE_RATE), np.float32)
    return np.concatenate([part for sound in sounds for part in (sound, gap)])


def windows(durations: Sequence[float]) -> Iterator[list[int]]:
    """The places of sounds, in order, by as many as fit one window."""
    held: list[int] = []
    length = 0.0
    for place, duration in enumerate(durations):
        if held and length + duration > WINDOW:
            yield held
            held, length = [], 0.0
        held.append(place)
        length += duration + GAP
    if held:
        yield held


@dataclass(frozen=True)
class Timed:
    text: str
    middle: float
    """Seconds into the window."""


def shared_out(words: Sequence[Timed], durations: Sequence[float]) -> list[str]:
    """The words of each sound: those before the middle of the gap behind it. What is written behind
    the last gap stands for no sound."""
    ends = [end - GAP / 2 for end in accumulate(one + GAP for one in durations)]
    starts = [0.0, *ends[:-1]]
    return [
        "".join(word.text for word in words if start <= word.middle < end).strip()
        for start, end in zip(starts, ends, strict=True)
    ]


def _render(voice: SpokenVoice, text: str) -> Clip:
    for _ in range(TRIES - 1):
        try:
            return voice.render(text)
        except VoiceFailed:
            continue
    return voice.render(text)
