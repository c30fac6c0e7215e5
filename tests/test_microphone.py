from __future__ import annotations

import json
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from rehearse.audio import microphone
from rehearse.audio.clock import SystemClock
from rehearse.audio.microphone import FIRST_BLOCK, STALLED, Microphone, MicrophoneHearing
from rehearse.audio.resample import ToSixteen, resampled
from rehearse.audio.streams import Format
from rehearse.errors import EarFailed, EarLost
from rehearse.model.take import SAMPLE_RATE
from rehearse.speech.voice import SpokenVoice
from tests.fakes import pcm, tone
from tests.pulse import Pulse, until

ROOT = Path(__file__).parent.parent
SPEECH = (
    "Last spring our booking site was failing every Friday night, and customers were calling to "
    "complain. My task was to find the cause before the summer sale began."
)
Pcm = NDArray[np.int16]


def spoken(folder: Path, text: str = SPEECH) -> Path:
    clip = SpokenVoice("en-us", rate=165, driver="espeak").render(text)
    path = folder / "speech.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes(pcm(resampled(clip.samples, clip.rate, SAMPLE_RATE)))
    return path


def samples_of(path: Path) -> Pcm:
    with wave.open(str(path), "rb") as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


def record(pulse: Pulse, speech: Path) -> Pcm:
    """All that the microphone hears from before the speech to half a second after it."""
    heard = bytearray()
    after = SAMPLE_RATE  # bytes: half a second
    with Microphone().open() as hearing:
        while not heard:
            heard += hearing.read(0.3) or b""
        talking = pulse.say(speech, wait=False)
        while talking.poll() is None:
            heard += hearing.read(0.3) or b""
        end = len(heard) + after
        while len(heard) < end:
            heard += hearing.read(0.3) or b""
    while block := hearing.read(0.3):
        heard += block
    return np.frombuffer(bytes(heard), "<i2")


def found_in(said: Pcm, heard: Pcm) -> Pcm:
    """The stretch of `heard` that begins with the first loud sample of `said`."""
    size = 1 << int(np.ceil(np.log2(len(heard) + len(said))))
    spectrum = np.fft.rfft(heard.astype(float), size) * np.conj(
        np.fft.rfft(said.astype(float), size)
    )
    start = int(np.argmax(np.fft.irfft(spectrum, size)))
    return heard[start : start + len(said)]


def test_nine_seconds_of_speech_come_back_sample_by_sample(sound: Pulse, tmp_path: Path) -> None:
    speech = spoken(tmp_path)
    said = samples_of(speech)
    assert len(said) > 8 * SAMPLE_RATE
    assert np.array_equal(found_in(said, record(sound, speech)), said)


def test_a_microphone_that_refuses_16_khz_mono_is_heard_at_its_own_rate(
    sound: Pulse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sounddevice

    class Refusing(sounddevice.RawInputStream):  # type: ignore[misc]
        def __init__(self, **asked: Any) -> None:
            if asked["samplerate"] == SAMPLE_RATE or asked["channels"] == 1:
                raise sounddevice.PortAudioError("Invalid sample rate", -9997)
            opened.append((asked["samplerate"], asked["channels"]))
            super().__init__(**asked)

    opened: list[tuple[int, int]] = []
    monkeypatch.setattr(sounddevice, "RawInputStream", Refusing)
    speech = spoken(tmp_path, "I asked for help early.")
    said = samples_of(speech)
    heard = found_in(said, record(sound, speech))
    assert opened == [(44_100, 2)]
    assert np.corrcoef(said, heard)[0, 1] > 0.99


def test_a_microphone_that_refuses_everything_is_named_with_the_reason(
    sound: Pulse, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sounddevice

    def refuse(**_: Any) -> None:
        raise sounddevice.PortAudioError("Error opening RawInputStream: Device unavailable", -9985)

    monkeypatch.setattr(sounddevice, "RawInputStream", refuse)
    with pytest.raises(EarFailed, match=r"'default' could not be opened \(Device unavailable\)"):
        Microphone().open().__enter__()


@pytest.mark.parametrize(
    ("fault", "said", "longest"),
    [("kill", "was disconnected", 1.0), ("freeze", "stopped responding", 3.0)],
)
def test_a_lost_microphone_is_told_and_everything_before_is_kept(
    own_pulse: Pulse, tmp_path: Path, fault: str, said: str, longest: float
) -> None:
    heard = tmp_path / "heard.pcm"
    listener = subprocess.Popen(
        [sys.executable, "-m", "tests.listen", str(heard)],
        cwd=ROOT,
        env=own_pulse.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        a_second = 2 * SAMPLE_RATE
        until(lambda: heard.exists() and heard.stat().st_size >= a_second)
        before = heard.stat().st_size
        getattr(own_pulse, fault)()
        begin = time.monotonic()
        out, _ = listener.communicate(timeout=15)
        assert listener.returncode == 0
        told = json.loads(out.splitlines()[-1])
        assert said in told["lost"]
        assert told["silent"] < longest
        assert told["closing"] < 2.0
        assert time.monotonic() - begin < longest + 4.0
        assert before <= heard.stat().st_size < before + (longest + 1) * a_second
    finally:
        listener.kill()
        listener.communicate()


def test_a_stream_that_ends_by_itself_gives_its_blocks_before_the_loss() -> None:
    hearing = MicrophoneHearing("desk", Format(SAMPLE_RATE, 1))
    hearing.hear(b"\1\0" * 10, 10, None, None)
    hearing.went_away()
    assert hearing.read(0.0) == b"\1\0" * 10
    for _ in range(2):
        with pytest.raises(EarLost, match="'desk' was disconnected"):
            hearing.read(0.0)
    hearing.finish()
    assert hearing.read(0.0) == b""


@pytest.mark.parametrize(("rate", "channels"), [(44_100, 1), (48_000, 2), (8_000, 1), (48_000, 8)])
def test_resampling_in_blocks_keeps_length_and_sound(rate: int, channels: int) -> None:
    source = tone(seconds=1.0, rate=rate)
    mono = np.frombuffer(pcm(source), "<i2")
    many = np.repeat(mono, channels).tobytes()
    convert = ToSixteen(rate, channels)
    size = rate // 10 * 2 * channels
    blocks = [convert.block(many[start : start + size]) for start in range(0, len(many), size)]
    heard = np.frombuffer(b"".join([*blocks, convert.rest()]), "<i2")
    assert abs(len(heard) - SAMPLE_RATE) <= 16
    both = min(len(heard), SAMPLE_RATE)
    assert np.corrcoef(heard[:both], tone(seconds=1.0)[:both])[0, 1] > 0.999
    assert convert.rest() == b""


def test_an_inverted_channel_is_heard_live_without_a_jump() -> None:
    quiet, loud = 0.01 * tone(seconds=1.0), tone(seconds=2.0)
    left = np.frombuffer(pcm(np.concatenate([quiet, loud])), "<i2")
    both = np.stack([left, -left], axis=1).astype("<i2").tobytes()
    convert = ToSixteen(SAMPLE_RATE, 2)
    size = SAMPLE_RATE // 10 * 4
    heard = np.frombuffer(
        b"".join(convert.block(both[at : at + size]) for at in range(0, len(both), size)), "<i2"
    )
    assert np.array_equal(heard, left)


def test_a_channel_that_falls_in_later_joins_without_a_click() -> None:
    one = pcm(np.concatenate([tone(seconds=1.0), 0 * tone(seconds=1.0)]))
    other = pcm(np.concatenate([0 * tone(seconds=1.0), tone(seconds=1.0)]))
    both = np.stack([np.frombuffer(each, "<i2") for each in (one, other)], axis=1).tobytes()
    convert = ToSixteen(SAMPLE_RATE, 2)
    size = SAMPLE_RATE // 10 * 4
    heard = np.frombuffer(
        b"".join(convert.block(both[at : at + size]) for at in range(0, len(both), size)), "<i2"
    ).astype(float)
    loudest = 0.5 * 32767
    assert np.abs(heard[: SAMPLE_RATE // 2]).max() == pytest.approx(loudest, rel=0.01)
    assert np.abs(heard[-SAMPLE_RATE // 2 :]).max() == pytest.approx(loudest / 2, rel=0.01)
    steepest = loudest * 2 * np.pi * 440 / SAMPLE_RATE
    assert np.abs(np.diff(heard)).max() < 1.1 * steepest


BALANCED = "module-null-sink sink_name=balanced rate=16000 channels=2 format=s16le norewinds=1"


def test_a_balanced_microphone_in_a_stereo_socket_is_heard(sound: Pulse, tmp_path: Path) -> None:
    """The sound server alone would make silence of it."""
    speech = samples_of(spoken(tmp_path))
    path = tmp_path / "balanced.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes(np.stack([speech, -speech], axis=1).astype("<i2").tobytes())
    with source(sound, BALANCED, "balanced"):
        heard = bytearray()
        with Microphone().open() as hearing:
            while not heard:
                heard += hearing.read(0.3) or b""
            playing = ["paplay", "-d", "balanced", str(path)]
            talking = subprocess.Popen(playing, env=sound.environment)
            while talking.poll() is None:
                heard += hearing.read(0.3) or b""
        while block := hearing.read(0.3):
            heard += block
    loud = np.abs(np.frombuffer(bytes(heard), "<i2").astype(int)).max()
    assert loud > 0.8 * np.abs(speech.astype(int)).max()


@contextmanager
def source(pulse: Pulse, module: str, name: str) -> Iterator[None]:
    """Another microphone as the usual one, and then the one before again."""

    def control(*asked: str) -> str:
        done = subprocess.run(
            ["pactl", *asked], env=pulse.environment, capture_output=True, text=True, timeout=10
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    number = control("load-module", *module.split())
    try:
        control("set-default-source", f"{name}.monitor")
        yield
    finally:
        control("set-default-source", "mic_in.monitor")
        control("unload-module", number)


def test_a_microphone_has_time_to_wake_up_with_the_computer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slept, now = [0.0], [100.0]
    monkeypatch.setattr(microphone, "asleep", lambda: slept[0])
    monkeypatch.setattr("rehearse.audio.microphone.time.monotonic", lambda: now[0])
    hearing = MicrophoneHearing("desk", Format(SAMPLE_RATE, 1))
    hearing.hear(b"\1\0" * 10, 10, None, None)
    assert hearing.read(0.0) == b"\1\0" * 10
    now[0] += STALLED + 0.1
    slept[0] += 720.0
    assert hearing.read(0.0) is None
    now[0] += FIRST_BLOCK + 0.1
    with pytest.raises(EarLost, match="stopped responding"):
        hearing.read(0.0)


def test_a_sleep_is_seen_by_two_clocks_that_run_on() -> None:
    clock = SystemClock()
    before = clock.asleep()
    assert clock.asleep() - before < 1.0, "nobody slept"
    assert clock.monotonic() <= clock.monotonic()
