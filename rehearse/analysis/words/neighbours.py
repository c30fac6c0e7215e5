"""Whether a word stands where a rule of the lexicon wants it: neighbours, marks, silences."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rehearse.analysis.words.lexicon import Context, Discourse, Phrase
from rehearse.model.take import Word
from rehearse.text import bare, ends_clause


@dataclass(frozen=True)
class Said:
    """Some of the words of a transcript, side by side."""

    words: tuple[str, ...]
    """Bare; every number in digits is "0"."""
    places: tuple[int, ...]
    """Index of each in the transcript."""
    breaks: tuple[bool, ...]
    """Entry k: something sets word k apart from the one before; one longer than `words`."""


@dataclass(frozen=True)
class Match:
    """A rule holds for the words `first` to `last` of the transcript, both in it."""

    rule: Discourse
    first: int
    last: int


def side_by_side(
    words: Sequence[Word],
    *,
    skipped: Collection[int] = frozenset(),
    silent: Collection[int] = frozenset(),
) -> Said:
    """Without the `skipped` ones, which set their neighbours apart like a mark; so do silences, in
    front of the words `silent`."""
    kept: list[int] = []
    breaks: list[bool] = []
    pending = True
    for i, word in enumerate(words):
        if i in skipped or not bare(word.text):
            pending = True
            continue
        breaks.append(pending or i in silent)
        kept.append(i)
        pending = ends_clause(word.text)
    spelled = tuple(_comparable(bare(words[i].text)) for i in kept)
    return Said(spelled, tuple(kept), (*breaks, True))


def _comparable(text: str) -> str:
    return "0" if text[:1].isdigit() else text


def matched(rules: Sequence[Discourse], said: Said) -> Iterator[Match]:
    """Where rules hold, in order, none overlapping: of two the longer phrase, then the first."""
    openings: dict[str, list[tuple[Phrase, Discourse]]] = {}
    for rule in rules:
        for phrase in rule.said:
            openings.setdefault(phrase[0], []).append((phrase, rule))
    free = 0
    for k, word in enumerate(said.words):
        if k < free or word not in openings:
            continue
        for phrase, rule in sorted(openings[word], key=lambda each: -len(each[0])):
            if matches(rule, phrase, said, k):
                free = k + len(phrase)
                yield Match(rule, said.places[k], said.places[free - 1])
                break


def matches(rule: Discourse, phrase: Phrase, said: Said, k: int) -> bool:
    end = k + len(phrase)
    if said.words[k:end] != phrase or any(said.breaks[k + 1 : end]):
        return False
    return stands(rule, said, k, len(phrase))


def stands(rule: Discourse, said: Said, k: int, length: int) -> bool:
    """Whether `length` words from `k` stand as the rule wants."""
    if any(holds(context, said, k, length) for context in rule.unless):
        return False
    return any(holds(context, said, k, length) for context in rule.where)


def holds(context: Context, said: Said, k: int, length: int) -> bool:
    end = k + length
    facts = (
        (context.first, k == 0),
        (context.last, end == len(said.words)),
        (context.break_before, said.breaks[k]),
        (context.break_after, said.breaks[end]),
        (context.break_within, any(said.breaks[k + 1 : end])),
    )
    if any(wanted is not None and wanted != fact for wanted, fact in facts):
        return False
    if context.after is not None and not _follows(context.after, said, k):
        return False
    if context.before is not None and not _precedes(context.before, said, end):
        return False
    return not (_follows(context.not_after, said, k) or _precedes(context.not_before, said, end))


def _follows(phrases: Collection[Phrase], said: Said, k: int) -> bool:
    """Whether word `k` comes right after one of them."""
    return any(said.words[max(0, k - len(phrase)) : k] == phrase for phrase in phrases)


def _precedes(phrases: Collection[Phrase], said: Said, end: int) -> bool:
    return any(said.words[end : end + len(phrase)] == phrase for phrase in phrases)
