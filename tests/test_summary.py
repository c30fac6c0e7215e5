"""What a list needs to know of a take, however odd the take."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from rehearse import __version__
from rehearse.model import codec
from rehearse.model.delivery import Verdict
from rehearse.model.structure import Analysis, KeyPoint, KeyPoints, Outline, OutlinePart, Section
from rehearse.model.take import Ending, Kind, Question
from rehearse.takes import take_json
from rehearse.takes.summary import State, Summary, summarize
from tests.sample import ANALYSIS, TAKE
from tests.takes import QUESTION, Told, analysis_of, summary, take_of


def of(analysis: Analysis) -> Summary:
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
    parts = (OutlinePart("who", "Who you are", False, 0.0, 0, 0.0, thin=True),)
    analysis = replace(
        analysis_of(Told()),
        outline=Outline(Kind.INTRODUCTION, parts, (), ("why_here",), ()),
        key_points=KeyPoints((KeyPoint("a"),), (KeyPoint("b"), KeyPoint("c"))),
    )
    found = of(analysis)
    assert (found.outline, found.outline_missing) == (Kind.INTRODUCTION, ("why_here",))
    assert found.outline_thin == ("who",)
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
    "odd",
    [
        None,
        [],
        "all of it",
        {"timing": []},
        {"words": None},
        {"fillers": {"items": [], "per_minute": float("nan")}},
        {"pace": {"words_per_minute": 1e999, "articulation_rate": None, "curve": []}},
        {"timing": {"duration": 9.0, "verdict": "superb"}},
        {"star": {"applies": True, "missing": ["results"]}},
        {"key_points": {"covered": 3, "missed": []}},
    ],
)
def test_an_analysis_that_cannot_be_read_is_not_known_and_the_take_is(odd: Any) -> None:
    take = take_of(Told())
    value = json.loads(take_json.dump(take, analysis_of(Told())))
    assert take_json.load_with_analysis(json.dumps(value), "x") == (
        replace(take, version=__version__),
        codec.load(Analysis, value["analysis"]),
    )
    value["analysis"] = value["analysis"] | odd if isinstance(odd, dict) else odd
    read, analysis = take_json.load_with_analysis(json.dumps(value), "x")
    assert (replace(read, version=""), analysis) == (take, None)
    found = summarize(read, analysis, duration=90.0, size=7)
    assert (found.fillers, found.verdict, found.star_applies, found.answer) == (None,) * 4
    assert (found.state, found.words, found.target) == (State.WHOLE, 3, 120.0)


def test_an_analysis_of_the_first_version_is_read() -> None:
    """It lacked whatever has a default now."""
    value = json.loads(take_json.dump(TAKE, ANALYSIS))
    found = value["analysis"]
    for name in (
        *("edges", "together", "outline", "hedges", "repeats", "scripted", "voice", "speakers"),
        *("timing.spoken_from", "timing.spoken_to", "timing.answer", "timing.no_sound"),
        *("timing.heard", "pace.syllables_per_second", "pace.mean_run", "star.thin"),
        *("star.why_not", "pauses.per_spoken_minute", "results.comparisons", "results.effects"),
    ):
        *within, last = name.split(".")
        del (found[within[0]] if within else found)[last]
    _, analysis = take_json.load_with_analysis(json.dumps(value), "x")
    assert analysis is not None
    assert (analysis.words, analysis.fillers) == (ANALYSIS.words, ANALYSIS.fillers)
    assert analysis.timing.heard == ANALYSIS.timing.duration


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


@pytest.mark.parametrize("odd", ["", "yesterday", "2026-13-01", "0000-00-00"])
def test_a_day_that_is_none_is_not_known(odd: str) -> None:
    assert replace(summary(Told()), recorded_at=odd, id="x").day is None


def test_the_day_is_the_speakers_own() -> None:
    late = Told(after=timedelta(hours=13))
    assert summary(late).recorded_at == "2026-05-04T23:30:00+02:00"
    assert summary(late).day == date(2026, 5, 4)
