"""What every Desk promises, whether it writes down here or in a process apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from rehearse.errors import ModelMissing, RehearseError, TranscriptionFailed, UnreadableFile
from rehearse.model.take import SAMPLE_RATE, Span, Word
from rehearse.ports import Transcriber, VoiceActivity
from rehearse.speech.dictation import Desk, Wish
from rehearse.speech.transcription import OwnDesk, dictated, write_down
from rehearse.speech.transcription_process import DeskApart
from tests.dictating import (
    LONG,
    ONE_SECOND,
    SILENCE,
    Answer,
    Deaf,
    Echo,
    InFile,
    Remembered,
    text,
    until,
)
from tests.fakes import FakeTranscriber, FakeVoiceActivity, tone

Make = Callable[..., Desk]
ACTIVITY = FakeVoiceActivity()


@pytest.fixture(params=[OwnDesk, DeskApart], ids=["own", "apart"])
def make(request: pytest.FixtureRequest) -> Iterator[Make]:
    made: list[Desk] = []

    def desk(transcriber: Transcriber, activity: VoiceActivity = ACTIVITY) -> Desk:
        made.append(request.param(activity, transcriber))
        return made[-1]

    yield desk
    for one in made:
        one.close()


@pytest.fixture(params=["file", "memory"])
def into(request: pytest.FixtureRequest, tmp_path: Path) -> InFile | Remembered:
    return InFile(tmp_path / "answer.wav") if request.param == "file" else Remembered()


def failing(*errors: RehearseError) -> FakeTranscriber:
    return FakeTranscriber(list(errors))


def test_an_answer_gives_what_its_whole_sound_gives(make: Make, into: InFile | Remembered) -> None:
    samples = np.concatenate([LONG, ONE_SECOND])
    answer = Answer(make(Echo()), samples, into)
    answer.says()
    whole = into(Span(0.0, len(samples) / SAMPLE_RATE))
    expected = write_down(whole, activity=ACTIVITY, transcriber=Echo())
    assert answer.ends() == expected
    assert len(text(expected)) == 5


def test_a_whole_sound_gives_the_same_with_progress(make: Make) -> None:
    seconds: list[float] = []
    found = dictated(LONG, make(Echo()), progress=seconds.append)
    assert found == write_down(LONG, activity=ACTIVITY, transcriber=Echo())
    assert seconds == sorted(seconds)


def test_words_come_while_somebody_still_speaks(make: Make, into: InFile | Remembered) -> None:
    answer = Answer(make(Echo()), LONG, into)
    answer.says(13.2)
    until(lambda: answer.dictation.words)
    early = [word.text for word in answer.dictation.words]
    answer.says()
    assert text(answer.ends())[:1] == early


def test_what_is_heard_at_this_moment_is_told(make: Make, into: InFile | Remembered) -> None:
    answer = Answer(make(Echo()), ONE_SECOND, into)
    desk_hears = answer.dictation.listening
    assert (desk_hears().speech, desk_hears().silence) == (0.0, 0.0)
    answer.says(1.5)
    until(lambda: desk_hears().speech > 0.4)
    answer.says(1.5)
    until(lambda: desk_hears().silence > 0.9 and desk_hears().said)
    now = desk_hears()
    assert (now.speech, now.ended) == pytest.approx((1.0, 2.0), abs=0.07)
    assert answer.dictation.deaf is None
    answer.ends()


def test_a_few_words_are_heard_by_themselves_where_that_is_wished(make: Make) -> None:
    samples = np.concatenate([tone(seconds=3), SILENCE, tone(seconds=0.5), SILENCE, SILENCE])
    answer = Answer(make(Echo()), samples, Remembered(), asides=True)
    answer.says()
    until(lambda: answer.dictation.listening().said)
    said = answer.dictation.listening().said
    assert said is not None and len(said.words) == 1
    assert said.before == pytest.approx(3.0, abs=0.04)
    assert len(text(answer.ends())) == 1, "which changes no transcript"


def test_without_the_wish_for_words_it_only_listens(make: Make) -> None:
    found = dictated(ONE_SECOND, make(failing()), wish=Wish(words=False))
    assert (found.transcript, found.why) == (None, None)
    assert len(found.sound.speech) == 1


def test_silence_gives_an_answer_without_words(make: Make, into: InFile | Remembered) -> None:
    answer = Answer(make(Echo()), SILENCE, into)
    answer.says()
    found = answer.ends()
    assert text(found) == []
    assert (found.sound.duration, found.sound.speech) == (1.0, ())


def test_an_answer_that_is_over_at_once_is_empty(make: Make, into: InFile | Remembered) -> None:
    assert Answer(make(Echo()), SILENCE, into).ends().sound.duration == 0.0


@pytest.mark.parametrize("error", [ModelMissing("None.", "Get it."), TranscriptionFailed("No.")])
def test_a_model_that_fails_leaves_what_the_sound_tells(make: Make, error: RehearseError) -> None:
    found = dictated(ONE_SECOND, make(failing(error)))
    assert found.transcript is None
    assert (type(found.why), str(found.why)) == (type(error), str(error))
    assert len(found.sound.speech) == 1


def test_a_detector_that_is_not_there_is_told_during_the_answer_and_after_it(make: Make) -> None:
    answer = Answer(make(Echo(), Deaf()), ONE_SECOND, Remembered())
    answer.says()
    until(lambda: answer.dictation.deaf)
    assert "not whole" in (answer.dictation.deaf or "")
    with pytest.raises(TranscriptionFailed, match="not whole"):
        answer.ends()


def test_sound_that_is_gone_is_told(make: Make, tmp_path: Path) -> None:
    into = InFile(tmp_path / "answer.wav")
    answer = Answer(make(Echo()), ONE_SECOND, into)
    into.path.unlink()
    answer.says()
    with pytest.raises(UnreadableFile, match="cannot be read"):
        answer.ends()


def test_an_answer_that_is_dropped_holds_up_no_other(make: Make, tmp_path: Path) -> None:
    desk = make(Echo())
    first = Answer(desk, LONG, InFile(tmp_path / "first.wav"))
    first.says()
    first.dictation.drop()
    second = Answer(desk, ONE_SECOND, InFile(tmp_path / "second.wav"))
    second.says()
    assert len(text(second.ends())) == 1
    second.dictation.drop()


def test_it_may_be_told_to_prepare_more_than_once_and_closed_twice(make: Make) -> None:
    desk = make(FakeTranscriber([(Word("so", 0.1, 0.4),)]))
    desk.prepare()
    desk.prepare()
    assert text(dictated(ONE_SECOND, desk)) == ["so"]
    desk.close()
    desk.close()
