"""How fast somebody speaks. Filled pauses ("um") are no words here; "like" and the rest are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from rehearse.analysis.words.syllables import Syllables, spoken_syllables
from rehearse.model.delivery import Pace, PacePoint
from rehearse.model.take import Span, Word
from rehearse.text import bare

WINDOW = 20.0
"""Seconds: some fifty words, enough that a rate does not follow single words."""
STEP = 10.0
"""Seconds from one point of the curve to the next."""


def pace(
    words: Sequence[Word],
    *,
    duration: float | None,
    phonation: float | None,
    hesitations: frozenset[int] = frozenset(),
    pauses: int | None = None,
    syllables: Syllables | None = None,
    unheard: Sequence[Span] = (),
) -> Pace:
    """Speech rate = words / the answer's time (`duration`); articulation rate = words / phonation
    time, both in words per minute, the latter also in syllables per second (de Jong and Wempe
    2009). Mean length of run
    = words / (silent pauses + 1), from voice activity and no word's time (Tavakoli and Skehan
    2005). `hesitations`: indices not counted in any of them; `syllables`: the language's rules;
    `unheard`: where there is no sound, and so no point of the curve."""
    counted = [word for i, word in enumerate(words) if i not in hesitations and bare(word.text)]
    return Pace(
        words_per_minute=_rate(len(counted), duration),
        articulation_rate=_rate(len(counted), phonation),
        curve=tuple(one for one in _curve(counted) if not _meets(one, unheard)),
        syllables_per_second=_syllable_rate(counted, phonation, syllables),
        mean_run=len(counted) / (pauses + 1) if counted and pauses is not None else None,
    )


def _meets(point: PacePoint, unheard: Sequence[Span]) -> bool:
    begins, ends = point.start, point.start + WINDOW
    return any(span.start < ends and begins < span.end for span in unheard)


def _syllable_rate(
    words: Sequence[Word], phonation: float | None, rules: Syllables | None
) -> float | None:
    if rules is None or not phonation:
        return None
    return sum(spoken_syllables(word.text, rules) for word in words) / phonation


def _rate(count: int, seconds: float | None) -> float | None:
    return 60 * count / seconds if seconds else None


def _curve(words: Sequence[Word]) -> tuple[PacePoint, ...]:
    """One point per whole window from the first word on; none for an answer shorter than one."""
    timed = [(word.start, word.end) for word in words]
    spans = [(start, end) for start, end in timed if start is not None and end is not None]
    if not spans:
        return ()
    middles = sorted((start + end) / 2 for start, end in spans)
    first, last = spans[0][0], max(end for _, end in spans)
    points = []
    for step in range(int(max(0.0, last - first - WINDOW) // STEP) + 1):
        start = first + step * STEP
        if start + WINDOW > last:
            break
        count = bisect_left(middles, start + WINDOW) - bisect_left(middles, start)
        points.append(PacePoint(start, 60 * count / WINDOW))
    return tuple(points)
