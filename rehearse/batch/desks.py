"""Where the sound of many inputs is written down, or listened to, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import cached_property
from typing import TYPE_CHECKING

from rich.console import Console

from rehearse import app
from rehearse.errors import ModelMissing, WorkerLost, WritingLost
from rehearse.model.take import SAMPLE_RATE
from rehearse.speech import transcription
from rehearse.speech.dictation import Desk
from rehearse.speech.transcription import Written
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.text import clock

if TYPE_CHECKING:
    from rehearse.model.take import Samples
    from rehearse.ports import Transcriber, VoiceActivity

ALONE = "Close other programs, or use a smaller model with --model."


class Desks:
    """The model is loaded for the first sound that needs it. What it is at is shown on the
    `screen`, if there is one. `make` makes the place to write down at."""

    def __init__(
        self,
        bring: Callable[[], Transcriber],
        make: Callable[[VoiceActivity, Transcriber], Desk],
        *,
        language: str,
        screen: Console | None,
    ) -> None:
        self._bring = bring
        self._make = make
        self._language = language
        self._screen = screen
        self._activity = SileroVoiceActivity()
        self._open: list[Desk] = []

    def close(self) -> None:
        for desk in self._open:
            desk.close()

    def written(self, samples: Samples, *, words: bool, cut: float | None) -> Written:
        """Without a transcript where none is asked for, there is no model, or it failed: time and
        pauses remain. Raises WorkerLost."""
        duration = clock(len(samples) / SAMPLE_RATE)
        with self._screen.status("writing down") if self._screen else nullcontext() as status:

            def show(second: float) -> None:
                if status is not None:
                    status.update(f"{clock(second)} of {duration}")

            desk = self._writing if words else self._listening
            try:
                return transcription.dictated(samples, desk, words=words, progress=show, cut=cut)
            except WritingLost as lost:
                raise WorkerLost(lost.what, ALONE) from lost

    @cached_property
    def _writing(self) -> Desk:
        try:
            return self._desk(self._bring())
        except ModelMissing as missing:
            return self._desk(app.NoTranscriber(missing, self._language))

    @cached_property
    def _listening(self) -> Desk:
        """No model is fetched for what is only listened to."""
        return self._desk(app.NoTranscriber(ModelMissing(""), self._language))

    def _desk(self, transcriber: Transcriber) -> Desk:
        self._open.append(self._make(self._activity, transcriber))
        return self._open[-1]
