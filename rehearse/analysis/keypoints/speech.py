"""What was said, to look up points of notes in it: by names, figures and words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rehearse.analysis.keypoints.actors import actor, mine, someone_else
from rehearse.analysis.keypoints.alike import (
    Spelling,
    like_name,
    like_word,
    name_key,
    word_key,
)
from rehearse.analysis.keypoints.figures import same_figure
from rehearse.analysis.keypoints.points import WEIGHTS, Need, Point, Wanted, is_negation
from rehearse.analysis.keypoints.tokens import Piece, pieces
from rehearse.model.take import Word
from rehearse.text import bare, ends_clause, ends_sentence

ENOUGH = 0.72
"""Of what a point needs; one thing is seldom said twice in the same words."""
REACH = 4
"""Words: a point is made in one breath, not across the whole answer."""
REACH_EACH = 4
"""Words more for each thing that a point needs."""
MANY = 3
"""Essentials; of so many one may be missing, for recognition fails on names."""
LONGEST_SPELT = 5
"""Pieces that make one name, as when letters are said: "g d p r"."""
LETTER = 2
"""Letters at most of a piece that may be a letter or two of a name: "i o s", "k 8 s"."""
LONGEST_SPLIT = 3
"""Pieces that make one word or name otherwise: "dash board", "cooper netties"."""
COUNTS = 2
"""Words from a figure to what it counts: "three slow dishes"."""
NEARBY = 12
"""Words around a clause in which a figure belongs to it."""
LEAST_NAME = 4
STEM = 3
"""Letters of a name that its other forms begin with."""
NEGATED = 3
"""Pieces behind a "not" that it takes back."""

_Hit = tuple[int, int, int]
"""First word, last word, and which thing that a point needs."""


class _Place(NamedTuple):
    first: int
    last: int
    negated: bool


class Speech:
    """What was said, by the keys of its words and of names that its pieces may spell."""

    def __init__(self, words: Sequence[Word], spelling: Spelling) -> None:
        self._spelling = spelling
        self._tokens = [word.text for word in words]
        self._bare = [bare(token) for token in self._tokens]
        self._said = pieces(self._tokens)
        self._negated = _negated(self._said, words, spelling)
        self._ends = [ends_sentence(words[piece.last].text) for piece in self._said]
        self._figures = [piece for piece in self._said if piece.figure]
        self._nots = [
            _Place(piece.first, piece.last, False)
            for piece in self._said
            if is_negation(piece, spelling)
        ]
        self._words: defaultdict[str, list[_Place]] = defaultdict(list)
        self._names: defaultdict[str, list[_Place]] = defaultdict(list)
        for at in range(len(self._said)):
            self._enter(at)
        self._word_keys, self._name_keys = tuple(self._words), tuple(self._names)

    def _enter(self, at: int) -> None:
        """Every word and every name that begins at piece `at`."""
        text, letters, alone = "", True, False
        for count, piece in enumerate(self._said[at : at + LONGEST_SPELT], start=1):
            text += piece.text
            letters = letters and len(piece.text) <= LETTER
            if count > 1 and not letters and self._ends[at + count - 2]:
                return  # what two sentences make together is no word
            place = _Place(self._said[at].first, piece.last, self._negated[at])
            if count > LONGEST_SPLIT and not letters:
                return
            alone = alone or piece.text in self._spelling.alone
            if count == 1 or (count <= LONGEST_SPLIT and not alone):
                self._words[word_key(text, self._spelling)].append(place)
            self._names[name_key(text, self._spelling)].append(place)

    def says(self, point: Point) -> int | None:
        """First word of the stretch that says a point best; None where none says enough."""
        negates = any(wanted.need is Need.NEGATION for wanted in point.wants)
        places = [tuple(self._places(wanted)) for wanted in point.wants]
        weights = [_weight(wanted, said) for wanted, said in zip(point.wants, places, strict=True)]
        hits = sorted(
            (place.first, place.last, which)
            for which, wanted in enumerate(point.wants)
            for place in places[which]
            if negates or wanted.need is not Need.WORD or not place.negated
        )
        reach = REACH + REACH_EACH * len(point.wants)
        best: tuple[float, int, int] | None = None
        for start, (first, _, _) in enumerate(hits):
            stretch = [hit for hit in hits[start:] if hit[0] - first < reach]
            found = self._best(stretch, point, weights)
            if found and (best is None or found[:2] > best[:2]):
                best = found
        return best[2] if best else None

    def _best(
        self, stretch: Sequence[_Hit], point: Point, weights: Sequence[float]
    ) -> tuple[float, int, int] | None:
        """How much is said from the first hit on, less its length, and the first word."""
        reached: set[int] = set()
        first, last = stretch[0][0], stretch[0][1]
        for _, end, which in stretch:
            if which not in reached:
                reached.add(which)
                last = max(last, end)
        if not _enough(reached, point.wants, weights) or self._contrary(first, last, point):
            return None
        return sum(weights[which] for which in reached), first - last, first

    def _places(self, wanted: Wanted) -> Sequence[_Place]:
        if wanted.need is Need.NAME:
            return self._named(wanted.key)
        if wanted.need is Need.WORD:
            found = self._worded(wanted.key) or (self._named(wanted.key) if wanted.opens else [])
            return [place for place in found if not self._counted_otherwise(place, wanted)]
        if wanted.need is Need.NEGATION:
            return self._nots
        return [_Place(p.first, p.last, False) for p in self._figures if _is_figure(p, wanted)]

    def done_by_me(self, point: Point) -> bool:
        """Whether "I" did what the point says of another person."""
        who = actor(point.gist, self._spelling)
        return who is not None and mine(who, self._bare, self._spelling)

    def denies(self, point: Point, clause: range) -> bool:
        """Whether the point cannot be meant by a clause, however alike: a name of it was never
        said, the clause says the contrary, or somebody else does it."""
        if any(w.need is Need.NAME and not self._mentions(w.key) for w in point.wants):
            return True
        who = actor(point.gist, self._spelling)
        if who and someone_else(who, self._bare, clause, self._spelling):
            return True
        return self._contrary(clause.start, clause.stop - 1, point)

    def _mentions(self, name: str) -> bool:
        """Also by its beginning: "Denmark" for "Danish". Abbreviations are often said in full."""
        if len(name) < LEAST_NAME or self._named(name):
            return True
        return any(key.startswith(name[:STEM]) for key in self._name_keys)

    def lacks_figure(self, point: Point, clause: range) -> bool:
        """Whether the clause and what is near it have not all figures of a point."""
        near = self._figures_near(clause)
        return any(
            not any(same_figure(figure, piece.figure) for piece in near if piece.figure)
            for wanted in point.wants
            if (figure := wanted.figure or wanted.counted)
        )

    def other_figure(self, point: Point, clause: range) -> tuple[str, str] | None:
        """A figure of the note, and the one that was said in its place; None where none was."""
        tokens = point.gist.split()
        noted = [p for p in pieces(tokens) if p.figure and p.figure.firm]
        said = [p for p in self._figures_near(clause) if p.figure and p.figure.firm]
        for figure in noted:
            if any(_same(figure, theirs) for theirs in said):
                continue
            counts = self._counted(tokens, figure)
            for theirs in said:
                alike = _same_kind(figure, theirs, counts, self._counted(self._tokens, theirs))
                if alike and not any(_same(other, theirs) for other in noted):
                    return _text(tokens, figure), _text(self._tokens, theirs)
        return None

    def _figures_near(self, clause: range) -> list[Piece]:
        """The nearest first."""
        middle = (clause.start + clause.stop) / 2
        near = range(clause.start - NEARBY, clause.stop + NEARBY)
        found = [piece for piece in self._figures if piece.first in near]
        return sorted(found, key=lambda piece: abs(piece.first - middle))

    def _counted(self, tokens: Sequence[str], figure: Piece) -> str | None:
        """The key of the word behind a figure."""
        behind = tokens[figure.last + 1 : figure.last + 2]
        return word_key(bare(behind[0]), self._spelling) if behind else None

    def _named(self, key: str) -> Sequence[_Place]:
        """Where a name is, else where something is that sounds like it."""
        others = [key] if key in self._names else like_name(key, self._name_keys)
        return [place for other in others for place in self._names[other]]

    def _worded(self, key: str) -> Sequence[_Place]:
        others = [key] if key in self._words else like_word(key, self._word_keys)
        return [place for other in others for place in self._words[other]]

    def _counted_otherwise(self, place: _Place, wanted: Wanted) -> bool:
        """Whether another figure stands before the word than in the note: "five users"."""
        if wanted.counted is None:
            return False
        near = [
            piece.figure
            for piece in self._figures
            if piece.figure and piece.figure.firm and 0 < place.first - piece.last <= COUNTS
        ]
        return bool(near) and not any(same_figure(wanted.counted, figure) for figure in near)

    def _contrary(self, first: int, last: int, point: Point) -> bool:
        """Whether the stretch says "up" where the point says "down"."""
        wanted = {each.key for each in point.wants if each.need is Need.WORD}
        return any(
            mine in wanted
            and _within(self._words.get(theirs, ()), first, last)
            and not _within(self._words.get(mine, ()), first, last)
            for pair in self._spelling.opposites
            for mine, theirs in (pair, pair[::-1])
        )


def _same(noted: Piece, said: Piece) -> bool:
    return bool(noted.figure and said.figure and same_figure(noted.figure, said.figure))


def _same_kind(noted: Piece, said: Piece, counts: str | None, counted: str | None) -> bool:
    """Whether two figures are of one thing: in one unit, or before the same word."""
    if not noted.figure or not said.figure or noted.figure.unit != said.figure.unit:
        return False
    return noted.figure.unit is not None or (counts is not None and counts == counted)


def _text(tokens: Sequence[str], figure: Piece) -> str:
    return " ".join(tokens[figure.first : figure.last + 1]).strip(".,;:!?()\"'")


def _is_figure(piece: Piece, wanted: Wanted) -> bool:
    """ "Three" days are not the "three users" of a note."""
    if not piece.figure or not wanted.figure or not same_figure(wanted.figure, piece.figure):
        return False
    return not (wanted.counts and not wanted.figure.unit and piece.figure.is_time)


def _within(places: Iterable[_Place], first: int, last: int) -> bool:
    return any(first - 2 <= place.first and place.last <= last + 2 for place in places)


def _weight(wanted: Wanted, places: Sequence[_Place]) -> float:
    """Words that come again and again tell little of where they are."""
    weight = WEIGHTS[wanted.need]
    return weight if wanted.need is not Need.WORD else weight * 2 / (1 + max(1, len(places)))


def _enough(reached: set[int], wants: Sequence[Wanted], weights: Sequence[float]) -> bool:
    essential = {which for which, wanted in enumerate(wants) if wanted.is_essential}
    missing = essential - reached
    if len(missing) > (1 if len(essential) > MANY else 0):
        return False
    others = set(range(len(wants))) - essential
    if others and not others & reached:
        return False
    return sum(weights[which] for which in reached) >= ENOUGH * sum(weights)


def _negated(said: Sequence[Piece], words: Sequence[Word], spelling: Spelling) -> list[bool]:
    """Of each piece, whether a "not" or a "would have" before it takes it back."""
    found = []
    left = 0
    for at, piece in enumerate(said):
        found.append(left > 0)
        pair = f"{said[at - 1].text} {piece.text}" if at else ""
        if is_negation(piece, spelling) or pair in spelling.unreal:
            left = NEGATED
        elif ends_clause(words[piece.last].text):
            left = 0
        else:
            left = max(0, left - 1)
    return found
