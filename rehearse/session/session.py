"""A session: asks questions in turn. Each step is yielded as it happens."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from rehearse.errors import (
    DiskFull,
    EarFailed,
    HomeNotWritable,
    SpeakerFailed,
    UnreadableFile,
)
from rehearse.model.structure import Analysis
from rehearse.model.take import SAMPLE_RATE, Ending, Question, Span
from rehearse.ports import LONG_WAIT, Clip, Key, Keys
from rehearse.session.analyze_take import report_on
from rehearse.session.answer import listen
from rehearse.session.handsfree import (
    CANNOT_HEAR,
    FROM_THE_BEGINNING,
    GOODBYE,
    LAST,
    THANKS,
    converse,
    say,
)
from rehearse.session.one_way import think
from rehearse.session.phrases import Command
from rehearse.session.steps import (
    Asked,
    Between,
    Compared,
    Details,
    NotPlayed,
    NotRecorded,
    OnceMore,
    RecordingEnded,
    Released,
    Reported,
    Review,
    Step,
    Unspoken,
    Waits,
    speak,
)
from rehearse.session.studio import Studio
from rehearse.speech.dictation import Dictation

GO_ON = {
    Key.END: Command.NEXT,
    Key.PAUSE: Command.NEXT,
    Key.SKIP: Command.NEXT,
    Key.START_OVER: Command.AGAIN,
    Key.LEAVE: Command.STOP,
}
"""What a key asks for when an answer is over."""
EDGE = 0.3
"""Seconds that are played before and after the words that were good."""


def practise(
    questions: Sequence[Question], studio: Studio, *, after: int = 0
) -> Generator[Step, None, None]:
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
    ending, review = yield from _rehearsed(question, studio, number=number, of=of, then=then)
    if ending is Ending.LEFT:
        return Command.STOP
    if ending is Ending.SKIPPED:
        return Command.SKIP
    return (yield from _wish(review, studio, number=number, of=of, last=then is None))


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
) -> Generator[Step, None, tuple[Ending, Review | None]]:
    """`then` is asked next: its voice is made ready while this one is answered."""
    studio.desk.prepare()
    ending, review = yield from _spoken(Asked(question, number, of), studio, then=then)
    if review and studio.follow_ups and review.analysis.follow_up:
        left, review = yield from _asked_on(review, studio, number=number, of=of)
        if left:
            return Ending.LEFT, review
    return ending, review


def _spoken(
    asked: Asked, studio: Studio, *, follows: str | None = None, then: Question | None = None
) -> Generator[Step, None, tuple[Ending, Review | None]]:
    """Ask, listen and report, once more where nobody spoke and the user likes; how the recording
    ended, and the report where there is one."""
    ending, review = yield from _attempt(asked, studio, follows=follows, then=then)
    while isinstance(review, Unspoken) and studio.hands_free is None:  # else it is offered aloud
        wish = yield from _once_more(studio)
        if wish is not Command.AGAIN:
            return Ending.LEFT if wish is Command.STOP else Ending.SKIPPED, None
        try:
            ending, review = yield from _attempt(asked, studio, follows=follows, then=then)
        except (EarFailed, HomeNotWritable, DiskFull) as error:  # it was there a moment ago
            yield NotRecorded(str(error))
    return ending, review


def _attempt(
    asked: Asked, studio: Studio, *, follows: str | None, then: Question | None
) -> Generator[Step, None, tuple[Ending, Review | None]]:
    yield asked
    studio.keys.flush()
    yield from speak(
        asked.question.text, voice=studio.voice, player=studio.player, keys=studio.keys
    )
    if then is not None:
        studio.voice.prepare(then.text)
    if studio.one_way is not None and studio.one_way.prepare:
        ending = yield from think(studio.one_way.prepare, studio.keys, studio.clock)
        if ending:
            return ending, None
    recorded, dictation = yield from _answered(asked, studio, follows=follows)
    review: Review | None = None
    if _is_answer(recorded):
        steps = report_on(recorded.take, studio, dictation)
        review = yield from _reviewed(steps, studio, follows=follows)
    return recorded.outcome.ending, review


def _asked_on(
    review: Review, studio: Studio, *, number: int, of: int
) -> Generator[Step, None, tuple[bool, Review]]:
    """Ask the follow-up of a report; returns whether the user left, and the last report."""
    first = review.take.question
    follow_up = Question(
        review.analysis.follow_up or "",
        first.kind if first else None,
        first.principles if first else (),
    )
    asked = Asked(follow_up, number, of, is_follow_up=True)
    try:
        ending, reply = yield from _spoken(asked, studio, follows=review.take.id)
    except (EarFailed, HomeNotWritable, DiskFull):
        yield from _released(review, studio)
        raise
    for one in (review, reply):
        yield from _released(one, studio)
    return ending is Ending.LEFT, reply or review


def _held(analysis: Analysis, studio: Studio, *, follows: str | None) -> bool:
    """Whether a report waits: for the end of an interview, or until the follow-up is answered."""
    asks_on = studio.follow_ups and (follows is not None or analysis.follow_up is not None)
    return bool(studio.interviewer) or asks_on


def _released(review: Review | None, studio: Studio) -> Iterator[Released]:
    if isinstance(review, Reported | Waits) and review.held and not studio.interviewer:
        yield Released(replace(review, held=False))


def _wish(
    review: Review | None, studio: Studio, *, number: int, of: int, last: bool
) -> Generator[Step, None, Command]:
    """What the user wants after a report: to go on, to answer again, or to stop. Nothing is asked
    after the `last` question of somebody where a break follows."""
    if studio.hands_free is None or review is None:
        if last and number < of:
            return Command.NEXT
        return (yield from _by_key(review, studio, left=of - number))
    while True:
        deaf = review.why if isinstance(review, Waits) else None
        wish = yield from converse(
            review.take, review.analysis, studio, left=of - number, deaf=deaf
        )
        if wish is Command.FOLLOW_UP:
            left, review = yield from _asked_on(review, studio, number=number, of=of)
            if left:
                return Command.STOP
            continue
        if wish is Command.STOP:
            yield from say(GOODBYE, studio)
        elif wish is not Command.AGAIN and number == of:
            yield from say(LAST, studio)
        return wish


def _by_key(review: Review | None, studio: Studio, *, left: int) -> Generator[Step, None, Command]:
    """What a key asks for; those that only look at the report are answered here."""
    studio.keys.flush()  # before it is shown: keys from then on are intended
    report: Reported | Waits | None = None
    if isinstance(review, Reported | Waits) and not studio.interviewer:
        report = review
    between = Between(left, report, again=studio.one_way is None)
    yield between
    while (key := any_key(studio.keys)) not in GO_ON:
        for step in _looked_at(report, key, studio) if report else ():
            yield step
            yield between  # what was shown has moved the keys out of sight
    return GO_ON[key]


def _looked_at(report: Reported | Waits, key: Key, studio: Studio) -> Iterator[Step]:
    if key is Key.DETAILS:
        yield Details(report)
    elif key is Key.COMPARE and isinstance(report, Reported) and report.earlier:
        yield Compared(report, report.earlier)
    elif key is Key.PLAY:
        yield from _played(report, studio)


def _played(report: Reported | Waits, studio: Studio) -> Iterator[NotPlayed]:
    """The words that were good; a key ends it."""
    good = report.analysis.praise
    if good is None or good.start is None or good.end is None:
        return
    try:
        span = Span(max(0.0, good.start - EDGE), good.end + EDGE)
        clip = Clip(studio.store.samples(report.take, span), SAMPLE_RATE)
        studio.player.play(clip, cut=studio.keys.waiting)
    except (SpeakerFailed, UnreadableFile) as error:
        yield NotPlayed(str(error))


def _answered(
    asked: Asked, studio: Studio, *, follows: str | None = None
) -> Generator[Step, None, tuple[RecordingEnded, Dictation]]:
    """Record, again from the beginning as often as the user wants."""
    while True:
        recorded, dictation = yield from listen(asked.question, studio, follows=follows)
        if recorded.outcome.ending is not Ending.STARTED_OVER:
            return recorded, dictation
        if studio.hands_free is not None:
            yield from say(FROM_THE_BEGINNING, studio)


def _is_answer(recorded: RecordingEnded) -> bool:
    given_up = recorded.outcome.ending in (Ending.LEFT, Ending.SKIPPED)
    return not given_up and recorded.outcome.duration > 0


def _reviewed(
    steps: Iterator[Step], studio: Studio, *, follows: str | None
) -> Generator[Step, None, Review]:
    """Pass the steps on, return the report among them, and make ready what is said about it while
    it is read."""
    review: Review | None = None
    for step in steps:
        if isinstance(step, Reported | Waits):
            step = replace(step, held=_held(step.analysis, studio, follows=follows))
        if isinstance(step, Reported | Waits | Unspoken):
            review = step
            for text in _said_next(step.analysis, studio):
                studio.voice.prepare(text)
        yield step
    assert review is not None
    return review


def _said_next(analysis: Analysis, studio: Studio) -> Iterator[str]:
    if studio.hands_free is not None:
        yield THANKS if studio.interviewer else studio.hands_free.summary(analysis)
    if analysis.follow_up and (studio.follow_ups or studio.hands_free is not None):
        yield analysis.follow_up


def any_key(keys: Keys) -> Key:
    while True:
        if key := keys.poll(LONG_WAIT):
            return key
