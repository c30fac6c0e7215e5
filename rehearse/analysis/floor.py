"""The part of a conversation that is the candidate's: what others say is no answer and no pause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rehearse.model.take import Sound, Span, Transcript, Word


def own(sound: Sound, turns: Sequence[Span]) -> Sound:
    """The sound within the speaker's turns, as long as these are together. Its level and pitch
    are those of all voices, and so are not known."""
    heard = sound.hesitations
    return Sound(
        duration=sum(turn.duration for turn in turns),
        speech=tuple(_within(sound.speech, turns)),
        hesitations=None
        if heard is None
        else tuple(one for one in heard if any(_holds(t, one.start, one.end) for t in turns)),
    )


def during(sound: Sound, said: Span) -> Sound:
    """The sound from the first word to the last, as long as that is; its times stay as they are."""
    return replace(
        sound,
        duration=said.duration,
        speech=tuple(_within(sound.speech, [said])),
        no_sound=tuple(_within(sound.no_sound, [said])),
    )


def inside(gaps: Sequence[Span], turns: Sequence[Span]) -> tuple[Span, ...]:
    """Silences that lie within one turn; all where there are no turns."""
    if not turns:
        return tuple(gaps)
    return tuple(gap for gap in gaps if any(_holds(turn, gap.start, gap.end) for turn in turns))


def spoken(words: Sequence[Word]) -> Span | None:
    """From the start of the first word to the end of the last; None without times."""
    starts = [word.start for word in words if word.start is not None]
    ends = [word.end for word in words if word.end is not None]
    return Span(starts[0], max(ends)) if starts and ends else None


def answer(transcript: Transcript) -> float | None:
    """Seconds from the first word to the last, without what others say in between."""
    whole = spoken(transcript.words)
    if whole is None:
        return None
    turns = transcript.turns or (whole,)
    return sum(turn.duration for turn in turns) or None


def _within(speech: Sequence[Span], turns: Sequence[Span]) -> list[Span]:
    parts = [
        Span(max(stretch.start, turn.start), min(stretch.end, turn.end))
        for turn in turns
        for stretch in speech
    ]
    return [part for part in parts if part.end > part.start]


def _holds(turn: Span, start: float, end: float) -> bool:
    return turn.start <= start and end <= turn.end
