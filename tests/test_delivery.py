from __future__ import annotations

from collections.abc import Sequence

import pytest

from rehearse.analysis.coaching import PLAIN, Coaching
from rehearse.analysis.star.outcomes import builtin_outcomes, results
from rehearse.analysis.timing import ownership, timing, verdict
from rehearse.model.delivery import Verdict
from rehearse.model.structure import Results, Section, Segment, Star
from rehearse.model.take import Kind, Sound, Span, Transcript, Word
from tests.speech import spoken, written


def told(*parts: tuple[Section, int, int]) -> Star:
    segments = tuple(
        Segment(section, first, last, None, None, 1.0) for section, first, last in parts
    )
    return Star(True, segments, (), (), ())


def outcome(words: Sequence[Word], star: Star | None) -> Results:
    return results(words, star, outcomes=builtin_outcomes())


def test_time_is_told_from_the_sound() -> None:
    speech = spoken("_1.5_ so I led it _2_ alone _0.5_")
    found = timing(speech.transcript, speech.sound, target=None, coaching=PLAIN)
    assert found.duration == pytest.approx(6.0)
    assert found.reaction == 1.5
    assert found.phonation == pytest.approx(2.0)
    assert found.answer == pytest.approx(4.0)
    assert found.phonation_ratio == pytest.approx(1 / 2)
    assert (found.target, found.verdict) == (None, None)


def test_a_transcript_may_state_its_length_and_tells_no_more() -> None:
    stated = Transcript((Word("So"),), duration=90.0)
    found = timing(stated, None, target=100.0, coaching=PLAIN)
    assert (found.duration, found.verdict) == (90.0, Verdict.ON_TARGET)
    assert (found.reaction, found.phonation, found.phonation_ratio) == (None, None, None)


@pytest.mark.parametrize("sound", [Sound(0.0, ()), Sound(5.0, ())])
def test_silence_has_no_reaction_and_is_not_judged(sound: Sound) -> None:
    found = timing(None, sound, target=60.0, coaching=PLAIN)
    assert found.reaction is None
    assert found.phonation == 0
    assert (found.answer, found.verdict) == (None, None)


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        (89.0, Verdict.SHORT),
        (90.0, Verdict.ON_TARGET),
        (120.0, Verdict.ON_TARGET),
        (132.0, Verdict.ON_TARGET),
        (133.0, Verdict.LONG),
        (None, None),
    ],
)
def test_the_verdict_leaves_room_around_the_target(
    duration: float | None, expected: Verdict | None
) -> None:
    assert verdict(duration, 120.0, PLAIN) is expected


@pytest.mark.parametrize(
    ("duration", "target", "expected"),
    [
        (44.0, 120.0, Verdict.SHORT),
        (46.0, 120.0, Verdict.ON_TARGET),
        (60.0, 120.0, Verdict.ON_TARGET),
        (90.0, 120.0, Verdict.ON_TARGET),
        (133.0, 120.0, Verdict.LONG),
        (22.0, 30.0, Verdict.SHORT),
        (60.0, 30.0, Verdict.LONG),
    ],
)
def test_a_minute_is_plenty_for_an_introduction(
    duration: float, target: float, expected: Verdict
) -> None:
    assert verdict(duration, target, PLAIN, Kind.INTRODUCTION) is expected


def test_without_a_target_there_is_no_verdict_and_the_room_can_be_set() -> None:
    assert verdict(500.0, None, PLAIN) is None
    assert verdict(100.0, 120.0, Coaching(short_of_target=0.9)) is Verdict.SHORT


@pytest.mark.parametrize(
    ("text", "i", "we"),
    [
        ("I led it and we shipped it. We're done, I've left.", 2, 2),
        ("I, I built it, we we tested it", 1, 1),
        ("I'd say we’ll win", 1, 1),
        ("my team told us about our weekend in Iowa", 0, 0),
        ("I WENT AND WE WON", 1, 1),
        ("", 0, 0),
    ],
)
def test_only_the_doer_counts(text: str, i: int, we: int) -> None:
    found = ownership(written(text).words, None)
    assert (found.i, found.we) == (i, we)


def test_in_a_story_only_the_action_counts() -> None:
    words = written("We were late. I called them. We won.").words
    star = told((Section.SITUATION, 0, 2), (Section.ACTION, 3, 5), (Section.RESULT, 6, 7))
    found = ownership(words, star)
    assert (found.i, found.we) == (1, 0)


def test_the_i_of_i_mean_is_not_counted() -> None:
    found = ownership(written("I mean, we left").words, None, fillers=frozenset({0, 1}))
    assert (found.i, found.we) == (0, 1)


def test_figures_are_looked_for_in_the_result() -> None:
    words = written("Two hundred calls came. Sales went up by twenty percent.").words
    star = told((Section.SITUATION, 0, 3), (Section.RESULT, 4, 9))
    found = outcome(words, star)
    (number,) = found.numbers
    assert (number.text, number.first_word, number.last_word) == ("twenty percent", 8, 9)
    assert found.quantified


def test_a_story_without_a_result_has_no_figure_and_another_answer_is_read_whole() -> None:
    words = written("I made two hundred calls.").words
    assert not outcome(words, told((Section.ACTION, 0, 4))).quantified
    assert outcome(words, None).numbers[0].text == "two hundred"


def test_speech_that_ends_with_the_recording_is_counted_whole() -> None:
    sound = Sound(10.0, (Span(0.0, 4.0), Span(5.0, 10.0)))
    assert timing(None, sound, target=None, coaching=PLAIN).phonation_ratio == 0.9
