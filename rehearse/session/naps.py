"""Time that passed while the computer slept, for instance with its lid closed."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.ports import Clock

SHORTEST = 5.0
"""Seconds; a smaller jump is a correction of the clock, not a sleep."""


@dataclass(frozen=True)
class Nap:
    at: float
    """Position in the recording, in seconds."""
    seconds: float
    """How long the computer slept."""


class Naps:
    """Notices sleeps between two checks."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._asleep = clock.asleep()
        self.noticed: tuple[Nap, ...] = ()

    def look(self, at: float) -> None:
        """Check the clocks; `at` is the position in the recording, in seconds."""
        before, self._asleep = self._asleep, self._clock.asleep()
        if self._asleep - before >= SHORTEST:
            self.noticed += (Nap(at, self._asleep - before),)
