"""Finds the parts of a sound that look like speech, or are as loud as the voice so far."""

from __future__ import annotations

from bisect import insort

FRAME = 0.032
"""Seconds per voice-activity frame (512 samples at 16 kHz)."""
SPEECH_STARTS = 0.5
SPEECH_ENDS = 0.35
"""Silero's own hysteresis: speech begins above the first and ends below the second. Lower ones find
more of a voice far away, and fill its pauses: of those in a room at -42 dBFS .78 are left at .3 and
.2, and .85 at these (41 pauses)."""
LIKE_SPEECH = 0.3
"""Probability from which sound beside speech is written down with it."""
NEAR = 12.0
"""dB below a voice's usual level; what is louder may be speech that was not found, as in an echoing
room, and is written down with the speech beside it."""
DIP = 0.3
"""Seconds of quiet within what is loud."""
QUIET = -100.0
"""dB."""


class Loudness:
    """Fed frame by frame; both are called loud."""

    def __init__(self) -> None:
        self.until = 0.0
        """Second at which it was last loud."""
        self.begun = 0.0
        """Second at which that began, but for dips."""
        self._frames = 0
        self._voice: list[float] = []
        """Levels of speech, in order of their size."""

    @property
    def since(self) -> float:
        """Second from which on it is loud, but for a dip; now, where it is not."""
        now = self._frames * FRAME
        return self.begun if now - self.until <= DIP else now

    def add(self, level: float, probability: float) -> None:
        before = self.since
        self._frames += 1
        if probability >= SPEECH_STARTS and level > QUIET:
            insort(self._voice, level)
        usual = self._voice[len(self._voice) // 2] if self._voice else 0.0
        if probability >= LIKE_SPEECH or level >= usual - NEAR:
            self.begun, self.until = before, self._frames * FRAME
