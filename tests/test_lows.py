"""What a telephone cuts off is brought back, and nothing is added to any other sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from rehearse.model.take import SAMPLE_RATE
from rehearse.speech.lows import STEP, Lows
from tools.hearing.rooms import recorded, telephone, white

if TYPE_CHECKING:
    from rehearse.model.take import Samples


def voice(hertz: float = 125.0, seconds: float = 2.0) -> Samples:
    """Thirty overtones, as a vowel has them."""
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    tones = [np.sin(2 * np.pi * number * hertz * times) / number for number in range(1, 31)]
    return recorded(0.1 * np.sum(tones, axis=0))


def whole(sound: Samples, size: int) -> Samples:
    lows = Lows()
    parts = [lows.feed(sound[at : at + size]) for at in range(0, len(sound), size)]
    return np.concatenate([*parts, lows.finish()])


def loudness(sound: Samples, hertz: float) -> float:
    """Amplitude of one tone, without the first half second."""
    part = sound[SAMPLE_RATE // 2 :]
    times = np.arange(len(part)) / SAMPLE_RATE
    return float(2 * np.abs(np.mean(part * np.exp(-2j * np.pi * hertz * times))))


@pytest.mark.parametrize("hertz", [100.0, 125.0, 200.0])
def test_the_lowest_tone_of_a_voice_on_the_telephone_comes_back(hertz: float) -> None:
    cut = telephone(voice(hertz))
    assert loudness(cut, hertz) < 0.001
    assert loudness(whole(cut, 4000), hertz) > 0.01


def test_other_sound_stays_as_it_is() -> None:
    for sound in (voice(), white(SAMPLE_RATE, -30.0), np.zeros(SAMPLE_RATE, np.float32)):
        assert np.array_equal(whole(sound, 1000), sound)


@pytest.mark.parametrize("size", [1, STEP - 1, STEP, 7000])
def test_it_makes_no_difference_how_the_sound_comes(size: int) -> None:
    cut = telephone(voice(seconds=0.5))
    assert np.array_equal(whole(cut, size), whole(cut, len(cut)))
