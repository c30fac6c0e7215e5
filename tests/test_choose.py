from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from rehearse.commands.practice import as_asked
from rehearse.errors import NothingToAsk
from rehearse.model.take import Kind, Question
from rehearse.questions.choose import (
    by_kind,
    by_principle,
    by_text,
    choose,
    find_pack,
    questions_of,
)
from rehearse.questions.pack import parse_pack

INTRO = Question("Who are you?", Kind.INTRODUCTION)
WHY = Question("Why us?", Kind.MOTIVATION)
OWNED = Question("What did you own?", Kind.BEHAVIOURAL, ("Ownership",))
OWNED_TOO = Question("What else did you own?", Kind.BEHAVIOURAL, ("Ownership", "Dive Deep"))
ARGUED = Question("When did you argue?", Kind.BEHAVIOURAL, ("Have Backbone; Disagree and Commit",))
BYE = Question("Anything to add?", Kind.CLOSING)
BACK = Question("What does a week look like?", Kind.TO_ASK)
ALL = (BYE, OWNED, OWNED_TOO, BACK, ARGUED, WHY, INTRO)


@pytest.mark.parametrize(
    ("name", "questions"),
    [
        ("ownership", (OWNED, OWNED_TOO)),
        ("Have Backbone Disagree and Commit", (ARGUED,)),
        ("backbone", (ARGUED,)),
        ("dive deeep", (OWNED_TOO,)),
    ],
)
def test_questions_are_found_by_principle(name: str, questions: tuple[Question, ...]) -> None:
    assert by_principle(ALL, name) == questions


@pytest.mark.parametrize("text", ["did you own", "DID YOU OWN?", "  did  you own "])
def test_questions_are_found_by_their_words(text: str) -> None:
    assert by_text((INTRO, OWNED, WHY), text) == (OWNED,)


def test_part_of_a_word_is_no_word() -> None:
    with pytest.raises(NothingToAsk, match="No question contains 'ow'"):
        by_text(ALL, "ow")


def test_questions_are_found_by_kind() -> None:
    assert by_kind(ALL, Kind.TO_ASK) == (BACK,)
    with pytest.raises(NothingToAsk, match="of the kind system design"):
        by_kind(ALL, Kind.SYSTEM_DESIGN)


def test_an_unknown_principle_is_told() -> None:
    with pytest.raises(NothingToAsk, match="No question asks about 'Kindness'"):
        by_principle(ALL, "Kindness")


def test_all_are_asked_in_the_order_of_an_interview() -> None:
    chosen = choose(ALL, count=99, rng=Random(1))
    assert set(chosen) == set(ALL) - {BACK}
    assert chosen[:2] == (INTRO, WHY)
    assert chosen[-1] == BYE


def test_questions_to_ask_back_are_chosen_only_where_there_is_nothing_else() -> None:
    assert choose([BACK], count=3) == (BACK,)


@pytest.mark.parametrize("seed", range(20))
def test_a_few_questions_are_of_different_kinds_and_principles(seed: int) -> None:
    many = [Question(f"Own {n}?", Kind.BEHAVIOURAL, ("Ownership",)) for n in range(50)]
    chosen = choose([*many, ARGUED, INTRO], count=3, rng=Random(seed))
    assert chosen[0] == INTRO
    assert ARGUED in chosen


def test_the_same_seed_chooses_the_same_and_another_seed_does_not() -> None:
    many = [Question(f"Question {n}?") for n in range(50)]
    assert choose(many, count=5, rng=Random(7)) == choose(many, count=5, rng=Random(7))
    assert choose(many, count=5, rng=Random(7)) != choose(many, count=5, rng=Random(8))
    assert choose(many, count=5) == tuple(many[:5])


def test_what_was_never_asked_comes_before_what_was_asked_longest_ago() -> None:
    before = [OWNED.text, ARGUED.text, OWNED_TOO.text.upper()]
    pool = (OWNED_TOO, ARGUED, OWNED)
    assert choose((*pool, WHY), count=1, asked_before=before) == (WHY,)
    assert choose(pool, count=1, asked_before=before) == (OWNED,)
    assert choose(pool, count=1, asked_before=[*before, OWNED.text]) == (ARGUED,)


def test_no_question_comes_twice_running_over_many_sessions() -> None:
    asked: list[str] = []
    for session in range(40):
        chosen = choose(ALL, count=session % 8 + 1, asked_before=asked, rng=Random(session))
        asked.extend(question.text for question in chosen)
    assert all(one != other for one, other in pairwise(asked))


def test_the_latest_question_does_not_open_the_next_session() -> None:
    chosen = choose([INTRO, WHY], count=2, asked_before=[WHY.text, INTRO.text])
    assert chosen == (WHY, INTRO)


def test_one_question_alone_may_be_asked_again() -> None:
    assert choose([WHY], count=1, asked_before=[WHY.text]) == (WHY,)


@pytest.mark.parametrize(("questions", "count"), [((), 3), (ALL, 0)])
def test_nothing_to_ask_is_an_error(questions: tuple[Question, ...], count: int) -> None:
    with pytest.raises(NothingToAsk):
        choose(questions, count=count)


def test_packs_are_found_by_name_or_title_and_a_question_in_two_counts_once() -> None:
    mine = parse_pack("# My own list\n\n- Why us?\n- Who?\n", "home/system-design.md")
    other = parse_pack("## Motivation\n- why us\n- How?\n", "other.md")
    for name in ("system-design", "System Design", "system-design.md", "my own list"):
        assert find_pack([other, mine], name) is mine
    with pytest.raises(NothingToAsk, match=r"No question pack called 'x'. There are: other"):
        find_pack([other], "x")
    assert [question.text for question in questions_of([mine, other])] == [
        "Why us?",
        "Who?",
        "How?",
    ]


@pytest.mark.parametrize(
    "text", ["Tell me about yourself", "So, who are you?", "Introduce yourself."]
)
def test_a_question_for_an_introduction_is_one_without_being_known(text: str) -> None:
    assert as_asked(text, ()).kind is Kind.INTRODUCTION
    assert as_asked("Tell me about a time you failed.", ()).kind is None
