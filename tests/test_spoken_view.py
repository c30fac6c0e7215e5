"""The report for the ear."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from rehearse.analysis.analyze import analyze
from rehearse.model.delivery import Timing, Verdict
from rehearse.model.structure import Advice, Analysis, Section, Star
from rehearse.model.take import Kind, Question, Sound
from rehearse.views.spoken import details, duration, for_the_ear, number, summary
from tests.speech import spoken

STORY = Question("Tell me about a time.", Kind.BEHAVIOURAL, target=14.0)
LACKING = (
    "Last year our shop was, um, losing customers every week. My task was to, um, find out why. I"
    " decided to, um, call fifty of them. Then I, uh, wrote down what they said by theme."
)


def analysed(text: str, question: Question = STORY) -> Analysis:
    speech = spoken(text)
    return analyze(speech.transcript, sound=speech.sound, question=question, target=question.target)


def lasting(seconds: float, verdict: Verdict | None = None) -> Analysis:
    timing = Timing(seconds, 120.0, verdict, 0.1, seconds, 1.0, answer=seconds)
    return replace(analysed("I did it."), timing=timing, star=None)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.4, "zero seconds"),
        (1, "one second"),
        (45.9, "forty-five seconds"),
        (60, "one minute"),
        (62, "one minute and two seconds"),
        (61, "one minute and one second"),
        (112, "one minute and fifty-two seconds"),
        (120.2, "two minutes"),
        (605, "ten minutes and five seconds"),
        (1799, "twenty-nine minutes and fifty-nine seconds"),
    ],
)
def test_a_length_is_said_in_full(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "zero"),
        (19, "nineteen"),
        (20, "twenty"),
        (99, "ninety-nine"),
        (100, "one hundred"),
        (107, "one hundred and seven"),
        (342, "three hundred and forty-two"),
        (2009, "two thousand and nine"),
        (12500, "twelve thousand five hundred"),
        ("4.5", "four point five"),
        ("1234567", "1234567"),
    ],
)
def test_numbers_are_words(value: int | str, said: str) -> None:
    assert number(value) == said


def test_the_summary_tells_time_fillers_and_what_was_not_heard() -> None:
    assert summary(analysed(LACKING)) == (
        "Fourteen seconds, a good length. Four fillers, mostly um. I did not hear a result."
    )


def test_one_filler_and_none() -> None:
    assert "One filler." in summary(analysed("I was, um, there."))
    assert "No fillers." in summary(analysed("I was there."))


def test_all_of_one_kind_are_called_so() -> None:
    assert "Three fillers, all um." in summary(analysed("Um, I was, um, there and, um, won."))


def test_parts_that_were_not_heard_are_listed() -> None:
    star = Star(True, (), (), (Section.TASK, Section.ACTION, Section.RESULT), ())
    said = summary(replace(analysed("I was there."), star=star))
    assert said.endswith("I did not hear your task, what you did or a result.")


@pytest.mark.parametrize(
    ("verdict", "says"),
    [
        (Verdict.SHORT, "shorter than planned"),
        (Verdict.LONG, "longer than planned"),
        (None, "two seconds."),
    ],
)
def test_the_target_is_told_where_there_is_one(verdict: Verdict | None, says: str) -> None:
    assert says in summary(lasting(112, verdict))


def test_without_words_it_says_so() -> None:
    waits = analyze(None, sound=spoken("I did").sound, question=STORY, target=None)
    assert summary(waits) == "Zero seconds. The words are not written down yet."
    assert details(waits) == "The words are not written down yet."


def test_silence_is_told_as_such() -> None:
    silence = Sound(30.0, ())
    assert (
        summary(analyze(None, sound=silence, question=STORY, target=None)) == "I heard no speech."
    )


def test_advice_is_numbered_where_there_is_more_than_one_piece() -> None:
    one, two = Advice("a", 'Say "I" more.'), Advice("b", "You spoke for 3:05, 20% too long.")
    answer = analysed("I was there.")
    assert details(replace(answer, advice=(one,))) == "Say I more."
    assert details(replace(answer, advice=(one, two))) == (
        "First. Say I more. "
        "Second. You spoke for three minutes and five seconds, twenty percent too long."
    )
    assert details(replace(answer, advice=())) == "There is nothing I would change."


@pytest.mark.parametrize("text", [LACKING, "I was there.", LACKING * 12])
def test_nothing_for_the_ear_holds_digits_or_signs(text: str) -> None:
    answer = analysed(text)
    for said in (summary(answer), details(answer)):
        assert re.fullmatch(r"[A-Za-z ,.;:?'’-]+", said), said


def test_nothing_that_was_said_steers_the_terminal() -> None:
    assert for_the_ear("\x1b[2J“like” ×") == "2Jlike ×".replace("2", "two")
