"""A microphone and a speaker without hardware: PulseAudio in user space, with two null sinks."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

# Without norewinds=1 the beginning of a recording is lost.
SCRIPT = """\
load-module module-native-protocol-unix socket={home}/native auth-anonymous=1
load-module module-null-sink sink_name=speaker rate=48000 channels=2 norewinds=1
load-module module-null-sink sink_name=mic_in rate=16000 channels=1 format=s16le norewinds=1
set-default-sink speaker
set-default-source mic_in.monitor
"""
PATIENCE = 60.0


@dataclass(frozen=True)
class Pulse:
    """`environment` is for programs that are to hear `say` and to be heard by `record`."""

    server: subprocess.Popen[bytes]
    environment: dict[str, str]

    def say(self, wav: Path, *, wait: bool = True) -> subprocess.Popen[bytes]:
        """Speak a sound file into the microphone."""
        talking = subprocess.Popen(["paplay", "-d", "mic_in", str(wav)], env=self.environment)
        if wait:
            assert talking.wait(timeout=120) == 0
        return talking

    @contextmanager
    def saying(self, wav: Path) -> Iterator[None]:
        """Speak meanwhile; cut off when the context is left, so that no later test hears it."""
        talking = self.say(wav, wait=False)
        try:
            yield
        finally:
            talking.kill()
            talking.wait(timeout=PATIENCE)

    @contextmanager
    def record(self, wav: Path) -> Iterator[None]:
        """Write what the speaker plays meanwhile: mono at 48 kHz."""
        command = ["parecord", "-d", "speaker.monitor", "--file-format=wav", "--rate=48000"]
        listening = subprocess.Popen(
            [*command, "--channels=1", "--latency-msec=20", str(wav)], env=self.environment
        )
        header = 44
        until(lambda: wav.exists() and wav.stat().st_size > header)
        try:
            yield
        finally:
            heard = wav.stat().st_size
            half_a_second = 48_000
            until(lambda: wav.stat().st_size > heard + half_a_second)
            listening.send_signal(signal.SIGINT)
            listening.wait(timeout=PATIENCE)

    def freeze(self) -> None:
        self.server.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        self.server.kill()
        self.server.wait(timeout=PATIENCE)

    def stop(self) -> None:
        """In order, as a user would who turns the sound off; also when it is frozen or dead."""
        if self.server.poll() is None:
            self.server.send_signal(signal.SIGCONT)
            self.server.terminate()
            try:
                self.server.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()


def until(true: object, seconds: float = PATIENCE) -> None:
    """Poll `true()`; fails after `seconds`."""
    assert callable(true)
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


@contextmanager
def running() -> Iterator[Pulse]:
    """Socket paths are limited to about 107 characters: the home is a short one."""
    reason = missing()
    if reason:
        pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="rp-", dir=short_folder()) as home:
        script = Path(home) / "pulse.pa"
        script.write_text(SCRIPT.format(home=home), encoding="utf-8")
        plain = {key: value for key, value in os.environ.items() if not key.startswith("PULSE_")}
        server = _started(script, plain)
        pulse = Pulse(server, {**plain, "PULSE_SERVER": f"unix:{home}/native"})
        try:
            until(lambda: _answers(pulse))
            yield pulse
        finally:
            pulse.stop()


@contextmanager
def again(dead: Pulse) -> Iterator[Pulse]:
    """A new server in the place of one that was killed: programs find it where that one was."""
    home = Path(dead.environment["PULSE_SERVER"].removeprefix("unix:")).parent
    (home / "native").unlink(missing_ok=True)
    pulse = Pulse(_started(home / "pulse.pa", dead.environment), dead.environment)
    try:
        until(lambda: _answers(pulse))
        yield pulse
    finally:
        pulse.stop()


def _started(script: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    options = ["--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"]
    home = str(script.parent)
    plain = {key: value for key, value in environment.items() if not key.startswith("PULSE_")}
    return subprocess.Popen(
        ["pulseaudio", "-n", "-F", str(script), *options],
        env={**plain, "HOME": home, "XDG_RUNTIME_DIR": home},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def missing() -> str:
    """Why there can be no PulseAudio here; empty where there can."""
    if not sys.platform.startswith("linux"):
        return "PulseAudio in user space is for Linux"
    for program in ("pulseaudio", "paplay", "parecord", "pactl"):
        if shutil.which(program) is None:
            return f"{program} is not installed (Debian: pulseaudio pulseaudio-utils)"
    if ctypes.util.find_library("portaudio") is None:
        return "PortAudio is not installed (Debian: libportaudio2)"
    if not any(Path("/usr/lib").glob("**/alsa-lib/libasound_module_pcm_pulse.so")):
        return "ALSA does not reach PulseAudio (Debian: libasound2-plugins)"
    return ""


def short_folder() -> str:
    longest = 40
    return tempfile.gettempdir() if len(tempfile.gettempdir()) < longest else "/tmp"


def _answers(pulse: Pulse) -> bool:
    assert pulse.server.poll() is None, "PulseAudio ended at once"
    asked = subprocess.run(
        ["pactl", "list", "short", "sources"],
        env=pulse.environment,
        capture_output=True,
        timeout=PATIENCE,
    )
    return b"mic_in.monitor" in asked.stdout


@pytest.fixture(scope="session")
def pulse() -> Iterator[Pulse]:
    """One PulseAudio for all tests that leave it as it is."""
    with running() as one:
        yield one


@pytest.fixture
def own_pulse() -> Iterator[Pulse]:
    """A PulseAudio that the test may freeze and kill."""
    with running() as one:
        yield one


@pytest.fixture
def sound(pulse: Pulse, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pulse]:
    """`pulse`, for PortAudio in this very process."""
    monkeypatch.setenv("PULSE_SERVER", pulse.environment["PULSE_SERVER"])
    import sounddevice

    sounddevice._terminate()
    sounddevice._initialize()
    yield pulse
    monkeypatch.undo()
    sounddevice._terminate()
    sounddevice._initialize()
