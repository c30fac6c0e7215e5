"""Plays clips through PortAudio to their last sample."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rehearse.audio.devices import find_output
from rehearse.audio.resample import resampled
from rehearse.audio.streams import (
    CLOSING,
    PATIENCE,
    STOPPED,
    Format,
    closed,
    output,
    sought_again,
    started,
)
from rehearse.errors import SpeakerFailed

if TYPE_CHECKING:
    from rehearse.model.take import Samples
    from rehearse.ports import Clip

LATENCY = 0.2
"""Seconds of sound that wait in the device, so that a model loading beside it makes no gaps."""
LONGEST_SILENCE = 1.0
"""Seconds after a clip's end at which it has certainly been heard."""
LOOK = 0.05
"""Seconds between two looks for a key that cuts a clip short."""


class Speaker:
    """`device` is a number or a part of a name as in `devices.find_output`; None is the default.

    `beside` a microphone that is open it does not look for what was plugged in since, which would
    close the microphone."""

    def __init__(self, device: str | int | None = None, *, beside: bool = False) -> None:
        self._device = device
        self._beside = beside

    def play(self, clip: Clip, *, cut: Callable[[], bool] | None = None) -> None:
        if not len(clip.samples):
            return
        until = time.monotonic() + clip.duration + PATIENCE
        if self._beside:
            stream, playing = self._start(clip)
        else:
            stream, playing = sought_again(lambda: self._start(clip), SpeakerFailed)
        try:
            heard = _waited(playing, until, cut)
        finally:
            closed(stream, CLOSING)
        if heard is None:
            return
        if not heard or not playing.whole:
            raise SpeakerFailed(STOPPED)

    def _start(self, clip: Clip) -> tuple[Any, Playing]:
        device = find_output(self._device)

        def start(sound: Any, wanted: Format) -> tuple[Any, Playing]:
            samples = resampled(clip.samples, clip.rate, wanted.rate)
            playing = Playing(samples, wanted.rate, sound.CallbackStop)
            stream = output(sound, device, wanted, playing, LATENCY)
            playing.padding = round(stream.latency * wanted.rate)
            return stream, playing

        return started(device, clip.rate, start, seconds=PATIENCE, failure=SpeakerFailed)


def _waited(playing: Playing, until: float, cut: Callable[[], bool] | None) -> bool | None:
    """Whether the clip ended in time; None where it was cut short."""
    while (left := until - time.monotonic()) > 0:
        if playing.done.wait(left if cut is None else min(left, LOOK)):
            return True
        if cut is not None and cut():
            return None
    return playing.done.is_set()


class Playing:
    """One clip on its way out, then silence until its last sample has left the device.

    The stream's end cuts off what still waits in the device: that must be silence."""

    def __init__(self, samples: Samples, rate: int, stop: type[Exception]) -> None:
        self._samples = samples
        self._rate = rate
        self._stop = stop
        self._next = 0
        self._heard_at = 0.0
        self.padding = 0
        """Frames of silence at the end; depends on the stream's latency."""
        self.whole = False
        self.done = threading.Event()

    def fill(self, outdata: Any, frames: int, at: Any, status: Any) -> None:
        """In PortAudio's thread; `at` is zero throughout on systems that do not know the time."""
        chunk = self._samples[self._next : self._next + frames]
        outdata[: len(chunk)] = chunk[:, None]
        outdata[len(chunk) :] = 0.0
        if len(chunk):
            self._heard_at = at.outputBufferDacTime + len(chunk) / self._rate
        self._next += frames
        silence = self._next - len(self._samples)
        heard = at.currentTime >= self._heard_at or silence >= LONGEST_SILENCE * self._rate
        if silence >= self.padding and heard:
            self.whole = True
            raise self._stop

    def finished(self) -> None:
        self.done.set()
