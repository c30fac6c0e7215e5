"""A one-way interview, as recorded video interviews are: time to think, a hard end of the answer,
and no second try."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rehearse.model.take import Ending
from rehearse.ports import Clock, Key, Keys
from rehearse.session.steps import Thinking
from rehearse.session.writer import TICK

NOT_HERE = (Key.START_OVER, Key.PAUSE)
"""Keys that a one-way interview does not have."""


@dataclass(frozen=True)
class OneWay:
    """`prepare` is the time to think and `answer` the longest answer, in seconds."""

    prepare: float | None = None
    answer: float | None = None


@dataclass(frozen=True)
class FirstTryOnly:
    """The keys without those that give a second try."""

    keys: Keys

    @contextmanager
    def open(self) -> Iterator[None]:
        with self.keys.open():
            yield

    def flush(self) -> None:
        self.keys.flush()

    def waiting(self) -> bool:
        return self.keys.waiting()

    def poll(self, timeout: float) -> Key | None:
        key = self.keys.poll(timeout)
        return None if key in NOT_HERE else key


def think(seconds: float, keys: Keys, clock: Clock) -> Generator[Thinking, None, Ending | None]:
    """Count the time to think down; a key begins the answer earlier. Return how the question ended
    if there will be no answer."""
    keys.flush()
    end = clock.monotonic() + seconds
    while (left := end - clock.monotonic()) > 0:
        yield Thinking(left)
        key = keys.poll(min(TICK, left))
        if key in (Key.LEAVE, Key.SKIP):
            return Ending.LEFT if key is Key.LEAVE else Ending.SKIPPED
        if key is not None:
            break
    return None
