"""How alike the candidate's stories and a question are, by what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.questions.bank import Story
from rehearse.stories.lookup import notes_of

if TYPE_CHECKING:
    from rehearse.ports import Meaning, Vectors

OTHERS = 60
"""Other questions that a story is held against; each takes some milliseconds."""


@dataclass(frozen=True)
class Alike:
    beyond: float
    """Likeness to this question beyond the usual one to others: some stories are a little like
    every question."""
    line: str
    """The line of the story that comes nearest; "" where it has none."""


def alike(
    stories: Sequence[Story], question: str, others: Sequence[str], meaning: Meaning
) -> tuple[Alike, ...] | None:
    """One for each story; None where the meaning cannot be told."""
    asked = meaning.vectors([question, *others[:: max(1, len(others) // OTHERS)][:OTHERS]])
    found = []
    for story in stories:
        lines = [line.removeprefix("- ") for line in notes_of(story).splitlines()]
        told = (story.title, f"{story.title}. {' '.join(lines)}", story.question)
        texts = [text for text in told if text]
        vectors = meaning.vectors([*texts, *lines])
        if asked is None or vectors is None:
            return None
        likeness = asked @ vectors.T
        nearest = lines[likeness[0, len(texts) :].argmax()] if lines else ""
        found.append(Alike(_beyond(likeness[:, : len(texts)]), nearest))
    return tuple(found)


def _beyond(likeness: Vectors) -> float:
    """Of the question in the first row, against those in the others."""
    usual = likeness[1:].mean() if len(likeness) > 1 else 0.0
    return float(likeness[0].mean() - usual)
