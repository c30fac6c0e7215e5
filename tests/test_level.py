"""A quiet voice is raised before it is listened to, and a loud one is left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from rehearse.model.take import SAMPLE_RATE
from rehearse.speech.level import MOST, RunningGain
from rehearse.speech.segmenter import Segmenter
from rehearse.speech.voice_activity import SileroVoiceActivity
from tests.sounds import probabilities
from tests.spoken import Spoken

if TYPE_CHECKING:
    from rehearse.model.take import Samples


TARGET = -20.0


def raised(sound: Samples, block: int = 10**9) -> Samples:
    gain = RunningGain(TARGET)
    parts = [gain.feed(sound[at : at + block]) for at in range(0, len(sound), block)]
    return np.concatenate([*parts, gain.finish()])


def hiss(seconds: float, dbfs: float) -> Samples:
    size = round(seconds * SAMPLE_RATE)
    return np.random.default_rng(2).normal(0, 10 ** (dbfs / 20), size).astype(np.float32)


def level(sound: Samples) -> float:
    return float(10 * np.log10(np.mean(np.square(sound, dtype=np.float64))))


@pytest.mark.parametrize("dbfs", [-25.0, -40.0, -55.0])
def test_what_is_quiet_comes_to_the_level_of_a_near_voice(dbfs: float) -> None:
    assert level(raised(hiss(3, dbfs))[SAMPLE_RATE:]) == pytest.approx(TARGET, abs=1.5)


def test_what_is_loud_stays_as_it_is() -> None:
    loud = hiss(2, -15.0)
    assert np.allclose(raised(loud), np.clip(loud, -1, 1), atol=1e-6)


def test_a_room_is_not_raised_without_end() -> None:
    assert level(raised(hiss(2, -85.0))) < -85 + MOST + 1


@pytest.mark.parametrize("block", [1600, 511, 7])
def test_blocks_of_any_size_give_the_same_sound(block: int) -> None:
    sound = np.concatenate([hiss(0.5, -60.0), hiss(0.5, -30.0), hiss(0.201, -60.0)])
    found = raised(sound, block)
    assert len(found) == len(sound)
    assert np.array_equal(found, raised(sound))


def test_a_click_does_not_turn_the_voice_down() -> None:
    voice = hiss(4, -50.0)
    clicked = voice.copy()
    clicked[SAMPLE_RATE : SAMPLE_RATE + 800] = 0.9
    behind = slice(2 * SAMPLE_RATE, None)
    assert level(raised(clicked)[behind]) == pytest.approx(level(raised(voice)[behind]), abs=1.0)


@pytest.mark.parametrize("down", [10, 20, 30])
def test_a_voice_that_is_far_away_is_found_as_one_that_is_near(spoken: Spoken, down: int) -> None:
    near = spoken.speech.sound.astype(np.float32)
    assert spoken_in(near * 10 ** (-down / 20)) == pytest.approx(spoken_in(near), rel=0.1)


def spoken_in(sound: Samples) -> float:
    heard = Segmenter()
    heard.feed(probabilities(SileroVoiceActivity(), sound))
    heard.finish(len(sound) / SAMPLE_RATE)
    return heard.spoken
