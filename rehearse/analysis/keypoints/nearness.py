"""How near the clauses of an answer come to each point of the notes, by what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.analysis.words.clauses import clauses

if TYPE_CHECKING:
    from rehearse.model.take import Word
    from rehearse.ports import Meaning, Vectors

NEAR = 0.07
"""Of likeness beyond what is usual between this point and these clauses."""
ALIKE = 0.12
"""How alike a note and a clause of one story are that say different things."""
COUNTED_IN = 4
"""As many pairs of that likeness are counted in, so that short notes and answers are not judged by
a few."""
LEAST = 0.25
"""Of likeness, however unusual."""


@dataclass(frozen=True)
class Nearest:
    clause: range
    near: bool


def nearest(
    points: Sequence[str], acts: Sequence[str], words: Sequence[Word], meaning: Meaning
) -> tuple[Nearest, ...] | None:
    """One for each point; None where the meaning cannot be told. Of a point that names who does
    something, `acts` has what is done, which has to be alike as well."""
    parts = clauses(words)
    said = [" ".join(word.text for word in words[part.start : part.stop]) for part in parts]
    if not points or not said:
        return None
    noted, heard = meaning.vectors([*points, *acts]), meaning.vectors(said)
    if noted is None or heard is None:
        return None
    alike, acted = (noted @ heard.T).reshape(2, len(points), len(said))
    beyond = alike - _usual(alike, axis=1) - _usual(alike, axis=0)
    best = beyond.argmax(axis=1)
    return tuple(
        Nearest(
            parts[at],
            bool(beyond[point, at] >= NEAR and acted[point, at] >= LEAST),
        )
        for point, at in enumerate(best)
    )


def _usual(alike: Vectors, *, axis: int) -> Vectors:
    """Of each pair, the mean likeness of its others in the row or column: some clauses are a little
    like every point, and some points like every clause."""
    others = alike.sum(axis=axis, keepdims=True) - alike
    mean: Vectors = (others + COUNTED_IN * ALIKE) / (alike.shape[axis] - 1 + COUNTED_IN)
    return mean
