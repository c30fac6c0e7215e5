"""Which candidates for hesitations are ones, seen beside the words.

The sound alone cannot tell "uh" from the vowel of "the"; the words can. A recogniser that leaves
an "um" out lets a neighbour reach over it: each of its words ends where the next begins. So a
hesitation is believed where no word is, or at the beginning of a word too long for its letters.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from statistics import median

from rehearse.model.delivery import Filler, FillerKind, HeardIn
from rehearse.model.take import Hesitation, Sound, Span, Word
from rehearse.text import bare

LEAST_SURE = 0.5
"""Probability from which a hesitation counts."""
SAME = 0.3
"""Seconds between a written "um" and a heard one that are the same: recognisers' times are off by
0.2 s on average."""
TOGETHER = 0.25
"""Seconds of silence that one hesitation may have inside."""
MOSTLY = 0.35
"""Share of a candidate that words may cover while it still lies in a gap."""
STROKES = 2
"""Letters to add to a word's own for its length: "a" takes as long as three letters do."""
SHORTEST_WORD = 1.0
"""Of its usual length: what is left to a word beside a hesitation."""
EARLY = 0.2
"""Seconds after a word's start at which a hesitation that it took in may begin."""
AROUND = 30.0
"""Seconds to each side in which words are looked at; no pause is longer in an answer."""
UNTOLD = 1.0
"""Seconds of speech in a gap that no word tells of: the transcript is not whole there."""


class Place(Enum):
    """Where a candidate lies, and by how much that raises or lowers its odds."""

    GAP = 4.0
    UNHEARD = 1.0
    """A gap outside voice activity: it may be a word that voice activity missed, since words are
    fitted to it."""
    LONG_WORD = 0.6
    NO_WORDS = 0.05
    WORD = 0.0


@dataclass(frozen=True)
class _Timed:
    text: str
    start: float
    end: float

    @property
    def strokes(self) -> int:
        return len(bare(self.text)) + STROKES


def heard(sound: Sound, words: Sequence[Word], said: Sequence[Filler]) -> tuple[Filler, ...]:
    """Hesitations that the words leave out; those that lie at a filled pause of `said` are left
    out too. Nothing where words have no times: what was written could be counted twice."""
    if any(word.start is None or word.end is None for word in words):
        return ()
    written = [item for item in said if item.kind is FillerKind.FILLED_PAUSE]
    hesitant = {item.first_word for item in written}
    others = sorted(
        (
            _Timed(word.text, word.start, word.end)
            for index, word in enumerate(words)
            if index not in hesitant and word.start is not None and word.end is not None
        ),
        key=lambda word: word.start,
    )
    starts = [word.start for word in others]
    pace = median((w.end - w.start) / w.strokes for w in others) if others else 0.0
    found: list[Filler] = []
    for candidate in sound.hesitations:
        if any(_near(candidate, item) for item in written):
            continue
        first = bisect_left(starts, candidate.start - AROUND)
        around = others[first : bisect_left(starts, candidate.end + AROUND)]
        sure = _sure(candidate, _place(candidate, around, sound, pace=pace))
        if sure >= LEAST_SURE:
            _add(_filler(candidate, sure), found)
    return tuple(found)


def _add(item: Filler, found: list[Filler]) -> None:
    """The vowel and the hum of one "um" may be two candidates; they count once."""
    before = found[-1] if found else None
    if before and before.end is not None and (item.start or 0.0) < before.end + TOGETHER:
        found[-1] = replace(
            item, start=before.start, confidence=max(before.confidence, item.confidence)
        )
    else:
        found.append(item)


def _sure(candidate: Hesitation, place: Place) -> float:
    """Its probability by the sound, with the odds of its place (Bayes)."""
    likely = candidate.confidence * place.value
    return likely / (likely + 1 - candidate.confidence) if likely else 0.0


def _near(candidate: Hesitation, item: Filler) -> bool:
    if item.start is None or item.end is None:
        return False
    return candidate.start < item.end + SAME and candidate.end > item.start - SAME


def _place(candidate: Hesitation, words: Sequence[_Timed], sound: Sound, *, pace: float) -> Place:
    if not words or pace <= 0:
        return Place.NO_WORDS
    over = [word for word in words if _common(candidate, word) > 0]
    covered = sum(_common(candidate, word) for word in over)
    if covered <= MOSTLY * candidate.duration and not _goes_on(candidate, over):
        return _gap(candidate, words, sound)
    if all(_has_room(candidate, word, pace) for word in over) and _begins(candidate, over[-1]):
        return Place.LONG_WORD
    return Place.WORD


def _gap(candidate: Hesitation, words: Sequence[_Timed], sound: Sound) -> Place:
    if _untold(candidate, words, sound) > UNTOLD:
        return Place.NO_WORDS
    active = sum(_common(candidate, span) for span in sound.speech)
    return Place.GAP if active >= candidate.duration / 2 else Place.UNHEARD


def _untold(candidate: Hesitation, words: Sequence[_Timed], sound: Sound) -> float:
    """Seconds of speech, but for candidates, between the words before and behind this one."""
    middle = (candidate.start + candidate.end) / 2
    before = max((w.end for w in words if w.start <= middle and w.end <= candidate.end), default=0)
    behind = min((w.start for w in words if w.start >= middle), default=float("inf"))
    gap = Span(before, behind)
    spoken = sum(_common(span, gap) for span in sound.speech)
    return spoken - sum(_common(one, gap) for one in sound.hesitations)


def _has_room(candidate: Hesitation, word: _Timed, pace: float) -> bool:
    """Whether the word can have been said all before or all behind the candidate."""
    longest = max(candidate.start - word.start, word.end - candidate.end)
    return longest >= SHORTEST_WORD * pace * word.strokes


def _goes_on(candidate: Hesitation, over: Sequence[_Timed]) -> bool:
    """Whether it begins inside a word without a silence: the word's own last sound, drawn out."""
    return not candidate.apart and any(word.start < candidate.start < word.end for word in over)


def _begins(candidate: Hesitation, word: _Timed) -> bool:
    """Whether the word took it in at its start, or a silence sets it apart from the word."""
    return candidate.start <= word.start + EARLY or candidate.apart


def _common(one: Hesitation | Span | _Timed, other: Hesitation | Span | _Timed) -> float:
    return max(0.0, min(one.end, other.end) - max(one.start, other.start))


def _filler(candidate: Hesitation, sure: float) -> Filler:
    return Filler(
        text="um" if candidate.nasal else "uh",
        kind=FillerKind.FILLED_PAUSE,
        heard_in=HeardIn.SOUND,
        first_word=None,
        last_word=None,
        start=candidate.start,
        end=candidate.end,
        confidence=sure,
    )
