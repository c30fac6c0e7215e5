"""Words that the speaker takes back: "on Monday, sorry, on Tuesday", "Tom, I mean Tim".

A word is taken back by one that is like it: of the same set in the lexicon, another name, or one
that sounds nearly the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher

from rehearse.analysis.words.lexicon import Lexicon
from rehearse.analysis.words.word_run import WordRun, side_by_side
from rehearse.model.take import Word
from rehearse.text import bare

SLIP = 3
"""Words that one correction takes back."""
LEAST_ALIKE, ALIKE_ANYHOW = 0.6, 0.8
"""How like in spelling a word must be to what it takes back: from the same first letter on, and
with another one ("affected", "effected")."""
FEWEST_LETTERS = 3
"""Of a word that sounds like another; shorter ones all do."""


def corrected(
    words: Sequence[Word], lexicon: Lexicon, fillers: Collection[int]
) -> Iterator[tuple[int, int]]:
    """The first and last word of each slip that is corrected; `fillers` are passed over but for
    what corrects ("I mean")."""
    correcting = {word for phrase in lexicon.corrections for word in phrase}
    passed_over = {i for i in fillers if bare(words[i].text) not in correcting}
    said = side_by_side(words, skipped=passed_over)
    for k in range(1, len(said.words)):
        size = _edits(said, lexicon, k)
        anew = k + size
        if not size or anew >= len(said.words) or _edits(said, lexicon, anew):
            continue
        denies = said.words[anew - 1] == "no" and not said.breaks[anew]  # "no Tim that day"
        certain = size > 1 or (said.breaks[k] and not denies)
        first = _slip(said, lexicon, k, anew) if certain else None
        if first is None:
            first = _counted(said, lexicon, k, anew)
        if first is None and certain and not said.stops[anew]:
            first = _name(words, said, lexicon, k, anew)
        if first is None and certain and not said.stops[k] and not said.stops[anew]:
            alike = _sounds_alike(said.words[k - 1], said.words[anew], lexicon)
            first = k - 1 if alike else None
        if first is not None:
            yield said.places[first], said.places[k - 1]


def _edits(said: WordRun, lexicon: Lexicon, k: int) -> int:
    """How many words from `k` announce a correction."""
    own = [len(p) for p in lexicon.corrections if said.words[k : k + len(p)] == p]
    return max(own, default=0)


def _slip(said: WordRun, lexicon: Lexicon, k: int, anew: int) -> int | None:
    """The word before `k` that the one at `anew` takes back, with those like it right before."""
    for first in range(k - 1, max(-1, k - 1 - SLIP), -1):
        if said.stops[first + 1] or _insists(said, lexicon, first, k, anew):
            return None
        for same in lexicon.alike:
            if said.words[anew] in same and said.words[first] in same:
                while first > 0 and not said.breaks[first] and said.words[first - 1] in same:
                    first -= 1
                return first
    return None


def _insists(said: WordRun, lexicon: Lexicon, first: int, k: int, anew: int) -> bool:
    """ "for years, I mean, years": the same said again; "two weeks, I mean two days" is not."""
    word = said.words[anew]
    small = word in lexicon.never_slips and not any(word in same for same in lexicon.counted)
    if said.words[first] != word or word == "0" or small:
        return False
    if first == k - 1:
        return said.breaks[anew + 1]
    return said.words[first + 1] == "".join(said.words[anew + 1 : anew + 2])


def _counted(said: WordRun, lexicon: Lexicon, k: int, anew: int) -> int | None:
    """ "on monday no tuesday": a number, a day or a month right before needs no mark, and may end
    its sentence ("Monday. No, Tuesday.")."""
    pair = {said.words[k - 1], said.words[anew]}
    found = len(pair) == 2 and any(pair <= same for same in lexicon.counted)
    return k - 1 if found and (not said.stops[k] or _alone(said, k, anew)) else None


def _alone(said: WordRun, k: int, last: int) -> bool:
    """Whether what is said after a full stop ends with the new word, so that it begins nothing."""
    return said.stops[k] == "." and said.breaks[last + 1]


def _name(words: Sequence[Word], said: WordRun, lexicon: Lexicon, k: int, anew: int) -> int | None:
    """The first word of the name before `k` that the name at `anew` takes back. After "I mean,"
    with its comma, and after a full stop, a name that goes on begins a sentence of its own."""
    before, after = _run(words, said, lexicon, k - 1, -1), _run(words, said, lexicon, anew, 1)
    if not before or not after or said.words[before[0]] == said.words[after[-1]]:
        return None
    aside = said.words[anew - 1] == "mean" and said.breaks[anew]
    if (aside and not said.breaks[after[-1] + 1]) or (
        said.stops[k] and not _alone(said, k, after[-1])
    ):
        return None
    again = [i for i in before if said.words[i] == said.words[anew]]
    return again[0] if again else before[len(after) - 1] if len(before) >= len(after) else before[0]


def _run(words: Sequence[Word], said: WordRun, lexicon: Lexicon, k: int, step: int) -> list[int]:
    """Neighbours from `k` on that are names."""
    found = []
    while 0 <= k < len(said.words) and _is_name(words, said, lexicon, k):
        found.append(k)
        if said.breaks[k if step < 0 else k + 1]:
            break
        k += step
    return found


def _is_name(words: Sequence[Word], said: WordRun, lexicon: Lexicon, k: int) -> bool:
    """A capital in a sentence; at its start only where the word is none of the plain ones."""
    token, word = words[said.places[k]].text.strip("\"'“”‘’(["), said.words[k]
    if not token[:1].isupper() or token.isupper() or word in lexicon.never_slips:
        return False
    return not said.stops[k] or not word.endswith("ly")


def _sounds_alike(before: str, anew: str, lexicon: Lexicon) -> bool:
    """Whether one may have been said for the other; forms of one word are no slips."""
    short, long = sorted((before, anew), key=len)
    stem = short if len(short) == len(long) else short[:-1]
    if len(short) < FEWEST_LETTERS or long.startswith(stem):
        return False
    if lexicon.never_slips & {before, anew}:
        return False
    alike = SequenceMatcher(None, before, anew).ratio()
    return alike >= (LEAST_ALIKE if before[0] == anew[0] else ALIKE_ANYHOW)
