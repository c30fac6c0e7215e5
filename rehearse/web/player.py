"""Clips through the page."""

from __future__ import annotations

import time
import wave
from collections.abc import Callable
from io import BytesIO

from rehearse.errors import SpeakerFailed
from rehearse.ports import Clip
from rehearse.web.line import Line
from rehearse.web.messages import Play, Played

PATIENCE = 4.0
"""Seconds beyond the clip's length, in which a page has to fetch it and begin."""
LOOK = 0.2
NO_PAGE = "The page was closed while the voice spoke."
TOO_LONG = "The browser did not finish playing the voice."
REFUSED = "The browser could not play the voice."
MEND = "Check the sound output of this computer. The question stays on the page."


class BrowserPlayer:
    def __init__(self, line: Line) -> None:
        self._line = line
        self._number = 0
        self._sound = b""
        self._played: Played | None = None

    def play(self, clip: Clip, *, cut: Callable[[], bool] | None = None) -> None:
        if not len(clip.samples):
            return
        with self._line.changed:
            self._number += 1
            number = self._number
            self._sound, self._played = wav(clip), None
        self._line.show(Play(number))
        try:
            self._wait(number, clip.duration + PATIENCE, cut)
        finally:
            if number == self._number:  # another thread may play the next one by now
                self._line.show(Play(0))

    def _wait(self, number: int, seconds: float, cut: Callable[[], bool] | None) -> None:
        """Until it was played or cut short, or another took its place; a page that was loaded again
        plays it from its beginning. Raises SpeakerFailed."""
        page, until = self._line.page, time.monotonic() + seconds
        with self._line.changed:
            while number == self._number and self._played is None and not self._line.leaving:
                if cut is not None and cut():
                    return
                if self._line.is_gone:
                    raise SpeakerFailed(NO_PAGE, "Open it again.")
                if self._line.page not in (None, page):
                    page, until = self._line.page, time.monotonic() + seconds
                if time.monotonic() >= until:
                    raise SpeakerFailed(TOO_LONG, MEND)
                self._line.changed.wait(LOOK)
            if number == self._number and self._played and self._played.failed:
                raise SpeakerFailed(REFUSED, MEND)

    def heard(self, played: Played) -> None:
        """From the page."""
        with self._line.changed:
            if played.clip == self._number and self._played is None:
                self._played = played
                self._line.changed.notify_all()

    def sound(self, number: int) -> bytes:
        """The latest clip as a WAV file; empty where another is wanted."""
        return self._sound if number == self._number else b""


def wav(clip: Clip) -> bytes:
    import numpy as np

    samples = (np.clip(clip.samples, -1.0, 1.0) * 32767).round().astype("<i2")
    written = BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(clip.rate)
        file.writeframes(samples.tobytes())
    return written.getvalue()
