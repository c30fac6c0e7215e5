"""The blocks that a player sends to the device: from any position, at any speed, in a loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from rehearse.audio.tempo import Tempo
from rehearse.model.take import Span

if TYPE_CHECKING:
    from rehearse.model.take import Samples

    Source: TypeAlias = Callable[[Span], Samples]
    """Reads a part of a sound at 16 kHz. Raises UnreadableFile."""

BLOCK = 0.064
"""Seconds read at a time; short, so that a jump wastes little."""


@dataclass(frozen=True)
class Block:
    samples: Samples
    start: float
    """Position of its first sample in the recording, in seconds."""
    pace: float
    """Seconds of the recording per second of playing; 0 for silence."""


class Reel:
    """Holds only the next block in memory, however long the sound is."""

    def __init__(self, source: Source, *, duration: float, rate: int) -> None:
        self._source = source
        self._duration = duration
        self._rate = rate
        self._loop: Span | None = None
        self.paused = False
        self.speed = 1.0
        self._ready: Samples = _silence(0)
        self._begin(0.0)

    def move(self, second: float) -> None:
        self._begin(min(max(0.0, second), self._duration))

    def change_speed(self, speed: float) -> None:
        self.speed = speed
        self._begin(self._next)

    def change_loop(self, loop: Span | None) -> None:
        """Set or end the loop; what was read beyond its end is dropped."""
        self._loop = loop
        self._begin(self._next)

    def pull(self, frames: int) -> Iterator[Block]:
        """The next frames at the device's rate; silence while paused and after the end. Raises
        UnreadableFile."""
        while frames > 0:
            if self.paused or not (len(self._ready) or self._refilled()):
                yield Block(_silence(frames), self._next, 0.0)
                return
            part, self._ready = self._ready[:frames], self._ready[frames:]
            yield Block(part, self._next, self.speed)
            self._next += len(part) / self._rate * self.speed
            frames -= len(part)

    def _begin(self, second: float) -> None:
        self._next = self._read = second
        self._tempo = Tempo(self.speed, self._rate)
        self._ready = _silence(0)
        self._exhausted = False

    def _refilled(self) -> bool:
        """Whether there is more sound."""
        while not len(self._ready):
            # A loop without any sound must not run for ever.
            if self._exhausted and self._loop is not None and self._next > self._loop.start:
                self._begin(self._loop.start)
            elif self._exhausted:
                self._next = self._duration
                return False
            self._read_on()
        return True

    def _read_on(self) -> None:
        end = self._loop.end if self._loop is not None else self._duration
        behind = min(self._read + BLOCK, end, self._duration)
        samples = self._source(Span(self._read, behind)) if behind > self._read else _silence(0)
        self._read = behind
        self._ready = self._tempo.block(samples)
        if behind >= min(end, self._duration) or not len(samples):
            self._ready = _joined(self._ready, self._tempo.rest())
            self._exhausted = True


def _silence(frames: int) -> Samples:
    import numpy as np

    return np.zeros(frames, np.float32)


def _joined(one: Samples, other: Samples) -> Samples:
    import numpy as np

    return np.concatenate([one, other])
