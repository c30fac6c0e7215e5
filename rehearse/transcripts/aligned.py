"""Gives corrected words the times of the words that they replace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from rehearse.model.take import Transcript, Word
from rehearse.text import bare
from rehearse.transcripts.timed import filled, in_order

ALIKE = 0.5
"""The least share of common words in two transcripts of one answer; with fewer, a file keeps its
own times."""


def corrected(old: Transcript, new: Sequence[Word]) -> tuple[Word, ...]:
    """The new words: those that stayed have the times and the certainty of the old ones; changed
    ones share the time of those that they replace, or lie between their neighbours."""
    words: list[Word] = []
    for kind, first, last, begin, end in _changes(old.words, new):
        theirs = new[begin:end]
        if kind == "equal":
            words += [
                replace(word, text=now.text)
                for word, now in zip(old.words[first:last], theirs, strict=True)
            ]
        elif theirs:
            plain = [Word(word.text) for word in theirs]
            words += filled(plain, **_gap(old.words, first, last))
    return in_order(words)


def fitted_to(old: Transcript | None, new: Transcript) -> Transcript:
    """The same for a transcript out of a file, where it is one of the same answer; otherwise, and
    where it tells several speakers apart, its own times stay."""
    if old is None or new.turns or not any(word.start is not None for word in old.words):
        return new
    timed = any(word.start is not None for word in new.words)
    if timed and _matcher(old.words, new.words).ratio() < ALIKE:
        return new
    return replace(new, words=corrected(old, new.words))


def changed(old: Sequence[Word], new: Sequence[Word]) -> int:
    """The number of places that differ, including capitals and punctuation."""
    return sum(
        max(last - first, end - begin)
        if kind != "equal"
        else sum(a.text != b.text for a, b in zip(old[first:last], new[begin:end], strict=True))
        for kind, first, last, begin, end in _changes(old, new)
    )


def places(old: Sequence[Word], new: Sequence[Word]) -> list[int]:
    """For each new word the index of the old one that it is, or in whose place it stands."""
    found: list[int] = []
    for _, first, last, begin, end in _changes(old, new):
        found += [
            min(first + place, max(first, last - 1), len(old) - 1) for place in range(end - begin)
        ]
    return found


def _changes(old: Sequence[Word], new: Sequence[Word]) -> Sequence[tuple[str, int, int, int, int]]:
    return _matcher(old, new).get_opcodes()


def _matcher(old: Sequence[Word], new: Sequence[Word]) -> SequenceMatcher[str]:
    before, after = ([bare(word.text) or word.text for word in words] for words in (old, new))
    return SequenceMatcher(None, before, after, autojunk=False)


def _gap(words: Sequence[Word], first: int, last: int) -> dict[str, float | None]:
    """The time of the words from `first` to before `last`; for no words, the gap around them."""
    if first < last:
        return {"start": words[first].start, "end": words[last - 1].end}
    before = words[first - 1].end if first else None
    after = words[first].start if first < len(words) else None
    return {"start": before, "end": after}
