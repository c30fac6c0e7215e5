"""Writes a saved take down, analyses it and saves the result."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from math import ceil

from rehearse.analysis.analyze import analyze
from rehearse.analysis.coaching import Coaching
from rehearse.analysis.star.habit import Habit
from rehearse.analysis.star.star import EVERYBODY
from rehearse.errors import RehearseError, TranscriptionFailed, UnreadableFile
from rehearse.model.delivery import Voice
from rehearse.model.structure import Analysis
from rehearse.model.take import Question, Span, Take, Transcript
from rehearse.ports import Meaning
from rehearse.progress.compare import compare
from rehearse.session.answer import begin_writing, keep
from rehearse.session.steps import Earlier, HasSample, Reported, Step, Unspoken, Waits, Writing
from rehearse.session.studio import Studio
from rehearse.speech.dictation import Dictation
from rehearse.speech.transcription import BLOCK
from rehearse.stories.lookup import notes_for
from rehearse.takes.history import baseline_voice, earlier, habit_of, last_before
from rehearse.takes.store import TakeStore


def report_on(take: Take, studio: Studio, dictation: Dictation | None = None) -> Iterator[Step]:
    """Write a saved take down, analyse it and save both; `dictation` has already begun. Where
    nothing was said, only the sound is kept."""
    first = studio.store.followed(take)
    take = replace(take, turn=first.turn if first else studio.store.next_turn())
    duration = studio.store.duration(studio.store.place(take.id))
    dictation = dictation or _reading(take, duration, studio)
    take, why = yield from _written_down(take, duration, dictation)
    notes = studio.notes or notes_for(take.question, studio.stories)
    analysis = analyze_with_history(
        take, studio.store, studio.coaching, notes=notes, meaning=studio.meaning
    )
    if take.sound is None:  # not listened to yet; its length is that of its file
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
    shown = why is None or (unsaved is not None and unsaved.gone)
    if shown:
        yield Reported(
            take, analysis, earlier_answer(take, analysis, studio.store, studio.coaching)
        )
    else:
        yield Waits(take, analysis, str(why))
    if shown and not unsaved and take.question and _has_sample_now(take.question, take, studio):
        yield HasSample(take.question.text)


def _written_down(
    take: Take, duration: float, dictation: Dictation
) -> Generator[Step, None, tuple[Take, RehearseError | None]]:
    """The take with its words, as far as there are any, and why there are not all."""
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
    return take, why


def _has_sample_now(question: Question, take: Take, studio: Studio) -> bool:
    """Whether a sample answer is shown from this take on; never in the middle of an interview."""
    if take.follows or studio.interviewer or earlier(studio.store, take):
        return False
    return studio.has_sample(question.text)


def earlier_answer(
    take: Take, analysis: Analysis, store: TakeStore, coaching: Coaching
) -> Earlier | None:
    """The last answer to the same question; None where there is none."""
    before = last_before(store, take) if analysis.words else None
    if before is None:
        return None
    return Earlier(before, compare(analyze_take(before, coaching), analysis, coaching=coaching))


def _reading(take: Take, duration: float, studio: Studio) -> Dictation:
    """The analysis of a take that was recorded earlier."""
    dictation = begin_writing(take, studio)
    for number in range(ceil(duration / BLOCK)):
        part = Span(number * BLOCK, min((number + 1) * BLOCK, duration))
        dictation.feed(studio.store.samples(take, part))
    return dictation


def analyze_with_history(
    take: Take,
    store: TakeStore,
    coaching: Coaching,
    *,
    notes: str | None,
    meaning: Meaning | None = None,
) -> Analysis:
    """As `analyze_take`, beside the takes before it in the store."""
    return analyze_take(
        take,
        coaching,
        notes=notes,
        meaning=meaning,
        follows=store.followed(take),
        before=earlier(store, take),
        baseline=baseline_voice(store, take),
        habit=habit_of(store, take),
    )


def analyze_take(
    take: Take,
    coaching: Coaching,
    *,
    notes: str | None = None,
    meaning: Meaning | None = None,
    follows: Take | None = None,
    before: Sequence[Transcript] = (),
    baseline: Voice | None = None,
    habit: Habit = EVERYBODY,
) -> Analysis:
    """The analysis of a take, from its words and what was measured in its sound; `follows` is the
    take whose follow-up it answers, `before` what was said to the same question in earlier ones,
    `baseline` the speaker's voice in the last takes, `habit` how they tell
    stories."""
    return analyze(
        take.transcript,
        sound=take.sound,
        question=take.question,
        target=take.question.target if take.question else None,
        notes=notes,
        meaning=meaning,
        coaching=coaching,
        follows=follows,
        earlier=before,
        turn=take.turn,
        baseline=baseline,
        labels=take.labels,
        habit=habit,
    )
