"""Who asks what in an interview."""

from __future__ import annotations

from random import Random

import pytest

from rehearse.errors import NothingToAsk
from rehearse.model.take import Kind, Question
from rehearse.questions.bank import Interviewer, Plan
from rehearse.questions.choose import plans_of, questions_of
from rehearse.questions.interviews import (
    REMINDERS,
    TURNED_ROUND,
    Round,
    find_plan,
    share_out,
    subjects_of,
)
from rehearse.questions.packs import builtin_packs

PACKS = builtin_packs()
PLANS = plans_of(PACKS)
KNOWN = questions_of(PACKS)
TO_ASK = [question for question in KNOWN if question.kind is Kind.TO_ASK]


def story(text: str, *principles: str) -> Question:
    return Question(text, Kind.BEHAVIOURAL, principles)


def shared(*interviewers: Interviewer, questions: tuple[Question, ...]) -> tuple[Round, ...]:
    return share_out(Plan("Mine", interviewers), questions)


def texts(parts: tuple[Round, ...]) -> list[list[str]]:
    return [[question.text for question in part.questions] for part in parts]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("phone-screen", "Phone screen"),
        ("behavioural", "Behavioural round"),
        ("full loop", "Full loop"),
        ("FULL-LOOP", "Full loop"),
        ("half", "Half-day loop"),
        ("behavioral round", "Behavioural round"),
    ],
)
def test_a_plan_goes_by_any_spelling_of_its_name(said: str, name: str) -> None:
    assert find_plan(PLANS, said).name == name


@pytest.mark.parametrize("said", ["loop", "lunch", "", "--"])
def test_a_name_that_fits_none_or_several_is_told_with_what_there_is(said: str) -> None:
    with pytest.raises(NothingToAsk, match="Full loop"):
        find_plan(PLANS, said)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
@pytest.mark.parametrize("seed", range(5))
def test_every_built_in_plan_is_filled_and_asks_nothing_twice(plan: Plan, seed: int) -> None:
    parts = share_out(plan, KNOWN, to_ask=TO_ASK, rng=Random(seed))
    assert [part.interviewer for part in parts] == list(plan.interviewers)
    for part in parts:
        assert len(part.questions) == part.interviewer.questions
        assert bool(part.reminders) is any(one.kind is Kind.TO_ASK for one in part.questions)
    asked = [question.text for part in parts for question in part.questions]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_each_principle_of_an_interviewer_is_asked_about(plan: Plan) -> None:
    for part in share_out(plan, KNOWN, to_ask=TO_ASK, rng=Random(3)):
        asked = {name for question in part.questions for name in question.principles}
        assert set(part.interviewer.principles) <= asked


def test_an_interview_opens_with_the_introduction_and_ends_with_the_goodbye() -> None:
    (part,) = share_out(find_plan(PLANS, "phone"), KNOWN, to_ask=TO_ASK, rng=Random(1))
    kinds = [question.kind for question in part.questions]
    assert kinds == [
        Kind.INTRODUCTION,
        Kind.BEHAVIOURAL,
        Kind.BEHAVIOURAL,
        Kind.TO_ASK,
        Kind.CLOSING,
    ]
    assert part.questions[3] == Question(TURNED_ROUND, Kind.TO_ASK)
    assert len(part.reminders) == REMINDERS
    assert set(part.reminders) <= {question.text for question in TO_ASK}


def test_what_one_has_asked_nobody_asks_again() -> None:
    pool = (story("A", "Ownership"), story("B", "Ownership"), story("C", "Frugality"))
    parts = shared(
        Interviewer("Dana", ("Ownership",), questions=1),
        Interviewer("Kim", ("Ownership", "Frugality"), questions=5),
        questions=pool,
    )
    assert texts(parts) == [["A"], ["B", "C"]]


def test_somebody_with_nothing_left_to_ask_does_not_come() -> None:
    one = (story("A", "Ownership"),)
    parts = shared(*[Interviewer(name, ("Ownership",)) for name in ("A", "B")], questions=one)
    assert texts(parts) == [["A"]]


def test_a_theme_is_a_kind_or_a_principle() -> None:
    design = Question("Design a lift.", Kind.SYSTEM_DESIGN)
    pool = (story("W", "Writing Sample"), design)
    who = Interviewer("Dana", themes=("system design", "writing sample"))
    assert texts(shared(who, questions=pool)) == [["Design a lift.", "W"]]


def test_more_questions_than_subjects_go_round_again_but_for_the_introduction() -> None:
    pool = (
        Question("Hello?", Kind.INTRODUCTION),
        Question("You?", Kind.INTRODUCTION),
        *(story(text, "Ownership") for text in "ABC"),
    )
    who = Interviewer("Dana", ("Ownership",), ("introduction",), questions=4)
    assert texts(shared(who, questions=pool)) == [["Hello?", "A", "B", "C"]]


def test_of_somebody_without_subjects_stories_are_asked() -> None:
    pool = tuple(story(text, "Ownership") for text in "ABCDE")
    assert texts(shared(Interviewer("Dana"), questions=pool)) == [["A", "B", "C"]]


def test_a_subject_without_questions_is_told_with_the_name() -> None:
    with pytest.raises(NothingToAsk, match=r"Dana cannot ask: No question asks about 'Juggling'\."):
        shared(Interviewer("Dana", ("Juggling",)), questions=(story("A", "Ownership"),))


def test_the_beginning_and_the_end_are_no_subject() -> None:
    who = Interviewer("Dana", ("Ownership",), ("introduction", "system design", "to ask"))
    assert subjects_of(who) == ("Ownership", "system design")
