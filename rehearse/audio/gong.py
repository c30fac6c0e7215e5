"""A soft tone at the target time, during the recording."""

from __future__ import annotations

import threading

from rehearse.errors import SpeakerFailed
from rehearse.ports import Clip, Player

RATE = 24_000
LENGTH = 1.2
"""Seconds until it is silent."""
HERTZ = (523.25, 1046.5)
"""C5 and its octave: clear, and no alarm."""
FADES = 4.0
"""Per second; the loudness falls to a third in a quarter of a second."""
ONSET = 0.02
"""Seconds of fading in; a tone that begins at full volume clicks."""
LOUDNESS = 0.12
"""Peak; soft beside a voice."""


class Gong:
    """Plays in a thread of its own, so that the recording does not wait."""

    def __init__(self, player: Player) -> None:
        self._player = player
        self._sounding: threading.Thread | None = None
        self.why: str | None = None
        """Why it could not be played; "" where it could."""

    def strike(self) -> None:
        self.wait()
        self._sounding = threading.Thread(target=self._play, name="gong", daemon=True)
        self._sounding.start()

    def wait(self) -> None:
        """Wait until it is silent, so that nothing is said into it."""
        if self._sounding is not None:
            self._sounding.join()

    def _play(self) -> None:
        try:
            self._player.play(tone())
        except SpeakerFailed as error:
            self.why = str(error)


def tone() -> Clip:
    import numpy as np

    times = np.arange(round(LENGTH * RATE)) / RATE
    waves = sum(np.sin(2 * np.pi * hertz * times) / place for place, hertz in enumerate(HERTZ, 1))
    shape = np.exp(-FADES * times) * np.minimum(1.0, times / ONSET)
    sound = waves * shape
    return Clip((LOUDNESS * sound / np.abs(sound).max()).astype(np.float32), RATE)
