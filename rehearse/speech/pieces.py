"""Transcribes one piece of a sound, and joins the results of all pieces."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from rehearse.analysis.sound.prosody import Tally, level_variation, pitch_variation, tally
from rehearse.analysis.sound.voicing import frames
from rehearse.errors import ModelMissing, TranscriptionFailed
from rehearse.model.take import Hesitation, Sound, Span
from rehearse.ports import Reading
from rehearse.speech.dictation import Heard, Source, index
from rehearse.speech.word_times import inside, later, shifted

if TYPE_CHECKING:
    from rehearse.model.take import Samples
    from rehearse.ports import Transcriber

QUIETEST = 1e-6
"""-120 dBFS: below the last bit of 16-bit sound, so that a logarithm never meets zero."""


class Reader:
    """Reads pieces of one sound back from where it is kept, so that who falls behind costs no
    memory, and gives them to the transcriber; without one it only listens to them."""

    def __init__(
        self, source: Source, transcriber: Transcriber | None, names: tuple[str, ...] = ()
    ) -> None:
        self._source = source
        self._transcriber = transcriber
        self._names = names
        self.why: ModelMissing | TranscriptionFailed | None = None
        """Why there are no words, where there are none."""

    def hear(self, span: Span, spoken: Sequence[Span], *, hasty: bool = False) -> Heard:
        """`spoken` is the speech of the whole sound."""
        samples = self._source(span)
        speech = inside(span, spoken)
        seen, reading = frames(samples), self._read(samples, hasty)
        voiced = [samples[index(s.start) : index(s.end)] for s in speech]
        return Heard(
            span=span,
            words=tuple(shifted(word, span.start) for word in reading.words),
            hesitations=later(reading.hesitations, span.start),
            power=float(sum((part.astype("float64") ** 2).sum() for part in voiced)),
            count=sum(len(part) for part in voiced),
            tally=tally(seen, speech),
        )

    def _read(self, samples: Samples, hasty: bool) -> Reading:
        if self._transcriber is None or self.why is not None:
            return Reading(())
        try:
            return self._transcriber.transcribe(samples, hasty=hasty, names=self._names)
        except (ModelMissing, TranscriptionFailed) as error:
            self.why = error
            return Reading(())


def sound_of(
    parts: Sequence[Heard], *, duration: float, speech: Sequence[Span], no_sound: tuple[Span, ...]
) -> Sound:
    tallied = sum((part.tally for part in parts), Tally())
    return Sound(
        duration=duration,
        speech=tuple(speech),
        level=_level(parts),
        hesitations=_hesitations(parts),
        pitch_variation=pitch_variation(tallied),
        level_variation=level_variation(tallied),
        no_sound=no_sound,
    )


def _hesitations(parts: Sequence[Heard]) -> tuple[Hesitation, ...] | None:
    """None where one part, or all of it, was not listened to for them."""
    heard = [part.hesitations for part in parts if part.hesitations is not None]
    return tuple(chain(*heard)) if heard and len(heard) == len(parts) else None


def _level(parts: Sequence[Heard]) -> float | None:
    """RMS level of the speech in dBFS."""
    count = sum(part.count for part in parts)
    power = sum(part.power for part in parts)
    return 20 * math.log10(max(math.sqrt(power / count), QUIETEST)) if count else None
