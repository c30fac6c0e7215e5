"""The microphone through PortAudio, always as mono int16 at 16 kHz."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from rehearse.audio.clock import asleep
from rehearse.audio.devices import find_input
from rehearse.audio.resample import ToSixteen
from rehearse.audio.streams import Format, closed, shared, sought_again, started
from rehearse.errors import EarFailed, EarLost
from rehearse.model.take import SAMPLE_RATE
from rehearse.ports import Hearing

BLOCKS_PER_SECOND = 10
CHANNELS = 2
"""Channels to record, if the device has them; they are mixed here. Some sound servers make silence
of two channels that cancel each other, and some systems use only the first one."""
LATENCY = 0.1
"""Seconds of a block; long enough that none is lost while Python is busy."""
STALLED = 1.5
"""Seconds without a block after which a microphone counts as lost; PortAudio reports nothing."""
FIRST_BLOCK = 4.0
"""Seconds to wait for the first block; a wireless headset needs two to wake up."""
OPENING = 6.0
CLOSING = 1.8
"""Seconds to close in; `Ear.open` promises two in all."""

_AWAY = None


class Microphone:
    """`device` is a number or a part of a name as in `devices.find_input`; None is the default."""

    def __init__(self, device: str | int | None = None) -> None:
        self._device = device

    @contextmanager
    def open(self) -> Iterator[Hearing]:
        stream, hearing = sought_again(self._start, EarFailed)
        try:
            yield hearing
        finally:
            closed(stream, CLOSING)
            hearing.finish()

    def _start(self) -> tuple[Any, MicrophoneHearing]:
        device = find_input(self._device)

        def start(sound: Any, wanted: Format) -> tuple[Any, MicrophoneHearing]:
            hearing = MicrophoneHearing(device.name, wanted)
            stream = sound.RawInputStream(
                device=device.number,
                samplerate=wanted.rate,
                channels=wanted.channels,
                dtype="int16",
                blocksize=wanted.rate // BLOCKS_PER_SECOND,
                latency=LATENCY,
                extra_settings=shared(sound, device),
                callback=hearing.hear,
                finished_callback=hearing.went_away,
            )
            return stream, hearing

        return started(
            device, SAMPLE_RATE, start, seconds=OPENING, failure=EarFailed, channels=CHANNELS
        )


class MicrophoneHearing:
    """The blocks between PortAudio's thread and the reader."""

    def __init__(self, name: str, wanted: Format) -> None:
        self._name = name
        self._convert = ToSixteen(wanted.rate, wanted.channels)
        self._blocks: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._deadline = time.monotonic() + FIRST_BLOCK
        self._asleep = asleep()
        self._lost = ""
        self._closed = False

    def hear(self, indata: Any, frames: int, at: Any, status: Any) -> None:
        """In PortAudio's thread: anything slow here loses sound."""
        self._blocks.put(bytes(indata))
        self._deadline = time.monotonic() + STALLED

    def went_away(self) -> None:
        """In PortAudio's thread, when the stream has ended, by us or by itself."""
        self._blocks.put(_AWAY)

    def finish(self) -> None:
        """From now on `read` returns what is left, then b""."""
        self._closed = True

    def read(self, timeout: float) -> bytes | None:
        if self._closed:
            return self._rest()
        if self._lost:
            raise EarLost(self._lost)
        patience = min(timeout, max(0.0, self._deadline - time.monotonic()))
        try:
            block = self._blocks.get(timeout=patience)
        except queue.Empty:
            if time.monotonic() < self._deadline or self._slept():
                return None
            self._lost = f"The microphone '{self._name}' stopped responding."
            raise EarLost(self._lost) from None
        if block is _AWAY:
            self._lost = f"The microphone '{self._name}' was disconnected."
            raise EarLost(self._lost)
        return self._convert.block(block) or None

    def _slept(self) -> bool:
        """Whether the computer slept meanwhile; then the device gets time to wake up too."""
        before, self._asleep = self._asleep, asleep()
        if self._asleep - before < STALLED:
            return False
        self._deadline = time.monotonic() + FIRST_BLOCK
        return True

    def _rest(self) -> bytes:
        with suppress(queue.Empty):
            while True:
                block = self._blocks.get_nowait()
                if block is not _AWAY and (sound := self._convert.block(block)):
                    return sound
        return self._convert.rest()
