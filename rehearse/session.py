"""One take as a story; a session as a list of them. Each step is yielded as it happens."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from rehearse import transcription
from rehearse.analysis.coaching import Coaching
from rehearse.analysis.whole import analyze
from rehearse.errors import (
    DiskFull,
    HomeNotWritable,
    ModelMissing,
    SpeakerFailed,
    TranscriptionFailed,
    VoiceFailed,
)
from rehearse.model import Analysis, Ending, Question, Take, Transcript
from rehearse.ports import Clock, Ear, Key, Keys, Player, Transcriber, Voice, VoiceActivity
from rehearse.recording import Outcome, Progress, record
from rehearse.store import TakeStore

LONG_WAIT = 3600.0
"""Seconds to wait for a key between two questions before looking again."""


@dataclass(frozen=True)
class Studio:
    """Everything that a session needs from the world, and how it coaches."""

    ear: Ear
    voice: Voice
    player: Player
    transcriber: Transcriber
    activity: VoiceActivity
    keys: Keys
    store: TakeStore
    clock: Clock
    coaching: Coaching = field(default_factory=Coaching)
    notes: str | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    """Kept with each take: what a reader needs to know of how it was made."""


@dataclass(frozen=True)
class Asked:
    question: Question
    number: int
    of: int


@dataclass(frozen=True)
class NotSpoken:
    why: str


@dataclass(frozen=True)
class Heard:
    progress: Progress
    target: float | None


@dataclass(frozen=True)
class Recorded:
    """The recording has ended; a take without any sound is not kept."""

    take: Take
    outcome: Outcome


@dataclass(frozen=True)
class Writing:
    second: float
    duration: float


@dataclass(frozen=True)
class Reported:
    take: Take
    analysis: Analysis


@dataclass(frozen=True)
class Waits:
    """The sound is kept and measured; the words come with 'rehearse recover'."""

    take: Take
    analysis: Analysis
    why: str


@dataclass(frozen=True)
class NotSaved:
    why: str


@dataclass(frozen=True)
class Between:
    """Waits for a key before the next question."""

    left: int


Step: TypeAlias = (
    Asked | NotSpoken | Heard | Recorded | Writing | Reported | Waits | NotSaved | Between
)  # fmt: skip


def practise(questions: Sequence[Question], studio: Studio) -> Iterator[Step]:
    """Ask every question in turn; ends early when the user leaves.

    Raises EarFailed, HomeNotWritable and DiskFull where nothing could be recorded."""
    waiting = list(questions)
    with studio.keys.open():
        while waiting:
            number = len(questions) - len(waiting) + 1
            ending = yield from rehearse(waiting[0], studio, number=number, of=len(questions))
            if ending is Ending.LEFT:
                return
            if ending is not Ending.SKIPPED and len(waiting) > 1:
                yield Between(len(waiting) - 1)
                key = _any_key(studio.keys)
                if key is Key.LEAVE:
                    return
                if key is Key.START_OVER:
                    continue
            waiting.pop(0)


def rehearse(
    question: Question, studio: Studio, *, number: int = 1, of: int = 1
) -> Generator[Step, None, Ending]:
    """Ask, listen, write down, report, keep; return how the recording ended."""
    studio.transcriber.prepare()
    yield Asked(question, number, of)
    yield from _ask(question, studio)
    recorded = yield from _listen(question, studio)
    while recorded.outcome.ending is Ending.STARTED_OVER:
        recorded = yield from _listen(question, studio)
    ending = recorded.outcome.ending
    if ending not in (Ending.LEFT, Ending.SKIPPED) and recorded.outcome.duration:
        yield from assess(recorded.take, studio)
    return ending


def assess(take: Take, studio: Studio) -> Iterator[Step]:
    """Write a kept take down, analyse it and keep both."""
    samples = studio.store.samples(take)
    sound, pieces = transcription.listen(samples, studio.activity)
    take = replace(take, sound=sound)
    try:
        writing = transcription.write_down(
            samples, pieces, sound=sound, transcriber=studio.transcriber
        )
        transcript = yield from _told(writing, sound.duration)
        take = replace(take, transcript=transcript, model=transcript.model)
        why = None
    except (ModelMissing, TranscriptionFailed) as error:
        why = str(error)
    analysis = examine(take, studio.coaching, notes=studio.notes)
    if unsaved := _save(take, analysis, studio):
        yield unsaved
    yield Reported(take, analysis) if why is None else Waits(take, analysis, why)


def examine(take: Take, coaching: Coaching, *, notes: str | None = None) -> Analysis:
    """The analysis of a take, from its words and what was measured in its sound."""
    return analyze(
        take.transcript,
        sound=take.sound,
        question=take.question,
        target=take.question.target if take.question else None,
        notes=notes,
        coaching=coaching,
    )


def _ask(question: Question, studio: Studio) -> Iterator[Step]:
    """Speak the question; the text is on the screen already."""
    try:
        studio.player.play(studio.voice.render(question.text))
    except (VoiceFailed, SpeakerFailed) as error:
        yield NotSpoken(str(error))


def _listen(question: Question, studio: Studio) -> Generator[Step, None, Recorded]:
    """Record one answer into a take of its own, which is kept if it holds any sound."""
    take = studio.store.begin(question, studio.clock.now(), studio.settings)
    ending = Ending.LEFT  # holds when Ctrl-C or a closed terminal ends the recording
    unsaved: NotSaved | None = None
    try:
        with studio.store.recorder(take) as recorder:
            for step in record(studio.ear, studio.keys, recorder=recorder, clock=studio.clock):
                if isinstance(step, Outcome):
                    ending, outcome = step.ending, step
                else:
                    yield Heard(step, question.target)
    finally:
        take = replace(take, ending=ending)
        if studio.store.duration(studio.store.folder / take.id):
            unsaved = _save(take, None, studio)
        else:
            studio.store.discard(take)
    recorded = Recorded(take, outcome)
    yield recorded
    if unsaved:
        yield unsaved
    return recorded


def _told(
    writing: Generator[float, None, Transcript], duration: float
) -> Generator[Step, None, Transcript]:
    """Pass progress on as steps; return the transcript."""
    while True:
        try:
            yield Writing(next(writing), duration)
        except StopIteration as finished:
            transcript: Transcript = finished.value
            return transcript


def _save(take: Take, analysis: Analysis | None, studio: Studio) -> NotSaved | None:
    """The sound is on the disk already, so a disk that is full now costs no word."""
    try:
        studio.store.save(take, analysis)
    except (DiskFull, HomeNotWritable) as error:
        return NotSaved(f"{error.what} The sound is kept; 'rehearse recover' writes the rest.")
    return None


def _any_key(keys: Keys) -> Key:
    keys.flush()
    while True:
        if key := keys.poll(LONG_WAIT):
            return key
