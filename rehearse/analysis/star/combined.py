"""A story told in two goes: an answer, and the reply to its follow-up."""

from __future__ import annotations

from dataclasses import replace

from rehearse.analysis.star.crf import Crf
from rehearse.analysis.star.star import star
from rehearse.analysis.words.clauses import CLAUSE_PAUSE
from rehearse.analysis.words.fillers import in_transcript, places
from rehearse.analysis.words.lexicon import Lexicon
from rehearse.analysis.words.pauses import silences
from rehearse.model.structure import Star
from rehearse.model.take import Sound, Span, Take, Transcript, Word


def together(
    first: Take, reply: Transcript, sound: Sound | None, *, crf: Crf, lexicon: Lexicon | None
) -> Star | None:
    """STAR of both as if told in one, with the reply's times behind the first answer's; None where
    the first answer is not written down or is no story even so."""
    if first.transcript is None:
        return None
    begins = first.sound.duration if first.sound else 0.0
    words = (*first.transcript.words, *(_later(word, begins) for word in reply.words))
    pauses = [
        *(silences(first.sound.speech) if first.sound else ()),
        Span(begins - CLAUSE_PAUSE, begins + CLAUSE_PAUSE),  # the reply begins a clause of its own
        *(_shifted(pause, begins) for pause in (silences(sound.speech) if sound else ())),
    ]
    kind = first.question.kind if first.question else None
    said = in_transcript(words, lexicon, pauses=pauses) if lexicon else ()
    found = star(words, crf, kind=kind, pauses=pauses, fillers=places(said))
    return found if found.applies else None


def _later(word: Word, by: float) -> Word:
    if word.start is None or word.end is None:
        return word
    return replace(word, start=word.start + by, end=word.end + by)


def _shifted(span: Span, by: float) -> Span:
    return Span(span.start + by, span.end + by)
