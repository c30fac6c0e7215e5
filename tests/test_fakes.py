"""A fake that is quiet off script would let a broken session pass."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.errors import EarLost, TranscriptionFailed
from rehearse.model.take import SAMPLE_RATE, Word
from rehearse.ports import Key, Reading
from tests.fakes import (
    FakeClock,
    FakeEar,
    FakeKeys,
    FakePlayer,
    FakeTranscriber,
    FakeVoice,
    FakeVoiceActivity,
    OffScript,
    pcm,
    tone,
)
from tests.sounds import probabilities

BLOCK = pcm(tone(seconds=0.1))


def test_time_passes_with_the_sound() -> None:
    clock = FakeClock()
    begin = clock.monotonic()
    with FakeEar([[BLOCK, None]], clock=clock).open() as hearing:
        hearing.read(1.0)
        hearing.read(0.25)
    FakePlayer(clock=clock).play(FakeVoice().render("one two"))
    assert clock.monotonic() - begin == pytest.approx(0.1 + 0.25 + 2.0)


def test_the_ear_is_loud_off_script() -> None:
    ear = FakeEar([[BLOCK]])
    with ear.open() as hearing:
        hearing.read(0.1)
        with pytest.raises(OffScript, match="more was read"):
            hearing.read(0.1)
        with pytest.raises(OffScript, match="open already"):
            ear.open().__enter__()
    with pytest.raises(OffScript, match="more than 1 times"):
        ear.open().__enter__()


def test_a_lost_ear_stays_lost_and_a_speaker_who_is_done_stays_done() -> None:
    with FakeEar([[EarLost("gone")]]).open() as lost, pytest.raises(EarLost):
        lost.read(0.1)
    with pytest.raises(EarLost), FakeEar([[EarLost("gone")]]).open() as lost:
        lost.read(0.1)
    with FakeEar([[BLOCK, b""]]).open() as done:
        assert [done.read(0.1) for _ in range(3)] == [BLOCK, b"", b""]


def test_keys_come_after_their_polls_and_are_loud_after_the_last() -> None:
    clock = FakeClock(seconds=0.0)
    keys = FakeKeys([(2, Key.PAUSE), (0, Key.END)], ahead=[Key.LEAVE], clock=clock)
    with pytest.raises(OffScript, match="not open"):
        keys.poll(0.1)
    with keys.open():
        keys.flush()
        pressed = [keys.poll(0.5) for _ in range(4)]
        assert pressed == [None, None, Key.PAUSE, Key.END]
        assert clock.monotonic() == 1.0
        with pytest.raises(OffScript, match="after the last one"):
            keys.poll(0.1)


def test_what_was_typed_ahead_comes_first_unless_it_is_flushed() -> None:
    keys = FakeKeys([(0, Key.END)], ahead=[Key.LEAVE])
    with keys.open():
        assert [keys.poll(0.1), keys.poll(0.1)] == [Key.LEAVE, Key.END]


def test_the_transcriber_answers_in_turn_and_is_loud_after_the_last() -> None:
    words = (Word("So", 0.1, 0.3),)
    transcriber = FakeTranscriber([words, TranscriptionFailed("no")])
    assert transcriber.transcribe(tone(seconds=2.0)) == Reading(words)
    with pytest.raises(TranscriptionFailed):
        transcriber.transcribe(tone(seconds=1.0))
    with pytest.raises(OffScript, match="more was transcribed"):
        transcriber.transcribe(tone(seconds=1.0))
    assert transcriber.heard == [2.0, 1.0]
    with pytest.raises(OffScript, match="more than the 30"):
        transcriber.transcribe(tone(seconds=30.1))


def test_speech_is_what_is_loud_frame_by_frame() -> None:
    silence = np.zeros(512 * 3 + 100, np.float32)
    samples = np.concatenate([silence, tone(seconds=0.1)])
    assert probabilities(FakeVoiceActivity(), samples) == [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0]
    assert len(samples) == 1636 + SAMPLE_RATE // 10
