"""Questions, words and times as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TypeAlias, TypeVar

from rehearse.model import Question, Said, Speaker, Word

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | int | bool | None"

T = TypeVar("T")

SCHEMA = 1
_UNSEEN = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON leaves as it is in a text, though it steers terminals or is half a character."""


def line(value: Json, *, plain: bool = False) -> str:
    """One line, safe to be shown: what could steer a terminal is there as an escape; where it is to
    be `plain`, so is every letter that is not ASCII."""
    text = json.dumps(value, ensure_ascii=plain)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def seconds(value: float | None) -> float | None:
    """Rounded to the millisecond, finer than anything measured here."""
    return None if value is None else round(float(value), 3)


def optional(dump: Callable[[T], Json], value: T | None) -> Json:
    """Unknown stays null."""
    return None if value is None else dump(value)


def question(value: Question) -> Json:
    return {
        "text": value.text,
        "kind": value.kind.value if value.kind else None,
        "principles": list(value.principles),
        "target": value.target,
        "follow_ups": list(value.follow_ups),
        "notes": list(value.notes),
    }


def words(values: tuple[Word, ...]) -> Json:
    return [
        {
            "index": index,
            "text": word.text,
            "start": seconds(word.start),
            "end": seconds(word.end),
            "probability": seconds(word.probability),
        }
        for index, word in enumerate(values)
    ]


def speakers(values: tuple[Speaker, ...]) -> Json:
    return [{"name": one.name, "words": one.words, "taken": one.taken} for one in values]


def said(value: Said) -> Json:
    return {"text": value.text, "first_word": value.first_word, "last_word": value.last_word}
