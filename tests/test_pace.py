from __future__ import annotations

import pytest

from rehearse.analysis.words.pace import pace
from tests.speech import spoken, written


def test_words_per_minute_count_the_silence_and_articulation_does_not() -> None:
    speech = spoken("_2_ one two three four five _2_ six seven eight nine ten")
    found = pace(speech.words, duration=speech.sound.duration, phonation=4.0)
    assert found.words_per_minute == pytest.approx(60 * 10 / 8.0)
    assert found.articulation_rate == pytest.approx(150.0)


def test_filled_pauses_and_lone_marks_are_no_words() -> None:
    words = written("um I — led it").words
    found = pace(words, duration=60.0, phonation=30.0, hesitations=frozenset({0}))
    assert found.words_per_minute == 3
    assert found.articulation_rate == 6


def test_the_curve_shows_where_somebody_sped_up() -> None:
    slow = " ".join(["word _0.6_"] * 30)
    fast = " ".join(["word"] * 75)
    speech = spoken(f"_3_ {slow} {fast}")
    found = pace(speech.words, duration=speech.sound.duration, phonation=None)
    assert [point.start for point in found.curve] == [3.0, 13.0, 23.0, 33.0, 43.0]
    assert found.curve[0].words_per_minute == 60
    assert found.curve[-1].words_per_minute == pytest.approx(150, abs=6)


def test_an_answer_shorter_than_a_window_has_no_curve() -> None:
    speech = spoken(" ".join(["word"] * 49))
    assert pace(speech.words, duration=19.6, phonation=19.6).curve == ()


@pytest.mark.parametrize("duration", [None, 0.0])
def test_without_times_nothing_is_said(duration: float | None) -> None:
    found = pace(written("one two").words, duration=duration, phonation=None)
    assert (found.words_per_minute, found.articulation_rate, found.curve) == (None, None, ())


def test_silence_has_a_rate_of_nought() -> None:
    assert pace((), duration=60.0, phonation=0.0).words_per_minute == 0
