from __future__ import annotations

import json
import re
from importlib import resources

import pytest

from rehearse.analysis.analyze import analyze
from rehearse.analysis.coaching import Coaching
from rehearse.model.structure import STAR, Analysis, Section
from rehearse.model.take import Kind, Question, Sound, Span, Transcript, Word
from tests.speech import Spoken, absorbed, spoken, written

STORY = (
    "Last year our shop was, um, losing customers. My task was to find out why. _1_ I decided to "
    "call fifty of them, and then I sorted what they said. As a result, we kept ten more."
)


def told(speech: Spoken, *, kind: Kind | None = None, coaching: Coaching | None = None) -> Analysis:
    return analyze(
        speech.transcript,
        sound=speech.sound,
        question=Question("A time?", kind) if kind else None,
        target=None,
        coaching=coaching or Coaching(),
    )


def candidate(number: int) -> str:
    data = json.loads((resources.files("rehearse") / "data" / "demo.json").read_text("utf-8"))
    return str(data["takes"][number]["answer"])


def bare_words(text: str) -> str:
    return re.sub(r"[^\w ]", "", text).lower()


@pytest.mark.parametrize("spell", [str, bare_words], ids=["as written", "bare"])
def test_the_demo_is_told_as_it_was_said(spell: type[str]) -> None:
    first = told(spoken(spell(candidate(0))), kind=Kind.INTRODUCTION)
    second = told(spoken(spell(candidate(1))), kind=Kind.BEHAVIOURAL)
    assert first.fillers and second.fillers and first.star and second.star
    assert first.fillers.counts == {"um": 2, "uh": 1}
    assert second.fillers.counts == {"um": 3, "uh": 1, "you know": 1, "like": 1}
    assert not first.star.applies
    assert second.star.order == STAR
    assert second.star.missing == ()


def test_all_parts_are_told_of_words_and_sound() -> None:
    found = told(spoken(STORY))
    assert found.fillers and found.pace and found.pauses and found.star
    assert found.fillers.counts == {"um": 1}
    assert found.pauses.count == 1
    assert not found.pauses.items[0].mid_clause
    assert found.star.order == STAR
    assert found.ownership and (found.ownership.i, found.ownership.we) == (2, 0)
    assert found.results and found.results.numbers[0].text == "ten"
    assert found.pace.words_per_minute == pytest.approx(60 * 35 / 15.4)
    assert found.key_points is None


def test_filled_pauses_are_no_words_of_the_pace() -> None:
    found = told(spoken("um uh one two"))
    assert found.pace and found.pace.words_per_minute == pytest.approx(75)


def test_a_recogniser_that_fills_the_gaps_changes_no_pause() -> None:
    speech = spoken(STORY)
    assert told(absorbed(speech)).pauses == told(speech).pauses


def test_without_a_transcript_time_and_pauses_are_still_told() -> None:
    sound = Sound(20.0, (Span(1.0, 8.0), Span(9.5, 19.0)))
    found = analyze(None, sound=sound, question=None, target=30.0)
    assert found.timing.phonation == 16.5
    assert found.pauses and found.pauses.count == 1
    assert found.words == () == found.advice
    assert (found.fillers, found.pace, found.star, found.ownership) == (None,) * 4
    assert (found.results, found.key_points, found.follow_up) == (None,) * 3


def test_without_sound_words_are_still_told() -> None:
    found = analyze(written(STORY.replace(" _1_", "")), sound=None, question=None, target=None)
    assert found.pauses is None
    assert found.timing.duration is None
    assert found.fillers and found.fillers.total == 1
    assert found.fillers.per_minute is None
    assert found.star and found.star.order == STAR


def test_notes_are_compared_with_what_was_said() -> None:
    speech = spoken(STORY)
    found = analyze(
        speech.transcript,
        sound=speech.sound,
        question=None,
        target=None,
        notes="- called fifty customers\n- wrote to the owner",
    )
    assert found.key_points
    assert [point.text for point in found.key_points.not_found] == ["wrote to the owner"]


def test_advice_can_be_left_out() -> None:
    quiet = told(spoken("Um, " + STORY), kind=Kind.BEHAVIOURAL, coaching=Coaching(advice=False))
    assert quiet.advice == ()
    assert quiet.fillers and quiet.fillers.total == 2


def test_another_language_is_counted_with_its_own_words_and_has_no_story() -> None:
    speech = spoken("Es ging ähm um die Arbeit " * 6, language="de")
    found = told(speech, kind=Kind.BEHAVIOURAL)
    assert found.fillers and found.fillers.counts == {"ähm": 6}
    assert found.star and not found.star.applies
    assert [part.section for part in found.star.segments] == [Section.NONE]
    assert (found.ownership, found.results) == (None, None)


def test_a_language_without_a_lexicon_has_no_fillers_but_the_users_own() -> None:
    speech = spoken("um ano ne um", language="ja")
    assert told(speech).fillers is None
    own = told(speech, coaching=Coaching(own_fillers=("ano",))).fillers
    assert own and own.counts == {"ano": 1}


@pytest.mark.parametrize("kind", [None, *Kind])
@pytest.mark.parametrize(
    "transcript",
    [
        Transcript(()),
        Transcript((Word(""),)),
        Transcript((Word("—"), Word("..."))),
        Transcript((Word("Yes."),)),
        Transcript((Word("Yes", 1.0, 1.0), Word("no", None, None), Word("so", 0.5, 0.2))),
        written("I BUILT THE THING AND THEN WE WON BY TEN PERCENT " * 4),
        written("um " * 300),
        written("日本語 の 文 です 。 " * 10),
        written("a" * 5000),
    ],
    ids=["none", "empty", "marks", "one", "odd times", "capitals", "ums", "script", "long word"],
)
def test_odd_input_gives_a_sensible_answer(transcript: Transcript, kind: Kind | None) -> None:
    question = Question("A time?", kind)
    for sound in (None, Sound(0.0, ()), Sound(3.0, (Span(0.0, 3.0),))):
        found = analyze(transcript, sound=sound, question=question, target=60.0)
        assert found.star
        covered = [
            index
            for part in found.star.segments
            for index in range(part.first_word, part.last_word + 1)
        ]
        assert covered == list(range(len(transcript.words)))


def test_half_an_hour_of_words_is_read_to_its_end() -> None:
    speech = spoken(" _0.5_ ".join([STORY] * 120))
    found = told(speech)
    assert found.fillers and found.fillers.counts == {"um": 120}
    assert found.pauses and found.pauses.count == 239
    assert found.star and found.star.segments[-1].last_word == len(speech.words) - 1
