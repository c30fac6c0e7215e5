"""What the Result holds: figures, comparisons, and effects that have a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from rehearse.analysis.cues import phrase_pattern
from rehearse.analysis.numbers import Numerals, numbers
from rehearse.analysis.tables import builtin_table
from rehearse.findings.story import Results, Section, Star
from rehearse.model import Said, Word
from rehearse.text import bare


class OutcomeKind(Enum):
    COMPARISON = "comparison"
    EFFECT = "effect"


@dataclass(frozen=True)
class Outcome:
    kind: OutcomeKind
    pattern: re.Pattern[str]
    must: tuple[str, ...]
    must_not: tuple[str, ...]


@cache
def builtin_outcomes() -> tuple[Outcome, ...]:
    data = builtin_table("outcomes.toml")
    return tuple(
        Outcome(
            OutcomeKind(rule["kind"]),
            phrase_pattern(rule["phrases"], data["sets"]),
            tuple(rule["must"]),
            tuple(rule["must_not"]),
        )
        for rule in data["outcome"]
    )


def results(
    words: Sequence[Word], star: Star | None, *, numerals: Numerals, outcomes: Sequence[Outcome]
) -> Results:
    """In Result where the answer is a story, else in the whole answer."""
    if star and star.applies:
        runs = [
            range(part.first_word, part.last_word + 1)
            for part in star.segments
            if part.section is Section.RESULT
        ]
    else:
        runs = [range(len(words))]
    found = [number for run in runs for number in numbers(words, run, numerals)]
    said = {
        rule.kind: [each for run in runs for each in _said(words, run, rule)] for rule in outcomes
    }
    return Results(
        quantified=bool(found),
        numbers=tuple(found),
        comparisons=tuple(said.get(OutcomeKind.COMPARISON, ())),
        effects=tuple(said.get(OutcomeKind.EFFECT, ())),
    )


def _said(words: Sequence[Word], run: range, rule: Outcome) -> list[Said]:
    places = [i for i in run if bare(words[i].text)]
    text = " ".join(bare(words[i].text) for i in places)
    found = []
    for match in rule.pattern.finditer(text):
        first = places[text.count(" ", 0, match.start())]
        last = places[text.count(" ", 0, match.end())]
        quoted = " ".join(words[i].text for i in range(first, last + 1))
        found.append(Said(quoted, first, last))
    return found
