"""Hesitations in the sound that the words leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rehearse.analysis.words.lexicon import Lexicon
from rehearse.model.delivery import Filler, FillerKind, HeardIn
from rehearse.model.take import Hesitation, Sound, Word

SAME = 0.3
"""Seconds between a written "um" and a heard one that are the same: recognisers' times are off by
0.2 s on average."""
TOGETHER = 0.25
"""Seconds of silence that one hesitation may have inside."""


def heard(
    sound: Sound,
    words: Sequence[Word],
    said: Sequence[Filler],
    *,
    lexicon: Lexicon | None = None,
) -> tuple[Filler, ...]:
    """In the spelling of `lexicon`. Each filled pause of `said` stands for one of the hesitations,
    which is left out. Nothing where words have no times: some could be counted twice."""
    if not have_times(words):
        return ()
    left = _whole(sound.hesitations or ())
    for item in said:
        near = [one for one in left if _is_near(one, item)]
        if item.kind is FillerKind.FILLED_PAUSE and near:
            left.remove(min(near, key=lambda one: abs(one.start - (item.start or 0.0))))
    return tuple(_filler(one, _spelled(one, lexicon)) for one in left)


def have_times(words: Sequence[Word]) -> bool:
    return all(word.start is not None and word.end is not None for word in words)


def _whole(hesitations: Sequence[Hesitation]) -> list[Hesitation]:
    """The vowel and the hum of one "um" may be two; they count once."""
    whole: list[Hesitation] = []
    for one in hesitations:
        if whole and one.start < whole[-1].end + TOGETHER:
            before = whole.pop()
            sure = max(before.confidence, one.confidence)
            one = replace(one, start=before.start, confidence=sure)
        whole.append(one)
    return whole


def _is_near(one: Hesitation, item: Filler) -> bool:
    if item.start is None or item.end is None:
        return False
    return one.start < item.end + SAME and one.end > item.start - SAME


def _spelled(one: Hesitation, lexicon: Lexicon | None) -> str:
    """As the language writes what ends in a hum, or in a vowel."""
    usual = "um" if one.nasal else "uh"
    texts = [rule.text for rule in lexicon.filled_pauses] if lexicon else []
    return next((text for text in texts if text.endswith("m") is one.nasal), usual)


def _filler(one: Hesitation, text: str) -> Filler:
    return Filler(
        text=text,
        kind=FillerKind.FILLED_PAUSE,
        heard_in=HeardIn.SOUND,
        first_word=None,
        last_word=None,
        start=one.start,
        end=one.end,
        confidence=one.confidence,
    )
