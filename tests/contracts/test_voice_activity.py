"""What every VoiceActivity promises."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.ports import VoiceActivity
from rehearse.speech.voice_activity import SileroVoiceActivity
from tests.fakes import FakeVoiceActivity
from tests.sounds import probabilities
from tests.spoken import Spoken

BOTH = pytest.mark.parametrize("activity", [FakeVoiceActivity(), SileroVoiceActivity()])


@BOTH
@pytest.mark.parametrize(("samples", "frames"), [(0, 0), (1, 1), (512, 1), (513, 2), (16_000, 32)])
def test_there_is_a_probability_for_each_begun_frame(
    activity: VoiceActivity, samples: int, frames: int
) -> None:
    found = probabilities(activity, np.zeros(samples, np.float32))
    assert len(found) == frames
    assert all(0 <= probability <= 1 for probability in found)


@BOTH
def test_speech_is_told_from_silence_and_the_sound_is_left_as_it_was(
    activity: VoiceActivity, spoken: Spoken
) -> None:
    second = np.zeros(16_384, np.float32)
    samples = np.concatenate([second, spoken.speech.sound[:32_768].astype(np.float32), second])
    before = samples.copy()
    found = probabilities(activity, samples)
    assert np.array_equal(samples, before)
    assert max(found[:30]) < 0.5 < np.median(found[34:94])
    assert max(found[110:]) < 0.5


@BOTH
@pytest.mark.parametrize("block", [1600, 511, 4096])
def test_blocks_of_any_size_give_the_same(
    activity: VoiceActivity, spoken: Spoken, block: int
) -> None:
    samples = spoken.speech.sound[:64_000].astype(np.float32)
    whole = probabilities(activity, samples)
    assert probabilities(activity, samples, block=block) == pytest.approx(whole, abs=1e-5)


@BOTH
def test_two_sounds_can_be_followed_side_by_side(activity: VoiceActivity, spoken: Spoken) -> None:
    samples = spoken.speech.sound[:32_768].astype(np.float32)
    one, other = activity.listen(), activity.listen()
    other.feed(samples)
    assert one.feed(samples) == probabilities(activity, samples)
