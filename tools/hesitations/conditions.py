"""The words of a recording as a recogniser would give them, from their true times."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from rehearse.model.take import Span, Word
from rehearse.speech.word_times import fit_to_speech
from tools.hesitations.corpus import Recording

OFF = 0.1
"""Seconds by which starts are off on average (of their absolute value), besides what fillers do."""
TAKEN_IN = 0.15
"""Seconds between a filler and its neighbour that is moved over it."""


def as_recognised(
    recording: Recording, speech: tuple[Span, ...], *, off: float = OFF
) -> tuple[Word, ...]:
    """Each end is the next start; the word behind a filler begins with it, one that ended before
    a silence reaches into it; then fitted to the speech, as the program does."""
    random = np.random.default_rng(len(recording.sound))
    known = recording.words or ()
    starts = [_moved_early(recording, k) + random.laplace(0, off) for k in range(len(known))]
    starts = list(np.maximum.accumulate(np.maximum(0.0, starts)))
    ends = [*starts[1:], known[-1].end or 0.0] if known else []
    return tuple(
        fit_to_speech(Word(word.text, float(start), float(max(end, start + 0.02))), speech)
        for word, start, end in zip(known, starts, ends, strict=True)
    )


def _moved_early(recording: Recording, index: int) -> float:
    """The word's start, or that of a filler between it and the word before."""
    words = recording.words or ()
    start = words[index].start or 0.0
    before = max((w.end or 0.0 for w in words[:index]), default=0.0)
    between = [
        one.span.start
        for one in recording.fillers
        if before - TAKEN_IN <= one.span.start and one.span.end <= start + TAKEN_IN
    ]
    return min([start, *between])


def absorbing(
    words: Sequence[Word], dropped: Collection[int | None], speech: tuple[Span, ...]
) -> tuple[Word, ...]:
    """Without the `dropped` words, whose time the words behind them take in."""
    kept: list[Word] = []
    begun: float | None = None
    for index, word in enumerate(words):
        if index in dropped:
            begun = word.start if begun is None else begun
            continue
        kept.append(word if begun is None else replace(word, start=begun))
        begun = None
    ends = [*(word.start for word in kept[1:]), kept[-1].end] if kept else []
    return tuple(
        fit_to_speech(replace(word, end=end), speech) for word, end in zip(kept, ends, strict=True)
    )


def spread(recording: Recording, speech: tuple[Span, ...]) -> tuple[Word, ...]:
    """Where only the text is known: its words over the speech, each as long as its letters."""
    seconds = sum(span.duration for span in speech)
    lengths = np.array([0.0, *(len(text) + 2 for text in recording.texts)])
    edges = np.cumsum(lengths) / lengths.sum() * seconds if len(lengths) > 1 else lengths
    times = [_at(float(edge), speech) for edge in edges]
    return tuple(
        Word(text, start, end)
        for text, start, end in zip(recording.texts, times, times[1:], strict=False)
    )


def _at(spoken: float, speech: tuple[Span, ...]) -> float:
    """The time at which somebody has spoken for so many seconds."""
    for span in speech:
        if spoken <= span.duration:
            return span.start + spoken
        spoken -= span.duration
    return speech[-1].end if speech else 0.0
