"""Fillers in the transcript: whole words only, and words with a meaning never."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rehearse.analysis.clauses import paused_before, punctuated
from rehearse.analysis.lexicon import Context, Discourse, FilledPause, Lexicon, Phrase
from rehearse.model import Filler, FillerKind, Fillers, HeardIn, Pause, Span, Word
from rehearse.text import bare, ends_clause

RULE_CONFIDENCE = 0.9
"""Of a discourse word: neighbours mislead now and then, a filled pause's spelling hardly ever."""

_PARTS = re.compile(r"[^\w'/-]+")
_STUTTER = re.compile(r"^(?:(\w{1,2})-)+(?=\1)")


@dataclass(frozen=True)
class _Said:
    """The words that are no filled pause, side by side."""

    words: tuple[str, ...]
    """Bare; every number in digits is "0"."""
    places: tuple[int, ...]
    """Index of each in the transcript."""
    breaks: tuple[bool, ...]
    """Entry k: something sets word k apart from the one before; one longer than `words`."""


def fillers(items: Sequence[Filler], duration: float | None) -> Fillers:
    """Counted per minute of the whole recording, pauses included."""
    ordered = sorted(items, key=lambda item: (item.start or 0.0, item.first_word or 0))
    return Fillers(tuple(ordered), 60 * len(ordered) / duration if duration else None)


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
    bares = [bare(word.text) for word in words]
    silent = {} if punctuated(words) else paused_before(words, pauses)
    hesitations = _filled_pauses(words, bares, lexicon)
    said = _side_by_side(words, bares, skipped=frozenset(hesitations), silent=frozenset(silent))
    found = [
        _filler(words, rule.text, FillerKind.FILLED_PAUSE, i, i) for i, rule in hesitations.items()
    ]
    found += _discourse(words, said, lexicon)
    return tuple(sorted(found, key=lambda item: item.first_word or 0))


def _filled_pauses(
    words: Sequence[Word], bares: Sequence[str], lexicon: Lexicon
) -> dict[int, FilledPause]:
    near = _side_by_side(words, bares, skipped=frozenset(), silent=frozenset())
    nth = {place: k for k, place in enumerate(near.places)}
    shouted = not any(letter.islower() for word in words for letter in word.text)
    return {
        i: rule
        for i, word in enumerate(words)
        if (rule := _spelled(word, lexicon))
        and (shouted or not _acronym(word.text))
        and not any(_holds(context, near, nth[i], 1) for context in rule.unless)
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


def _side_by_side(
    words: Sequence[Word], bares: Sequence[str], *, skipped: frozenset[int], silent: frozenset[int]
) -> _Said:
    kept: list[int] = []
    breaks: list[bool] = []
    pending = True
    for i, text in enumerate(bares):
        if i in skipped or not text:
            pending = True
            continue
        breaks.append(pending or i in silent)
        kept.append(i)
        pending = ends_clause(words[i].text)
    spelled = tuple(_comparable(bares[i]) for i in kept)
    return _Said(spelled, tuple(kept), (*breaks, True))


def _comparable(text: str) -> str:
    return "0" if text[:1].isdigit() else text


def _discourse(words: Sequence[Word], said: _Said, lexicon: Lexicon) -> list[Filler]:
    openings: dict[str, list[tuple[Phrase, Discourse]]] = {}
    for rule in lexicon.discourse:
        for phrase in rule.said:
            openings.setdefault(phrase[0], []).append((phrase, rule))
    found: list[Filler] = []
    free = 0
    for k, word in enumerate(said.words):
        if k < free or word not in openings:
            continue
        for phrase, rule in sorted(openings[word], key=lambda each: -len(each[0])):
            if _matches(rule, phrase, said, k):
                free = k + len(phrase)
                first, last = said.places[k], said.places[free - 1]
                found.append(_filler(words, rule.text, FillerKind.DISCOURSE, first, last))
                break
    return found


def _matches(rule: Discourse, phrase: Phrase, said: _Said, k: int) -> bool:
    end = k + len(phrase)
    if said.words[k:end] != phrase or any(said.breaks[k + 1 : end]):
        return False
    if any(_holds(context, said, k, len(phrase)) for context in rule.unless):
        return False
    return any(_holds(context, said, k, len(phrase)) for context in rule.where)


def _holds(context: Context, said: _Said, k: int, length: int) -> bool:
    end = k + length
    if context.first is not None and context.first != (k == 0):
        return False
    if context.break_before is not None and context.break_before != said.breaks[k]:
        return False
    if context.break_after is not None and context.break_after != said.breaks[end]:
        return False
    if context.after is not None and not any(
        said.words[max(0, k - len(phrase)) : k] == phrase for phrase in context.after
    ):
        return False
    return context.before is None or any(
        said.words[end : end + len(phrase)] == phrase for phrase in context.before
    )


def _filler(words: Sequence[Word], text: str, kind: FillerKind, first: int, last: int) -> Filler:
    heard = [word.probability for word in words[first : last + 1] if word.probability is not None]
    rule = RULE_CONFIDENCE if kind is FillerKind.DISCOURSE else 1.0
    return Filler(
        text=text,
        kind=kind,
        heard_in=HeardIn.TRANSCRIPT,
        first_word=first,
        last_word=last,
        start=words[first].start,
        end=words[last].end,
        confidence=rule * min(heard, default=1.0),
    )
