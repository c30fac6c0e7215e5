"""Learned weights for ambiguous filler words such as "like": how much each neighbour speaks for a
filler.

tools/fillers/train.py learns them from real people by logistic regression; what the rule says is
one of the signs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from rehearse.analysis.words.word_run import WordRun

ENDINGS = ("ing", "ed", "ly", "s", "er", "tion")
LEAST_STEM = 3
"""Letters before an ending."""
NEAR = (-1, -2, 1, 2)
"""Places of the neighbours that are looked at; -1 is right before."""


class Verdict(Enum):
    """Of the rule: one of its contexts holds, one of its exceptions does, or neither."""

    FILLER = "filler"
    WORD = "word"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Weights:
    values: Mapping[str, float]
    """For each sign its weight; above 0 it speaks for a filler."""
    least: float
    """The sum from which it is one."""
    classes: Mapping[str, frozenset[str]]
    """For a word the names of the lexicon's sets that hold it."""


def parse_weights(text: str, sets: Mapping[str, list[str]]) -> dict[str, Weights]:
    """By the word they are about. Raises ValueError, KeyError."""
    classes = classes_of(sets)
    return {
        word: Weights(found["values"], found["least"], classes)
        for word, found in json.loads(text).items()
    }


def classes_of(sets: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    words = {word for some in sets.values() for word in some}
    return {word: frozenset(name for name, some in sets.items() if word in some) for word in words}


def likely(weights: Weights, said: WordRun, k: int, end: int, verdict: Verdict) -> bool:
    """Whether the words from `k` up to `end`, that one not included, are a filler."""
    found = signs(weights.classes, said, k, end, verdict)
    return sum(weights.values.get(sign, 0.0) for sign in found) >= weights.least


def signs(
    classes: Mapping[str, frozenset[str]], said: WordRun, k: int, end: int, verdict: Verdict
) -> Iterator[str]:
    yield "always"
    rule = f"rule={verdict.value}"
    yield rule
    apart = f"apart={said.breaks[k]},{said.breaks[end]}"
    yield apart
    yield f"{apart} {rule}"
    yield f"sentence={bool(said.stops[k])},{bool(said.stops[end])}"
    yield f"first={k == 0}"
    yield f"last={end == len(said.words)}"
    for place in NEAR:
        at = k + place if place < 0 else end + place - 1
        word = said.words[at] if 0 <= at < len(said.words) else ""
        yield f"{place}={word}"
        for name in sorted(classes.get(word, ())):
            yield f"{place}@{name}"
            yield f"{place}@{name} {rule}"
        for ending in ENDINGS:
            if word.endswith(ending) and len(word) >= len(ending) + LEAST_STEM:
                yield f"{place}~{ending}"
