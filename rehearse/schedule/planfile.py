"""`plan.json`: what the user decided about the schedule. All else is computed from the takes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from rehearse.errors import NewerFile, UnreadableFile, WrongUsage
from rehearse.model.codec import DAMAGE
from rehearse.schedule.rating import Grade

PLAN_FILE = "plan.json"
SCHEMA = 1
GRADES = {grade.word: grade for grade in Grade}


@dataclass(frozen=True)
class Wishes:
    interview: date | None = None
    grades: Mapping[str, Grade] = field(default_factory=dict)
    """By id of the take: how the user found it, whatever the rules say."""


def dump(wishes: Wishes) -> str:
    value = {
        "schema": SCHEMA,
        "interview": wishes.interview.isoformat() if wishes.interview else None,
        "grades": {take: grade.word for take, grade in sorted(wishes.grades.items())},
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def load(text: str, where: str) -> Wishes:
    """Without fields unknown here. Raises UnreadableFile."""
    try:
        value = json.loads(text)
        schema = value["schema"]
        if not isinstance(schema, int) or schema > SCHEMA:
            raise NewerFile(f"{where} was made by a newer version of rehearse (schema {schema}).")
        interview = value.get("interview")
        return Wishes(
            None if interview is None else date.fromisoformat(interview),
            {str(take): GRADES[word] for take, word in value.get("grades", {}).items()},
        )
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
    try:
        return GRADES[text.strip().lower()]
    except KeyError as error:
        names = ", ".join(GRADES)
        raise WrongUsage(f"I don't know the grade '{text}'.", f"Use: {names}.") from error
