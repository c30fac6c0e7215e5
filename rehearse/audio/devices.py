"""Microphones and speakers as PortAudio lists them, and how one is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rehearse.audio.portaudio import LISTING, in_time, portaudio, quiet_portaudio, reason
from rehearse.errors import EarFailed, RehearseError, SpeakerFailed
from rehearse.text import printable


@dataclass(frozen=True)
class Device:
    number: int
    name: str
    system: str
    """Its sound interface: "ALSA", "Core Audio", "Windows WASAPI"; a device may have several."""
    channels: int
    rate: int
    """Its default sample rate in Hz."""
    default: bool


def inputs() -> tuple[Device, ...]:
    """All microphones. Raises EarFailed if PortAudio is missing or hangs."""
    return _all("input", EarFailed)


def outputs() -> tuple[Device, ...]:
    """All speakers. Raises SpeakerFailed if PortAudio is missing or hangs."""
    return _all("output", SpeakerFailed)


def find_input(wanted: str | int | None) -> Device:
    """The microphone with this number, or with this part in its name; None is the default. Raises
    EarFailed where none or several fit."""
    return _find(inputs(), wanted, "microphone", EarFailed)


def find_output(wanted: str | int | None) -> Device:
    """The speaker, found like `find_input`. Raises SpeakerFailed."""
    return _find(outputs(), wanted, "speaker", SpeakerFailed)


def _all(side: str, failure: type[RehearseError]) -> tuple[Device, ...]:
    sound = portaudio(failure)
    try:
        with quiet_portaudio():
            return in_time(lambda: _listed(sound, side), LISTING)
    except TimeoutError as error:
        raise failure("The sound system does not answer.") from error
    except sound.PortAudioError as error:
        raise failure(f"The sound devices could not be listed ({reason(error)}).") from error


def _listed(sound: Any, side: str) -> tuple[Device, ...]:
    default = sound.default.device[side]
    systems = [system["name"] for system in sound.query_hostapis()]
    return tuple(
        Device(
            number=info["index"],
            name=printable(info["name"]),
            system=systems[info["hostapi"]],
            channels=info[f"max_{side}_channels"],
            rate=round(info["default_samplerate"]),
            default=info["index"] == default,
        )
        for info in sound.query_devices()
        if info[f"max_{side}_channels"] > 0
    )


def _find(
    devices: tuple[Device, ...],
    wanted: str | int | None,
    what: str,
    failure: type[RehearseError],
) -> Device:
    if not devices:
        raise failure(f"I found no {what}.")
    if wanted is None:
        return next((device for device in devices if device.default), devices[0])
    found = _named(devices, str(wanted).strip())
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"{device.number} {device.name}" for device in found or devices)
    if found:
        raise failure(f"More than one {what} is called '{wanted}': {names}.")
    raise failure(f"No {what} called '{wanted}'. There are: {names}.")


def _named(devices: tuple[Device, ...], wanted: str) -> tuple[Device, ...]:
    """All that `wanted` may mean. Windows lists a device once for each way to it: the default
    device's way then decides."""
    if wanted.isdecimal():
        return tuple(device for device in devices if device.number == int(wanted))
    low = wanted.casefold()
    exact = tuple(device for device in devices if device.name.casefold() == low)
    found = exact or tuple(device for device in devices if low in device.name.casefold())
    usual = {device.system for device in devices if device.default}
    return tuple(device for device in found if device.system in usual) or found
