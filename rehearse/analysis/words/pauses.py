"""Silent pauses, from voice activity; gaps between a recogniser's words are no pauses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rehearse.analysis.floor import inside
from rehearse.analysis.words.clauses import opens_clause, punctuated, words_after
from rehearse.model.delivery import Pause, Pauses
from rehearse.model.take import Sound, Span, Word

SHORTEST_PAUSE = 0.25
"""Seconds; shorter silences belong to stop consonants (De Jong and Bosker 2013)."""
ROUNDING = 1e-6
"""Seconds, so that a silence of just 0.25 s counts in spite of binary fractions."""


def silences(speech: Sequence[Span]) -> tuple[Span, ...]:
    """What lies between stretches of speech; not before the first nor after the last."""
    gaps = (Span(before.end, after.start) for before, after in pairwise(speech))
    return tuple(gap for gap in gaps if gap.duration >= SHORTEST_PAUSE - ROUNDING)


def pauses(
    sound: Sound,
    words: Sequence[Word] = (),
    *,
    hesitations: frozenset[int] = frozenset(),
    turns: Sequence[Span] = (),
) -> Pauses | None:
    """None for a sound without length. Where the microphone gave nothing, a pause is not known.

    `per_minute` is of the whole sound, `per_spoken_minute` of phonation time; the mean length
    stands apart from both (Tavakoli and Skehan 2005). A pause is in mid-clause where neither a mark
    before it nor a connective behind it tells of a new clause, looking past the filled pauses
    (`hesitations`, indices); without words and their times it is never said to be. Between two
    `turns` of the speaker somebody else speaks, which is no pause.
    """
    if sound.heard <= 0:
        return None
    kept = [i for i in range(len(words)) if i not in hesitations]
    plain = [words[i] for i in kept]
    marks = punctuated(words)
    gaps = [gap for gap in inside(silences(sound.speech), turns) if not _unheard(gap, sound)]
    items = [
        Pause(
            gap.start,
            gap.end,
            mid_clause=place is not None and not _opens(words, kept, place, marks=marks),
        )
        for gap, place in zip(gaps, words_after(plain, gaps), strict=True)
    ]
    lengths = [item.duration for item in items]
    phonation = sum(span.duration for span in sound.speech)
    return Pauses(
        items=tuple(items),
        per_minute=60 * len(items) / sound.heard,
        mean=sum(lengths) / len(lengths) if lengths else 0.0,
        longest=max(lengths, default=0.0),
        per_spoken_minute=60 * len(items) / phonation if phonation else None,
    )


def _unheard(gap: Span, sound: Sound) -> bool:
    """Whether a part of it is not known."""
    return any(span.start < gap.end and gap.start < span.end for span in sound.no_sound)


def _opens(words: Sequence[Word], kept: Sequence[int], place: int, *, marks: bool) -> bool:
    """Whether a clause begins between two kept words, or at a filled pause between them."""
    return any(
        opens_clause(words, index, marks=marks)
        for index in range(kept[place - 1] + 1, kept[place] + 1)
    )
