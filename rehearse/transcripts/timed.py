"""Words and times as files and models give them, made into words in order of time.

Files leave times out, state them backwards or as text; a transcript must not fail for that.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from rehearse.model.take import Word
from rehearse.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# No answer is this long; a larger figure is not a time, or is in another unit.
_LONGEST = 100 * 3600.0
_REPLACEMENT = "\ufffd"
# Written without blanks between words, so a word without one begins nothing new; see
# faster_whisper.tokenizer.split_to_word_tokens.
_WITHOUT_BLANKS = frozenset({"zh", "ja", "th", "lo", "my", "yue"})


@dataclass(frozen=True)
class Token:
    """What a model calls a word: it may be a part of one ("-of", "%") or several."""

    text: str
    """The text, with its leading blank if the format keeps it."""
    start: float | None = None
    end: float | None = None
    probability: float | None = None


def time(value: object, *, unit: float = 1.0, most: float = _LONGEST) -> float | None:
    """Seconds in a number, or in the text of one; None for what cannot be a time, such as one
    beyond `most` seconds."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        seconds = float(value) * unit
    except (ValueError, OverflowError):
        return None
    return seconds if 0 <= seconds <= most else None


def probability(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        return None
    return float(value)


def tokens(text: str) -> list[str]:
    """White-space tokens, one to one, without control characters."""
    return [printable(token) or _REPLACEMENT for token in text.split()]


def spread(
    text: str, start: float | None, end: float | None, probability: float | None = None
) -> list[Word]:
    """The words of `text` from `start` to `end`, each as long as its letters are many."""
    words = [Word(token, probability=probability) for token in tokens(text)]
    return filled(words, start=start, end=end)


def joined(pieces: Iterable[Token], *, language: str) -> list[Word]:
    """Words of one segment: "state", "-of", "-the", "-art" are one where blanks tell so."""
    kept = [piece for piece in pieces if piece.text.strip()]
    blanks = any(piece.text[0].isspace() for piece in kept) and language not in _WITHOUT_BLANKS
    whole: list[Token] = []
    for piece in kept:
        if blanks and whole and not (piece.text[0].isspace() or whole[-1].text[-1].isspace()):
            whole[-1] = _merged(whole[-1], piece)
        else:
            whole.append(piece)
    return [
        word
        for piece in whole
        for word in spread(piece.text, piece.start, piece.end, piece.probability)
    ]


def _merged(first: Token, second: Token) -> Token:
    """Join two words; the probability is the lower of the two."""
    known = [p.probability for p in (first, second) if p.probability is not None]
    return Token(
        first.text + second.text,
        first.start if first.start is not None else second.start,
        second.end if second.end is not None else first.end,
        min(known, default=None),
    )


def in_order(words: Sequence[Word], *, duration: float | None = None) -> tuple[Word, ...]:
    """The same words with times that never go back, nor beyond `duration`.

    Times out of line with most others are not believed. Either all words have times, or none.
    """
    limit = math.inf if duration is None else duration
    believed = _rising([word.start for word in words])
    kept = [
        replace(
            word,
            start=min(word.start, limit) if i in believed and word.start is not None else None,
            end=min(word.end, limit) if i in believed and word.end is not None else None,
        )
        for i, word in enumerate(words)
    ]
    whole = filled(_ended(kept))
    return tuple(_without_overlap(whole))


def _rising(starts: Sequence[float | None]) -> set[int]:
    """Indices of the longest run of starts that never fall (patience sorting)."""
    tails: list[float] = []
    last: list[int] = []
    before: dict[int, int | None] = {}
    for i, start in enumerate(starts):
        if start is None:
            continue
        place = bisect_right(tails, start)
        before[i] = last[place - 1] if place else None
        tails[place : place + 1] = [start]
        last[place : place + 1] = [i]
    chosen: set[int] = set()
    index = last[-1] if last else None
    while index is not None:
        chosen.add(index)
        index = before[index]
    return chosen


def _ended(words: list[Word]) -> list[Word]:
    """A word with a start has an end: its own, else the next start, else its start."""
    following: float | None = None
    ended = []
    for word in reversed(words):
        if word.start is not None:
            end = word.end if word.end is not None else following
            following = word.start
            word = replace(word, end=max(word.start, end if end is not None else word.start))
        ended.append(word)
    return ended[::-1]


def filled(
    words: list[Word], *, start: float | None = None, end: float | None = None
) -> list[Word]:
    """Words without a start get one between their neighbours, or between `start` and `end`."""
    result: list[Word] = []
    i = 0
    while i < len(words):
        if words[i].start is not None:
            result.append(words[i])
            i += 1
            continue
        j = next((k for k in range(i, len(words)) if words[k].start is not None), len(words))
        left = _end_of(result[-1]) if result else start
        right = words[j].start if j < len(words) else end
        result.extend(_between(words[i:j], left, right))
        i = j
    return result


def _end_of(word: Word) -> float | None:
    return word.end if word.end is not None else word.start


def _between(words: list[Word], left: float | None, right: float | None) -> list[Word]:
    if left is None and right is None:
        return words
    left, right = (right if left is None else left), (left if right is None else right)
    assert left is not None and right is not None
    left = min(left, right)
    share = (right - left) / sum(len(word.text) for word in words)
    result = []
    for word in words:
        end = left + share * len(word.text)
        result.append(replace(word, start=left, end=end))
        left = end
    # Sums of shares miss the end by a rounding, and a clock would then show a second less.
    result[-1] = replace(result[-1], end=max(right, result[-1].start or right))
    return result


def _without_overlap(words: list[Word]) -> list[Word]:
    """The words without overlaps: none ends after the next one begins."""
    return [
        replace(word, end=min(word.end, following))
        if word.end is not None and following is not None
        else word
        for word, following in zip_longest(words, [word.start for word in words[1:]])
    ]
