"""Finds what a model invented: sentences that it was not sure of, phrases that it repeats, and
words where nobody spoke."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rehearse.model.take import Span, Word
from rehearse.text import bare_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.model.take import Samples

MOST_REPEATED = 2.4
"""Compression ratio of a segment that loops."""
LEAST_SURE = -1.0
"""Mean log probability of a token in a segment that was guessed. Whisper reads on at higher
temperatures where it fails one of the two; what fails them to the last was not said."""
GUESSED = 0.5
"""Mean probability of its words below which a sentence in noise was guessed: with such sentences
three of ten wrong words go, and one of fourteen right ones (8 clips, tiny.en)."""
NOISE = 11.0
"""dB between the loud and the quiet parts of a sound below which it is full of noise: 6 to 10 in
noise 5 dB below a voice, 12 to 43 in a quiet room, on the telephone and in an echo (8 clips)."""
LOUD, QUIET = 85, 10
"""Percentiles of the levels of `STEP` samples, 10 ms."""
STEP = 160
PHRASE = 3
"""Words, at least, of a phrase that is said twice in a row: "thank you very much"."""
DOUBTFUL = 0.6
"""Mean probability of words below which a phrase that is said twice was made up."""
REACH = 0.3
"""Seconds by which the time of a word may be off."""
SURE = 0.5
"""Probability from which a word stands, even where no speech was found beneath it."""


def said(segments: Iterable[Any], *, in_noise: bool) -> Iterator[Any]:
    """Segments of faster-whisper without those that were made up."""
    return (segment for segment in segments if not _made_up(segment, in_noise))


def is_noise(samples: Samples) -> bool:
    """Whether noise fills the pauses of a sound; of one that is too short it is not known."""
    import numpy as np

    steps = samples[: len(samples) // STEP * STEP].reshape(-1, STEP)
    if not len(steps):
        return False
    power = np.mean(np.square(steps, dtype=np.float64), axis=1)
    loud, quiet = np.percentile(10 * np.log10(np.maximum(power, 1e-10)), [LOUD, QUIET])
    return bool(loud - quiet < NOISE)


def with_speech(words: Iterable[Word], speech: Sequence[Span]) -> Iterator[Word]:
    """Words that were spoken: with speech beneath them, or sure of themselves."""
    return (word for word in words if _is_sure(word) or _is_spoken(word, speech))


def unheard(words: Iterable[Word], speech: Sequence[Span]) -> Iterator[Span]:
    """Where words were spoken and no speech was found."""
    for word in words:
        if word.start is not None and word.end is not None:
            said = Span(word.start, word.end)
            if not any(span.start < said.end and said.start < span.end for span in speech):
                yield said


def _made_up(segment: Any, in_noise: bool) -> bool:
    if segment.compression_ratio > MOST_REPEATED or segment.avg_logprob < LEAST_SURE:
        return True
    sure = _mean(segment.words)
    if in_noise and sure < GUESSED:
        return True
    return sure < DOUBTFUL and _says_twice(bare_words(segment.text.split()))


def _says_twice(words: Sequence[str]) -> bool:
    """Whether a phrase is followed by itself."""
    return any(
        words[first : first + size] == words[first + size : first + 2 * size]
        for size in range(PHRASE, len(words) // 2 + 1)
        for first in range(len(words) - 2 * size + 1)
    )


def _mean(words: Sequence[Any] | None) -> float:
    return sum(word.probability for word in words) / len(words) if words else 1.0


def _is_sure(word: Word) -> bool:
    return word.probability is None or word.probability >= SURE


def _is_spoken(word: Word, speech: Sequence[Span]) -> bool:
    if word.start is None or word.end is None:
        return True
    start, end = word.start - REACH, word.end + REACH
    return any(span.start < end and start < span.end for span in speech)
