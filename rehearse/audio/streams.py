"""Shared by microphone and speaker: finds a format that the device accepts, and closes it
safely."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from rehearse.audio.portaudio import in_time, look_again, portaudio, quiet_portaudio, reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehearse.audio.devices import Device
    from rehearse.errors import RehearseError

Ours = TypeVar("Ours")
PATIENCE = 2.0
"""Seconds for opening a speaker, and for playing beyond the length of a clip."""
CLOSING = 0.5
"""Seconds for closing a speaker."""
STOPPED = "The speaker stopped while it was playing."


class Filling(Protocol):
    """The source of a stream to a speaker."""

    def fill(self, outdata: Any, frames: int, at: Any, status: Any) -> None:
        """In PortAudio's thread."""

    def finished(self) -> None: ...


@dataclass(frozen=True)
class Format:
    rate: int
    channels: int


def formats(device: Device, rate: int, channels: int = 1) -> tuple[Format, ...]:
    """The formats to ask the device for, best first: `channels` at `rate` (mono if it has fewer),
    then formats closer to its own."""
    wanted = (
        Format(rate, min(channels, device.channels)),
        Format(rate, 1),
        Format(device.rate, 1),
        Format(device.rate, min(device.channels, 2)),
        Format(device.rate, device.channels),
    )
    return tuple(dict.fromkeys(wanted))


def started(
    device: Device,
    rate: int,
    start: Callable[[Any, Format], tuple[Any, Ours]],
    *,
    seconds: float,
    failure: type[RehearseError],
    channels: int = 1,
) -> tuple[Any, Ours]:
    """A running stream and its source, in the first format that the device accepts. `start` gets
    the sounddevice module and a format. Raises `failure`; if the sound server hangs, after
    `seconds`."""
    sound = portaudio(failure)

    def first_accepted() -> tuple[Any, Ours]:
        why = ""
        for wanted in formats(device, rate, channels):
            try:
                stream, ours = start(sound, wanted)
                return _running(stream, sound.PortAudioError), ours
            except sound.PortAudioError as error:
                why = why or reason(error)
        raise failure(f"'{device.name}' could not be opened ({why}).")

    try:
        with quiet_portaudio():
            return in_time(first_accepted, seconds, undo=lambda late: late[0].close())
    except TimeoutError as error:
        raise failure(f"'{device.name}' does not answer.") from error


def sought_again(start: Callable[[], Ours], failure: type[RehearseError]) -> Ours:
    """What `start` gives, if need be after a look at what was plugged in since the last one."""
    try:
        return start()
    except failure as error:
        if isinstance(error.__cause__, TimeoutError):
            raise
    look_again()
    return start()


def closed(stream: Any, seconds: float) -> bool:
    """Stop and close; False if it hangs, and is then left alone."""
    import sounddevice

    def stop() -> None:
        # A device that went away may refuse to stop; its stream is closed all the same.
        for end in (stream.stop, stream.close):
            with suppress(sounddevice.PortAudioError):
                end()

    try:
        with quiet_portaudio():
            in_time(stop, seconds)
    except TimeoutError:
        return False
    return True


def shared(sound: Any, device: Device) -> Any:
    """WASAPI accepts only the device's own rate unless it is told to convert."""
    return sound.WasapiSettings(auto_convert=True) if "WASAPI" in device.system else None


def output(sound: Any, device: Device, wanted: Format, ours: Filling, latency: float) -> Any:
    """A stream, not yet running, that asks `ours` for its sound; `latency` in seconds."""
    return sound.OutputStream(
        device=device.number,
        samplerate=wanted.rate,
        channels=wanted.channels,
        dtype="float32",
        latency=latency,
        extra_settings=shared(sound, device),
        callback=ours.fill,
        finished_callback=ours.finished,
    )


def _running(stream: Any, refused: type[Exception]) -> Any:
    try:
        stream.start()
    except refused:
        stream.close()
        raise
    return stream
