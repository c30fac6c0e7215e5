"""The spoken takes as the trainer reads them: sound on disk, words and phonemes in memory."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .speak import RATE, Sound
from .tokens import Tokens, load_tokens, save_words

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
FRAMES_A_SECOND = 50


@dataclass(frozen=True)
class Take:
    """`words` and `plain` are ids with and without case; `marks` index ("", ",", ".", "?")."""

    samples: NDArray[np.int16]
    words: Ints
    plain: Ints
    marks: NDArray[np.int8]
    times: Floats  # (words, 2), seconds
    phonemes: Ints
    phoneme_starts: Floats

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE

    @cached_property
    def starts(self) -> Ints:
        """Words that open a sentence."""
        after = self.marks >= 2
        return np.flatnonzero(np.concatenate([[True], after[:-1]]))

    @cached_property
    def clause_starts(self) -> Ints:
        return np.flatnonzero(np.concatenate([[True], self.marks[:-1] > 0]))

    def sound(self, start: float, end: float) -> Sound:
        cut = self.samples[int(start * RATE) : int(end * RATE)]
        return (cut / 32768).astype(np.float32)

    def word_frames(self, start: float, frames: int) -> Ints:
        """The word (1 + its plain id) in each frame of 20 ms; 0 is silence."""
        out = np.zeros(frames, np.int64)
        edges = np.round((self.times - start) * FRAMES_A_SECOND).astype(int).clip(0, frames)
        for (first, last), word in zip(edges, self.plain, strict=True):
            out[first:last] = word + 1
        return out

    def phoneme_frames(self, start: float, frames: int) -> Ints:
        times = start + (np.arange(frames) + 0.5) / FRAMES_A_SECOND
        place = np.searchsorted(self.phoneme_starts, times, side="right") - 1
        return np.where(place < 0, 0, self.phonemes[place.clip(0)])


@dataclass(frozen=True)
class Corpus:
    takes: tuple[Take, ...]
    tokens: Tokens
    plain_words: int
    phonemes: int


def load_corpus(folder: Path) -> Corpus:
    """Memory-maps the sound; ids of words and phonemes come from all shards together."""
    paths = sorted(folder.glob("takes-*.npz"))
    shards = [dict(np.load(path)) for path in paths]
    surface, words = np.unique(np.concatenate([s["words"] for s in shards]), return_inverse=True)
    lowered = np.char.lower(surface)
    plain_names, plain = np.unique(lowered, return_inverse=True)
    spoken = np.char.strip(np.concatenate([s["phonemes"] for s in shards]), "',")
    names = np.where(np.char.startswith(spoken, "_"), "", spoken)
    phoneme_names, phonemes = np.unique(names, return_inverse=True)
    takes: list[Take] = []
    word_base = phoneme_base = 0
    for path, shard in zip(paths, shards, strict=True):
        samples = np.memmap(path.with_suffix(".i16"), np.int16, "r")
        ids = words[word_base : word_base + len(shard["words"])]
        sounds = phonemes[phoneme_base : phoneme_base + len(shard["phonemes"])]
        takes += _cut(shard, samples, ids, plain[ids], sounds)
        word_base, phoneme_base = word_base + len(ids), phoneme_base + len(sounds)
    save_words([str(word) for word in surface], folder / "words.txt")
    tokens = load_tokens(folder / "words.txt")
    return Corpus(tuple(takes), tokens, len(plain_names), len(phoneme_names))


def _cut(
    shard: dict[str, NDArray[Any]],
    samples: NDArray[np.int16],
    words: Ints,
    plain: Ints,
    phonemes: Ints,
) -> list[Take]:
    edges = np.vstack([[0, 0, 0], shard["edges"]]).astype(int)
    return [
        Take(
            samples=samples[s0:s1],
            words=words[w0:w1],
            plain=plain[w0:w1],
            marks=shard["marks"][w0:w1],
            times=shard["word_times"][w0:w1],
            phonemes=phonemes[p0:p1],
            phoneme_starts=shard["phoneme_times"][p0:p1],
        )
        for (s0, w0, p0), (s1, w1, p1) in itertools.pairwise(edges)
    ]
