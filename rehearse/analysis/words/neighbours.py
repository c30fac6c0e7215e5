"""Whether a word stands where a rule of the lexicon wants it: neighbours, marks, silences."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rehearse.analysis.words.lexicon import ENDING, Context, Discourse, Phrase
from rehearse.analysis.words.weights import Verdict, likely
from rehearse.analysis.words.word_run import WordRun

REACH = 12
"""Words; what came earlier than that is another thought."""
LEAST_STEM = 2
"""Letters before an ending: "ring" and "king" are no forms of a verb."""


@dataclass(frozen=True)
class Match:
    """A rule holds for the words `first` to `last` of the transcript, both in it."""

    rule: Discourse
    first: int
    last: int


def matched(rules: Sequence[Discourse], said: WordRun) -> Iterator[Match]:
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


def matches(rule: Discourse, phrase: Phrase, said: WordRun, k: int) -> bool:
    end = k + len(phrase)
    if said.words[k:end] != phrase or any(said.breaks[k + 1 : end]):
        return False
    found = verdict(rule, said, k, len(phrase))
    if rule.weights:
        return likely(rule.weights, said, k, end, found)
    return found is Verdict.FILLER


def stands(rule: Discourse, said: WordRun, k: int, length: int) -> bool:
    """Whether `length` words from `k` stand as the rule wants."""
    return verdict(rule, said, k, length) is Verdict.FILLER


def verdict(rule: Discourse, said: WordRun, k: int, length: int) -> Verdict:
    if any(holds(context, said, k, length) for context in rule.unless):
        return Verdict.WORD
    found = any(holds(context, said, k, length) for context in rule.where)
    return Verdict.FILLER if found else Verdict.UNKNOWN


def holds(context: Context, said: WordRun, k: int, length: int) -> bool:
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


def _follows(phrases: Collection[Phrase], said: WordRun, k: int) -> bool:
    """Whether word `k` comes right after one of them."""
    return any(_fits(phrase, said.words[max(0, k - len(phrase)) : k]) for phrase in phrases)


def _precedes(phrases: Collection[Phrase], said: WordRun, end: int) -> bool:
    return any(_fits(phrase, said.words[end : end + len(phrase)]) for phrase in phrases)


def _opens(phrases: Collection[Phrase], said: WordRun, k: int) -> bool:
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


def _earlier(phrases: Collection[Phrase], said: WordRun, k: int) -> bool:
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
