"""What a list needs to know of a take, however odd the take."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from rehearse.model.delivery import Verdict
from rehearse.model.structure import Section
from rehearse.model.take import Ending, Kind, Question, Sound
from rehearse.takes.index import State, Summary, summarize
from tests.takes import QUESTION, Told, analysis_of, summary, take_of


def of(analysis: Any) -> Summary:
    return summarize(take_of(Told()), analysis, duration=90.0, size=7)


def test_a_take_is_told_without_its_words() -> None:
    told = summary(Told(said="I did um this", missing=("result",), seconds=60.0, fillers=2.5))
    assert told.id == "2026-05-04T10-30-00_tell-me-about-a-time-you-failed"
    assert (told.state, told.duration, told.words) == (State.WHOLE, 60.0, 4)
    assert told.question == QUESTION
    assert (told.fillers_per_minute, told.words_per_minute) == (2.5, 150.0)
    assert (told.target, told.verdict) == (120.0, Verdict.SHORT)
    assert (told.star_applies, told.missing) == (True, (Section.RESULT,))
    assert told.day == date(2026, 5, 4)


def test_introductions_and_notes_are_told_as_well() -> None:
    analysis = {
        "outline": {"kind": "introduction", "missing": ["why_here"]},
        "key_points": {"covered": [{"text": "a"}], "missed": [{"text": "b"}, {"text": "c"}]},
    }
    found = of(analysis)
    assert (found.outline, found.outline_missing) == (Kind.INTRODUCTION, ("why_here",))
    assert (found.key_points_said, found.key_points) == (1, 3)


@pytest.mark.parametrize(
    ("told", "state"),
    [
        (Told(), State.WHOLE),
        (Told(ending=None, written=False), State.OPEN),
        (Told(written=False), State.WAITS),
        (Told(ending=Ending.LEFT, written=False), State.WAITS),
        (Told(ending=Ending.SKIPPED, written=False), State.SKIPPED),
        (Told(ending=Ending.STARTED_OVER), State.STARTED_OVER),
    ],
)
def test_it_says_what_is_left_to_do(told: Told, state: State) -> None:
    assert summary(told).state is state
    assert summary(told).is_answer == (state in (State.WHOLE, State.WAITS))


@pytest.mark.parametrize(
    "analysis",
    [
        None,
        [],
        "all of it",
        {"fillers": "lots", "timing": [], "star": None, "pace": 3},
        {"fillers": {"total": True, "per_minute": float("nan")}},
        {"pace": {"words_per_minute": float("inf")}, "timing": {"verdict": "superb"}},
        {"star": {"applies": 1, "missing": "result"}, "outline": {"missing": [3, None]}},
        {"key_points": {"covered": 3, "missed": []}},
    ],
)
def test_what_an_analysis_lacks_or_holds_wrongly_is_not_known(analysis: Any) -> None:
    found = of(analysis)
    known = (found.fillers, found.fillers_per_minute, found.words_per_minute, found.verdict)
    assert known == (None, None, None, None)
    assert (found.star_applies, found.key_points) == (None, None)
    assert (found.missing, found.outline_missing) == ((), ())
    assert found.target == 120.0


def test_half_characters_are_replaced() -> None:
    """JSON can say them, and no file and no terminal takes them."""
    odd = "\ud800Why?"
    take = replace(take_of(Told(question=Question(odd, None, (odd,), 5.0, (odd,)))), title=odd)
    found = summarize(take, None, duration=1.0, size=1)
    assert found.question == Question("?Why?", None, ("?Why?",), 5.0, ("?Why?",))
    assert found.title == "?Why?"


def test_sound_that_is_gone_still_has_the_length_that_was_measured() -> None:
    take = take_of(Told(seconds=33.0))
    assert summarize(take, None, duration=0.0, size=1).duration == 33.0
    odd = replace(take, sound=Sound(float("nan"), ()))
    assert summarize(odd, None, duration=0.0, size=1).duration == 0.0


@pytest.mark.parametrize("odd", ["", "yesterday", "2026-13-01", "0000-00-00"])
def test_a_day_that_is_none_is_not_known(odd: str) -> None:
    assert replace(summary(Told()), recorded_at=odd, id="x").day is None


def test_the_day_is_the_speakers_own() -> None:
    late = Told(after=timedelta(hours=13))
    assert summary(late).recorded_at == "2026-05-04T23:30:00+02:00"
    assert summary(late).day == date(2026, 5, 4)
    assert analysis_of(late)["timing"]["duration"] == 90.0
