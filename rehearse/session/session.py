"""A session: asks questions in turn. Each step is yielded as it happens."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from rehearse.errors import DiskFull, EarFailed, HomeNotWritable
from rehearse.model.structure import Analysis
from rehearse.model.take import Ending, Question
from rehearse.ports import LONG_WAIT, Key, Keys
from rehearse.session.analyze_take import report_on
from rehearse.session.answer import listen
from rehearse.session.handsfree import CANNOT_HEAR, FROM_THE_BEGINNING, GOODBYE, LAST, converse, say
from rehearse.session.phrases import Command
from rehearse.session.steps import (
    Asked,
    Between,
    NotRecorded,
    OnceMore,
    Recorded,
    Reported,
    Step,
    Told,
    Unspoken,
    Waits,
    speak,
)
from rehearse.session.studio import Studio
from rehearse.speech.dictation import Dictation


def practise(questions: Sequence[Question], studio: Studio, *, after: int = 0) -> Iterator[Step]:
    """Ask every question in turn; ends early when the user leaves.

    Raises EarFailed, HomeNotWritable and DiskFull where not even the first could be recorded."""
    studio = begun(studio)
    with studio.keys.open():
        yield from ask(questions, studio, after=after, of=after + len(questions))


def begun(studio: Studio) -> Studio:
    """The studio with the beginning of the session, unless it continues an earlier one."""
    return studio if studio.session else replace(studio, session=studio.clock.now())


def ask(
    questions: Sequence[Question], studio: Studio, *, after: int, of: int
) -> Generator[Step, None, bool]:
    """Ask these questions after `after` others, of `of` in all; returns whether the user stayed."""
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
            wish = yield from _not_recorded(str(error), studio)
        if wish is Command.STOP:
            return False
        if wish is not Command.AGAIN:
            waiting.pop(0)
    return True


def _turn(
    question: Question, studio: Studio, *, number: int, of: int, then: Question | None
) -> Generator[Step, None, Command]:
    """One question with its answer, and what the user wants next."""
    ending, told = yield from _rehearsed(question, studio, number=number, of=of, then=then)
    if ending is Ending.LEFT:
        return Command.STOP
    if ending is Ending.SKIPPED:
        return Command.SKIP
    return (yield from _wish(told, studio, number=number, of=of, last=then is None))


def _not_recorded(why: str, studio: Studio) -> Generator[Step, None, Command]:
    """Wait for a key: a device that was unplugged may be back soon, so the session does not end."""
    yield NotRecorded(why)
    return (yield from _once_more(studio, aloud=CANNOT_HEAR))


def _once_more(studio: Studio, *, aloud: str = "") -> Generator[Step, None, Command]:
    """What a key asks for; `aloud` is said where the session is led by voice."""
    studio.keys.flush()
    yield OnceMore()
    if studio.hands_free is not None and aloud:
        yield from say(aloud, studio)
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
    studio.desk.prepare()
    ending, told = yield from _spoken(Asked(question, number, of), studio, then=then)
    if told and studio.follow_ups and told.analysis.follow_up:
        left, told = yield from _asked_on(told, studio, number=number, of=of)
        if left:
            return Ending.LEFT, told
    return ending, told


def _spoken(
    asked: Asked, studio: Studio, *, follows: str | None = None, then: Question | None = None
) -> Generator[Step, None, tuple[Ending, Told | None]]:
    """Ask, listen and report, once more where nobody spoke and the user likes; how the recording
    ended, and the report where there is one."""
    ending, told = yield from _attempt(asked, studio, follows=follows, then=then)
    while isinstance(told, Unspoken) and studio.hands_free is None:  # else it is offered aloud
        wish = yield from _once_more(studio)
        if wish is not Command.AGAIN:
            return Ending.LEFT if wish is Command.STOP else Ending.SKIPPED, None
        try:
            ending, told = yield from _attempt(asked, studio, follows=follows, then=then)
        except (EarFailed, HomeNotWritable, DiskFull) as error:  # it was there a moment ago
            yield NotRecorded(str(error))
    return ending, told


def _attempt(
    asked: Asked, studio: Studio, *, follows: str | None, then: Question | None
) -> Generator[Step, None, tuple[Ending, Told | None]]:
    recorded, dictation = yield from _answered(asked, studio, follows=follows, then=then)
    told: Told | None = None
    if _is_answer(recorded):
        told = yield from _told(report_on(recorded.take, studio, dictation), studio)
    return recorded.outcome.ending, told


def _asked_on(
    told: Told, studio: Studio, *, number: int, of: int
) -> Generator[Step, None, tuple[bool, Told]]:
    """Ask the follow-up of a report; returns whether the user left, and the last report."""
    first = told.take.question
    follow_up = Question(
        told.analysis.follow_up or "",
        first.kind if first else None,
        first.principles if first else (),
    )
    asked = Asked(follow_up, number, of, is_follow_up=True)
    ending, reply = yield from _spoken(asked, studio, follows=told.take.id)
    return ending is Ending.LEFT, reply or told


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
    studio.keys.flush()  # before it is shown: keys from then on are intended
    yield Between(left)
    key = any_key(studio.keys)
    return {Key.LEAVE: Command.STOP, Key.START_OVER: Command.AGAIN}.get(key, Command.NEXT)


def _answered(
    asked: Asked, studio: Studio, *, follows: str | None = None, then: Question | None = None
) -> Generator[Step, None, tuple[Recorded, Dictation]]:
    """Ask and record, again from the beginning as often as the user wants."""
    yield asked
    yield from speak(asked.question.text, voice=studio.voice, player=studio.player)
    if then is not None:
        studio.voice.prepare(then.text)
    while True:
        recorded, dictation = yield from listen(asked.question, studio, follows=follows)
        if recorded.outcome.ending is not Ending.STARTED_OVER:
            return recorded, dictation
        if studio.hands_free is not None:
            yield from say(FROM_THE_BEGINNING, studio)


def _is_answer(recorded: Recorded) -> bool:
    given_up = recorded.outcome.ending in (Ending.LEFT, Ending.SKIPPED)
    return not given_up and recorded.outcome.duration > 0


def _told(steps: Iterator[Step], studio: Studio) -> Generator[Step, None, Told]:
    """Pass the steps on, return the report among them, and make ready what is said about it while
    it is read."""
    told: Told | None = None
    for step in steps:
        if isinstance(step, Reported | Waits | Unspoken):
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


def any_key(keys: Keys) -> Key:
    while True:
        if key := keys.poll(LONG_WAIT):
            return key
