"""Which story serves which principle, and which fits a question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from rehearse.analysis.keypoints.alike import builtin_spelling, word_key
from rehearse.analysis.keypoints.points import is_empty
from rehearse.analysis.keypoints.tokens import pieces
from rehearse.model.take import Question
from rehearse.questions.bank import Story
from rehearse.questions.principles import key
from rehearse.stories.alike import Alike, alike
from rehearse.stories.lookup import notes_of, same
from rehearse.stories.tellings import Record

if TYPE_CHECKING:
    from rehearse.ports import Meaning

PRINCIPLE = 3.0
"""A principle in common weighs as much as three words."""
TIED = 100.0
"""The story was written for this very question."""
TOLD = 1.0
"""Of stories that fit alike, the one that went better comes first."""
LIKE_QUESTION = 85.0
"""Of 100, by words in any order: the same question in a slightly other wording."""
SOME_WORDS = 2
"""One word in common is chance."""
MOST_WORDS = 6
"""Words in common beyond these make no better fit."""
ALIKE = 20.0
"""A likeness in meaning of 0.15 weighs as much as a principle."""
LEAST = 0.03
"""Of likeness beyond that to other questions; with less the story is about something else."""
CLOSE = 1.5
"""Of the score: so near to the first, another story may be as good an answer."""

_ASKING = "tell describe give example time situation share walk question story"
"""Words in which questions are put, which say nothing of the story that is asked for."""


@dataclass(frozen=True)
class Serving:
    """A principle, and the stories that serve it, by their places in the list of all."""

    principle: str
    stories: tuple[int, ...]


@dataclass(frozen=True)
class Fit:
    record: Record
    tied: bool
    principles: tuple[str, ...]
    """In common with the question."""
    words: tuple[str, ...]
    """Of the question that the story has as well."""
    alike: Alike | None = None
    """By meaning, where it can be told."""

    @property
    def score(self) -> float:
        best = self.record.best
        told = TOLD * best.share if best else 0.0
        near = ALIKE * self.alike.beyond if self.alike else min(MOST_WORDS, len(self.words))
        return TIED * self.tied + PRINCIPLE * len(self.principles) + near + told

    @property
    def fits(self) -> bool:
        if self.tied or self.principles:
            return True
        return self.alike.beyond >= LEAST if self.alike else len(self.words) >= SOME_WORDS


def serving(stories: Sequence[Story], principles: Iterable[str]) -> tuple[Serving, ...]:
    """Every principle in the order given, then those that only stories name."""
    names: dict[str, str] = {}
    for name in [*principles, *(name for story in stories for name in story.principles)]:
        names.setdefault(key(name), name)
    served = [{key(name) for name in story.principles} for story in stories]
    return tuple(
        Serving(name, tuple(place for place, keys in enumerate(served) if one in keys))
        for one, name in names.items()
    )


def fitting(
    records: Sequence[Record],
    text: str,
    known: Sequence[Question],
    principles: Iterable[str],
    meaning: Meaning | None = None,
) -> tuple[Fit, ...]:
    """The stories that fit a question, best first; those that have nothing in common are left out.

    The question is looked for among the known ones, for the principles that it asks about."""
    wanted = asked_about(text, known, principles)
    stories = [record.story for record in records]
    near = alike(stories, text, [one.text for one in known], meaning) if meaning else None
    fits = [_fit(record, text, wanted) for record in records]
    if near:
        fits = [replace(fit, alike=one) for fit, one in zip(fits, near, strict=True)]
    return tuple(sorted((fit for fit in fits if fit.fits), key=lambda fit: -fit.score))


def best(fits: Sequence[Fit]) -> tuple[Fit, ...]:
    """The first; the first two where only their meaning tells them apart, and hardly."""
    first, *rest = fits[:2] or (None,)
    close = [
        fit
        for fit in rest
        if first and fit.alike and first.score - fit.score <= CLOSE
        if (first.tied, first.principles) == (fit.tied, fit.principles)
    ]
    return (first, *close) if first else ()


def asked_about(text: str, known: Sequence[Question], principles: Iterable[str]) -> tuple[str, ...]:
    """Principles that the wording names, and those of the known question most like it."""
    named = [name for name in principles if key(name) and key(name) in key(text)]
    near = max(known, key=lambda one: _likeness(one.text, text), default=None)
    like = near is not None and _likeness(near.text, text) >= LIKE_QUESTION
    return tuple(dict.fromkeys([*named, *(near.principles if near and like else ())]))


def _likeness(one: str, other: str) -> float:
    return float(fuzz.token_sort_ratio(one.lower(), other.lower()))


def _fit(record: Record, text: str, wanted: Sequence[str]) -> Fit:
    story = record.story
    own = {key(name) for name in story.principles}
    has = set(_words(f"{story.title} {story.question or ''} {notes_of(story)}"))
    asking = set(_words(_ASKING))
    asked = _words(text)
    return Fit(
        record=record,
        tied=story.question is not None and same(story.question, text),
        principles=tuple(name for name in wanted if key(name) in own),
        words=tuple(word for one, word in asked.items() if one in has and one not in asking),
    )


def _words(text: str) -> dict[str, str]:
    """Words that carry meaning, as they are written, by what they are compared by."""
    spelling = builtin_spelling()
    return {
        word_key(piece.text, spelling): piece.text
        for piece in pieces(text.split())
        if not piece.figure and not is_empty(piece, spelling)
    }
