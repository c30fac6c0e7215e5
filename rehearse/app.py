"""Puts the real parts together, as the settings say."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from rich.console import Console

from rehearse.audio.clock import SystemClock
from rehearse.audio.gong import Gong
from rehearse.audio.microphone import Microphone
from rehearse.audio.speaker import Speaker
from rehearse.config import Settings
from rehearse.errors import ModelMissing, VoiceFailed
from rehearse.model import codec
from rehearse.model.codec import Json
from rehearse.questions.choose import stories_of
from rehearse.questions.packs import read_packs, sample_of
from rehearse.session.studio import Aloud, Studio
from rehearse.speech import models, natural
from rehearse.speech.cast import cast, has_variants
from rehearse.speech.meaning import SentenceModel
from rehearse.speech.models import ModelFolder
from rehearse.speech.natural_process import NaturalProcess
from rehearse.speech.only_ear import OnlyEar
from rehearse.speech.transcription_process import DeskApart
from rehearse.speech.voice import SpokenVoice, VoiceAhead
from rehearse.speech.voice import voices as voices_there
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.speech.whisper import AUTO, WhisperTranscriber
from rehearse.takes.store import TakeStore
from rehearse.terminal.keyboard import keyboard
from rehearse.views import spoken
from rehearse.views.console import TameConsole

if TYPE_CHECKING:
    from rehearse.model.take import Samples
    from rehearse.ports import Prompter, Reading, Transcriber
    from rehearse.questions.bank import Story
    from rehearse.questions.pack import Pack


BY_WORDS = "Until then notes are compared with your answers by their words."


class NoTranscriber:
    """Used where there is no model: every transcription fails with the reason `why`."""

    name = "none"

    def __init__(self, why: ModelMissing, language: str) -> None:
        self._why = why
        self.language = language

    def prepare(self) -> None:
        """Nothing to load."""

    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        raise self._why


def console(settings: Settings, *, stderr: bool = False) -> Console:
    """The console. With plain settings it has no colour and redraws nothing. Text such as "[bold]"
    is printed as it is."""
    return TameConsole(
        stderr=stderr,
        no_color=settings.plain or None,
        force_terminal=False if settings.plain else None,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
    )


def studio(
    settings: Settings,
    *,
    transcriber: Transcriber,
    notes: str | None = None,
    follow_ups: bool = False,
    auto_stop: float | None = None,
    hands_free: bool = False,
    began: str | None = None,
) -> Studio:
    """A studio with real devices. None is opened yet; the caller closes its desk. `began` is when
    the session began."""
    return Studio(
        ear=Microphone(settings.microphone),
        voice=VoiceAhead(voice(settings)),
        player=Speaker(settings.speaker),
        desk=DeskApart(SileroVoiceActivity(), transcriber),
        keys=keyboard(),
        store=TakeStore(settings.recordings),
        clock=SystemClock(),
        coaching=settings.coaching,
        notes=notes,
        stories=stories(settings),
        names=settings.names,
        meaning=meaning(settings),
        has_sample=lambda text: sample_of(text, packs(settings)) is not None,
        follow_ups=follow_ups,
        auto_stop=auto_stop,
        hands_free=Aloud(spoken.summary, spoken.details) if hands_free else None,
        settings={"model": settings.model, "language": settings.language},
        session=began,
    )


def voice(settings: Settings) -> SpokenVoice:
    """The interviewer's: the one that was chosen, else a natural one, else the system's own."""
    return SpokenVoice(natural.usual(settings.voice), settings.rate, kept=_natural())


def wake_voice(settings: Settings) -> None:
    """For a command that is going to ask: a natural voice takes a second or two to load."""
    if natural.is_natural(natural.usual(settings.voice)):
        _natural().begin()


@cache
def _natural() -> NaturalProcess:
    """One for all voices of this program, since it holds a model; it begins with the first text."""
    return NaturalProcess()


def voices(settings: Settings, count: int) -> tuple[Prompter, ...]:
    """One voice for each interviewer, each different from the one before."""
    chosen = natural.usual(settings.voice)
    try:
        there = () if has_variants() or natural.is_natural(chosen) else voices_there()
    except VoiceFailed:
        there = ()  # without a voice, questions are shown as text
    castings = cast(
        count,
        voice=chosen,
        rate=settings.rate,
        there=there,
        variants=has_variants(),
    )
    return tuple(VoiceAhead(SpokenVoice(one.voice, one.rate, kept=_natural())) for one in castings)


def gong(settings: Settings) -> Gong:
    """Not opened yet."""
    return Gong(Speaker(settings.speaker, beside=True))


def packs(settings: Settings) -> tuple[Pack, ...]:
    return read_packs(settings.prompts)


def transcriber(settings: Settings, *, threads: int | None = None) -> WhisperTranscriber:
    """The model on this machine, not loaded yet. Raises ModelMissing, which says where a missing
    model is named."""
    try:
        found = models.find(settings.model)
    except ModelMissing as error:
        if settings.model_from is None:
            raise
        where = f"It is named in {settings.model_from}."
        raise ModelMissing(f"{error.what} {where}", error.mend) from error
    return writer(found, settings, threads)


def writer(
    found: ModelFolder, settings: Settings, threads: int | None = None
) -> WhisperTranscriber:
    """The model in a folder, not loaded yet."""
    return WhisperTranscriber(found.path, found.name, language=settings.language, threads=threads)


def only_ear(settings: Settings, *, threads: int | None = None) -> OnlyEar:
    """What hears hesitations for words from elsewhere: no model is fetched for that, and a small
    one stands in. Raises ModelMissing."""
    try:
        return OnlyEar(transcriber(settings, threads=threads))
    except ModelMissing:
        there = stand_in(settings)
        if there is None:
            raise
        return OnlyEar(writer(there, settings, threads))


def stand_in(settings: Settings) -> ModelFolder | None:
    """The model to use while the usual one is not here; None where there is none, or where the user
    named another."""
    named = settings.model_chosen or settings.model_from is not None
    return None if named or settings.language != "en" else models.stand_in()


def meaning(settings: Settings, tell: Callable[[str], None] | None = None) -> SentenceModel | None:
    """What reads the meaning of sentences; None without its model, or where another language than
    English is spoken. That a model is damaged is said on stderr, or to `tell`."""
    if settings.language not in ("en", AUTO):
        return None
    try:
        files = models.reads_meaning()
    except ModelMissing as damaged:
        tell = tell or partial(console(settings, stderr=True).print, soft_wrap=True)
        tell(f"{damaged} {BY_WORDS}")
        return None
    return SentenceModel(files) if files else None


def stories(settings: Settings) -> tuple[Story, ...]:
    """The candidate's own stories, in the order of their packs."""
    return stories_of(packs(settings))


def has_terminal() -> bool:
    """Whether stdin and stdout are a terminal: somebody can press keys and read."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def print_json(value: Json) -> None:
    """One object on one line of stdout. Letters that stdout cannot write become escapes."""
    sys.stdout.write(codec.line(value, plain=not knows_all_letters()))


def knows_all_letters() -> bool:
    """Whether stdout can write every letter."""
    return (sys.stdout.encoding or "utf-8").lower() in ("utf-8", "utf8")
