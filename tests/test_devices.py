from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from rehearse.audio import devices
from rehearse.audio.devices import Device, find_input, find_output, inputs
from rehearse.audio.portaudio import in_time, portaudio, quiet_portaudio
from rehearse.audio.speaker import Speaker
from rehearse.errors import EarFailed, RehearseError, SpeakerFailed
from rehearse.ports import Clip
from tests.fakes import tone
from tests.pulse import Pulse, missing

ROOT = Path(__file__).parent.parent


def device(number: int, name: str, system: str = "MME", *, default: bool = False) -> Device:
    return Device(number, name, system, channels=2, rate=48_000, default=default)


DESK = (
    device(0, "Built-in Microphone", default=True),
    device(1, "USB Headset"),
    device(2, "USB Headset Pro"),
    device(7, "Built-in Microphone", "WASAPI"),
    device(9, "Studio Interface", "WASAPI"),
)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "inputs", lambda: DESK)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        (None, 0),
        (2, 2),
        ("7", 7),
        ("built", 0),
        ("headset pro", 2),
        ("usb headset", 1),
        (" STUDIO ", 9),
    ],
)
def test_a_microphone_goes_by_number_or_part_of_its_name(
    wanted: str | int | None, number: int
) -> None:
    assert find_input(wanted).number == number


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("headset p0d", "No microphone called 'headset p0d'. There are: 0 Built-in"),
        (5, "No microphone called '5'"),
        ("headset", "More than one microphone is called 'headset': 1 USB Headset, 2 USB"),
    ],
)
def test_an_unclear_name_is_told_with_the_choice(wanted: str | int, told: str) -> None:
    with pytest.raises(EarFailed, match=told):
        find_input(wanted)


def test_the_pulse_microphone_is_the_default(sound: Pulse) -> None:
    assert [device.name for device in inputs() if device.default] == ["default"]


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or Path("/dev/snd").exists(),
    reason="this machine has sound hardware",
)
@pytest.mark.skipif(bool(missing()), reason=missing() or "PulseAudio is there")
def test_without_a_sound_server_nothing_is_found(tmp_path: Path) -> None:
    program = (
        "from rehearse.audio.microphone import Microphone\n"
        "from rehearse.audio.speaker import Speaker\n"
        "from rehearse.errors import RehearseError\n"
        "from rehearse.ports import Clip\n"
        "from tests.fakes import tone\n"
        "for use in (Microphone().open().__enter__, "
        "lambda: Speaker().play(Clip(tone(seconds=1), 16000))):\n"
        "    try:\n        use()\n"
        "    except RehearseError as error:\n        print(type(error).__name__, error)\n"
    )
    nowhere = {"PULSE_SERVER": f"unix:{tmp_path}/none"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, **nowhere},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    ear, speaker = done.stdout.splitlines()
    assert ear.startswith("EarFailed I found no microphone. Plug one in")
    assert speaker.startswith("SpeakerFailed I found no speaker. Check")
    assert done.stderr == ""


@pytest.mark.parametrize("failure", [EarFailed, SpeakerFailed])
def test_a_missing_portaudio_is_told_with_the_command_that_brings_it(
    monkeypatch: pytest.MonkeyPatch, failure: type[RehearseError]
) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(failure, match="PortAudio is missing") as told:
        portaudio(failure)
    assert "install" in told.value.mend


def test_no_device_is_opened_where_portaudio_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(SpeakerFailed, match="PortAudio is missing"):
        find_output(None)


def test_what_is_to_be_heard_tells_of_the_speaker_where_portaudio_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(SpeakerFailed, match="PortAudio is missing"):
        Speaker().play(Clip(tone(seconds=0.1), 16_000))


def test_a_screen_is_spared_what_c_libraries_write(capfd: pytest.CaptureFixture[str]) -> None:
    libc = ctypes.CDLL(None)
    with pytest.raises(ValueError, match="own"), quiet_portaudio(), quiet_portaudio():
        libc.dprintf(2, b"ALSA lib torn screen\n")
        sys.stderr.write("our own words\n")
        raise ValueError("our own")
    libc.dprintf(2, b"after\n")
    told = capfd.readouterr().err
    assert "torn" not in told
    assert told.endswith("after\n")


def test_a_program_writes_to_its_own_stderr_meanwhile() -> None:
    program = (
        "import os, sys\n"
        "from rehearse.audio.portaudio import quiet_portaudio\n"
        "with quiet_portaudio():\n"
        "    os.write(2, b'ALSA')\n    sys.stderr.write('ours ')\n"
        "sys.stderr.write('after')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True)
    assert done.stderr == b"ours after"


def test_what_comes_in_time_is_given_and_what_is_raised_is_raised() -> None:
    assert in_time(lambda: 3, 5.0) == 3
    with pytest.raises(ZeroDivisionError):
        in_time(lambda: 1 / 0, 5.0)


def test_what_hangs_is_left_behind_and_undone_later() -> None:
    go, undone = threading.Event(), threading.Event()

    def hang() -> str:
        go.wait(10)
        return "late"

    with pytest.raises(TimeoutError):
        in_time(hang, 0.05, undo=lambda result: undone.set() if result == "late" else None)
    assert not undone.is_set()
    go.set()
    assert undone.wait(10)
