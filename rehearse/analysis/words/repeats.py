"""Words said twice ("we had we had") and words given up ("the re- the report"); never judged.

Fillers between the two sayings are passed over. What may be said twice, or looks given up and is
not, is told by the lexicon; a language whose lexicon does not tell is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rehearse.analysis.words.corrections import corrected
from rehearse.analysis.words.lexicon import Lexicon
from rehearse.analysis.words.neighbours import matches, stands
from rehearse.analysis.words.word_run import WordRun, side_by_side
from rehearse.model.delivery import Repeat, RepeatKind, Repeats
from rehearse.model.take import Word
from rehearse.text import bare, ends_sentence

LONGEST = 5
"""Words of one saying; who says more than these again says it on purpose."""
FEWEST_LETTERS = 2
"""Of a word broken off at dots: one letter may begin anything."""
WITHIN = 4
"""Words between a start and the same start again."""

UNFINISHED = 2
"""Words of a start that lacks its noun: "to the"."""
STAMMER = 3
"""Letters at most of a word cut short that is written without its hyphen ("th the")."""

_CUT = re.compile(r"\w[-\u2010\u2011],?$")
_NO_WORD = re.compile(r"[b-df-hj-np-tvwxz]{2,}")
"""Consonants alone."""
_DOTS = re.compile(r"\w(?:\.{2,}|…)$")


def repeats(
    words: Sequence[Word], lexicon: Lexicon, *, fillers: Collection[int] = frozenset()
) -> Repeats | None:
    """`fillers`: indices of words that are passed over. None where the language has no rules."""
    if lexicon.meant_twice is None:
        return None
    said = side_by_side(words, skipped=fillers)
    slips = dict(corrected(words, lexicon, fillers))
    found = []
    k = 0
    while k < len(said.words):
        kind = RepeatKind.FALSE_START
        length = _broken_off(words, said, lexicon, k)
        if not length:
            length = _again(words, said, lexicon, k)
            kind = RepeatKind.REPETITION if length else RepeatKind.FALSE_START
        length = length or _left_hanging(words, said, lexicon, k)
        length = length or _unfinished(said, lexicon, k)
        length = length or _up_to(said, k, slips.get(said.places[k]))
        if length:
            found.append(_repeat(words, kind, said.places[k], said.places[k + length - 1]))
        k += max(1, length)
    return Repeats(tuple(found))


def _repeat(words: Sequence[Word], kind: RepeatKind, first: int, last: int) -> Repeat:
    return Repeat(kind, first, last, words[first].start, words[last].end)


def _again(words: Sequence[Word], said: WordRun, lexicon: Lexicon, k: int) -> int:
    """How many words from `k` are said once more, all sayings but the last; 0 where none is."""
    for size in range(LONGEST, 0, -1):
        times = 1
        while _same(words, said, k + (times - 1) * size, size):
            times += 1
        if times > 1 and not _meant(said, lexicon, k, size=size, times=times):
            return (times - 1) * size
    return 0


def _same(words: Sequence[Word], said: WordRun, k: int, size: int) -> bool:
    """Whether `size` words from `k` come again at once, within one sentence."""
    once, again = said.words[k : k + size], said.words[k + size : k + 2 * size]
    if once != again or len(once) < size or "0" in once:
        return False
    return not any(_closed(words[said.places[i]].text) for i in range(k, k + size))


def _closed(token: str) -> bool:
    return ends_sentence(token) and not _DOTS.search(token)


def _meant(said: WordRun, lexicon: Lexicon, k: int, *, size: int, times: int) -> bool:
    once = said.words[k : k + size]
    return any(
        once in rule.said and stands(rule, said, k, size * times)
        for rule in lexicon.meant_twice or ()
    )


def _broken_off(words: Sequence[Word], said: WordRun, lexicon: Lexicon, k: int) -> int:
    """How many words from `k` were given up, up to one that breaks off; 0 where none does."""
    for length in range(1, min(WITHIN, len(said.words) - k) + 1):
        restarts = length == 1 or said.words[k : k + 1] == said.words[k + length : k + length + 1]
        if restarts and _broken(words, said, lexicon, k + length - 1):
            return length
    return 0


def _broken(words: Sequence[Word], said: WordRun, lexicon: Lexicon, k: int) -> bool:
    token = words[said.places[k]].text
    following = said.words[k + 1 : k + 1 + WITHIN]
    if _CUT.search(token):
        return not following or following[0] not in lexicon.joiners
    if len(token) <= STAMMER and following and _NO_WORD.fullmatch(token):
        return following[0] != token and following[0].startswith(token)
    if not _DOTS.search(token) or not following:
        return False
    stem = bare(token)
    completed = any(word != stem and word.startswith(stem) for word in following[:2])
    restarted = k > 0 and said.words[k - 1] == following[0]
    return len(stem) >= FEWEST_LETTERS and (completed or restarted)


def _left_hanging(words: Sequence[Word], said: WordRun, lexicon: Lexicon, k: int) -> int:
    """ "I was, I went": a start that is followed by the same first word; its words, or 0."""
    for rule in lexicon.given_up:
        for phrase in rule.said:
            after = k + len(phrase)
            again = said.words[after : after + 1] == phrase[:1] and said.breaks[after]
            if again and matches(rule, phrase, said, k):
                return 0 if _closed(words[said.places[after - 1]].text) else len(phrase)
    return 0


def _unfinished(said: WordRun, lexicon: Lexicon, k: int) -> int:
    """ "to the, to my office": words up to one that lacks what it belongs to; 0 where none does."""
    for length in range(1, min(UNFINISHED, len(said.words) - k) + 1):
        at = k + length - 1
        again = length == 1 or said.words[k : k + 1] == said.words[at + 1 : at + 2]
        phrase = said.words[at : at + 1]
        if again and any(
            phrase in rule.said and matches(rule, phrase, said, at) for rule in lexicon.unfinished
        ):
            return length
    return 0


def _up_to(said: WordRun, k: int, last: int | None) -> int:
    """Words from `k` to the one that stands at `last` in the transcript."""
    return 0 if last is None else sum(place <= last for place in said.places[k:])
