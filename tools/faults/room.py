"""A room in which somebody talks without end, and a witness who hears every sample of it.

Under the speech lies a noise of a few steps that never repeats, so that any fifth of a second of a
recording is found again in what the witness wrote: where it begins, where it ends, what is missing.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from rehearse.audio.resample import resampled
from rehearse.commands.demo import read_script
from rehearse.model.take import SAMPLE_RATE, Span
from rehearse.speech.voice import SpokenVoice
from rehearse.takes.take_json import BYTES_PER_SECOND
from tests.pulse import PATIENCE, Pulse, running, until

FORMAT = ("--raw", "--format=s16le", f"--rate={SAMPLE_RATE}", "--channels=1")
LATENCY = "--latency-msec=20"
"""How far the witness lags behind what is said."""
NOISE = 3
"""Steps of the 65536; about -80 dBFS."""
PROBE = BYTES_PER_SECOND // 5


@dataclass(frozen=True)
class Room:
    """All times are seconds since the witness began to listen."""

    pulse: Pulse
    heard: Path

    @property
    def environment(self) -> dict[str, str]:
        return self.pulse.environment

    def now(self) -> float:
        return self.heard.stat().st_size / BYTES_PER_SECOND

    def find(self, sound: bytes) -> tuple[Span, float] | None:
        """When this was said, and how many seconds are missing in between; None where nobody said
        it."""
        return found(sound, self.heard.read_bytes())


def found(sound: bytes, everything: bytes) -> tuple[Span, float] | None:
    sound = sound[: len(sound) - len(sound) % 2]
    first = everything.find(sound[:PROBE])
    last = everything.find(sound[-PROBE:], max(0, first))
    if not sound or first < 0 or last < 0:
        return None
    end = last + len(sound[-PROBE:])
    missing = (end - first - len(sound)) / BYTES_PER_SECOND
    return Span(first / BYTES_PER_SECOND, end / BYTES_PER_SECOND), missing


@contextmanager
def room(work: Path, seed: int = 1) -> Iterator[Room]:
    """A PulseAudio of its own, for as many sessions at once as like."""
    heard = work / "heard.raw"
    heard.touch()
    with running() as pulse, people(pulse, heard, seed):
        yield Room(pulse, heard)


@contextmanager
def people(pulse: Pulse, heard: Path, seed: int) -> Iterator[None]:
    """Who talks, and who hears it; time goes on where it was when somebody heard before."""
    before = heard.stat().st_size
    with heard.open("ab") as file:
        talking = subprocess.Popen(
            ["pacat", "-p", "-d", "mic_in", *FORMAT], env=pulse.environment, stdin=subprocess.PIPE
        )
        witness = subprocess.Popen(
            ["pacat", "-r", "-d", "mic_in.monitor", LATENCY, *FORMAT],
            env=pulse.environment,
            stdout=file,
        )
        threading.Thread(target=_talk, args=(talking, seed), daemon=True).start()
        try:
            until(lambda: heard.stat().st_size > before + BYTES_PER_SECOND)
            yield
        finally:
            for process in (talking, witness):
                process.kill()
                process.wait(timeout=PATIENCE)


def _talk(talking: subprocess.Popen[bytes], seed: int) -> None:
    dice = np.random.default_rng(seed)
    into = talking.stdin
    assert into is not None
    with suppress(BrokenPipeError, ValueError):
        while True:
            for block in np.array_split(speech(), 100):
                noise = dice.integers(-NOISE, NOISE + 1, len(block), np.int16)
                into.write((block + noise).astype("<i2").tobytes())
                into.flush()


@cache
def speech() -> np.ndarray:  # type: ignore[type-arg]
    """The demo's second answer and a second of quiet: int16 at 16 kHz, with some headroom."""
    script = read_script()
    clip = SpokenVoice(script.candidate_voice, script.rate, driver="espeak").render(
        script.answers[1]
    )
    samples = resampled(clip.samples, clip.rate, SAMPLE_RATE)
    quiet = np.zeros(SAMPLE_RATE, np.float32)
    joined = np.concatenate([samples, quiet])
    return (np.clip(joined, -0.95, 0.95) * 32767).astype(np.int16)
