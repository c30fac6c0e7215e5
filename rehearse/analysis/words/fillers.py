"""Fillers in the transcript: whole words only, and words with a meaning never."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rehearse.analysis.words.clauses import paused_before, punctuated
from rehearse.analysis.words.lexicon import Discourse, FilledPause, Lexicon
from rehearse.analysis.words.neighbours import holds, matched
from rehearse.analysis.words.word_run import side_by_side
from rehearse.model.delivery import Filler, FillerKind, Fillers, HeardIn, Pause
from rehearse.model.take import Span, Word

RULE_CONFIDENCE = 0.9
"""Of a discourse word: neighbours mislead now and then, a filled pause's spelling hardly ever."""

_PARTS = re.compile(r"[^\w\u0900-\u0963'/-]+")
"""Devanagari writes vowels with marks that are no letters to `\\w`."""
_STUTTER = re.compile(r"^(?:(\w{1,2})-)+(?=\1)")


def fillers(items: Sequence[Filler], duration: float | None) -> Fillers:
    """Counted per minute of the answer, pauses included."""
    ordered = sorted(items, key=lambda item: (item.start or 0.0, item.first_word or 0))
    counted = sum(not item.softener for item in ordered)
    return Fillers(tuple(ordered), 60 * counted / duration if duration else None)


def places(items: Iterable[Filler]) -> frozenset[int]:
    """Indices of the words that fillers are made of."""
    return frozenset(
        index
        for item in items
        if item.first_word is not None and item.last_word is not None
        for index in range(item.first_word, item.last_word + 1)
    )


def in_transcript(
    words: Sequence[Word], lexicon: Lexicon, *, pauses: Sequence[Span | Pause] = ()
) -> tuple[Filler, ...]:
    """Fillers among `words`, in order, none overlapping; pauses help where marks are missing."""
    silent = {} if punctuated(words) else paused_before(words, pauses)
    hesitations = _filled_pauses(words, lexicon)
    said = side_by_side(words, skipped=hesitations, silent=silent)
    found = [_filler(words, rule, i, i) for i, rule in hesitations.items()]
    found += [
        _filler(words, match.rule, match.first, match.last)
        for match in matched(lexicon.discourse, said)
    ]
    return tuple(sorted(found, key=lambda item: item.first_word or 0))


def _filled_pauses(words: Sequence[Word], lexicon: Lexicon) -> dict[int, FilledPause]:
    near = side_by_side(words)
    nth = {place: k for k, place in enumerate(near.places)}
    shouted = not any(letter.islower() for word in words for letter in word.text)
    return {
        i: rule
        for i, word in enumerate(words)
        if (rule := _spelled(word, lexicon))
        and (shouted or not _acronym(word.text))
        and not any(holds(context, near, nth[i], 1) for context in rule.unless)
    }


def _spelled(word: Word, lexicon: Lexicon) -> FilledPause | None:
    """ "Ummm," "u-um" and "um...so" are all "um"; "number" and "uh-huh" are not."""
    for part in _PARTS.split(word.text.replace("’", "'").lower()):
        plain = _STUTTER.sub("", part.strip("-'"))
        for rule in lexicon.filled_pauses:
            if rule.pattern.fullmatch(plain):
                return rule
    return None


def _acronym(token: str) -> bool:
    """ "the ER", "a UM graduate": told by their case, where the rest is not in capitals too."""
    letters = re.sub(r"\W", "", token)
    return len(letters) > 1 and letters.isupper()


def _filler(words: Sequence[Word], rule: FilledPause | Discourse, first: int, last: int) -> Filler:
    heard = [word.probability for word in words[first : last + 1] if word.probability is not None]
    is_word = isinstance(rule, Discourse)
    return Filler(
        text=rule.text,
        kind=FillerKind.DISCOURSE if is_word else FillerKind.FILLED_PAUSE,
        heard_in=HeardIn.TRANSCRIPT,
        first_word=first,
        last_word=last,
        start=words[first].start,
        end=words[last].end,
        confidence=(RULE_CONFIDENCE if is_word else 1.0) * min(heard, default=1.0),
        softener=isinstance(rule, Discourse) and rule.softener,
    )
