"""Where a microphone gave nothing: exact zeros for seconds on end, which no room is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.model.take import SAMPLE_RATE, Span

if TYPE_CHECKING:
    from rehearse.model.take import Samples

LEAST_ZEROS = 3.0
"""Seconds. A driver that stumbles leaves a tenth of one; a live microphone never gives as many."""


class Zeros:
    """Follows one sound; how it comes in blocks makes no difference."""

    def __init__(self) -> None:
        self._samples = 0
        self._last = -1
        """Place of the last sample that was not zero."""
        self._ended: list[Span] = []

    def feed(self, samples: Samples) -> None:
        import numpy as np

        places = np.flatnonzero(samples) + self._samples
        self._samples += len(samples)
        if not len(places):
            return
        before = np.concatenate(([self._last], places[:-1]))
        for at in np.flatnonzero(places - before - 1 >= LEAST_ZEROS * SAMPLE_RATE):
            self._ended.append(_span(int(before[at]) + 1, int(places[at])))
        self._last = int(places[-1])

    def stretches(self) -> tuple[Span, ...]:
        """In order; a sound of nothing but zeros is one, however short."""
        running = _span(self._last + 1, self._samples)
        if self._samples and (self._last < 0 or running.duration >= LEAST_ZEROS):
            return (*self._ended, running)
        return tuple(self._ended)


def up_to(cut: float, stretches: tuple[Span, ...]) -> tuple[Span, ...]:
    """Those before a second, as far as they are long enough there; all of nothing stays so."""
    ended = (Span(one.start, min(one.end, cut)) for one in stretches if one.start < cut)
    return tuple(one for one in ended if one.duration >= min(LEAST_ZEROS, cut))


def _span(first: int, behind: int) -> Span:
    return Span(first / SAMPLE_RATE, behind / SAMPLE_RATE)
