"""Fits the times of words to their recording: none may be after its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rehearse.errors import UnreadableFile
from rehearse.model.take import Span, Transcript, Word
from rehearse.text import clock

SPARE = 1.0
"""Seconds by which the last word may begin too late, because tools round."""
_HOUR = 3600.0


def fitted(transcript: Transcript, length: float, named: str) -> Transcript:
    """The transcript of a recording of `length` seconds. Editors begin to count at a whole hour,
    which is then taken off. Raises UnreadableFile where the words lie beyond the end."""
    starts = [word.start for word in transcript.words if word.start is not None]
    if not starts:
        return transcript
    if max(starts) <= length + SPARE:
        return _moved(transcript, lambda second: min(second, length))
    hours = min(starts) // _HOUR
    if hours and max(starts) - hours * _HOUR <= length + SPARE:
        moved = _moved(transcript, lambda second: min(max(0.0, second - hours * _HOUR), length))
        note = (
            f"The words begin at {clock(min(starts))}, as in video editors, so I subtracted"
            f" {clock(hours * _HOUR)}."
        )
        return replace(moved, notes=(*moved.notes, note))
    raise UnreadableFile(
        f"The words of '{named}' end at {clock(max(starts))}, but the recording ends at"
        f" {clock(length)}.",
        "Give the transcript of this recording.",
    )


def _moved(transcript: Transcript, move: Callable[[float], float]) -> Transcript:
    def one(word: Word) -> Word:
        start, end = word.start, word.end
        return replace(
            word,
            start=None if start is None else move(start),
            end=None if end is None else move(end),
        )

    turns = tuple(Span(move(turn.start), move(turn.end)) for turn in transcript.turns)
    return replace(transcript, words=tuple(map(one, transcript.words)), turns=turns)
