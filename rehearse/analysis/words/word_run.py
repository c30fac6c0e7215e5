"""Words of a transcript side by side, without the hesitations, and what sets them apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rehearse.model.take import Word
from rehearse.text import bare, ends_clause, ends_sentence

QUESTION_MARKS = "?？"


@dataclass(frozen=True)
class WordRun:
    """Some of the words of a transcript, side by side."""

    words: tuple[str, ...]
    """Bare; every number in digits is "0"."""
    places: tuple[int, ...]
    """Index of each in the transcript."""
    breaks: tuple[bool, ...]
    """Entry k: something sets word k apart from the one before; one longer than `words`."""
    stops: tuple[str, ...]
    """Entry k: "?" where a question ends before word k, "." where another sentence does, or ""."""


def side_by_side(
    words: Sequence[Word],
    *,
    skipped: Collection[int] = frozenset(),
    silent: Collection[int] = frozenset(),
) -> WordRun:
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
    return WordRun(spelled, tuple(kept), (*breaks, True), (*stops, stopped or "."))


def _stop(token: str) -> str:
    if not ends_sentence(token):
        return ""
    return "?" if any(mark in token for mark in QUESTION_MARKS) else "."


def _comparable(text: str) -> str:
    return "0" if text[:1].isdigit() else text
