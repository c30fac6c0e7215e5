"""Hesitations are heard in what a model's encoder gives, and count once beside the words."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from rehearse.analysis.analyze import analyze
from rehearse.analysis.sound.ear_training import Mark, MarkedClip, Score, fitted, score, scored
from rehearse.analysis.sound.heard_fillers import heard
from rehearse.analysis.sound.hesitations import Ear, hesitations
from rehearse.analysis.sound.linear_head import FRAME, LinearHead
from rehearse.analysis.words.fillers import in_transcript
from rehearse.analysis.words.lexicon import builtin
from rehearse.model.delivery import Filler, FillerKind, HeardIn
from rehearse.model.take import Ending, Hesitation, Sound, Span, Take, Word
from rehearse.ports import Reading
from rehearse.speech.transcription import write_down
from rehearse.takes import take_json
from rehearse.views import terminal
from tests.dictating import ONE_SECOND
from tests.fakes import FakeTranscriber, FakeVoiceActivity
from tests.speech import Spoken, spoken
from tests.test_terminal_view import shown

if TYPE_CHECKING:
    from rehearse.analysis.sound.linear_head import Floats

EAR = Ear(
    hesitant=LinearHead(np.array([20, 0], np.float32), -10.0),
    hummed=LinearHead(np.array([0, 20], np.float32), -10.0),
)
"""Hears a hesitation in the first dimension, and its hum in the second."""


def encoded(seconds: float, *loud: tuple[float, float], hum: float = 0.0) -> Floats:
    """Frames whose first dimension is 1 in each of `loud`, and whose second is `hum`."""
    frames = np.zeros((round(seconds / FRAME), 2), np.float32)
    for start, end in loud:
        frames[round(start / FRAME) : round(end / FRAME), 0] = 1.0
    frames[:, 1] = hum
    return frames


def found(frames: Floats, *, duration: float = 10.0) -> list[tuple[float, float]]:
    return [(one.start, one.end) for one in hesitations(frames, EAR, duration=duration)]


# What the encoder gives


def test_a_hesitation_is_heard_where_it_is() -> None:
    ((start, end),) = found(encoded(3.0, (1.0, 1.4)))
    assert start == pytest.approx(1.0, abs=0.03)
    assert end == pytest.approx(1.4, abs=0.03)


def test_a_hum_makes_it_um() -> None:
    for hum in (0.0, 1.0):
        (one,) = hesitations(encoded(3.0, (1.0, 1.4), hum=hum), EAR, duration=3.0)
        assert one.nasal is bool(hum)
        assert one.confidence > 0.9


def test_a_vowel_is_too_short() -> None:
    assert found(encoded(3.0, (1.0, 1.1))) == []
    assert len(found(encoded(3.0, (1.0, 1.14)))) == 1


def test_a_moment_of_doubt_does_not_end_one() -> None:
    assert len(found(encoded(3.0, (1.0, 1.3), (1.38, 1.6)))) == 1
    assert len(found(encoded(3.0, (1.0, 1.3), (1.5, 1.8)))) == 2


def test_what_fills_the_window_up_is_not_heard() -> None:
    frames = encoded(30.0, (1.0, 1.4), (5.0, 6.0))
    assert len(found(frames, duration=4.0)) == 1
    assert found(frames, duration=0.0) == []


def test_one_at_the_end_of_the_sound_ends_with_it() -> None:
    ((_, end),) = found(encoded(3.0, (2.6, 3.0)), duration=2.95)
    assert end <= 2.95


# An ear that is fitted


def clip(seed: int, *, marks: int = 4) -> MarkedClip:
    """Twenty seconds of chance, but for the marks, every other of which hums."""
    random = np.random.default_rng(seed)
    frames = random.standard_normal((1000, 30)).astype(np.float32)
    put = []
    for number in range(marks):
        first = 100 + 200 * number
        frames[first : first + 20, 3] += 4
        frames[first : first + 20, 7] += 4 if number % 2 else -4
        put.append(Mark(Span(first * FRAME, (first + 20) * FRAME), bool(number % 2)))
    return MarkedClip(frames, 20.0, tuple(put))


def test_an_ear_hears_in_clips_that_it_was_not_fitted_to() -> None:
    ear = fitted([clip(seed) for seed in range(6)], penalty=10.0)
    other = clip(99)
    assert score(ear, [other]) == Score(hits=4, alarms=0, marks=4, seconds=20.0)
    heard_in_it = hesitations(other.encoded, ear, duration=20.0)
    assert [one.nasal for one in heard_in_it] == [False, True, False, True]
    for one, mark in zip(heard_in_it, other.marks, strict=True):
        assert one.start == pytest.approx(mark.span.start, abs=0.06)
        assert one.end == pytest.approx(mark.span.end, abs=0.06)


def test_a_second_one_in_the_same_mark_is_a_false_alarm() -> None:
    marks = [Span(1.0, 1.5)]
    assert scored([Span(1.1, 1.2), Span(1.3, 1.4)], marks, (), 60.0) == Score(1, 1, 1, 60.0)


def test_what_lies_in_a_doubtful_stretch_is_neither_hit_nor_miss() -> None:
    unsure = [Span(3.0, 3.5)]
    assert scored([Span(3.1, 3.3)], [], unsure, 60.0) == Score(0, 0, 0, 60.0)
    assert scored([Span(4.1, 4.3)], [], unsure, 60.0).alarms == 1


# Beside the words


def told_of(speech: Spoken, *found: Hesitation) -> tuple[Filler, ...]:
    lexicon = builtin(speech.transcript.language)
    assert lexicon is not None
    said = in_transcript(speech.words, lexicon)
    return heard(replace(speech.sound, hesitations=found), speech.words, said)


SURE = Hesitation(0.9, 1.3, 0.9, nasal=True)


def test_a_hesitation_that_nobody_wrote_counts_with_its_times() -> None:
    (item,) = told_of(spoken("we led _0.6_ it for"), SURE)
    assert (item.text, item.start, item.end, item.confidence) == ("um", 0.9, 1.3, 0.9)
    assert (item.kind, item.heard_in) == (FillerKind.FILLED_PAUSE, HeardIn.SOUND)
    assert item.first_word is None is item.last_word
    (item,) = told_of(spoken("we led _0.6_ it for"), replace(SURE, nasal=False))
    assert item.text == "uh"


def test_one_inside_a_word_that_whisper_stretched_counts_too() -> None:
    assert len(told_of(spoken("we led it for us"), SURE)) == 1


@pytest.mark.parametrize("off", [-0.25, 0.0, 0.25])
def test_what_was_written_does_not_count_again(off: float) -> None:
    speech = spoken("we led um it for")
    assert told_of(speech, Hesitation(0.85 + off, 1.15 + off, 0.95)) == ()


def test_an_um_heard_a_little_after_the_written_one_is_the_same() -> None:
    speech = spoken("we led um _0.8_ it for")
    assert told_of(speech, Hesitation(1.4, 1.7, 0.95)) == (), "0.2 s behind it"
    assert len(told_of(speech, Hesitation(1.6, 1.9, 0.95))) == 1, "0.4 s behind it"


def test_one_written_um_stands_for_one_that_was_heard() -> None:
    first, second = Hesitation(0.85, 1.15, 0.9), Hesitation(1.45, 1.8, 0.9)
    (left,) = told_of(spoken("we led um _0.8_ it for"), first, second)
    assert left.start == second.start


def test_a_discourse_word_nearby_takes_no_hesitation_away() -> None:
    assert len(told_of(spoken("we led, you know, _0.8_ it"), Hesitation(1.75, 2.2, 0.95))) == 1


def test_the_vowel_and_the_hum_of_one_um_count_once() -> None:
    vowel, hum = Hesitation(0.85, 1.0, 0.9), Hesitation(1.1, 1.3, 0.8, nasal=True)
    (item,) = told_of(spoken("we led _0.6_ it for"), vowel, hum)
    assert (item.text, item.start, item.end) == ("um", 0.85, 1.3)


def test_two_hesitations_in_one_pause_count_twice() -> None:
    first, second = Hesitation(0.9, 1.2, 0.9), Hesitation(1.6, 1.9, 0.9)
    assert len(told_of(spoken("we led _1.4_ it for"), first, second)) == 2


def test_words_without_times_leave_nothing_to_tell() -> None:
    sound = Sound(3.0, (Span(0.0, 3.0),), hesitations=(SURE,))
    assert heard(sound, (Word("um"), Word("yes")), ()) == ()


# The way of a hesitation through the program


def test_the_analysis_counts_both_kinds() -> None:
    speech = spoken("um we led _0.6_ it for us")
    sound = replace(speech.sound, hesitations=(Hesitation(1.3, 1.7, 0.9),))
    found = analyze(speech.transcript, sound=sound, question=None, target=None)
    assert found.fillers and found.fillers.in_sound
    assert [(item.text, item.heard_in) for item in found.fillers.items] == [
        ("um", HeardIn.TRANSCRIPT),
        ("uh", HeardIn.SOUND),
    ]
    assert found.fillers.counts == {"um": 1, "uh": 1}
    assert found.fillers.per_minute == pytest.approx(2 * 60 / sound.duration)
    text = shown(terminal.report(found, plain=True))
    assert "0:01  heard, not written" in text
    assert text.count("heard, not written") == 1
    assert "Only those" not in text


def test_the_report_says_where_nobody_listened_for_more() -> None:
    speech = spoken("um we led _0.6_ it for us")
    found = analyze(speech.transcript, sound=speech.sound, question=None, target=None)
    assert found.fillers and not found.fillers.in_sound
    assert "Only those that were written down are counted." in shown(
        terminal.report(found, plain=True)
    )
    without = analyze(speech.transcript, sound=None, question=None, target=None)
    assert "Only those" not in shown(terminal.report(without, plain=True))


@pytest.mark.parametrize("language", ["de", "es", "fr", "pt", "ja"])
def test_other_languages_are_heard_alike(language: str) -> None:
    speech = spoken("eins zwei _0.6_ drei vier", language=language)
    sound = replace(speech.sound, hesitations=(SURE,))
    found = analyze(speech.transcript, sound=sound, question=None, target=None)
    assert found.fillers and found.fillers.total == 1


def written(reading: Reading) -> Sound:
    transcriber = FakeTranscriber([reading])
    return write_down(ONE_SECOND, activity=FakeVoiceActivity(), transcriber=transcriber).sound


def test_a_piece_tells_its_hesitations_in_the_time_of_the_whole() -> None:
    sound = written(Reading((Word("so", 0.3, 0.6),), (Hesitation(0.5, 0.9, 0.8),)))
    (speech,) = sound.speech
    assert sound.hesitations is not None
    (one,) = sound.hesitations
    assert one.start == pytest.approx(speech.start - 0.2 + 0.5)
    assert one.end - one.start == pytest.approx(0.4)


def test_nobody_listened_where_the_model_cannot_or_there_is_none() -> None:
    assert written(Reading((Word("so", 0.3, 0.6),), None)).hesitations is None
    alone = write_down(ONE_SECOND, activity=FakeVoiceActivity(), transcriber=None)
    assert alone.sound.hesitations is None


@pytest.mark.parametrize("kept", [None, (), (SURE,)])
def test_a_take_keeps_them(kept: tuple[Hesitation, ...] | None) -> None:
    sound = Sound(3.0, (Span(0.0, 3.0),), hesitations=kept)
    take = Take("id", "2026-05-04T10:30:00+02:00", None, Ending.ENDED, sound=sound)
    again = take_json.load(take_json.dump(take, None), "take.json")
    assert again.sound and again.sound.hesitations == kept


def test_a_take_of_an_older_version_was_not_listened_to() -> None:
    """What older versions kept was mostly vowels of words."""
    take = Take("id", "2026-05-04T10:30:00+02:00", None, Ending.ENDED, sound=Sound(1.0, ()))
    value = json.loads(take_json.dump(take, None))
    del value["sound"]["filled_pauses"]
    value["sound"]["hesitations"] = [
        {"start": 0.1, "end": 0.5, "confidence": 0.97, "nasal": True, "apart": True}
    ]
    again = take_json.load(json.dumps(value), "take.json")
    assert again.sound and again.sound.hesitations is None
