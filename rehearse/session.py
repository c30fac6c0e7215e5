"""One take as a story; a session as a list of them. Each step is yielded as it happens."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from math import ceil
from typing import TypeAlias

from rehearse import takefile
from rehearse.analysis.coaching import Coaching
from rehearse.analysis.whole import analyze
from rehearse.errors import (
    DiskFull,
    HomeNotWritable,
    RehearseError,
    SpeakerFailed,
    TranscriptionFailed,
    UnreadableFile,
    VoiceFailed,
)
from rehearse.model import Analysis, Ending, Question, Span, Take, Transcript
from rehearse.ports import (
    Clock,
    Ear,
    Key,
    Keys,
    Player,
    Recorder,
    Transcriber,
    Voice,
    VoiceActivity,
)
from rehearse.questions.bank import Story
from rehearse.recording import Outcome, Progress, record
from rehearse.store import GIVEN_UP, TakeStore
from rehearse.stories.prepared import notes_for
from rehearse.transcription import BLOCK, Scribe

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
    stories: tuple[Story, ...] = ()
    """What the candidate has prepared; a question that one of them answers is compared with it."""
    follow_ups: bool = False
    """Whether an interviewer's next question is asked after each report."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Kept with each take: what a reader needs to know of how it was made."""


@dataclass(frozen=True)
class Asked:
    question: Question
    number: int
    of: int
    is_follow_up: bool = False


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
    """Ask, listen, write down, report, keep, and ask on; return how the recording ended."""
    studio.transcriber.prepare()
    recorded, scribe = yield from _answered(Asked(question, number, of), studio)
    ending = recorded.outcome.ending
    if not _is_answer(recorded):
        return ending
    asked_next = yield from _next_question(assess(recorded.take, studio, scribe))
    if studio.follow_ups and asked_next:
        follow_up = Question(asked_next, question.kind, question.principles)
        asked = Asked(follow_up, number, of, is_follow_up=True)
        reply, scribe = yield from _answered(asked, studio, follows=recorded.take.id)
        if _is_answer(reply):
            yield from assess(reply.take, studio, scribe)
        if reply.outcome.ending is Ending.LEFT:
            return Ending.LEFT
    return ending


def _answered(
    asked: Asked, studio: Studio, *, follows: str | None = None
) -> Generator[Step, None, tuple[Recorded, Scribe]]:
    """Ask and listen, again from the top as often as the user likes."""
    yield asked
    yield from _ask(asked.question, studio)
    while True:
        recorded, scribe = yield from _listen(asked.question, studio, follows=follows)
        if recorded.outcome.ending is not Ending.STARTED_OVER:
            return recorded, scribe


def _is_answer(recorded: Recorded) -> bool:
    given_up = recorded.outcome.ending in (Ending.LEFT, Ending.SKIPPED)
    return not given_up and recorded.outcome.duration > 0


def _next_question(steps: Iterator[Step]) -> Generator[Step, None, str | None]:
    """Pass the steps on; return what an interviewer would ask next."""
    asked = None
    for step in steps:
        yield step
        if isinstance(step, Reported):
            asked = step.analysis.follow_up
    return asked


def assess(take: Take, studio: Studio, scribe: Scribe | None = None) -> Iterator[Step]:
    """Write a kept take down, analyse it and keep both; `scribe` has begun with it already."""
    first = studio.store.followed(take)
    take = replace(take, turn=first.turn if first else studio.store.next_turn())
    duration = studio.store.duration(studio.store.folder / take.id)
    scribe = scribe or _reading(take, duration, studio)
    for second in scribe.finish():
        yield Writing(second, duration)
    why: RehearseError | None
    try:
        written = scribe.written()
        take = replace(take, sound=written.sound, transcript=written.transcript)
        why = written.why
    except (TranscriptionFailed, UnreadableFile) as error:
        why = error
    if take.transcript is not None:
        take = replace(take, model=take.transcript.model)
    analysis = examine(
        take,
        studio.coaching,
        notes=studio.notes or notes_for(take.question, studio.stories),
        follows=first,
        earlier=studio.store.earlier(take),
    )
    if unsaved := _save(take, analysis, studio):
        yield unsaved
    yield Reported(take, analysis) if why is None else Waits(take, analysis, str(why))


def _reading(take: Take, duration: float, studio: Studio) -> Scribe:
    """Of a take that was recorded earlier."""
    scribe = _scribe(take, studio)
    for number in range(ceil(duration / BLOCK)):
        part = Span(number * BLOCK, min((number + 1) * BLOCK, duration))
        scribe.feed(studio.store.samples(take, part))
    return scribe


def _scribe(take: Take, studio: Studio, *, live: bool = False) -> Scribe:
    return Scribe(
        partial(studio.store.samples, take),
        activity=studio.activity,
        transcriber=studio.transcriber,
        live=live,
    )


def examine(
    take: Take,
    coaching: Coaching,
    *,
    notes: str | None = None,
    follows: Take | None = None,
    earlier: Sequence[Transcript] = (),
) -> Analysis:
    """The analysis of a take, from its words and what was measured in its sound; `follows` is the
    take whose follow-up it answers, `earlier` what was said to the same question before."""
    return analyze(
        take.transcript,
        sound=take.sound,
        question=take.question,
        target=take.question.target if take.question else None,
        notes=notes,
        coaching=coaching,
        follows=follows,
        earlier=earlier,
        turn=take.turn,
    )


def _ask(question: Question, studio: Studio) -> Iterator[Step]:
    """Speak the question; the text is on the screen already."""
    try:
        studio.player.play(studio.voice.render(question.text))
    except (VoiceFailed, SpeakerFailed) as error:
        yield NotSpoken(str(error))


def _listen(
    question: Question, studio: Studio, *, follows: str | None
) -> Generator[Step, None, tuple[Recorded, Scribe]]:
    """Record one answer into a take of its own, which is kept if it holds any sound, and begin to
    write it down."""
    take = studio.store.begin(question, studio.clock.now(), studio.settings, follows=follows)
    scribe = _scribe(take, studio, live=True)
    ending = Ending.LEFT  # holds when Ctrl-C or a closed terminal ends the recording
    unsaved: NotSaved | None = None
    try:
        with studio.store.recorder(take) as recorder:
            both = _Both(recorder, scribe)
            for step in record(studio.ear, studio.keys, recorder=both, clock=studio.clock):
                if isinstance(step, Outcome):
                    ending, outcome = step.ending, step
                else:
                    yield Heard(step, question.target)
    finally:
        take = replace(take, ending=ending)
        if ending in (*GIVEN_UP, Ending.LEFT):
            scribe.drop()
        if studio.store.duration(studio.store.folder / take.id):
            unsaved = _save(take, None, studio)
        else:
            studio.store.discard(take)
    recorded = Recorded(take, outcome)
    yield recorded
    if unsaved:
        yield unsaved
    return recorded, scribe


@dataclass(frozen=True)
class _Both:
    """To the disk first; what is not on the disk cannot be written down."""

    recorder: Recorder
    scribe: Scribe

    def write(self, block: bytes) -> None:
        self.recorder.write(block)
        self.scribe.feed(takefile.decoded(block))


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
