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
from rehearse.asked import earlier
from rehearse.errors import (
    DiskFull,
    EarFailed,
    HomeNotWritable,
    RehearseError,
    TranscriptionFailed,
    UnreadableFile,
)
from rehearse.findings.delivery import Voice
from rehearse.findings.whole import Analysis
from rehearse.handsfree import (
    CANNOT_HEAR,
    FROM_THE_TOP,
    GOODBYE,
    LAST,
    Aloud,
    Talk,
    converse,
    say,
)
from rehearse.listening.commands import Command
from rehearse.listening.endpoint import Endpoint
from rehearse.model import Ending, Question, Span, Take, Transcript, Word
from rehearse.ports import (
    Clock,
    Ear,
    Key,
    Keys,
    Player,
    Prompter,
    Recorder,
    Transcriber,
    VoiceActivity,
)
from rehearse.questions.bank import Story
from rehearse.recording import Outcome, Progress, Watch, record
from rehearse.speaking import NotSpoken as NotSpoken
from rehearse.speaking import speak
from rehearse.store import GIVEN_UP, TakeStore
from rehearse.stories.prepared import notes_for
from rehearse.transcription import BLOCK, Scribe
from rehearse.usual import usual_voice

LONG_WAIT = 3600.0
"""Seconds to wait for a key between two questions before looking again."""


@dataclass(frozen=True)
class Studio:
    """Everything that a session needs from the world, and how it coaches."""

    ear: Ear
    voice: Prompter
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
    auto_stop: float | None = None
    """Seconds of silence that end an answer; None where only a key does."""
    hands_free: Aloud | None = None
    """What is said after each report, where the session is led by voice."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Kept with each take: what a reader needs to know of how it was made."""
    session: str | None = None
    """When the session began; kept with each of its takes."""
    interviewer: str | None = None
    """Who asks, in an interview; kept with each take."""


@dataclass(frozen=True)
class Asked:
    question: Question
    number: int
    of: int
    is_follow_up: bool = False


@dataclass(frozen=True)
class Heard:
    progress: Progress
    target: float | None
    words: tuple[Word, ...] = ()
    """Written down so far."""


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
class NotRecorded:
    """There was no microphone or no place for an answer; waits for a key, and may ask again."""

    why: str


@dataclass(frozen=True)
class Between:
    """Waits for a key before the next question."""

    left: int


Step: TypeAlias = (
    Asked | NotSpoken | Heard | Recorded | Writing | Reported | Waits | NotSaved | NotRecorded
    | Between | Talk
)  # fmt: skip
Told: TypeAlias = Reported | Waits


def practise(questions: Sequence[Question], studio: Studio, *, after: int = 0) -> Iterator[Step]:
    """Ask every question in turn; ends early when the user leaves.

    Raises EarFailed, HomeNotWritable and DiskFull where not even the first could be recorded."""
    studio = begun(studio)
    with studio.keys.open():
        yield from ask(questions, studio, after=after, of=after + len(questions))


def begun(studio: Studio) -> Studio:
    """With the session's beginning, unless it goes on with one that began earlier."""
    return studio if studio.session else replace(studio, session=studio.clock.now())


def ask(
    questions: Sequence[Question], studio: Studio, *, after: int, of: int
) -> Generator[Step, None, bool]:
    """Ask these in turn, after as many others of all `of`; whether the user stayed."""
    waiting = list(questions)
    recorded = after > 0
    while waiting:
        number = after + len(questions) - len(waiting) + 1
        then = waiting[1] if len(waiting) > 1 else None
        try:
            wish = yield from _turn(waiting[0], studio, number=number, of=of, then=then)
            recorded = True
        except (EarFailed, HomeNotWritable, DiskFull) as error:
            if not recorded:
                raise
            wish = yield from _once_more(str(error), studio)
        if wish is Command.STOP:
            return False
        if wish is not Command.AGAIN:
            waiting.pop(0)
    return True


def _turn(
    question: Question, studio: Studio, *, number: int, of: int, then: Question | None
) -> Generator[Step, None, Command]:
    """One question with its answer, and what the user wants then."""
    ending, told = yield from _rehearsed(question, studio, number=number, of=of, then=then)
    if ending is Ending.LEFT:
        return Command.STOP
    if ending is Ending.SKIPPED:
        return Command.SKIP
    return (yield from _wish(told, studio, number=number, of=of, last=then is None))


def _once_more(why: str, studio: Studio) -> Generator[Step, None, Command]:
    """What was unplugged may be back in a moment, and a session is not ended for it."""
    studio.keys.flush()
    yield NotRecorded(why)
    if studio.hands_free is not None:
        yield from say(CANNOT_HEAR, studio)
    key = any_key(studio.keys)
    return {Key.LEAVE: Command.STOP, Key.SKIP: Command.SKIP}.get(key, Command.AGAIN)


def rehearse(
    question: Question, studio: Studio, *, number: int = 1, of: int = 1
) -> Generator[Step, None, Ending]:
    """Ask, listen, write down, report, keep, and ask on; return how the recording ended."""
    ending, _ = yield from _rehearsed(question, studio, number=number, of=of)
    return ending


def _rehearsed(
    question: Question, studio: Studio, *, number: int, of: int, then: Question | None = None
) -> Generator[Step, None, tuple[Ending, Told | None]]:
    """`then` is asked next: its voice is made ready while this one is answered."""
    studio.transcriber.prepare()
    recorded, scribe = yield from _answered(Asked(question, number, of), studio, then=then)
    ending = recorded.outcome.ending
    if not _is_answer(recorded):
        return ending, None
    told = yield from _told(assess(recorded.take, studio, scribe), studio)
    if studio.follow_ups and told.analysis.follow_up:
        left, told = yield from _asked_on(told, studio, number=number, of=of)
        if left:
            return Ending.LEFT, told
    return ending, told


def _asked_on(
    told: Told, studio: Studio, *, number: int, of: int
) -> Generator[Step, None, tuple[bool, Told]]:
    """Ask what an interviewer would ask next; whether the user left, and what was reported last."""
    first = told.take.question
    follow_up = Question(
        told.analysis.follow_up or "",
        first.kind if first else None,
        first.principles if first else (),
    )
    asked = Asked(follow_up, number, of, is_follow_up=True)
    reply, scribe = yield from _answered(asked, studio, follows=told.take.id)
    if _is_answer(reply):
        told = yield from _told(assess(reply.take, studio, scribe), studio)
    return reply.outcome.ending is Ending.LEFT, told


def _wish(
    told: Told | None, studio: Studio, *, number: int, of: int, last: bool
) -> Generator[Step, None, Command]:
    """What the user wants after a report: to go on, to answer again, or to stop. Nothing is asked
    after the `last` question of somebody, since there is a break or the end."""
    if studio.hands_free is None or told is None:
        return Command.NEXT if last else (yield from _by_key(studio, left=of - number))
    while True:
        deaf = told.why if isinstance(told, Waits) else None
        wish = yield from converse(told.take, told.analysis, studio, left=of - number, deaf=deaf)
        if wish is Command.FOLLOW_UP:
            left, told = yield from _asked_on(told, studio, number=number, of=of)
            if left:
                return Command.STOP
            continue
        if wish is Command.STOP:
            yield from say(GOODBYE, studio)
        elif wish is not Command.AGAIN and number == of:
            yield from say(LAST, studio)
        return wish


def _by_key(studio: Studio, *, left: int) -> Generator[Step, None, Command]:
    studio.keys.flush()  # before it is shown: what is pressed from then on is meant
    yield Between(left)
    key = any_key(studio.keys)
    return {Key.LEAVE: Command.STOP, Key.START_OVER: Command.AGAIN}.get(key, Command.NEXT)


def _answered(
    asked: Asked, studio: Studio, *, follows: str | None = None, then: Question | None = None
) -> Generator[Step, None, tuple[Recorded, Scribe]]:
    """Ask and listen, again from the top as often as the user likes."""
    yield asked
    yield from speak(asked.question.text, voice=studio.voice, player=studio.player)
    if then is not None:
        studio.voice.prepare(then.text)
    while True:
        recorded, scribe = yield from _listen(asked.question, studio, follows=follows)
        if recorded.outcome.ending is not Ending.STARTED_OVER:
            return recorded, scribe
        if studio.hands_free is not None:
            yield from say(FROM_THE_TOP, studio)


def _is_answer(recorded: Recorded) -> bool:
    given_up = recorded.outcome.ending in (Ending.LEFT, Ending.SKIPPED)
    return not given_up and recorded.outcome.duration > 0


def _told(steps: Iterator[Step], studio: Studio) -> Generator[Step, None, Told]:
    """Pass the steps on, return the report among them, and make ready what is said about it while
    it is read."""
    told: Told | None = None
    for step in steps:
        if isinstance(step, Reported | Waits):
            told = step
            for text in _said_next(step.analysis, studio):
                studio.voice.prepare(text)
        yield step
    assert told is not None
    return told


def _said_next(analysis: Analysis, studio: Studio) -> Iterator[str]:
    if studio.hands_free is not None:
        yield studio.hands_free.summary(analysis)
    if analysis.follow_up and (studio.follow_ups or studio.hands_free is not None):
        yield analysis.follow_up


def assess(take: Take, studio: Studio, scribe: Scribe | None = None) -> Iterator[Step]:
    """Write a kept take down, analyse it and keep both; `scribe` has begun with it already."""
    first = studio.store.followed(take)
    take = replace(take, turn=first.turn if first else studio.store.next_turn())
    duration = studio.store.duration(studio.store.folder / take.id)
    scribe = scribe or _reading(take, duration, studio)
    why: RehearseError | None
    try:
        for second in scribe.finish():
            yield Writing(second, duration)
        written = scribe.written().until(take.cut)
        take = replace(take, sound=written.sound, transcript=written.transcript)
        why = written.why
    except (TranscriptionFailed, UnreadableFile) as error:
        why = error
    finally:
        scribe.drop()
    if take.transcript is not None:
        take = replace(take, model=take.transcript.model)
    analysis = examine(
        take,
        studio.coaching,
        notes=studio.notes or notes_for(take.question, studio.stories),
        follows=first,
        before=earlier(studio.store, take),
        usual=usual_voice(studio.store, take),
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
    asides = live and studio.hands_free is not None
    return Scribe(
        partial(studio.store.samples, take),
        activity=studio.activity,
        transcriber=studio.transcriber,
        live=live,
        asides=asides,
    )


def examine(
    take: Take,
    coaching: Coaching,
    *,
    notes: str | None = None,
    follows: Take | None = None,
    before: Sequence[Transcript] = (),
    usual: Voice | None = None,
) -> Analysis:
    """The analysis of a take, from its words and what was measured in its sound; `follows` is the
    take whose follow-up it answers, `before` what was said to the same question in earlier ones,
    `usual` the voice of the last takes."""
    return analyze(
        take.transcript,
        sound=take.sound,
        question=take.question,
        target=take.question.target if take.question else None,
        notes=notes,
        coaching=coaching,
        follows=follows,
        earlier=before,
        turn=take.turn,
        usual=usual,
    )


def _listen(
    question: Question, studio: Studio, *, follows: str | None
) -> Generator[Step, None, tuple[Recorded, Scribe]]:
    """Record one answer into a take of its own, which is kept if it holds any sound, and begin to
    write it down."""
    take = studio.store.begin(
        question,
        studio.clock.now(),
        studio.settings,
        follows=follows,
        session=studio.session,
        interviewer=studio.interviewer,
    )
    scribe = _scribe(take, studio, live=True)
    endpoint = Endpoint(wait=studio.auto_stop, spoken=studio.hands_free is not None)
    watch = Watch(endpoint, scribe.listening)
    cut: float | None = None
    ending = Ending.LEFT  # holds when Ctrl-C or a closed terminal ends the recording
    unsaved: NotSaved | None = None
    try:
        with studio.store.recorder(take) as recorder:
            both = _Both(recorder, scribe)
            for step in record(
                studio.ear, studio.keys, recorder=both, clock=studio.clock, watch=watch
            ):
                if isinstance(step, Outcome):
                    ending, cut, outcome = step.ending, step.cut, step
                else:
                    yield Heard(step, question.target, scribe.words)
    finally:
        take = replace(take, ending=ending, cut=cut)
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


def any_key(keys: Keys) -> Key:
    while True:
        if key := keys.poll(LONG_WAIT):
            return key
