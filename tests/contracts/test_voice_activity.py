"""What every VoiceActivity promises."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.adapters.voice_activity import SileroVoiceActivity
from rehearse.ports import VoiceActivity
from tests.fakes import FakeVoiceActivity
from tests.spoken import Spoken

BOTH = pytest.mark.parametrize("activity", [FakeVoiceActivity(), SileroVoiceActivity()])


@BOTH
@pytest.mark.parametrize(("samples", "frames"), [(0, 0), (1, 1), (512, 1), (513, 2), (16_000, 32)])
def test_there_is_a_probability_for_each_begun_frame(
    activity: VoiceActivity, samples: int, frames: int
) -> None:
    found = activity.probabilities(np.zeros(samples, np.float32))
    assert len(found) == frames
    assert all(0 <= probability <= 1 for probability in found)


@BOTH
def test_speech_is_told_from_silence_and_the_sound_is_left_as_it_was(
    activity: VoiceActivity, spoken: Spoken
) -> None:
    second = np.zeros(16_384, np.float32)
    samples = np.concatenate([second, spoken.speech.sound[:32_768].astype(np.float32), second])
    before = samples.copy()
    found = activity.probabilities(samples)
    assert np.array_equal(samples, before)
    assert max(found[:30]) < 0.5 < np.median(found[34:94])
    assert max(found[110:]) < 0.5
