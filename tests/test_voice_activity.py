from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from rehearse.audio.recordings import decode
from rehearse.model.take import SAMPLE_RATE
from rehearse.speech import voice_activity
from rehearse.speech.encoder import keeping_whisper
from rehearse.speech.engines import LOADING
from rehearse.speech.voice_activity import FRAME, SileroListener, SileroVoiceActivity
from tests.sounds import probabilities, tone

if TYPE_CHECKING:
    from rehearse.model.take import Samples

SPEECH = Path(__file__).parents[2] / "shared" / "speech" / "audio"


@pytest.fixture(scope="module")
def detector() -> SileroVoiceActivity:
    return SileroVoiceActivity()


@dataclass(frozen=True)
class Unraised:
    """The detector at the level that the sound has."""

    detector: SileroVoiceActivity

    def listen(self) -> SileroListener:
        self.detector.listen()
        return SileroListener(self.detector._session)


def noise(seconds: float) -> Samples:
    chance = np.random.default_rng(3)
    return chance.normal(0, 0.1, round(seconds * SAMPLE_RATE)).astype(np.float32)


@pytest.mark.parametrize("samples", [0, 1, 511, 512, 513, 1024, 5000])
def test_one_probability_for_every_whole_or_begun_frame(
    detector: SileroVoiceActivity, samples: int
) -> None:
    found = probabilities(detector, noise(1)[:samples])
    assert len(found) == -(-samples // FRAME)
    assert all(isinstance(p, float) and 0 <= p <= 1 for p in found)


def test_a_long_recording_gives_what_one_run_gives(detector: SileroVoiceActivity) -> None:
    from faster_whisper.vad import get_vad_model

    # More than one batch, with sounds that change, and a begun frame at the end.
    sound = np.concatenate([noise(40), tone(30), noise(40) * tone(40), noise(30.01)])
    whole = np.pad(sound, (0, -len(sound) % FRAME))
    expected = get_vad_model()(whole.copy()).ravel()
    assert np.abs(np.array(probabilities(Unraised(detector), sound)) - expected).max() < 1e-5


def test_the_sound_is_left_as_it_was(detector: SileroVoiceActivity) -> None:
    sound = noise(2)
    kept = sound.copy()
    probabilities(detector, sound)
    assert np.array_equal(sound, kept)
    sound.flags.writeable = False
    probabilities(detector, sound)


def test_a_tone_and_silence_are_no_speech(detector: SileroVoiceActivity) -> None:
    for sound in (tone(3), np.zeros(3 * SAMPLE_RATE, np.float32)):
        assert np.mean(np.array(probabilities(detector, sound)) > 0.5) < 0.05


def test_a_person_is_heard_and_the_pause_after_is_not(detector: SileroVoiceActivity) -> None:
    path = SPEECH / "lj001_0004.wav"
    if not path.exists():
        pytest.skip("no recording of a person lies beside this checkout")
    speech = decode(path)
    found = np.array(probabilities(detector, np.concatenate([speech, np.zeros(SAMPLE_RATE * 3)])))
    spoken = len(speech) // FRAME
    assert np.mean(found[:spoken] > 0.5) > 0.7
    assert np.mean(found[spoken + 10 :] > 0.5) == 0


@pytest.mark.parametrize("load", [voice_activity._load, keeping_whisper])
def test_one_library_is_loaded_after_the_other(load: Callable[[], object]) -> None:
    """Two at once end the process: they may share a table that is then only half filled."""
    loaded = threading.Event()

    def loads() -> None:
        load()
        loaded.set()

    with LOADING:
        loading = threading.Thread(target=loads)
        loading.start()
        assert not loaded.wait(0.5)
    assert loaded.wait(60)
    loading.join()
