"""Days in a row and minutes of the week, and the line that says so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rehearse.schedule.habit import Habit, habit
from rehearse.takes.summary import State, Summary
from rehearse.views.plan import CORE, greeting

WEDNESDAY = date(2026, 11, 4)


def take(days_ago: int, *, state: State = State.WHOLE, seconds: float = 90.0) -> Summary:
    day = WEDNESDAY - timedelta(days=days_ago)
    at = f"{day}T18:30:00"
    return Summary(f"{at}_why", state, seconds, recorded_at=at, answer=seconds)


@pytest.mark.parametrize(
    ("ago", "row"),
    [((), 0), ((0,), 1), ((0, 1, 2), 3), ((1, 2), 2), ((2, 3), 0), ((0, 0, 1, 3), 2)],
)
def test_days_in_a_row_end_today_or_yesterday(ago: tuple[int, ...], row: int) -> None:
    assert habit([take(days) for days in ago], WEDNESDAY).days == row


def test_minutes_are_those_since_monday_that_were_answers() -> None:
    takes = [take(0), take(2), take(3), take(1, state=State.SKIPPED)]
    assert habit(takes, WEDNESDAY).seconds == 180.0


def test_the_greeting_says_what_there_is_and_blames_nobody() -> None:
    def said(days: int, seconds: float, due: int, interview: date | None = None) -> str:
        found = Habit(days, seconds)
        return greeting(found, due=due, today=WEDNESDAY, interview=interview)

    assert said(3, 1320.0, 2) == "3 days in a row. 22 minutes this week. 2 questions are due today."
    assert said(1, 61.0, 0) == "1 minute this week."
    assert said(0, 0.0, 0) == ""
    soon = said(0, 0.0, 0, WEDNESDAY + timedelta(days=2))
    assert "in 2 days" in soon and "rehearse practice --minutes 40" in soon
    assert said(0, 0.0, 0, WEDNESDAY - timedelta(days=1)) == ""
    in_two_days = WEDNESDAY + timedelta(days=2)
    page = greeting(Habit(0, 0.0), due=0, today=WEDNESDAY, interview=in_two_days, close=CORE)
    assert page.endswith("your weakest answers."), "a page names no command"
