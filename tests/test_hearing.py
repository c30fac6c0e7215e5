"""The rooms of the measurement are what they are called, and its figures count what is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest

from rehearse.model.take import SAMPLE_RATE
from tools.hearing.evaluate import Kept, figures
from tools.hearing.rooms import (
    ALONE,
    NOISE_BELOW,
    REVERBERATION,
    level,
    noisy,
    quieter,
    reverberant,
    telephone,
    without_a_voice,
)

if TYPE_CHECKING:
    from rehearse.model.take import Samples


def tone(hertz: float, seconds: float = 2.0) -> Samples:
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return (0.3 * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


@pytest.mark.parametrize("down", [0, 10, 20, 30])
def test_a_quieter_voice_is_as_far_down_as_it_says(down: float) -> None:
    assert level(quieter(down)(tone(200))) == pytest.approx(-20 - down, abs=0.5)


def test_the_telephone_has_a_band() -> None:
    low, middle, high = (level(telephone(tone(hertz))) for hertz in (100, 1000, 5000))
    assert middle == pytest.approx(level(tone(1000)), abs=0.2)
    assert max(low, high) < middle - 30


def test_an_echo_dies_away_in_its_time() -> None:
    sound = np.zeros(2 * SAMPLE_RATE, np.float32)
    sound[100] = 0.5
    heard = reverberant(sound)[100:]
    early = heard[: SAMPLE_RATE // 20]
    late = heard[round(REVERBERATION * SAMPLE_RATE) - SAMPLE_RATE // 20 :][: SAMPLE_RATE // 20]
    assert np.abs(early).max() == pytest.approx(0.5, abs=0.05)
    assert 0 <= np.abs(late).max() < 0.001


def test_the_noise_lies_so_far_below_the_voice() -> None:
    silent = noisy(np.concatenate([tone(200), np.zeros(100, np.float32)]))
    difference = silent[: 2 * SAMPLE_RATE] - quieter(0)(tone(200))
    assert level(difference) == pytest.approx(-20 - NOISE_BELOW, abs=1.5)


def test_what_has_no_voice_is_as_long_as_it_says() -> None:
    for name, sound in without_a_voice().items():
        assert len(sound) == pytest.approx(ALONE * SAMPLE_RATE, rel=0.01), name
        assert np.abs(sound).max() <= 1, name
        assert bool(np.abs(sound).max() > 0) is (name != "silence"), name


@dataclass(frozen=True)
class Deaf:
    """Writes half of what the plain pass does, and one word of its own."""

    def kept(self, sound: Samples) -> Kept:
        return Kept(10, 5, 1)

    def ours(self, sound: Samples) -> list[str]:
        return ["you"]


def test_the_figures_are_shares_of_a_plain_pass() -> None:
    clips = {"people": {"a": tone(200), "b": tone(300)}, "voice": {}}
    lines = list(figures("base", Deaf(), clips, room="telephone"))  # type: ignore[arg-type]
    assert lines == [
        "hearing_base_people_telephone_words_kept 50.0 % (n=20 words, 2 clips; 2 others)"
    ]
    (line,) = figures("base", Deaf(), clips, room="hum")  # type: ignore[arg-type]
    assert line == "hearing_base_hum 1 words (n=30 s)"
