"""Time that passed while the computer slept, as under a closed lid."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.ports import Clock

SHORTEST = 5.0
"""Seconds; a clock that is set right by less is no sleep."""


@dataclass(frozen=True)
class Nap:
    at: float
    """Second of the recording."""
    seconds: float
    """How long the computer slept."""


class Naps:
    """Notices them, one look after the other."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._asleep = clock.asleep()
        self.noticed: tuple[Nap, ...] = ()

    def look(self, at: float) -> None:
        """`at` is the second that the recording has reached."""
        before, self._asleep = self._asleep, self._clock.asleep()
        if self._asleep - before >= SHORTEST:
            self.noticed += (Nap(at, self._asleep - before),)
