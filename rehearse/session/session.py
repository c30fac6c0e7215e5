"""A session: asks questions in turn. Each step is yielded as it happens."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from rehearse.errors import DiskFull, EarFailed, HomeNotWritable
from rehearse.model.take import Ending, Question
from rehearse.session.handsfree import CANNOT_HEAR, GOODBYE, LAST, converse, say
from rehearse.session.phrases import Command
from rehearse.session.steps import NotRecorded, Review, Step, Waits
from rehearse.session.studio import Studio
from rehearse.session.turn import asked_on, rehearsed
from rehearse.session.wishes import by_key, once_more


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
    ending, review = yield from rehearsed(question, studio, number=number, of=of, then=then)
    if ending is Ending.LEFT:
        return Command.STOP
    if ending is Ending.SKIPPED:
        return Command.SKIP
    return (yield from _wish(review, studio, number=number, of=of, last=then is None))


def _not_recorded(why: str, studio: Studio) -> Generator[Step, None, Command]:
    """Wait for a key: a device that was unplugged may be back soon, so the session does not end."""
    yield NotRecorded(why)
    return (yield from once_more(studio, aloud=CANNOT_HEAR))


def _wish(
    review: Review | None, studio: Studio, *, number: int, of: int, last: bool
) -> Generator[Step, None, Command]:
    """What the user wants after a report: to go on, to answer again, or to stop. Nothing is asked
    after the `last` question of somebody where a break follows."""
    if studio.hands_free is None or review is None:
        if last and number < of:
            return Command.NEXT
        return (yield from by_key(review, studio, left=of - number))
    while True:
        deaf = review.why if isinstance(review, Waits) else None
        wish = yield from converse(
            review.take, review.analysis, studio, left=of - number, deaf=deaf
        )
        if wish is Command.FOLLOW_UP:
            left, review = yield from asked_on(review, studio, number=number, of=of)
            if left:
                return Command.STOP
            continue
        if wish is Command.STOP:
            yield from say(GOODBYE, studio)
        elif wish is not Command.AGAIN and number == of:
            yield from say(LAST, studio)
        return wish
