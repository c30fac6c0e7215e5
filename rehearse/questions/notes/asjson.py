"""Sorted notes as the JSON that scripts rely on, schema 1."""

from __future__ import annotations

from rehearse.model.codec import SCHEMA, Json, dump
from rehearse.questions.notes.notes import Notes

_OPEN = frozenset({"question"})
"""What is null where it is not known; a part that is not told is an empty text."""


def notes(value: Notes, source: str) -> dict[str, Json]:
    people = [(plan.name, one) for plan in value.plans for one in plan.interviewers]
    return {
        "schema": SCHEMA,
        "source": source,
        "questions": dump(value.questions),
        "questions_to_ask": list(value.to_ask),
        "principles": [_filled(one) for one in value.principles],
        "stories": [_filled(one) for one in value.stories],
        "interviewers": [
            {
                "name": one.name,
                "principles": list(one.principles),
                "themes": list(one.themes),
                "plan": plan,
            }
            for plan, one in people
        ],
        "introduction": value.introduction,
        "closing": value.closing,
        "unplaced": dump(value.unplaced),
        "structure": dump(value.structure),
    }


def _filled(value: object) -> Json:
    return {
        name: "" if one is None and name not in _OPEN else one for name, one in dump(value).items()
    }
