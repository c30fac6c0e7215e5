"""`plan.json`: what the user decided about the schedule. All else is computed from the takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rehearse.errors import UnreadableFile, WrongUsage
from rehearse.model import codec
from rehearse.model.codec import DAMAGE
from rehearse.schedule.rating import Grade
from rehearse.takes import json_file

PLAN_FILE = "plan.json"


@dataclass(frozen=True)
class Wishes:
    interview: date | None = None
    grades: Mapping[str, Grade] = field(default_factory=dict)
    """By id of the take: how the user found it, whatever the rules say."""


def dump(wishes: Wishes) -> str:
    return json_file.text_of(codec.dump(wishes))


def load(text: str, where: str) -> Wishes:
    """Without fields unknown here. Raises UnreadableFile."""
    try:
        return codec.load(Wishes, json_file.fields_of(text, where))
    except DAMAGE as error:
        raise UnreadableFile(
            f"{where} is damaged, so the date of your interview and your own grades are lost.",
            "Set the date again with 'rehearse plan --interview DATE'. The damaged file is kept"
            " too.",
        ) from error


def interview_on(text: str, today: date) -> date | None:
    """The date in "2027-01-15", or None for "none". Raises WrongUsage."""
    if text.strip().lower() == "none":
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise WrongUsage(
            f"I don't understand the date '{text}'.",
            "Write year, month and day, like 2027-01-15, or 'none'.",
        ) from error
    if day < today:
        raise WrongUsage(
            f"{text.strip()} is in the past.", "Write today or a later day, or 'none'."
        )
    return day


def grade_named(text: str) -> Grade:
    """Raises WrongUsage."""
    words = {grade.word: grade for grade in Grade}
    try:
        return words[text.strip().lower()]
    except KeyError as error:
        raise WrongUsage(
            f"I don't know the grade '{text}'.", f"Use: {', '.join(words)}."
        ) from error
