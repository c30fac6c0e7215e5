"""An answer lasts from its first word to its last; silence around it counts in no figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehearse.analysis.analyze import analyze
from rehearse.analysis.coaching import PLAIN
from rehearse.analysis.timing import timing
from rehearse.model.delivery import Verdict
from rehearse.model.structure import Analysis
from rehearse.model.take import Ending, Kind, Question, Sound, Span, Take, Transcript, Word
from rehearse.takes.summary import summarize
from rehearse.views import nothing, spoken, wording
from rehearse.views.comparison import changes
from rehearse.views.headline import headline
from tests.speech import spoken as said

SAID = (
    "Last spring our release broke every night um and I wrote the test that finds it. _0.5_ Then I"
    " showed the team how it works, and we shipped it twice a day from then on."
)
QUESTION = Question("Tell me about a failure.", Kind.BEHAVIOURAL, target=14.0)
BEFORE, BEHIND = 4.0, 10.0


def analysed(text: str) -> Analysis:
    answer = said(text)
    return analyze(answer.transcript, sound=answer.sound, question=QUESTION, target=QUESTION.target)


PLAIN_ANSWER = analysed(SAID)
LATE = analysed(f"_{BEFORE}_ {SAID} _{BEHIND}_")


def test_silence_before_and_behind_changes_no_figure() -> None:
    assert LATE.timing.answer == pytest.approx(PLAIN_ANSWER.timing.duration)
    assert LATE.timing.verdict is PLAIN_ANSWER.timing.verdict is Verdict.ON_TARGET
    assert LATE.timing.phonation_ratio == pytest.approx(PLAIN_ANSWER.timing.phonation_ratio)
    for analysis in (LATE, PLAIN_ANSWER):
        assert analysis.pace and analysis.fillers and analysis.pauses
    assert LATE.pace and PLAIN_ANSWER.pace and LATE.fillers and PLAIN_ANSWER.fillers
    assert LATE.pace.words_per_minute == pytest.approx(PLAIN_ANSWER.pace.words_per_minute)
    assert LATE.fillers.per_minute == pytest.approx(PLAIN_ANSWER.fillers.per_minute)
    assert LATE.pauses and PLAIN_ANSWER.pauses
    assert LATE.pauses.per_minute == pytest.approx(PLAIN_ANSWER.pauses.per_minute)
    assert [piece.code for piece in LATE.advice] == [piece.code for piece in PLAIN_ANSWER.advice]


def test_what_lies_around_it_is_shown_apart() -> None:
    assert LATE.timing.duration == pytest.approx((PLAIN_ANSWER.timing.duration or 0) + 14.0)
    assert (LATE.timing.reaction, LATE.timing.spoken_from) == (BEFORE, BEFORE)
    assert LATE.timing.silence_at_end == pytest.approx(BEHIND)
    assert wording.around(LATE.timing) == (
        "4 s before your first word and 10 s after your last word, not counted."
    )
    assert wording.around(PLAIN_ANSWER.timing) == ""


def test_every_view_tells_the_same_time() -> None:
    time = "0:14"
    assert f"Your answer took {time}" in headline(LATE, written_down=True)
    assert spoken.summary(LATE).startswith("Fourteen seconds, a good length.")
    assert next(c for c in changes(PLAIN_ANSWER, LATE) if c.name == "Time").now == time
    take = Take("t", "2026-05-04T10:30:00+02:00", QUESTION, Ending.ENDED)
    take = replace(take, transcript=said(SAID).transcript)
    kept = summarize(take, LATE, duration=28.0, size=1)
    assert kept.spoken == pytest.approx(LATE.timing.answer, abs=0.001)
    assert kept.duration == 28.0


def test_a_cough_after_the_last_word_is_no_pause() -> None:
    answer = said(f"{SAID} _{BEHIND}_")
    end = answer.sound.duration
    coughed = replace(answer.sound, speech=(*answer.sound.speech, Span(end - 2, end - 1)))
    analysis = analyze(answer.transcript, sound=coughed, question=QUESTION, target=None)
    assert analysis.pauses and PLAIN_ANSWER.pauses
    assert analysis.pauses.count == PLAIN_ANSWER.pauses.count
    assert analysis.timing.phonation_ratio == pytest.approx(PLAIN_ANSWER.timing.phonation_ratio)


def test_the_last_word_lasts_as_long_as_its_voice() -> None:
    """Recognisers end a word early; a voice that goes on and on is somebody else's."""
    words = Transcript((Word("So", 1.0, 1.4), Word("yes.", 1.4, 1.8)))
    for end, answer in ((2.2, 1.2), (9.0, 1.4), (1.8, 0.8)):
        measured = timing(words, Sound(10.0, (Span(1.0, end),)), target=None, coaching=PLAIN)
        assert measured.answer == pytest.approx(answer)


@pytest.mark.parametrize("transcript", [None, Transcript((Word("So"), Word("yes.")))])
def test_without_times_of_words_it_is_the_voice_that_counts(transcript: Transcript | None) -> None:
    sound = Sound(20.0, (Span(3.0, 6.0), Span(7.0, 12.0)))
    measured = timing(transcript, sound, target=None, coaching=PLAIN)
    assert (measured.spoken_from, measured.spoken_to, measured.answer) == (3.0, 12.0, 9.0)


def test_without_any_times_it_is_what_a_transcript_states() -> None:
    words = Transcript((Word("So"), Word("yes.")), duration=30.0)
    assert timing(words, None, target=None, coaching=PLAIN).answer == 30.0
    assert timing(replace(words, duration=None), None, target=None, coaching=PLAIN).answer is None


@pytest.mark.parametrize(
    ("speech", "told"), [((), nothing.NO_SPEECH), ((Span(3.0, 4.0),), nothing.NO_WORDS)]
)
def test_an_answer_of_nothing_is_none(speech: tuple[Span, ...], told: str) -> None:
    """A cough that looks like speech is none either, once it was written down."""
    analysis = analyze(Transcript(()), sound=Sound(20.0, speech), question=QUESTION, target=60.0)
    assert analysis.is_silent
    assert (analysis.timing.verdict, analysis.timing.answer) == (None, None)
    assert analysis.advice == ()
    assert headline(analysis, written_down=True) == told


def test_time_over_the_target_begins_with_the_first_word() -> None:
    long = " ".join([SAID] * 4)
    analysis = analysed(f"_{BEFORE}_ {long}")
    over = next(piece for piece in analysis.advice if piece.code == "too_long")
    assert over.start == BEFORE + 14.0
    assert over.end == analysis.timing.spoken_to
