"""One thing that was good: measured, quoted, and never the same each time."""

from __future__ import annotations

import pytest

from rehearse.analysis.analyze import analyze
from rehearse.analysis.coaching import Coaching
from rehearse.analysis.praise import AMONG, builtin_praise
from rehearse.model.structure import Analysis
from rehearse.model.take import Kind, Question
from tests.speech import spoken
from tests.test_advice import ACTION, INTRODUCTION, SITUATION, STORY, TASK

LONG = "I like teaching because I see how people change, and that is why I want to do it again. "


def told(text: str, kind: Kind, *, turn: int = 0, judged: bool = True) -> Analysis:
    speech = spoken(text)
    return analyze(
        speech.transcript,
        sound=speech.sound,
        question=Question("Tell me.", kind),
        target=60.0,
        coaching=Coaching(advice=judged),
        turn=turn,
    )


@pytest.mark.parametrize(
    ("text", "kind", "code", "says"),
    [
        (STORY, Kind.BEHAVIOURAL, "with_a_number", '"As a result, we kept twenty percent more'),
        (f"{SITUATION} {TASK} {ACTION}", Kind.BEHAVIOURAL, "told_action", '"'),
        (INTRODUCTION, Kind.INTRODUCTION, "whole_outline", "5 parts"),
        (3 * LONG, Kind.MOTIVATION, "easy_pace", "words a minute"),
        ("I built it.", Kind.MOTIVATION, "prompt", '"I built it"'),
    ],
)
def test_what_was_good_is_said_with_what_shows_it(
    text: str, kind: Kind, code: str, says: str
) -> None:
    good = told(text, kind).praise
    assert good is not None
    assert good.code == code
    assert says in good.text
    if '"' in good.text:
        assert good.start is not None and good.end is not None


def test_a_quote_leaves_the_fillers_out() -> None:
    good = told(
        f"{SITUATION} {TASK} {ACTION} As a result, um, we kept twenty percent.", Kind.BEHAVIOURAL
    ).praise
    assert good is not None and "um," not in good.text


def test_the_best_take_turns_and_so_do_their_words() -> None:
    texts = [found.text for turn in range(2 * AMONG) if (found := _at(turn))]
    assert len(set(texts)) == 2 * AMONG


def _at(turn: int):  # type: ignore[no-untyped-def]
    return told(STORY, Kind.BEHAVIOURAL, turn=turn).praise


def test_nothing_is_praised_without_words_or_judgement() -> None:
    assert told("", Kind.BEHAVIOURAL).praise is None
    assert told(STORY, Kind.BEHAVIOURAL, judged=False).praise is None


@pytest.mark.parametrize("wording", builtin_praise(), ids=lambda one: one.code)
def test_praise_is_plain(wording) -> None:  # type: ignore[no-untyped-def]
    assert len(wording.texts) >= 2
    assert not any("!" in text for text in wording.texts)
