"""Hears each piece of sound once, however many ears are tried on it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rehearse.analysis.sound.hesitations import Ear, hesitations
from rehearse.analysis.sound.linear_head import FRAME
from rehearse.analysis.sound.misheard import mended
from rehearse.model.take import SAMPLE_RATE, Hesitation, Word
from rehearse.ports import Reading
from rehearse.speech.encoder import encoded
from rehearse.speech.whisper import WhisperTranscriber

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.analysis.sound.linear_head import Floats
    from rehearse.model.take import Samples


class Unheard(WhisperTranscriber):
    """Keeps what the encoder gave for the last clip, and hears no hesitation itself: the ear that
    comes along knows the people on whom others are tried, and mends words as well."""

    frames: Floats

    def _hesitations(self, model: Any, seconds: float) -> tuple[Hesitation, ...] | None:
        self.frames, model.encoded = model.encoded, None
        return None


class Once:
    """What the program hears of each piece with the ear that is on trial."""

    def __init__(self, inner: Unheard) -> None:
        self._inner = inner
        self._words: dict[bytes, tuple[Word, ...]] = {}
        self._frames: dict[bytes, Floats] = {}
        self.name, self.language = inner.name, inner.language
        self.ear: Ear | None = None

    def prepare(self) -> None:
        self._inner.prepare()

    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        key = _key(samples)
        if key not in self._words:
            self._words[key] = self._inner.transcribe(samples).words
            self._frames[key] = self._inner.frames[: round(len(samples) / SAMPLE_RATE / FRAME) + 1]
        found = self.hesitations(samples)
        return Reading(mended(self._words[key], found), found)

    def hesitations(self, samples: Samples) -> tuple[Hesitation, ...]:
        """Without the words, which take most of the time."""
        assert self.ear is not None
        return hesitations(self.frames(samples), self.ear, duration=len(samples) / SAMPLE_RATE)

    def frames(self, samples: Samples) -> Floats:
        key = _key(samples)
        if key not in self._frames:
            self._frames[key] = encoded(self._inner.load(), samples)
        return self._frames[key]


@dataclass(frozen=True)
class OnlySound:
    """The same without the words."""

    once: Once

    @property
    def name(self) -> str:
        return self.once.name

    @property
    def language(self) -> str:
        return self.once.language

    def prepare(self) -> None:
        """What is needed is loaded."""

    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        return Reading((), self.once.hesitations(samples))


def _key(samples: Samples) -> bytes:
    return hashlib.sha256(samples.tobytes()).digest()
