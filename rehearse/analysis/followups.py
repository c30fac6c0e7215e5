"""The one question that an interviewer would ask next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rehearse.analysis.advice import Finding
from rehearse.analysis.rules import builtin_table
from rehearse.model.structure import Analysis

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


def follow_up(
    found: Sequence[Finding], rules: Sequence[FollowUp], analysis: Analysis, *, turn: int = 0
) -> str | None:
    """By what a story left out; else the question's own; else a general one for a story.

    None where nothing was said, and where no story was told and the question brings none.
    """
    question, star = analysis.question, analysis.star
    if not analysis.words:
        return None
    codes = {finding.code for finding in found}
    for rule in rules:
        if rule.when in codes:
            return _one(rule.texts, turn)
    if question and question.follow_ups:
        return _one(question.follow_ups, turn)
    general = next((rule.texts for rule in rules if rule.when == COMPLETE), ())
    return _one(general, turn) if star and star.applies and general else None


def _one(texts: Sequence[str], turn: int) -> str:
    return texts[turn % len(texts)]
