"""The one question that an interviewer would ask next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rehearse.analysis.advice import Finding
from rehearse.analysis.rules import builtin_table
from rehearse.analysis.star.cues import phrase_pattern
from rehearse.model.structure import Analysis
from rehearse.text import bare_words

COMPLETE = "complete"


@dataclass(frozen=True)
class FollowUp:
    when: str
    """Code of the finding that it answers; `COMPLETE` where a story lacks nothing."""
    texts: tuple[str, ...]


@cache
def builtin_follow_ups() -> tuple[FollowUp, ...]:
    rules = builtin_table("follow_ups.toml")["follow_up"]
    return tuple(FollowUp(rule["when"], tuple(rule["texts"])) for rule in rules)


@cache
def builtin_wanted() -> dict[str, re.Pattern[str]]:
    """Code of a part → how a follow-up asks for it."""
    rules = builtin_table("follow_ups.toml")["asks_for"]
    return {rule["part"]: phrase_pattern(rule["phrases"], {}) for rule in rules}


def follow_up(
    found: Sequence[Finding], rules: Sequence[FollowUp], analysis: Analysis, *, turn: int = 0
) -> str | None:
    """By what a story left out; else the question's own; else a general one for a story. None asks
    for what was just said.

    None where nothing was said, and where no story was told and the question brings none.
    """
    question, star = analysis.question, analysis.star
    if not analysis.words:
        return None
    codes = {finding.code for finding in found}
    for rule in rules:
        if rule.when in codes:
            return _one(rule.texts, turn)
    own = _open(question.follow_ups if question else (), analysis)
    if own:
        return _one(own, turn)
    general = next((rule.texts for rule in rules if rule.when == COMPLETE), ())
    left = _open(general, analysis) if star and star.applies else []
    return _one(left, turn) if left else None


def _open(texts: Sequence[str], analysis: Analysis) -> list[str]:
    """Those that ask for nothing that was told."""
    told = _told(analysis)
    return [text for text in texts if not _asks_for(text) & told]


def _told(analysis: Analysis) -> set[str]:
    """Codes of the parts that were surely told."""
    parts = analysis.outline.parts if analysis.outline else ()
    star = analysis.star if analysis.star and analysis.star.applies else None
    sections = star.order if star else ()
    learned = {"learned"} if analysis.edges and analysis.edges.reflection else set()
    return (
        {part.code for part in parts if part.present and not part.thin}
        | learned
        | {section.value for section in sections if star and section not in star.thin}
    )


def _asks_for(text: str) -> set[str]:
    said = " ".join(bare_words(text.split()))
    return {part for part, pattern in builtin_wanted().items() if pattern.search(said)}


def _one(texts: Sequence[str], turn: int) -> str:
    return texts[turn % len(texts)]
