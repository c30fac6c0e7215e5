"""The demo's built-in candidate: an ear that hears a synthetic voice instead of a microphone."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from rehearse.audio.resample import resampled
from rehearse.errors import EarFailed, SpeakerFailed, VoiceFailed
from rehearse.model.take import SAMPLE_RATE
from rehearse.ports import Clip, Hearing, Player, Voice

BLOCK = 0.1
"""Seconds, as a microphone gives."""
BREATH = 0.8
"""Seconds of silence before and after the answer, as a person leaves."""


class CandidateEar:
    """Gives the next answer each time it is opened; `player` lets the user listen in.

    `hurry` gives the sound as fast as it is taken."""

    def __init__(
        self, answers: Sequence[str], voice: Voice, *, player: Player | None, hurry: bool
    ) -> None:
        self._answers = iter(answers)
        self._voice = voice
        self._player = player
        self._hurry = hurry

    @contextmanager
    def open(self) -> Iterator[Hearing]:
        answer = next(self._answers, None)
        if answer is None:
            raise EarFailed("The demo's candidate has nothing more to say.")
        try:
            clip = self._voice.render(answer)
        except VoiceFailed as error:
            raise EarFailed(f"The demo's candidate has no voice. {error.what}") from error
        if self._player is not None:
            threading.Thread(target=_listen_in, args=(self._player, clip), daemon=True).start()
        hearing = CandidateHearing(_sound(clip), hurry=self._hurry)
        try:
            yield hearing
        finally:
            hearing.finish()


class CandidateHearing:
    def __init__(self, sound: bytes, *, hurry: bool) -> None:
        size = round(BLOCK * SAMPLE_RATE) * 2
        self._blocks = [sound[first : first + size] for first in range(0, len(sound), size)]
        self._hurry = hurry
        self._due = time.monotonic() + BLOCK

    def finish(self) -> None:
        self._blocks = []

    def read(self, timeout: float) -> bytes | None:
        if not self._blocks:
            return b""
        wait = 0.0 if self._hurry else self._due - time.monotonic()
        if wait > timeout:
            time.sleep(timeout)
            return None
        time.sleep(max(0.0, wait))
        self._due += BLOCK
        return self._blocks.pop(0)


def _sound(clip: Clip) -> bytes:
    """The clip as a microphone would have heard it, int16 at 16 kHz."""
    import numpy as np

    samples = resampled(clip.samples, clip.rate, SAMPLE_RATE)
    quiet = np.zeros(round(BREATH * SAMPLE_RATE), np.float32)
    whole = np.concatenate([quiet, samples, quiet])
    pcm: bytes = (np.clip(whole, -1, 1) * 32767).astype("<i2").tobytes()
    return pcm


def _listen_in(player: Player, clip: Clip) -> None:
    """The demo goes on in silence where the speaker fails; the question already said why."""
    with suppress(SpeakerFailed):
        player.play(clip)
