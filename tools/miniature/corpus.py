"""Speak the training takes and store them: one file of sound and one of times for each worker."""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import numpy as np

from .grammar import WORD, Grammar, demo_texts, tidy
from .speak import RATE, Speaker, Speech, Voice
from .voices import draw

DEMO_SHARE = 0.05
MARKS = ("", ",", ".", "?")


@dataclass
class Shard:
    """What a worker has spoken, flat: `edges` are where takes end, in samples, words, phonemes."""

    edges: list[tuple[int, int, int]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    word_times: list[tuple[float, float]] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    phonemes: list[str] = field(default_factory=list)
    phoneme_times: list[float] = field(default_factory=list)
    samples: int = 0

    def add(self, text: str, speech: Speech) -> None:
        tokens = WORD.findall(text)
        after = [*tokens[1:], ""]
        follows = [MARKS.index(b) if b in MARKS else 0 for b in after]
        self.marks += [m for t, m in zip(tokens, follows, strict=True) if t not in MARKS]
        self.words += [word.text for word in speech.words]
        self.word_times += [(word.start, word.end) for word in speech.words]
        self.phonemes += [phoneme.name for phoneme in speech.phonemes]
        self.phoneme_times += [phoneme.start for phoneme in speech.phonemes]
        self.samples += len(speech.sound)
        self.edges.append((self.samples, len(self.words), len(self.phonemes)))

    def save(self, path: Path) -> None:
        np.savez(
            path,
            edges=np.array(self.edges, np.int64),
            words=np.array(self.words),
            word_times=np.array(self.word_times, np.float32),
            marks=np.array(self.marks, np.int8),
            phonemes=np.array(self.phonemes),
            phoneme_times=np.array(self.phoneme_times, np.float32),
        )


def speak_shard(folder: Path, worker: int, hours: float) -> int:
    random, grammar = Random(f"voices {worker}"), Grammar(seed=1000 + worker)
    speaker, shard = Speaker(), Shard()
    demo = demo_texts()
    with (folder / f"takes-{worker}.i16").open("wb") as out:
        while shard.samples < hours * 3600 * RATE:
            text, voice = " ".join(grammar.take(random.randint(6, 14))), draw(random)
            if random.random() < DEMO_SHARE:
                text = tidy(random.choice(demo))
                voice = voice if random.random() < 0.5 else Voice("en-us", random.randint(155, 175))
            speech = speaker.speak(text, voice)
            peak = max(1e-3, float(np.abs(speech.sound).max()))
            out.write((speech.sound * (30_000 / peak)).astype(np.int16).tobytes())
            shard.add(text, speech)
    shard.save(folder / f"takes-{worker}.npz")
    return len(shard.edges)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("build/miniature"))
    parser.add_argument("--hours", type=float, default=32.0)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    hours = options.hours / options.workers
    with ProcessPoolExecutor(options.workers) as pool:
        jobs = [
            pool.submit(speak_shard, options.folder, worker, hours)
            for worker in range(options.workers)
        ]
        takes = sum(job.result() for job in jobs)
    sys.stdout.write(f"{takes} takes, {options.hours:g} hours\n")


if __name__ == "__main__":
    main()
