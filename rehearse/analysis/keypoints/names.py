"""Finds names and terms in a candidate's notes, as they are spelt there, for the recogniser."""

from __future__ import annotations

from collections.abc import Iterator

from rehearse.analysis.keypoints.points import OPENS, is_name, split, unlabelled
from rehearse.text import bare, edged

MOST = 20
"""Names, the first ones: the more there are, the more sounds like one of them."""
SHORTEST = 3
"""Letters and digits; a name of two sounds like too much else."""


def names(notes: str) -> tuple[str, ...]:
    """Words with capitals where no sentence begins, with capitals inside, or of letters and digits;
    none that stand in small letters elsewhere."""
    tokens = [edged(token) for token in notes.split()]
    plain = {bare(one) for one in tokens if one.islower() and not is_name(one, opens=True)}
    found = {bare(name): name for name in _spelt(notes) if bare(name) not in plain}
    return tuple(found.values())[:MOST]


def _spelt(notes: str) -> Iterator[str]:
    for text in split(notes):
        before = ":"
        for token in unlabelled(text).split():
            name = edged(token.replace("’", "'")).removesuffix("'s")
            if len(name) >= SHORTEST and is_name(name, opens=bool(OPENS.search(before))):
                yield name
            before = token
