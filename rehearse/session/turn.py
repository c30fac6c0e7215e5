"""One question: asked, answered, reported, and asked on."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace

from rehearse.errors import DiskFull, EarFailed, HomeNotWritable
from rehearse.model.structure import Analysis
from rehearse.model.take import Ending, Question
from rehearse.session.analyze_take import report_on
from rehearse.session.answer import listen
from rehearse.session.handsfree import FROM_THE_BEGINNING, THANKS, say
from rehearse.session.one_way import think
from rehearse.session.phrases import Command
from rehearse.session.steps import (
    Asked,
    NotRecorded,
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
from rehearse.session.wishes import once_more
from rehearse.speech.dictation import Dictation


def rehearse(
    question: Question, studio: Studio, *, number: int = 1, of: int = 1
) -> Generator[Step, None, Ending]:
    """Ask, listen, write down, report, keep, and ask on; return how the recording ended."""
    ending, _ = yield from rehearsed(question, studio, number=number, of=of)
    return ending


def rehearsed(
    question: Question, studio: Studio, *, number: int, of: int, then: Question | None = None
) -> Generator[Step, None, tuple[Ending, Review | None]]:
    """`then` is asked next: its voice is made ready while this one is answered."""
    studio.desk.prepare()
    ending, review = yield from _spoken(Asked(question, number, of), studio, then=then)
    if review and studio.follow_ups and review.analysis.follow_up:
        left, review = yield from asked_on(review, studio, number=number, of=of)
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
        wish = yield from once_more(studio)
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


def _held(analysis: Analysis, studio: Studio, *, follows: str | None) -> bool:
    """Whether a report waits: for the end of an interview, or until the follow-up is answered."""
    asks_on = studio.follow_ups and (follows is not None or analysis.follow_up is not None)
    return bool(studio.interviewer) or asks_on


def _said_next(analysis: Analysis, studio: Studio) -> Iterator[str]:
    if studio.hands_free is not None:
        yield THANKS if studio.interviewer else studio.hands_free.summary(analysis)
    if analysis.follow_up and (studio.follow_ups or studio.hands_free is not None):
        yield analysis.follow_up


def asked_on(
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


def _released(review: Review | None, studio: Studio) -> Iterator[Released]:
    if isinstance(review, Reported | Waits) and review.held and not studio.interviewer:
        yield Released(replace(review, held=False))
