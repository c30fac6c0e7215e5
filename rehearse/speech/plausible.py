"""Finds what a model invented: sentences that it was not sure of, phrases that it repeats, and
words where nobody spoke."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rehearse.model.take import Span, Word
from rehearse.text import bare_words

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_REPEATED = 2.4
"""Compression ratio of a segment that loops."""
LEAST_SURE = -1.0
"""Mean log probability of a token in a segment that was guessed. Whisper reads on at higher
temperatures where it fails one of the two; what fails them to the last was not said."""
PHRASE = 3
"""Words, at least, of a phrase that is said twice in a row: "thank you very much"."""
DOUBTFUL = 0.6
"""Mean probability of words below which a phrase that is said twice was made up."""
REACH = 0.3
"""Seconds by which the time of a word may be off."""
SURE = 0.5
"""Probability from which a word stands, even where no speech was found beneath it."""


def said(segments: Iterable[Any]) -> Iterator[Any]:
    """Segments of faster-whisper without those that were made up."""
    return (segment for segment in segments if not _made_up(segment))


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


def _made_up(segment: Any) -> bool:
    if segment.compression_ratio > MOST_REPEATED or segment.avg_logprob < LEAST_SURE:
        return True
    return _says_twice(bare_words(segment.text.split())) and _mean(segment.words) < DOUBTFUL


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
