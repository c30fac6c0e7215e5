"""The ports without the world behind them: small, scripted, and loud when used off script.

They pass the same contract suites as the real ones, in `tests/contracts/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from rehearse.errors import RehearseError
from rehearse.model.take import SAMPLE_RATE, Word
from rehearse.ports import LONG_WAIT, Clip, Hearing, Key, Reading, Transcriber
from rehearse.speech.transcription import OwnDesk

if TYPE_CHECKING:
    from rehearse.model.take import Samples

FRAME = 512
BYTES_PER_SECOND = 2 * SAMPLE_RATE


class OffScript(AssertionError):
    """The code under test did what the test had not foreseen."""


@dataclass
class FakeClock:
    """Stands still until `passes`, or until a fake that was given it lets time pass."""

    wall: str = "2026-05-04T10:30:00+02:00"
    seconds: float = 100.0
    slept: float = 7.0

    def now(self) -> str:
        return self.wall

    def monotonic(self) -> float:
        return self.seconds

    def asleep(self) -> float:
        return self.slept

    def passes(self, seconds: float) -> None:
        self.seconds += seconds

    def sleeps(self, seconds: float) -> None:
        """The lid is closed; `monotonic` stands still meanwhile."""
        self.slept += seconds


@dataclass
class FakeVoice:
    """A second of tone for each word."""

    fails: RehearseError | None = None
    said: list[str] = field(default_factory=list)
    prepared: list[str] = field(default_factory=list)
    rate: int = 22_050

    def prepare(self, text: str) -> None:
        self.prepared.append(text)

    def render(self, text: str) -> Clip:
        if self.fails is not None:
            raise self.fails
        self.said.append(text)
        return Clip(tone(seconds=max(1, len(text.split())), rate=self.rate), self.rate)


@dataclass
class FakePlayer:
    fails: RehearseError | None = None
    clock: FakeClock | None = None
    played: list[Clip] = field(default_factory=list)

    def play(self, clip: Clip, *, cut: Callable[[], bool] | None = None) -> None:
        if self.fails is not None:
            raise self.fails
        self.played.append(clip)
        if self.clock is not None:
            self.clock.passes(clip.duration)


Heard = bytes | None | RehearseError


@dataclass
class FakeEar:
    """Each opening hears the next script: blocks, None for a time-out, an error for the loss.

    `late` is what is still queued when the ear is closed."""

    scripts: Sequence[Sequence[Heard]]
    late: Sequence[bytes] = ()
    fails: RehearseError | None = None
    clock: FakeClock | None = None
    opened: int = 0
    is_open: bool = False

    @contextmanager
    def open(self) -> Iterator[Hearing]:
        if self.fails is not None:
            raise self.fails
        if self.is_open:
            raise OffScript("the ear is open already")
        if self.opened == len(self.scripts):
            raise OffScript(f"the ear was opened more than {self.opened} times")
        hearing = FakeHearing(list(self.scripts[self.opened]), list(self.late), self.clock)
        self.opened += 1
        self.is_open = True
        try:
            yield hearing
        finally:
            self.is_open = False
            hearing.close()


class FakeHearing:
    def __init__(
        self, script: list[Heard], late: list[bytes], clock: FakeClock | None = None
    ) -> None:
        self._script = script
        self._late = late
        self._clock = clock
        self._closed = False

    def close(self) -> None:
        self._closed = True

    def read(self, timeout: float) -> bytes | None:
        if self._closed:
            return self._late.pop(0) if self._late else b""
        if not self._script:
            raise OffScript("more was read than the ear has in its script")
        heard = self._script[0]
        if isinstance(heard, RehearseError):
            raise heard  # and again at the next reading: what is lost stays lost
        if heard != b"":  # so does the end of a speaker who is done
            self._script.pop(0)
        self._pass(timeout if heard is None else len(heard) / BYTES_PER_SECOND)
        return heard

    def _pass(self, seconds: float) -> None:
        if self._clock is not None:
            self._clock.passes(seconds)


@dataclass
class FakeKeys:
    """Each entry is (n, key): after n polls without a key, that key.

    `ahead` was typed before anybody asked; `flush` forgets it."""

    script: list[tuple[int, Key]] = field(default_factory=list)
    ahead: list[Key] = field(default_factory=list)
    clock: FakeClock | None = None
    is_open: bool = False

    @contextmanager
    def open(self) -> Iterator[None]:
        self.is_open = True
        try:
            yield
        finally:
            self.is_open = False

    def flush(self) -> None:
        self.ahead.clear()

    def waiting(self) -> bool:
        return bool(self.ahead)

    def poll(self, timeout: float) -> Key | None:
        if not self.is_open:
            raise OffScript("the keyboard is not open")
        if self.ahead:
            return self.ahead.pop(0)
        if not self.script and timeout >= LONG_WAIT:
            return Key.LEAVE  # the end of input
        if not self.script:
            raise OffScript("a key was waited for after the last one in the script")
        polls, key = self.script[0]
        if polls > 0 and timeout < LONG_WAIT:  # else it is waited for as long as it takes
            self.script[0] = (polls - 1, key)
            if self.clock is not None:
                self.clock.passes(timeout)
            return None
        self.script.pop(0)
        return key


@dataclass
class FakeTranscriber:
    """Each call hears the next answer, words alone or a whole reading, or fails with it."""

    answers: list[tuple[Word, ...] | Reading | RehearseError] = field(default_factory=list)
    name: str = "fake"
    language: str = "en"
    prepared: int = 0
    heard: list[float] = field(default_factory=list)
    """Seconds of sound in each call."""
    hurried: int = 0
    """How many calls were hasty."""
    told: set[str] = field(default_factory=set)
    """Names that may be said."""

    def prepare(self) -> None:
        self.prepared += 1

    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        self.hurried += hasty
        self.told |= set(names)
        longest = 30.0
        seconds = len(samples) / SAMPLE_RATE
        if seconds > longest:
            raise OffScript(f"{seconds:.1f} s are more than the {longest:.0f} of a window")
        if not self.answers:
            raise OffScript("more was transcribed than there are answers in the script")
        self.heard.append(seconds)
        answer = self.answers.pop(0)
        if isinstance(answer, RehearseError):
            raise answer
        return answer if isinstance(answer, Reading) else Reading(answer)


@dataclass(frozen=True)
class FakeVoiceActivity:
    """Speech is what is loud: RMS of the frame above `threshold`."""

    threshold: float = 0.01

    def listen(self) -> FakeListener:
        return FakeListener(self.threshold)


class FakeListener:
    def __init__(self, threshold: float) -> None:
        self._threshold = threshold
        self._rest = np.zeros(0, np.float32)

    def feed(self, samples: Samples) -> list[float]:
        sound = np.concatenate([self._rest, samples])
        whole = len(sound) - len(sound) % FRAME
        self._rest = sound[whole:]
        return [self._loud(frame) for frame in sound[:whole].reshape(-1, FRAME)]

    def finish(self) -> list[float]:
        rest, self._rest = self._rest, self._rest[:0]
        return [self._loud(rest)] if len(rest) else []

    def _loud(self, frame: Samples) -> float:
        return 1.0 if float(np.sqrt(np.mean(frame**2))) > self._threshold else 0.0


def desk(transcriber: Transcriber) -> OwnDesk:
    """Writes down in the test's own process."""
    return OwnDesk(FakeVoiceActivity(), transcriber)


def tone(*, seconds: float, rate: int = SAMPLE_RATE, hertz: float = 440.0) -> Samples:
    times = np.arange(round(seconds * rate)) / rate
    return (0.5 * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


def pcm(samples: Samples) -> bytes:
    """Sound as a Hearing gives it: int16, little-endian."""
    block: bytes = (np.clip(samples, -1.0, 1.0) * 32767).round().astype("<i2").tobytes()
    return block
