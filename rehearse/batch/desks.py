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
from rehearse.speech.dictation import PLAIN, Desk, Wish
from rehearse.speech.transcription import Written
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.text import clock

if TYPE_CHECKING:
    from rehearse.model.take import Samples
    from rehearse.ports import Transcriber, VoiceActivity

ALONE = "Close other programs, or use a smaller model with --model."


class Desks:
    """The model is loaded for the first sound that needs it. What it is at is shown on the
    `screen`, if there is one. `listen` brings what hears hesitations for words that
    come from elsewhere; `make` makes the place to write down at."""

    def __init__(
        self,
        bring: Callable[[], Transcriber],
        listen: Callable[[], Transcriber],
        make: Callable[[VoiceActivity, Transcriber], Desk],
        *,
        language: str,
        screen: Console | None,
    ) -> None:
        self._bring = bring
        self._listen = listen
        self._make = make
        self._language = language
        self._screen = screen
        self._activity = SileroVoiceActivity()
        self._open: list[Desk] = []

    def close(self) -> None:
        for desk in self._open:
            desk.close()

    def written(self, samples: Samples, wish: Wish, *, cut: float | None) -> Written:
        """Without a transcript where none is asked for, there is no model, or it failed: time and
        pauses remain. Raises WorkerLost."""
        return self._at(self._writing if wish.words else self._silent, samples, wish, cut=cut)

    def heard(self, samples: Samples) -> Written:
        """What the sound tells where the words come from elsewhere. Raises WorkerLost."""
        return self._at(self._listening, samples, PLAIN, cut=None)

    def _at(self, desk: Desk, samples: Samples, wish: Wish, *, cut: float | None) -> Written:
        duration = clock(len(samples) / SAMPLE_RATE)
        with self._screen.status("writing down") if self._screen else nullcontext() as status:

            def show(second: float) -> None:
                if status is not None:
                    status.update(f"{clock(second)} of {duration}")

            try:
                return transcription.dictated(samples, desk, wish=wish, progress=show, cut=cut)
            except WritingLost as lost:
                raise WorkerLost(lost.what, ALONE) from lost

    @cached_property
    def _writing(self) -> Desk:
        return self._with(self._bring)

    @cached_property
    def _listening(self) -> Desk:
        return self._with(self._listen)

    @cached_property
    def _silent(self) -> Desk:
        return self._desk(app.NoTranscriber(ModelMissing(""), self._language))

    def _with(self, bring: Callable[[], Transcriber]) -> Desk:
        try:
            return self._desk(bring())
        except ModelMissing as missing:
            return self._desk(app.NoTranscriber(missing, self._language))

    def _desk(self, transcriber: Transcriber) -> Desk:
        self._open.append(self._make(self._activity, transcriber))
        return self._open[-1]
