"""A whole session on a microphone without hardware: real keys, real sound, real transcription."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rehearse.model.take import SAMPLE_RATE, Take
from rehearse.takes.store import TakeStore
from rehearse.text import bare
from tests.pulse import Pulse, until
from tests.spoken import Spoken, needs_miniature
from tests.terminal import Terminal, rehearse

ASK = ("practice", "--ask", "What did you do?", "--questions", "1", "--model", "miniature")
READY = "Speak when you are ready."

pytestmark = needs_miniature


def seconds(path: Path) -> float:
    with wave.open(str(path), "rb") as file:
        return file.getnframes() / file.getframerate()


def takes(home: Path) -> list[dict[str, Any]]:
    folders = sorted(path.parent for path in (home / "recordings").glob("*/take.json"))
    return [json.loads((folder / "take.json").read_text("utf-8")) for folder in folders]


def load(home: Path) -> Take:
    """The only take, as the program reads it."""
    store = TakeStore(home / "recordings")
    (folder,) = store.folders()
    return store.load(folder)


def said(take: dict[str, Any]) -> list[str]:
    return [bare(word["text"]) for word in take["transcript"]["words"]]


def answer(terminal: Terminal, pulse: Pulse, spoken: Spoken) -> None:
    terminal.until(READY)
    pulse.say(spoken.wav)
    terminal.press("\r")


@dataclass(frozen=True)
class Held:
    """A whole session, of which several tests look at what is left."""

    home: Path
    screen: str
    heard: Path
    """What the speaker played."""


@pytest.fixture(scope="module")
def held(pulse: Pulse, spoken: Spoken, tmp_path_factory: pytest.TempPathFactory) -> Held:
    home = tmp_path_factory.mktemp("held")
    heard = home / "heard.wav"
    with (
        pulse.record(heard),
        rehearse(*ASK, home=home, environment=pulse.environment, anew=True) as terminal,
    ):
        terminal.until("What did you do?")
        answer(terminal, pulse, spoken)
        terminal.until("Saved in")
        assert terminal.ends() == 0
    return Held(home, terminal.words, heard)


def test_a_question_is_asked_and_the_answer_reported_and_kept(held: Held, spoken: Spoken) -> None:
    (take,) = takes(held.home)
    assert said(take) == spoken.words
    assert take["ending"] == "ended"
    assert take["analysis"]["fillers"]["counts"] == {"um": 3, "you know": 1, "uh": 1, "like": 1}
    assert take["analysis"]["star"]["missing"] == []
    assert "Good" in held.screen and "Next" in held.screen
    assert "d details" in held.screen
    recorded = held.home / "recordings" / take["id"] / "answer.wav"
    assert seconds(recorded) == pytest.approx(take["sound"]["duration"], abs=0.001)
    assert seconds(recorded) > seconds(spoken.wav)
    with wave.open(str(held.heard), "rb") as file:
        question = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert np.abs(question).max() > 1000, "the question was heard on the speaker"


def test_words_come_at_the_time_at_which_they_were_said(held: Held, spoken: Spoken) -> None:
    samples = TakeStore(held.home / "recordings").samples(load(held.home))
    shift = float(np.argmax(np.abs(samples) > 0.01) - np.argmax(np.abs(spoken.speech.sound) > 0.01))
    transcript = load(held.home).transcript
    assert transcript is not None
    off = spoken.errors(transcript.words, shift=shift / SAMPLE_RATE)
    assert np.mean(np.array(off) <= 0.3) >= 0.95
    assert max(off) <= 0.6


def test_keys_steer_the_recording(pulse: Pulse, spoken: Spoken, tmp_path: Path) -> None:
    with rehearse(*ASK, home=tmp_path, environment=pulse.environment) as terminal:
        terminal.press("\r\rq")  # typed ahead: forgotten
        seen = terminal.until(READY)
        with pulse.saying(spoken.wav):
            terminal.until("0:02", after=seen)
            terminal.press("r")
            seen = terminal.until(READY, after=terminal.until("From the beginning."))
            seen = terminal.until("0:02", after=seen)
            terminal.press(" ")
            seen = terminal.until("paused", after=seen)
            terminal.press(" ")
            terminal.until("0:04", after=seen)
            terminal.press("\r")
            assert terminal.ends() == 0
    first, second = takes(tmp_path)
    assert (first["ending"], first["transcript"]) == ("started_over", None)
    assert second["ending"] == "ended"
    assert second["sound"]["duration"] == pytest.approx(4, abs=1.5)


@pytest.mark.parametrize(("key", "ending"), [("s", "skipped"), ("q", "left")])
def test_skipping_and_leaving_keep_the_sound(
    pulse: Pulse, spoken: Spoken, tmp_path: Path, key: str, ending: str
) -> None:
    with rehearse(*ASK, home=tmp_path, environment=pulse.environment) as terminal:
        seen = terminal.until(READY)
        terminal.until("0:01", after=seen)
        terminal.press(key)
        assert terminal.ends() == 0
    (take,) = takes(tmp_path)
    assert take["ending"] == ending
    assert seconds(tmp_path / "recordings" / take["id"] / "answer.wav") >= 1


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_leaves_in_order(
    pulse: Pulse, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    with rehearse(*ASK, home=tmp_path, environment=pulse.environment) as terminal:
        seen = terminal.until(READY)
        terminal.until("0:01", after=seen)
        terminal.process.send_signal(number)
        assert terminal.ends() == code
        assert "Traceback" not in terminal.screen
    (take,) = takes(tmp_path)
    assert take["ending"] == "left"


def test_kill_9_and_then_recover(pulse: Pulse, spoken: Spoken, tmp_path: Path) -> None:
    with rehearse(*ASK, home=tmp_path, environment=pulse.environment) as terminal:
        seen = terminal.until(READY)
        with pulse.saying(spoken.wav):
            terminal.until("0:06", after=seen)
            terminal.process.kill()
            terminal.ends()
    (take,) = takes(tmp_path)
    assert take["ending"] is None
    arguments = ("recover", "--model", "miniature")
    with rehearse(*arguments, home=tmp_path, environment=pulse.environment) as terminal:
        assert terminal.ends() == 0
    (take,) = takes(tmp_path)
    assert take["ending"] == "cut_short"
    assert take["sound"]["duration"] >= 5
    assert said(take)[:8] == spoken.words[:8]


def test_without_a_model_the_take_waits_and_recover_finishes_it(
    pulse: Pulse, brief: Spoken, tmp_path: Path
) -> None:
    nowhere = pulse.environment | {
        "REHEARSE_MODELS": str(tmp_path / "models"),
        "HF_HOME": str(tmp_path / "hub"),
        "HF_ENDPOINT": "http://127.0.0.1:9",
    }
    ask = [*ASK[:-1], "base.en"]
    with rehearse(*ask, home=tmp_path, environment=nowhere) as terminal:
        answer(terminal, pulse, brief)
        terminal.until("Not written down yet")
        terminal.until("it is not written down yet")
        assert terminal.ends() == 0
    (take,) = takes(tmp_path)
    assert take["transcript"] is None
    assert take["analysis"]["pauses"]["count"] > 0
    arguments = ("recover", "--model", "miniature")
    with rehearse(*arguments, home=tmp_path, environment=nowhere) as terminal:
        assert terminal.ends() == 0
    assert takes(tmp_path)[0]["model"] == "miniature"


def test_a_sound_server_that_dies_keeps_what_was_heard(
    own_pulse: Pulse, spoken: Spoken, tmp_path: Path
) -> None:
    with rehearse(*ASK, home=tmp_path, environment=own_pulse.environment) as terminal:
        seen = terminal.until(READY)
        own_pulse.say(spoken.wav, wait=False)
        terminal.until("0:04", after=seen)
        own_pulse.kill()
        terminal.until("Your answer up to then is saved.")
        terminal.until("Saved in")
        assert terminal.ends() == 0
    (take,) = takes(tmp_path)
    assert take["ending"] == "device_lost"
    assert take["transcript"]["words"]


@pytest.mark.parametrize("columns", [60, 100])
def test_the_report_fits_the_terminal(
    pulse: Pulse, brief: Spoken, tmp_path: Path, columns: int
) -> None:
    with rehearse(*ASK, home=tmp_path, environment=pulse.environment, columns=columns) as terminal:
        answer(terminal, pulse, brief)
        assert terminal.ends() == 0
    report = terminal.screen[terminal.screen.index("Your answer took") :]
    assert max(len(line) for line in report.splitlines() if "Saved in" not in line) <= columns


def test_without_anything_to_press_keys_with_it_says_so(pulse: Pulse, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rehearse", *ASK, "--home", str(tmp_path)],
        env=pulse.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "this is not a terminal" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_pipe_may_press_the_keys(pulse: Pulse, brief: Spoken, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "rehearse", *ASK, "--home", str(tmp_path)],
        env=pulse.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as practising:
        assert practising.stdin is not None
        until(lambda: any(tmp_path.glob("recordings/*/answer.wav")))
        pulse.say(brief.wav)
        out, _ = practising.communicate("\n", timeout=60)
    assert "Saved in" in out
    (take,) = takes(tmp_path)
    assert take["ending"] == "ended"


def test_a_follow_up_is_asked_aloud_and_its_reply_read_with_the_answer(
    pulse: Pulse, spoken: Spoken, brief: Spoken, tmp_path: Path
) -> None:
    with rehearse(*ASK, "--follow-ups", home=tmp_path, environment=pulse.environment) as terminal:
        answer(terminal, pulse, brief)
        asked = terminal.until("Follow-up:")
        terminal.until(READY, after=asked)
        pulse.say(spoken.wav)
        terminal.press("\r")
        terminal.until("Enter finishes")
        terminal.press("d")
        terminal.until("Both together:")
        assert terminal.ends() == 0
    first, reply = takes(tmp_path)
    assert (first["follows"], reply["follows"]) == (None, first["id"])
    assert reply["question"]["text"] == first["analysis"]["follow_up"]
    assert reply["analysis"]["together"]["missing"] == []


def test_what_was_written_live_is_what_the_file_gives(held: Held, tmp_path: Path) -> None:
    (take,) = takes(held.home)
    shutil.copytree(held.home, tmp_path, dirs_exist_ok=True)
    command = [sys.executable, "-m", "rehearse", "analyze", take["id"], "--json"]
    anew = subprocess.run(
        [*command, "--model", "miniature", "--home", str(tmp_path)],
        capture_output=True,
        check=True,
        text=True,
    )
    found = json.loads(anew.stdout)
    assert found["words"] == take["transcript"]["words"]
    assert found["fillers"] == take["analysis"]["fillers"]


def test_a_microphone_that_is_muted_is_pointed_out_in_plain_text_and_has_no_figures(
    pulse: Pulse, tmp_path: Path
) -> None:
    with rehearse(*ASK, "--plain", home=tmp_path, environment=pulse.environment) as terminal:
        terminal.until(READY)
        terminal.until("No sound from the microphone: check its switch")
        terminal.press("\r")
        terminal.until("The microphone gave no sound at all. Check its switch")
        terminal.until("This recording has no sound")
        terminal.until("Enter asks again")
        terminal.press("q")
        terminal.ends()
    (take,) = takes(tmp_path)
    assert take["ending"] == "silent"
    assert take["sound"]["no_sound"] == [[0.0, take["sound"]["duration"]]]
    assert take["analysis"] is None
    assert terminal.words.count("No sound from the microphone") == 1
    for figure in ("Fillers", "Time spoken", "Pace", "Next time"):
        assert figure not in terminal.words
