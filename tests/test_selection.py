"""Which takes are found, and which may go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rehearse.errors import WrongUsage
from rehearse.model.take import Ending, Question
from rehearse.takes.select import Keep, OlderThan, Wanted, day, days, policy, says, spoken
from rehearse.takes.summary import State, Summary
from tests.takes import QUESTION, Told, summary

TODAY = date(2026, 5, 4)
PLAIN = Told()
OTHER = Question("Why do you want to work here?", None, ("Earn Trust", "Dive Deep"))


def takes(*tales: Told) -> list[Summary]:
    """One after the other, a minute apart."""
    return [
        summary(replace(told, after=told.after + timedelta(minutes=number)))
        for number, told in enumerate(tales)
    ]


def ago(number: int, told: Told = PLAIN) -> Told:
    return replace(told, after=told.after - timedelta(days=number))


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (Wanted(), True),
        (Wanted(question="a TIME  you"), True),
        (Wanted(question="moved the shop"), True),
        (Wanted(question="why"), False),
        (Wanted(principle="owner"), True),
        (Wanted(principle="trust"), False),
        (Wanted(since=TODAY), True),
        (Wanted(since=TODAY + timedelta(days=1)), False),
        (Wanted(before=TODAY), False),
        (Wanted(before=TODAY + timedelta(days=1)), True),
        (Wanted(starred=True), True),
        (Wanted(starred=True, question="why"), False),
    ],
)
def test_a_take_fits_what_is_wanted(wanted: Wanted, fits: bool) -> None:
    labels = (("title", "How we moved the shop"), ("starred", True))
    assert wanted.fits(summary(Told(labels=labels))) == fits


def test_a_take_of_which_nothing_is_known_fits_only_where_nothing_is_asked() -> None:
    damaged = Summary("x", State.DAMAGED, 0.0)
    assert Wanted().fits(damaged)
    for wanted in (
        Wanted(question="a"),
        Wanted(principle="a"),
        Wanted(since=TODAY),
        Wanted(before=TODAY),
        Wanted(starred=True),
    ):
        assert not wanted.fits(damaged)


@pytest.mark.parametrize(
    ("sought", "said"),
    [
        ("built a queue", True),
        ("Built, a QUEUE", True),
        ("queue", True),
        ("a queue I", True),
        ("queue a", False),
        ("que", False),
        ("it’s late", True),
        ("late yes and more", False),
    ],
)
def test_words_are_found_in_a_row_whatever_their_punctuation(sought: str, said: bool) -> None:
    words = ["So", "I", "built", "-", "a", "queue.", "I", "said", "it's", "late,", "yes"]
    assert says(words, spoken(sought)) == said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        (" today ", TODAY),
        ("Yesterday", date(2026, 5, 3)),
        ("30d", date(2026, 4, 4)),
        ("2 weeks", date(2026, 4, 20)),
        ("1y", date(2025, 5, 4)),
    ],
)
def test_days_are_written_as_people_do(text: str, expected: date) -> None:
    assert day(text, TODAY) == expected


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "20260301", "9999y", "-3d", "2026-W01"])
def test_what_is_no_day_is_said(text: str) -> None:
    with pytest.raises(WrongUsage, match="the date"):
        day(text, TODAY)


@pytest.mark.parametrize("text", ["", "90", "d", "1.5d", "-3d", "99999d"])
def test_what_is_no_span_is_said(text: str) -> None:
    with pytest.raises(WrongUsage, match="number of days"):
        days(text)


def test_old_takes_go() -> None:
    old, edge, fresh = takes(ago(31), ago(30), ago(0))
    assert OlderThan(TODAY - timedelta(days=30)).going([old, edge, fresh]) == [old]


def test_the_latest_answers_to_each_question_stay() -> None:
    one, two, three, other = takes(Told(), Told(), Told(), Told(question=OTHER))
    assert Keep(2).going([one, two, three, other]) == [one]
    assert Keep(1).going([one, two, three, other]) == [one, two]
    assert Keep(3).going([one, two, three, other]) == []


def test_one_question_is_one_however_it_is_written() -> None:
    louder = replace(QUESTION, text="TELL me  about a time you failed.")
    first, second = takes(Told(), Told(question=louder))
    assert Keep(1).going([first, second]) == [first]


def test_given_up_attempts_keep_no_answer_from_staying() -> None:
    skipped = Told(ending=Ending.SKIPPED, written=False)
    answer, *given_up = takes(Told(), skipped, skipped)
    assert Keep(1).going([answer, *given_up]) == given_up


@pytest.mark.parametrize(
    "told",
    [
        Told(labels=(("starred", True),)),
        Told(written=False),
        Told(ending=None, written=False),
    ],
)
@pytest.mark.parametrize("rule", [Keep(1), OlderThan(TODAY)])
def test_what_is_starred_or_not_done_never_goes(told: Told, rule: Keep | OlderThan) -> None:
    found = takes(ago(99, told), ago(98, told), ago(97))
    damaged = Summary("2020-01-01T00-00-00_x", State.DAMAGED, 5.0)
    newer = Summary("2020-01-01T00-00-00_y", State.NEWER, 5.0)
    assert set(rule.going([damaged, newer, *found])) <= {found[-1]}


@pytest.mark.parametrize(
    ("name", "figure"),
    [("keep", "0"), ("keep", "-1"), ("keep", "few"), ("older-than", "soon"), ("young", "3d")],
)
def test_a_policy_that_is_none_is_said(name: str, figure: str) -> None:
    with pytest.raises(WrongUsage):
        policy(name, figure, TODAY)


def test_policies_are_named() -> None:
    assert policy("keep", "5", TODAY) == Keep(5)
    assert policy("older-than", "90d", TODAY) == OlderThan(date(2026, 2, 3))
