"""A kept take is written down, analysed and kept again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from rehearse.analysis.analyze import analyze
from rehearse.analysis.coaching import Coaching
from rehearse.errors import RehearseError, TranscriptionFailed, UnreadableFile
from rehearse.model.delivery import Voice
from rehearse.model.structure import Analysis
from rehearse.model.take import Span, Take, Transcript
from rehearse.session.answer import begin_writing, keep
from rehearse.session.steps import Reported, Step, Unspoken, Waits, Writing
from rehearse.session.studio import Studio
from rehearse.speech.dictation import Dictation
from rehearse.speech.transcription import BLOCK
from rehearse.stories.lookup import notes_for
from rehearse.takes.history import earlier, usual_voice


def assess(take: Take, studio: Studio, dictation: Dictation | None = None) -> Iterator[Step]:
    """Write a kept take down, analyse it and keep both; `dictation` has begun with it already. Of
    one in which nothing was said only the sound is kept."""
    first = studio.store.followed(take)
    take = replace(take, turn=first.turn if first else studio.store.next_turn())
    duration = studio.store.duration(studio.store.place(take.id))
    dictation = dictation or _reading(take, duration, studio)
    why: RehearseError | None
    try:
        for second in dictation.finish(take.cut):
            yield Writing(second, duration)
        written = dictation.written()
        take = replace(take, sound=written.sound, transcript=written.transcript)
        why = written.why
    except (TranscriptionFailed, UnreadableFile) as error:
        why = error
    finally:
        dictation.drop()
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
    if take.sound is None:  # not even listened to; how long it is, its file tells
        length = duration if take.cut is None else min(duration, take.cut)
        analysis = replace(
            analysis, timing=replace(analysis.timing, duration=length, answer=length)
        )
    if analysis.is_silent:
        take = replace(take, transcript=Transcript(()), model=None)
    unsaved = keep(take, None if analysis.is_silent else analysis, studio)
    if unsaved:
        yield unsaved
    if analysis.is_silent:
        yield Unspoken(take, analysis)
        return
    told = why is None or (unsaved is not None and unsaved.gone)
    yield Reported(take, analysis) if told else Waits(take, analysis, str(why))


def _reading(take: Take, duration: float, studio: Studio) -> Dictation:
    """Of a take that was recorded earlier."""
    dictation = begin_writing(take, studio)
    for number in range(ceil(duration / BLOCK)):
        part = Span(number * BLOCK, min((number + 1) * BLOCK, duration))
        dictation.feed(studio.store.samples(take, part))
    return dictation


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
