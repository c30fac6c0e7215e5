"""One answer: recorded into a take of its own, and written down meanwhile."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.analysis.keypoints.names import names
from rehearse.errors import DiskFull, HomeNotWritable, TakeGone
from rehearse.model.structure import Analysis
from rehearse.model.take import Ending, Question, Span, Take
from rehearse.session.endpoint import Endpoint
from rehearse.session.recording import LONGEST, Outcome, Watch, record
from rehearse.session.steps import Listening, NotFollowed, NotSaved, RecordingEnded, Step
from rehearse.session.studio import Studio
from rehearse.session.writer import Both
from rehearse.speech.dictation import Dictation, Wish
from rehearse.stories.lookup import notes_for
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import GIVEN_UP

if TYPE_CHECKING:
    from rehearse.model.take import Samples


def listen(
    question: Question, studio: Studio, *, follows: str | None
) -> Generator[Step, None, tuple[RecordingEnded, Dictation]]:
    """Record one answer into a take of its own and begin to write it down. A take without sound is
    removed."""
    take = studio.store.begin(
        question,
        studio.clock.now(),
        studio.settings,
        follows=follows,
        session=studio.session,
        interviewer=studio.interviewer,
    )
    dictation = begin_writing(take, studio, live=True)
    cut: float | None = None
    ending = Ending.LEFT  # holds when Ctrl-C or a closed terminal ends the recording
    unsaved: NotSaved | None = None
    try:
        with studio.store.recorder(take) as recorder:
            outcome = yield from _heard(Both(recorder, dictation), dictation, studio, question)
            ending, cut = outcome.ending, outcome.cut
    finally:
        left = studio.store.recorded(take)
        take = replace(left.take, ending=ending, cut=cut)
        try:
            unsaved = _noted(take, studio)
        finally:
            if ending in (*GIVEN_UP, Ending.LEFT):
                dictation.drop()
    recorded = RecordingEnded(take, outcome)
    yield recorded
    if left.notice:
        yield NotSaved(left.notice)
    if unsaved:
        yield unsaved
    return recorded, dictation


def _heard(
    recorder: Both, dictation: Dictation, studio: Studio, question: Question
) -> Generator[Step, None, Outcome]:
    """Record until a key, a silence or a limit ends it."""
    endpoint = Endpoint(wait=studio.auto_stop, spoken=studio.hands_free is not None)
    longest = (studio.one_way and studio.one_way.answer) or LONGEST
    is_followed = True
    for step in record(
        studio.ear,
        studio.keys,
        recorder=recorder,
        clock=studio.clock,
        watch=Watch(endpoint, dictation.listening),
        longest=longest,
    ):
        if isinstance(step, Outcome):
            return step
        yield Listening(step, question.target, dictation.words)
        if is_followed and studio.auto_stop is not None and dictation.deaf:
            is_followed = False
            yield NotFollowed(dictation.deaf)
    raise AssertionError("a recording ends with its outcome")


def _noted(take: Take, studio: Studio) -> NotSaved | None:
    """Save how the recording ended, also if the user leaves at this moment; a take without sound is
    removed."""
    if not studio.store.duration(studio.store.place(take.id)):
        studio.store.discard(take)
        return None
    try:
        return keep(take, None, studio)
    except (KeyboardInterrupt, SystemExit):
        keep(take, None, studio)
        raise


@dataclass(frozen=True)
class SoundOf:
    """The part of a take that is recorded so far."""

    take: Take
    store: TakeStore

    @property
    def path(self) -> Path:
        return self.store.sound_path(self.take)

    def __call__(self, span: Span) -> Samples:
        return self.store.samples(self.take, span)


def begin_writing(take: Take, studio: Studio, *, live: bool = False) -> Dictation:
    asides = live and studio.hands_free is not None
    notes = studio.notes or notes_for(take.question, studio.stories) or ""
    wish = Wish(live=live, asides=asides, names=(*studio.names, *names(notes)))
    return studio.desk.begin(SoundOf(take, studio.store), wish)


def keep(take: Take, analysis: Analysis | None, studio: Studio) -> NotSaved | None:
    """The sound is already on the disk, so a full disk costs no words."""
    try:
        studio.store.save(take, analysis)
    except TakeGone as error:
        return NotSaved(str(error), gone=True)
    except (DiskFull, HomeNotWritable) as error:
        return NotSaved(
            f"{error.what} Your recording is saved. To write down the rest: rehearse recover"
        )
    return None
