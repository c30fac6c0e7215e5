from __future__ import annotations

import numpy as np
import pytest

from rehearse.errors import VoiceFailed
from rehearse.ports import Voice
from rehearse.speech.voice import SpokenVoice
from tests.fakes import FakeVoice


@pytest.fixture(params=["fake", "real"])
def voice(request: pytest.FixtureRequest) -> Voice:
    return FakeVoice() if request.param == "fake" else SpokenVoice("en-us", driver="espeak")


def test_it_speaks_a_question_as_mono_sound(voice: Voice) -> None:
    clip = voice.render("Tell me about a time when you failed.")
    assert clip.samples.ndim == 1
    assert clip.samples.dtype == np.float32
    assert 1.0 < clip.duration < 10.0
    assert 0.1 < np.abs(clip.samples).max() <= 1.0


def test_a_longer_text_takes_longer(voice: Voice) -> None:
    short, long = voice.render("Why?"), voice.render("Why did you leave your last place of work?")
    assert long.duration > 1.5 * short.duration


def test_it_says_the_same_twice_in_the_same_way(voice: Voice) -> None:
    first, second = voice.render("Thank you."), voice.render("Thank you.")
    assert np.array_equal(first.samples, second.samples)


@pytest.mark.parametrize("kind", ["fake", "real"])
def test_a_voice_that_cannot_speak_raises(kind: str) -> None:
    broken = FakeVoice(fails=VoiceFailed("hoarse")) if kind == "fake" else SpokenVoice("nobody")
    with pytest.raises(VoiceFailed):
        broken.render("Hello")
