"""A whole replay on a speaker without hardware: real keys, and what is really heard."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import termios
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from rehearse.audio.playback import Playback
from rehearse.model.take import SAMPLE_RATE, Span
from tests.pulse import Pulse
from tests.replays import CLICK, clicked, clicks, keep, onsets
from tests.sounds import wav
from tests.speech import spoken
from tests.terminal import rehearse

if TYPE_CHECKING:
    from rehearse.model.take import Samples

SAID = spoken("One two _2_ um three four. _3_ Five um six seven. _2_ Eight nine ten.")
"""Fillers at 2.8 and 7.4 seconds, eleven in all."""
WITHIN = 0.15
"""Seconds between the mark and the sound on a machine that does other things besides; by hand it
is 0.02."""
EXACT = 0.01
STILL = 0.5
"""Seconds."""


def heard(path: Path) -> list[float]:
    with wave.open(str(path), "rb") as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
        return onsets(sound.astype(np.float32), file.getframerate())


def gaps(starts: list[float]) -> list[float]:
    return [later - earlier for earlier, later in pairwise(starts)]


def assert_played(clicks: list[float], apart: list[float]) -> None:
    """Nothing is left out, by which a gap would be shorter, and nothing lies between; on a machine
    that does other things besides the sound may stand still a moment."""
    longer = np.subtract(gaps(clicks), apart)
    assert (longer >= -EXACT).all() and (longer <= STILL).all(), longer


@contextmanager
def listening(pulse: Pulse) -> Iterator[Callable[[], Samples]]:
    """What the speaker plays, a few milliseconds at a time, when it does."""
    command = ["parec", "-d", "speaker.monitor", "--raw", "--rate=48000", "--channels=1"]
    process = subprocess.Popen(
        [*command, "--format=s16le", "--latency-msec=5"],
        env=pulse.environment,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    descriptor = process.stdout.fileno()
    ten_milliseconds = 960

    def block() -> Samples:
        loudness = np.frombuffer(os.read(descriptor, ten_milliseconds), "<i2") / 32768
        return loudness.astype(np.float32)

    try:
        yield block
    finally:
        process.kill()
        process.communicate()


def test_the_end_of_a_take_is_heard_and_its_words_come_in_order(
    pulse: Pulse, tmp_path: Path
) -> None:
    said = spoken("One two _0.4_ um three.")
    keep(tmp_path, clicked(said), said)
    path = tmp_path / "heard.wav"
    with (
        pulse.record(path),
        rehearse("replay", home=tmp_path, environment=pulse.environment) as terminal,
    ):
        terminal.until("the end")
        terminal.press("q")
        assert terminal.ends() == 0
    marked = re.findall(r"\x1b\[(?:\d+;)*7(?:;\d+)*m(\S+)\x1b", terminal.raw)
    assert list(dict.fromkeys(marked)) == ["One", "two", "um", "three."]
    starts = [word.start or 0.0 for word in said.words]
    assert_played(heard(path), gaps(starts))


def test_keys_move_pause_and_leave(pulse: Pulse, tmp_path: Path) -> None:
    keep(tmp_path, clicked(SAID), SAID)
    path = tmp_path / "heard.wav"
    with (
        pulse.record(path),
        rehearse("replay", home=tmp_path, environment=pulse.environment) as terminal,
    ):
        seen = terminal.until("playing 0:00 of 0:11")
        terminal.press(" ")
        seen = terminal.until("paused 0:00", after=seen)
        terminal.press("\x1b[C")
        seen = terminal.until("paused 0:05", after=seen)
        terminal.press("\x1b[D")
        seen = terminal.until("paused 0:00", after=seen)
        terminal.press("n")
        seen = terminal.until("paused 0:02", after=seen)
        terminal.press("n")
        seen = terminal.until("paused 0:06", after=seen)
        terminal.press("] ")
        seen = terminal.until("playing 0:07 of 0:11 speed 1.25", after=seen)
        terminal.press("q")
        assert terminal.ends() == 0
    assert "Stopped at 0:0" in terminal.words
    assert heard(path), "the sound is heard on the speaker"
    assert "\x1b[?1049l" in terminal.raw, "what was on the terminal before is back"
    assert "\x1b[?25h" in terminal.raw, "the cursor is back"


def test_plain_words_are_printed_as_they_come_and_it_ends_by_itself(
    pulse: Pulse, tmp_path: Path
) -> None:
    said = spoken("One two _0.4_ um three. Four.")
    take = keep(tmp_path, clicked(said), said)
    remarks = tmp_path / "recordings" / take.id / "remarks.md"
    remarks.write_text("# For Sam\n\n- 0:01-0:02 Slower,\n  and calm.\x1b[2J\n", "utf-8")
    command = [sys.executable, "-m", "rehearse", "replay", "--home", str(tmp_path)]
    done = subprocess.run(
        command,
        env=pulse.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    lines = [line for line in done.stdout.splitlines() if line]
    assert lines[0] == "What went wrong?"
    told = " ".join(" ".join(lines[1:]).split())
    assert told == "One two (Remark at 0:01-0:02: Slower, and calm.[2J) [um] three. Four."


def test_a_take_without_words_and_any_recording_play_too(pulse: Pulse, tmp_path: Path) -> None:
    take = keep(tmp_path, clicks([0.1, 0.5], 0.8))
    other = tmp_path / "other.wav"
    other.write_bytes(wav(clicks([0.1, 0.5], 0.8)))
    for name, told in ((take.id, "Not written down yet"), (str(other), "Sound only")):
        path = tmp_path / "heard.wav"
        path.unlink(missing_ok=True)
        with (
            pulse.record(path),
            rehearse("replay", name, home=tmp_path, environment=pulse.environment) as terminal,
        ):
            terminal.until(told)
            terminal.until("the end")
            terminal.press("q")
            assert terminal.ends() == 0
        assert_played(heard(path), [0.4])


def test_a_speaker_that_goes_away_is_said_and_the_terminal_comes_back(
    own_pulse: Pulse, tmp_path: Path
) -> None:
    keep(tmp_path, clicked(SAID), SAID)
    with rehearse("replay", home=tmp_path, environment=own_pulse.environment) as terminal:
        terminal.until("playing 0:01")
        own_pulse.kill()
        assert terminal.ends() == 1
    assert "The speaker stopped while it was playing." in terminal.words
    assert "Traceback" not in terminal.words
    assert "\x1b[?1049l" in terminal.raw


def test_a_speaker_that_hangs_is_left(own_pulse: Pulse, tmp_path: Path) -> None:
    keep(tmp_path, clicked(SAID), SAID)
    with rehearse("replay", home=tmp_path, environment=own_pulse.environment) as terminal:
        terminal.until("playing 0:01")
        own_pulse.freeze()
        assert terminal.ends() == 1
    assert "The speaker stopped while it was playing." in terminal.words


def test_without_a_speaker_the_page_is_offered(tmp_path: Path) -> None:
    take = keep(tmp_path, clicked(SAID), SAID)
    nowhere = {**os.environ, "PULSE_SERVER": f"unix:{tmp_path}/nowhere"}
    with rehearse("replay", home=tmp_path, environment=nowhere) as terminal:
        assert terminal.ends() == 1
    assert f"'rehearse report {take.id} --open'" in terminal.words
    assert "Traceback" not in terminal.words


def test_ctrl_c_leaves_with_130_and_the_terminal_as_it_was(pulse: Pulse, tmp_path: Path) -> None:
    keep(tmp_path, clicked(SAID), SAID)
    with rehearse("replay", home=tmp_path, environment=pulse.environment) as terminal:
        before = termios.tcgetattr(terminal._master)
        terminal.until("playing 0:01")
        terminal.process.send_signal(signal.SIGINT)
        assert terminal.ends() == 130
        assert termios.tcgetattr(terminal._master) == before
    assert "Traceback" not in terminal.words
    assert terminal.raw.index("\x1b[?1049l") > terminal.raw.index("\x1b[?1049h")


def test_an_empty_sound_is_said(tmp_path: Path) -> None:
    keep(tmp_path, clicks([], 0.0))
    with rehearse("replay", home=tmp_path, environment=dict(os.environ)) as terminal:
        assert terminal.ends() == 1
    assert "has no recording." in terminal.words


def test_the_place_that_is_told_is_the_place_that_is_heard(sound: Pulse) -> None:
    """Clicks on the speaker's monitor, against the position at the moment at which each arrives."""
    places = [0.5, 1.1, 1.9, 2.4, 3.3, 4.0]
    whole = clicks(places, 4.5)

    def source(span: Span) -> Samples:
        return whole[round(span.start * SAMPLE_RATE) : round(span.end * SAMPLE_RATE)]

    told: list[float] = []
    with listening(sound) as block, Playback().open(source, 4.5) as playing:
        while (position := playing.position()) < 4.4:
            # A click may lie in two blocks.
            if np.abs(block()).max() > 0.1 and (not told or position - told[-1] > 2 * CLICK):
                told.append(playing.position())
    assert told == pytest.approx(places, abs=WITHIN)
