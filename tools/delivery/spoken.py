"""Synthetic speech with silences of known length, and tones of known pitch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from rehearse.model.take import SAMPLE_RATE, Span, Word
from tools.miniature.speak import PAUSES, Speaker, Speech, Voice
from tools.star.answers import FOLDER

if TYPE_CHECKING:
    from rehearse.model.take import Samples

VOICES = (
    Voice("en-us", 150, 40),
    Voice("en-us", 175, 50),
    Voice("en-gb", 165, 35),
    Voice("en-us+f3", 160, 55),
    Voice("en-gb+f2", 180, 60),
    Voice("en-us+m3", 140, 30),
)
SILENCES = (0.1, 0.15, 0.3, 0.4, 0.6, 0.9, 1.5, 2.5)
"""Seconds; the first two are shorter than a pause."""
EDGE = 0.01
"""Of the loudest sample: what is below it at the edges of a clip is no speech."""
VOWEL = re.compile(r"[',%=_^]*[aeiouAEIOU03@V]")
SYLLABIC = ("n-", "l-", "r-")
STORIES = ("more1.txt", "more2.txt", "more3.txt")
CLAUSE = re.compile(r"^[A-Z] (.*)", re.MULTILINE)
WORD = re.compile(r"[A-Za-z']+")


@dataclass(frozen=True)
class Clip:
    samples: Samples
    silences: tuple[Span, ...]
    """All that were put in, the shortest too."""
    words: tuple[Word, ...]
    syllables: int
    """By the voice's own phonemes."""

    @property
    def phonation(self) -> float:
        return len(self.samples) / SAMPLE_RATE - sum(each.duration for each in self.silences)


def phrases(count: int) -> list[str]:
    """Of three to nine words from answers of ours, without marks: a voice pauses at none of them.
    Figures and initials are left out."""
    texts = [(FOLDER / name).read_text("utf-8") for name in STORIES]
    said = (line for text in texts for line in CLAUSE.findall(text))
    found = (" ".join(part.split()) for one in said for part in re.split(r"[^A-Za-z' ]+", one))
    plain = (part for part in found if 3 <= len(part.split()) <= 9 and not part.isupper())
    return list(islice(plain, count))


def clip(
    speaker: Speaker,
    voice: Voice,
    texts: Sequence[str],
    *,
    random: np.random.Generator,
    noise: float,
) -> Clip:
    """Phrases with a silence between any two; `noise` is its level in dBFS."""
    parts: list[Samples] = []
    silences: list[Span] = []
    words: list[Word] = []
    now, syllables = 0.0, 0
    for number, text in enumerate(texts):
        if number:
            length = float(random.choice(SILENCES))
            parts.append(np.zeros(round(length * SAMPLE_RATE), np.float32))
            silences.append(Span(now, now + length))
            now += length
        speech = speaker.speak(text, voice)
        sound, cut = trimmed(speech.sound)
        parts.append(sound)
        words += [Word(w.text, now + w.start - cut, now + w.end - cut) for w in speech.words]
        syllables += syllables_of(speech)
        now += len(sound) / SAMPLE_RATE
    whole = np.concatenate(parts)
    hiss = random.normal(0, 10 ** (noise / 20), len(whole)).astype(np.float32)
    return Clip(whole * 0.5 + hiss, tuple(silences), tuple(words), syllables)


def trimmed(sound: Samples) -> tuple[Samples, float]:
    """Without the silence at its edges, and the seconds that were cut at its start."""
    loud = np.flatnonzero(np.abs(sound) > EDGE * np.abs(sound).max())
    return sound[loud[0] : loud[-1] + 1], float(loud[0]) / SAMPLE_RATE


def syllables_of(speech: Speech) -> int:
    names = [each.name for each in speech.phonemes if each.name not in PAUSES]
    return sum(bool(VOWEL.match(name)) or name in SYLLABIC for name in names)


def sung(base: float, *, depth: float, seconds: float = 6.0, per_second: float = 4.0) -> Samples:
    """A voice-like tone of ten overtones around `base` Hz with a vibrato of `depth` semitones to
    each side; the standard deviation of its pitch is depth / sqrt(2)."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    pitch = base * 2 ** (depth / 12 * np.sin(2 * np.pi * per_second * time))
    phase = 2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE
    tone = sum(np.sin(k * phase) / k for k in range(1, 11))
    return (0.1 * np.asarray(tone)).astype(np.float32)
