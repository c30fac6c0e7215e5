"""Hears hesitations where the words come from elsewhere: the model's encoder runs, and nothing is
written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.ports import Reading
from rehearse.speech.whisper import WhisperTranscriber

if TYPE_CHECKING:
    from rehearse.model.take import Samples


@dataclass(frozen=True)
class OnlyEar:
    inner: WhisperTranscriber

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def language(self) -> str:
        return self.inner.language

    def prepare(self) -> None:
        self.inner.prepare()

    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        return Reading((), self.inner.hesitations(samples))
