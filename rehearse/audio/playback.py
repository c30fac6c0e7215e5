"""Plays a sound through PortAudio: pause, seek, speed, and the position that is heard now."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rehearse.audio.devices import find_output
from rehearse.audio.portaudio import quiet_portaudio
from rehearse.audio.reel import Reel
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
from rehearse.errors import RehearseError, SpeakerFailed
from rehearse.model.take import SAMPLE_RATE

if TYPE_CHECKING:
    from rehearse.audio.reel import Source
    from rehearse.replay.playhead import Playhead

LATENCY = 0.1
"""Seconds of sound that wait in the device: a key is heard this much later, and a screen that is
drawn meanwhile makes no gap."""
LOST = 1.5
"""Seconds without a request for sound after which the speaker counts as lost."""
LONGEST_LOOK = 0.25
"""Seconds between two looks that count towards that: after Ctrl-Z the speaker has had no chance."""
REMEMBERED = 400
"""Pieces; several seconds, where a device asks for 10 ms at a time."""


class Playback:
    """`device` is a number or a part of a name as in `devices.find_output`; None is the default."""

    def __init__(self, device: str | int | None = None) -> None:
        self._device = device

    @contextmanager
    def open(self, source: Source, duration: float) -> Iterator[Playing]:
        """Play from the start until the context is left. Raises SpeakerFailed.

        What C libraries write to file descriptor 2 meanwhile is silenced: it tears a screen."""
        stream, playing = sought_again(lambda: self._start(source, duration), SpeakerFailed)
        try:
            with quiet_portaudio():
                yield playing
        finally:
            closed(stream, CLOSING)

    def _start(self, source: Source, duration: float) -> tuple[Any, Playing]:
        device = find_output(self._device)

        def start(sound: Any, wanted: Format) -> tuple[Any, Playing]:
            reel = Reel(source, duration=duration, rate=wanted.rate)
            playing = Playing(reel, wanted.rate)
            stream = output(sound, device, wanted, playing, LATENCY)
            playing.attach(stream)
            return stream, playing

        return started(device, SAMPLE_RATE, start, seconds=PATIENCE, failure=SpeakerFailed)


@dataclass(frozen=True)
class Anchor:
    """From `heard_at` on the stream's clock, `seconds` of sound begin at `start`."""

    heard_at: float
    start: float
    pace: float
    seconds: float

    def place(self, now: float) -> float:
        return self.start + min(max(0.0, now - self.heard_at), self.seconds) * self.pace


class Playing:
    """One sound that is playing. The device asks for blocks in a thread of its own."""

    def __init__(self, reel: Reel, rate: int) -> None:
        self._reel = reel
        self._rate = rate
        self._stream: Any = None
        self._lock = threading.Lock()
        self._anchors: deque[Anchor] = deque(maxlen=REMEMBERED)
        self._target = 0.0
        self._problem: RehearseError | None = None
        self._asked = 0
        self._looked_asked = -1
        self._looked_at = time.monotonic()
        self._unasked = 0.0
        self._ended = threading.Event()

    def attach(self, stream: Any) -> None:
        self._stream = stream

    def fill(self, outdata: Any, frames: int, at: Any, status: Any) -> None:
        """In PortAudio's thread; `at` is zero throughout on systems that do not know the time."""
        heard_at = at.outputBufferDacTime or self._stream.time + self._stream.latency
        filled = 0
        with self._lock:
            self._asked += 1
            try:
                for piece in self._reel.pull(frames):
                    behind = filled + len(piece.samples)
                    outdata[filled:behind] = piece.samples[:, None]
                    seconds = len(piece.samples) / self._rate
                    begins = heard_at + filled / self._rate
                    self._anchors.append(Anchor(begins, piece.start, piece.pace, seconds))
                    filled = behind
            except RehearseError as problem:
                self._problem = problem
            outdata[filled:] = 0.0

    def finished(self) -> None:
        self._ended.set()

    def position(self) -> float:
        """The position that is heard now, in seconds; after a jump, its target. Raises
        SpeakerFailed if the speaker is lost, UnreadableFile if the sound is."""
        self._check()
        now = self._stream.time
        with self._lock:
            while len(self._anchors) > 1 and self._anchors[1].heard_at <= now:
                self._anchors.popleft()
            if not self._anchors or self._anchors[0].heard_at > now:
                return self._target
            return self._anchors[0].place(now)

    def follow(self, before: Playhead, after: Playhead) -> None:
        """Apply the changes between two states of the playhead."""
        with self._lock:
            if after.speed != before.speed:
                self._reel.change_speed(after.speed)
            if after.loop != before.loop:
                self._reel.change_loop(after.loop)
            if after.position != before.position:
                self._reel.move(after.position)
                self._anchors.clear()
                self._target = after.position
            self._reel.paused = after.paused

    def wait(self, seconds: float) -> None:
        """Wait for some seconds, or until the speaker is lost."""
        self._ended.wait(seconds)

    def _check(self) -> None:
        if self._problem is not None:
            raise self._problem
        now = time.monotonic()
        if self._asked != self._looked_asked:
            self._looked_asked, self._unasked = self._asked, 0.0
        else:
            self._unasked += min(now - self._looked_at, LONGEST_LOOK)
        self._looked_at = now
        if self._ended.is_set() or self._unasked > LOST:
            raise SpeakerFailed(STOPPED)
