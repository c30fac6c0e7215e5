"""How regularly somebody practises: days in a row, and minutes of this week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rehearse.takes.summary import Summary

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Habit:
    days: int
    """In a row up to today, or up to yesterday where today is still to come."""
    seconds: float
    """Spoken since Monday."""


def habit(takes: Iterable[Summary], today: date) -> Habit:
    """Of all answers that were finished, also those that wait for their words."""
    spoken = [(day, take.spoken) for take in takes if take.is_answer and (day := take.day_here)]
    days = {day for day, _ in spoken}
    last = today if today in days else today - DAY
    row = 0
    while last - row * DAY in days:
        row += 1
    monday = today - today.weekday() * DAY
    return Habit(row, sum(seconds for day, seconds in spoken if monday <= day <= today))
