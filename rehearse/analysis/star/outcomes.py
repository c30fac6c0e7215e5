"""What the Result holds: figures, comparisons, and effects that have a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from rehearse.analysis.keypoints.figures import Figure
from rehearse.analysis.keypoints.number_words import builtin_numerals
from rehearse.analysis.keypoints.tokens import Piece, pieces
from rehearse.analysis.rules import builtin_table
from rehearse.analysis.star.cues import phrase_pattern
from rehearse.model.structure import Results, Section, Star
from rehearse.model.take import Quote, Word
from rehearse.text import bare

_EDGE = re.compile(r"^[^\w$€£]+|[^\w%$€£]+$")
_IDIOM = re.compile(r"\d[/:]\d|\b(?:double|fifty)-\w|^[^/]*\d-\d+-\d")
""" "24/7", "9:30", "double-digit", "555-01-23"."""
_DECADE = re.compile(r"the (?:19|20)?\d0s\W*", re.IGNORECASE)


class OutcomeKind(Enum):
    COMPARISON = "comparison"
    EFFECT = "effect"


@dataclass(frozen=True)
class Outcome:
    kind: OutcomeKind
    pattern: re.Pattern[str]


@cache
def builtin_outcomes() -> tuple[Outcome, ...]:
    data = builtin_table("outcomes.toml")
    return tuple(
        Outcome(
            OutcomeKind(rule["kind"]),
            phrase_pattern(rule["phrases"], data["sets"]),
        )
        for rule in data["outcome"]
    )


def results(words: Sequence[Word], star: Star | None, *, outcomes: Sequence[Outcome]) -> Results:
    """In Result where the answer is a story, else in the whole answer."""
    if star and star.applies:
        runs = [
            range(part.first_word, part.last_word + 1)
            for part in star.segments
            if part.section is Section.RESULT
        ]
    else:
        runs = [range(len(words))]
    found = [number for run in runs for number in numbers(words, run)]
    said = {
        rule.kind: [each for run in runs for each in _said(words, run, rule)] for rule in outcomes
    }
    return Results(
        quantified=bool(found),
        numbers=tuple(found),
        comparisons=tuple(said.get(OutcomeKind.COMPARISON, ())),
        effects=tuple(said.get(OutcomeKind.EFFECT, ())),
    )


def _said(words: Sequence[Word], run: range, rule: Outcome) -> list[Quote]:
    places = [i for i in run if bare(words[i].text)]
    text = " ".join(bare(words[i].text) for i in places)
    found = []
    for match in rule.pattern.finditer(text):
        first = places[text.count(" ", 0, match.start())]
        last = places[text.count(" ", 0, match.end())]
        quoted = " ".join(words[i].text for i in range(first, last + 1))
        found.append(Quote(quoted, first, last))
    return found


def numbers(words: Sequence[Word], run: range) -> tuple[Quote, ...]:
    """The figures among `words[run]` that measure something, in order: years, dates, times of the
    day, labels and ordinals do not. Those of one token, as in "10-15%", are one."""
    tokens = [words[i].text for i in run]
    found = pieces(tokens)
    spans: list[tuple[int, int]] = []
    for at, piece in enumerate(found):
        if not _measures(found, at, tokens):
            continue
        joins = bool(spans) and spans[-1][1] == piece.first
        first = spans.pop()[0] if joins else piece.first
        spans.append((first, piece.last))
    quoted = ((_EDGE.sub("", " ".join(tokens[a : b + 1])), a, b) for a, b in spans)
    return tuple(Quote(text, run.start + a, run.start + b) for text, a, b in quoted)


def _measures(found: Sequence[Piece], at: int, tokens: Sequence[str]) -> bool:
    piece = found[at]
    if piece.figure is None or not piece.figure.firm:
        return False
    text = " ".join(tokens[piece.first : piece.last + 1])
    before, after, further = (
        found[n] if 0 <= n < len(found) else None for n in (at - 1, at + 1, at + 2)
    )
    if _IDIOM.search(text) or _is_named(piece, before, after, tokens):
        return False
    if piece.figure.unit:
        return not _DECADE.fullmatch(f"{before.text if before else ''} {text}")
    return not (_is_year(piece.figure, text, before) or _is_label(text, before, after, further))


def _is_named(
    piece: Piece, before: Piece | None, after: Piece | None, tokens: Sequence[str]
) -> bool:
    """Whether it is a part of a name or of another word: "COVID-19", "two-factor"."""
    left = before if "-" in tokens[piece.first] and before else None
    right = after if "-" in tokens[piece.last] and after else None
    return bool(
        (left and left.last == piece.first and not left.figure)
        or (right and right.first == piece.last and not right.figure)
    )


def _is_year(figure: Figure, text: str, before: Piece | None) -> bool:
    """ "2019", "twenty nineteen", "in two thousand and eight"; not "2,000" nor "two thousand"."""
    if "," in text.rstrip(",") or not (figure.value.is_integer() and 1900 <= figure.value < 2100):
        return False
    counted = any(word in builtin_numerals().magnitudes for word in map(bare, text.split()))
    dated = before is not None and before.text in ("in", "since") and figure.value > 2000
    return dated or not counted


def _is_label(text: str, before: Piece | None, after: Piece | None, further: Piece | None) -> bool:
    """ "version 2", "3 May", "9 am", "the two of us"."""
    sets = builtin_numerals().sets
    left, right = (piece.text if piece else "" for piece in (before, after))
    dated = bare(text).isdigit() and {left, right} & sets["months"]
    persons = right == "of" and further is not None and further.text in sets["persons"]
    numbered = left in sets["labels"] or right in sets["clock"] or left == "past"
    return bool(dated or persons or numbered)
