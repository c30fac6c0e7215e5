"""Sorted notes as the JSON that scripts rely on, schema 1."""

from __future__ import annotations

from collections.abc import Sequence

from rehearse.model.codec import SCHEMA, Json, dump
from rehearse.questions.bank import Plan, Principle, Story
from rehearse.questions.notes.notes import NoteLine, Notes


def notes(value: Notes, source: str) -> dict[str, Json]:
    """A part of a story or a description that is not told is an empty text."""
    return {
        "schema": SCHEMA,
        "source": source,
        "questions": dump(value.questions),
        "questions_to_ask": list(value.to_ask),
        "principles": [_principle(one) for one in value.principles],
        "stories": [_story(one) for one in value.stories],
        "interviewers": [one for plan in value.plans for one in _interviewers(plan)],
        "introduction": value.introduction,
        "closing": value.closing,
        "unplaced": _lines(value.unplaced),
        "structure": _lines(value.structure),
    }


def _principle(value: Principle) -> Json:
    return {
        "name": value.name,
        "description": value.description or "",
        "guidance": list(value.guidance),
    }


def _story(value: Story) -> Json:
    return {
        "title": value.title,
        "principles": list(value.principles),
        "question": value.question,
        "situation": value.situation or "",
        "task": value.task or "",
        "action": value.action or "",
        "result": value.result or "",
        "notes": list(value.notes),
    }


def _interviewers(plan: Plan) -> list[Json]:
    return [
        {
            "name": one.name,
            "principles": list(one.principles),
            "themes": list(one.themes),
            "plan": plan.name,
        }
        for one in plan.interviewers
    ]


def _lines(values: Sequence[NoteLine]) -> Json:
    return [{"line": one.line, "text": one.text} for one in values]
