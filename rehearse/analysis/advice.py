"""At most three pieces of advice, most valuable first, each tied to words and seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rehearse.analysis.rules import builtin_table
from rehearse.model.structure import Advice

MOST = 3
"""Pieces of advice; nobody can work on more than three at once."""


@dataclass(frozen=True)
class Finding:
    """Something to say, where it shows, and the figures for its wording."""

    code: str
    first_word: int | None = None
    last_word: int | None = None
    start: float | None = None
    end: float | None = None
    figures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Wording:
    code: str
    texts: tuple[str, ...]


@cache
def builtin_wordings() -> tuple[Wording, ...]:
    rules = builtin_table("advice.toml")["advice"]
    return tuple(Wording(rule["code"], tuple(rule["texts"])) for rule in rules)


def advise(
    found: Sequence[Finding], wordings: Sequence[Wording], *, turn: int = 0
) -> tuple[Advice, ...]:
    """In the order of `wordings`, which is that of their value; `turn` picks among the texts."""
    by_code = {finding.code: finding for finding in found}
    return tuple(
        worded(by_code[wording.code], wording, turn)
        for wording in wordings
        if wording.code in by_code
    )[:MOST]


def worded(finding: Finding, wording: Wording, turn: int) -> Advice:
    """`turn` picks among the texts."""
    text = wording.texts[turn % len(wording.texts)]
    return Advice(
        code=finding.code,
        text=text.format(**dict(finding.figures)),
        first_word=finding.first_word,
        last_word=finding.last_word,
        start=finding.start,
        end=finding.end,
    )
