"""What the user wants when an answer is over, as far as it is said by a key."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from rehearse.errors import SpeakerFailed, UnreadableFile
from rehearse.model.take import SAMPLE_RATE, Span
from rehearse.ports import LONG_WAIT, Clip, Key, Keys
from rehearse.session.handsfree import say
from rehearse.session.phrases import Command
from rehearse.session.steps import (
    Between,
    Compared,
    Details,
    NotPlayed,
    OnceMore,
    Reported,
    Review,
    Step,
    Waits,
)
from rehearse.session.studio import Studio

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


def any_key(keys: Keys) -> Key:
    while True:
        if key := keys.poll(LONG_WAIT):
            return key


def once_more(studio: Studio, *, aloud: str = "") -> Generator[Step, None, Command]:
    """What a key asks for; `aloud` is said where the session is led by voice."""
    studio.keys.flush()
    yield OnceMore()
    if studio.hands_free is not None and aloud:
        yield from say(aloud, studio)
    key = any_key(studio.keys)
    return {Key.LEAVE: Command.STOP, Key.SKIP: Command.SKIP}.get(key, Command.AGAIN)


def by_key(review: Review | None, studio: Studio, *, left: int) -> Generator[Step, None, Command]:
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
