from __future__ import annotations

import subprocess
import sys
import time
import wave
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.speaker import Speaker
from rehearse.ports import Clip
from tests.fakes import tone
from tests.pulse import Pulse

ROOT = Path(__file__).parent.parent
SPEAK_INTO_A_HUNG_SERVER = """
import os, signal, sys, threading, time
from rehearse.audio.speaker import Speaker
from rehearse.errors import SpeakerFailed
from rehearse.ports import Clip
from tests.fakes import tone

Speaker().play(Clip(tone(seconds=0.1), 16_000))
threading.Timer(1.0, os.kill, (int(sys.argv[1]), signal.SIGSTOP)).start()
begin = time.monotonic()
try:
    Speaker().play(Clip(tone(seconds=2.0), 16_000))
except SpeakerFailed as error:
    print(f"{time.monotonic() - begin:.2f} {error}")
"""


@pytest.mark.parametrize("rate", [16_000, 22_050, 48_000])
def test_a_clip_is_heard_to_its_last_sample(sound: Pulse, tmp_path: Path, rate: int) -> None:
    path = tmp_path / "heard.wav"
    with sound.record(path):
        begin = time.monotonic()
        Speaker().play(Clip(tone(seconds=0.7, rate=rate), rate))
        took = time.monotonic() - begin
    with wave.open(str(path), "rb") as file:
        heard = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
        loud = np.flatnonzero(np.abs(heard) > 0.02) / file.getframerate()
    assert loud[-1] - loud[0] == pytest.approx(0.7, abs=0.01)
    assert 0.7 <= took < 1.5


def test_a_server_that_hangs_is_left_two_seconds_after_the_end(own_pulse: Pulse) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SPEAK_INTO_A_HUNG_SERVER, str(own_pulse.server.pid)],
        cwd=ROOT,
        env=own_pulse.environment,
        capture_output=True,
        text=True,
        timeout=20,
    )
    seconds, _, told = done.stdout.partition(" ")
    assert "stopped while it was playing" in told
    assert 4.0 <= float(seconds) < 5.5
    assert done.returncode == 0
