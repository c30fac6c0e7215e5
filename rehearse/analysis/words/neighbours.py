"""Whether a word stands where a rule of the lexicon wants it: neighbours, marks, silences."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rehearse.analysis.words.lexicon import ENDING, Context, Discourse, Phrase
from rehearse.model.take import Word
from rehearse.text import bare, ends_clause, ends_sentence

QUESTION_MARKS = "?？"
REACH = 12
"""Words; what came earlier than that is another thought."""
LEAST_STEM = 2
"""Letters before an ending: "ring" and "king" are no forms of a verb."""


@dataclass(frozen=True)
class Said:
    """Some of the words of a transcript, side by side."""

    words: tuple[str, ...]
    """Bare; every number in digits is "0"."""
    places: tuple[int, ...]
    """Index of each in the transcript."""
    breaks: tuple[bool, ...]
    """Entry k: something sets word k apart from the one before; one longer than `words`."""
    stops: tuple[str, ...]
    """Entry k: "?" where a question ends before word k, "." where another sentence does, or ""."""


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
    stops: list[str] = []
    pending, stopped = True, "."
    for i, word in enumerate(words):
        if i in skipped or not bare(word.text):
            pending = True
            stopped = _stop(word.text) or stopped
            continue
        breaks.append(pending or i in silent)
        stops.append(stopped)
        kept.append(i)
        pending, stopped = ends_clause(word.text), _stop(word.text)
    spelled = tuple(_comparable(bare(words[i].text)) for i in kept)
    return Said(spelled, tuple(kept), (*breaks, True), (*stops, stopped or "."))


def _stop(token: str) -> str:
    if not ends_sentence(token):
        return ""
    return "?" if any(mark in token for mark in QUESTION_MARKS) else "."


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
        (context.stop_before, bool(said.stops[k])),
        (context.stop_after, bool(said.stops[end])),
        (context.asks, said.stops[end] == "?"),
        (context.answers, said.stops[k] == "?"),
    )
    if any(wanted is not None and wanted != fact for wanted, fact in facts):
        return False
    if context.after is not None and not _follows(context.after, said, k):
        return False
    if context.before is not None and not _precedes(context.before, said, end):
        return False
    if context.after_only is not None and not _opens(context.after_only, said, k):
        return False
    if context.earlier is not None and not _earlier(context.earlier, said, k):
        return False
    return not (_follows(context.not_after, said, k) or _precedes(context.not_before, said, end))


def _follows(phrases: Collection[Phrase], said: Said, k: int) -> bool:
    """Whether word `k` comes right after one of them."""
    return any(_fits(phrase, said.words[max(0, k - len(phrase)) : k]) for phrase in phrases)


def _precedes(phrases: Collection[Phrase], said: Said, end: int) -> bool:
    return any(_fits(phrase, said.words[end : end + len(phrase)]) for phrase in phrases)


def _opens(phrases: Collection[Phrase], said: Said, k: int) -> bool:
    """Whether one or more of them, and no other word, lead from a sentence's beginning to `k`."""
    first = k
    while first > 0 and (first == k or not said.stops[first]):
        sizes = [
            len(each)
            for each in phrases
            if _fits(each, said.words[max(0, first - len(each)) : first])
        ]
        if not sizes:
            return False
        first -= max(sizes)
    return first < k


def _earlier(phrases: Collection[Phrase], said: Said, k: int) -> bool:
    """Whether one of them stands in the same sentence, at most `REACH` words before."""
    for at in range(k - 1, max(-1, k - 1 - REACH), -1):
        if said.stops[at + 1]:
            return False
        if _precedes(phrases, said, at):
            return True
    return False


def _fits(phrase: Phrase, words: Sequence[str]) -> bool:
    return len(phrase) == len(words) and all(map(_stands_for, phrase, words))


def _stands_for(pattern: str, word: str) -> bool:
    if pattern.startswith(ENDING):
        return len(word) >= len(pattern) + LEAST_STEM - 1 and word.endswith(pattern[1:])
    return pattern == word
