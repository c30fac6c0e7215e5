"""Whether an answer is read off the memory: the same words, take after take."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rehearse.model.delivery import Scripted
from rehearse.model.take import Quote, Word
from rehearse.text import bare

RUN = 8
"""Identical words in a row; shorter runs come by themselves when one thing is told twice."""
IN_A_ROW = 3
"""Takes, this one included; twice the same may be chance, or a good sentence kept."""
NEARLY_ALL = 0.6
"""Share of the words. Recognition slips now and then, and each slip cuts a run in two."""
LEAST = 40
"""Words; a shorter answer can hardly be worded otherwise."""


def scripted(
    words: Sequence[Word], earlier: Sequence[Sequence[Word]], *, left_out: Collection[int] = ()
) -> Scripted | None:
    """How much of an answer its last takes have word for word; None where there are fewer than
    two of them, or too few words. `earlier` holds the words of takes, the latest last, without "um"
    and the like, which come and go; `left_out` are their places in `words`."""
    latest = earlier[-(IN_A_ROW - 1) :]
    kept = [i for i, word in enumerate(words) if i not in left_out and bare(word.text)]
    if len(latest) < IN_A_ROW - 1 or len(kept) < LEAST:
        return None
    said = [bare(words[i].text) for i in kept]
    repeated = [set(covered(said, [bare(word.text) for word in one])) for one in latest]
    common = sorted(set.intersection(*repeated))
    longest = _longest(common)
    quoted = [kept[at] for at in longest]
    return Scripted(
        share=len(common) / len(kept),
        takes=IN_A_ROW,
        longest=_quote(words, quoted) if len(quoted) >= RUN else None,
    )


def covered(said: Sequence[str], before: Sequence[str]) -> tuple[int, ...]:
    """Places in `said` that lie in a run of `RUN` or more words which `before` has as well."""
    runs = {tuple(before[at : at + RUN]) for at in range(len(before) - RUN + 1)}
    places: set[int] = set()
    for at in range(len(said) - RUN + 1):
        if tuple(said[at : at + RUN]) in runs:
            places.update(range(at, at + RUN))
    return tuple(sorted(places))


def _longest(places: Sequence[int]) -> list[int]:
    """The longest run of neighbours among places in order."""
    best: list[int] = []
    run: list[int] = []
    for place in places:
        run = [*run, place] if run and place == run[-1] + 1 else [place]
        best = max(best, run, key=len)
    return best


def _quote(words: Sequence[Word], places: Sequence[int]) -> Quote:
    first, last = places[0], places[-1]
    return Quote(" ".join(word.text for word in words[first : last + 1]), first, last)
