"""From sound to segments to words, with a scripted transcriber."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from rehearse import transcription
from rehearse.errors import TranscriptionFailed
from rehearse.model import Span, Transcript, Word
from tests.fakes import FakeTranscriber, FakeVoiceActivity, tone

if TYPE_CHECKING:
    from rehearse.model import Samples

SILENCE = np.zeros(16_000, np.float32)


def one_second_of_speech() -> Samples:
    return np.concatenate([SILENCE, tone(seconds=1), SILENCE])


def written(transcriber: FakeTranscriber) -> Transcript:
    samples = one_second_of_speech()
    sound, pieces = transcription.listen(samples, FakeVoiceActivity())
    writing = transcription.write_down(samples, pieces, sound=sound, transcriber=transcriber)
    return transcription.finish(writing, lambda second: None)


def test_what_the_sound_tells_without_words() -> None:
    sound, pieces = transcription.listen(one_second_of_speech(), FakeVoiceActivity())
    assert sound.duration == 3
    (speech,) = sound.speech
    assert [speech.start, speech.end] == pytest.approx([1, 2], abs=0.04)
    assert sound.level == pytest.approx(-9, abs=0.3)
    (piece,) = pieces
    assert [piece.start, piece.end] == pytest.approx([0.8, 2.2], abs=0.04)


@pytest.mark.parametrize("samples", [np.zeros(0, np.float32), SILENCE])
def test_silence_has_neither_speech_nor_level(samples: Samples) -> None:
    sound, pieces = transcription.listen(samples, FakeVoiceActivity())
    assert (sound.speech, sound.level, pieces) == ((), None, ())


def test_speech_that_lasts_to_the_end_does_not_reach_past_it() -> None:
    samples = tone(seconds=1.01)
    sound, _ = transcription.listen(samples, FakeVoiceActivity())
    assert sound.speech[-1].end <= sound.duration


def test_times_count_from_the_start_of_the_recording() -> None:
    said = (Word("I", 0.3, 0.5, 0.9), Word("did.", 0.5, 1.1, 0.8))
    words = written(FakeTranscriber([said])).words
    assert [(w.text, round(w.start or 0, 1), round(w.end or 0, 1)) for w in words] == [
        ("I", 1.1, 1.3),
        ("did.", 1.3, 1.9),
    ]


def test_words_are_fitted_to_the_speech_around_them() -> None:
    said = (Word("I", 0.0, 0.5), Word("did.", 0.5, 1.4))
    first, last = written(FakeTranscriber([said])).words
    assert first.start == pytest.approx(1.0, abs=0.04), "not in the silence before"
    assert last.end == pytest.approx(2.0, abs=0.04), "nor in the one behind"


@pytest.mark.parametrize(
    ("word", "fitted"),
    [
        (Word("plain", 1.2, 1.6), (1.2, 1.6)),
        (Word("absorbed a pause", 1.6, 3.4), (1.6, 3.4)),
        (Word("ends in silence", 1.6, 2.5), (1.6, 2.0)),
        (Word("begins in silence", 2.5, 3.5), (3.0, 3.5)),
        (Word("all in silence", 2.2, 2.8), (2.2, 2.8)),
        (Word("without times"), (None, None)),
    ],
)
def test_a_word_keeps_no_silence_at_its_edges(
    word: Word, fitted: tuple[float | None, float | None]
) -> None:
    result = transcription.fit_to_speech(word, (Span(1, 2), Span(3, 4)))
    assert (result.start, result.end) == fitted


def test_a_transcript_tells_who_wrote_it_and_in_which_language() -> None:
    transcript = written(FakeTranscriber([()], name="tiny", language="de"))
    assert transcript == Transcript((), "de", "tiny", duration=3.0)


def test_a_transcriber_that_fails_is_not_hidden() -> None:
    with pytest.raises(TranscriptionFailed, match="out of memory"):
        written(FakeTranscriber([TranscriptionFailed("It ran out of memory.")]))


def test_long_sound_is_given_in_pieces_that_fit() -> None:
    samples = np.concatenate([tone(seconds=12), SILENCE] * 8)
    sound, pieces = transcription.listen(samples, FakeVoiceActivity())
    transcriber = FakeTranscriber([(Word(str(n), 0.5, 1.0),) for n in range(len(pieces))])
    writing = transcription.write_down(samples, pieces, sound=sound, transcriber=transcriber)
    seconds: list[float] = []
    words = transcription.finish(writing, seconds.append).words
    assert len(pieces) == 8
    starts = [word.start or 0 for word in words]
    assert starts == sorted(starts)
    assert seconds == [piece.end for piece in pieces]
