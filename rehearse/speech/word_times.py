"""Puts words and speech at their times in the whole sound, from the times in its pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rehearse.model.take import Hesitation, Span, Word


def fit_to_speech(word: Word, speech: Sequence[Span]) -> Word:
    """The word without the silence at its edges. Whisper lets each word end where the next begins,
    so a word has the pause behind it, and the first one of a segment that before it, too."""
    if word.start is None or word.end is None:
        return word
    heard = [s for s in speech if s.start < word.end and s.end > word.start]
    if not heard:
        return word
    return replace(word, start=max(word.start, heard[0].start), end=min(word.end, heard[-1].end))


def inside(span: Span, speech: Sequence[Span]) -> list[Span]:
    """The speech within `span`, in seconds from its start."""
    return [
        Span(max(s.start, span.start) - span.start, min(s.end, span.end) - span.start)
        for s in speech
        if s.start < span.end and s.end > span.start
    ]


def joined(speech: Sequence[Span]) -> list[Span]:
    """In order, what overlaps or touches as one."""
    joined: list[Span] = []
    for each in sorted(speech, key=lambda s: s.start):
        if joined and each.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, each.end))
        else:
            joined.append(each)
    return joined


def later(hesitations: Sequence[Hesitation] | None, by: float) -> tuple[Hesitation, ...] | None:
    if hesitations is None:
        return None
    return tuple(replace(one, start=one.start + by, end=one.end + by) for one in hesitations)


def middle(word: Word) -> float:
    """A word without times counts as said at the start."""
    return ((word.start or 0.0) + (word.end or 0.0)) / 2


def shifted(word: Word, by: float) -> Word:
    start, end = (None if t is None else t + by for t in (word.start, word.end))
    return replace(word, start=start, end=end)


def lies_before(word: Word, second: float, speech: Sequence[Span]) -> bool:
    """Whether more of the word's speech lies before a second than behind it. Its start alone does
    not tell: Whisper lets a word begin in the pause before it, or within the word before that."""
    start, end = word.start or 0.0, word.end or 0.0
    before = _spoken(Span(start, min(end, second)), speech)
    behind = _spoken(Span(max(start, second), end), speech)
    return before > behind if before or behind else middle(word) < second


def _spoken(span: Span, speech: Sequence[Span]) -> float:
    """Seconds of speech within `span`."""
    return sum(max(0.0, min(s.end, span.end) - max(s.start, span.start)) for s in speech)
