"""What was said last, as far as it is written down: the words since the last long pause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.model.take import Span, Word

PAUSE = 0.7
"""Seconds of silence that set an utterance off from what was said before it."""


@dataclass(frozen=True)
class Utterance:
    words: tuple[Word, ...]
    span: Span
    before: float | None
    """Second at which the speech before it ended; None where it is the first."""
    after: Word | None
    """The word before it."""


@dataclass(frozen=True)
class Listening:
    """A moment of an answer, by its voice activity and by what is written down."""

    speech: float
    """Seconds of speech so far."""
    silence: float
    """Seconds since speech ended, or since the start where there was none; 0 while it runs."""
    ended: float
    """Second at which speech last ended; 0 where there was none."""
    said: Utterance | None
    """None where nothing was said, and as long as the words of it are not known."""


def set_off(speech: Sequence[Span]) -> Span:
    """The last speech since a long pause; `speech` is not empty."""
    return Span(speech[_first(speech)].start, speech[-1].end)


def last_utterance(words: Sequence[Word], speech: Sequence[Span]) -> Utterance | None:
    """`words` and `speech` in order; None without speech. A word belongs to the stretch of speech
    in which most of it lies, since recognisers let it begin in the pause before."""
    if not speech:
        return None
    first = _first(speech)
    places = [_place(word, speech) for word in words]
    begins = next((i for i, place in enumerate(places) if place >= first), len(words))
    return Utterance(
        words=tuple(words[begins:]),
        span=Span(speech[first].start, speech[-1].end),
        before=speech[first - 1].end if first else None,
        after=words[begins - 1] if begins else None,
    )


def _first(speech: Sequence[Span]) -> int:
    first = len(speech) - 1
    while first and speech[first].start - speech[first - 1].end < PAUSE:
        first -= 1
    return first


def _place(word: Word, speech: Sequence[Span]) -> int:
    """Which stretch of speech holds most of the word, else the nearest; a word without times
    counts as said long ago."""
    if word.start is None or word.end is None:
        return -1
    start, end = word.start, word.end
    return max(
        range(len(speech)),
        key=lambda i: min(end, speech[i].end) - max(start, speech[i].start),
    )
