"""The points of one's notes, and what each of them needs to have been said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

from rehearse.analysis.keypoints.alike import Spelling, name_key, word_key
from rehearse.analysis.keypoints.figures import Figure
from rehearse.analysis.keypoints.tokens import Piece, pieces
from rehearse.analysis.rules import builtin_table
from rehearse.text import bare_words

_BULLET = re.compile(r"^\s*(?:[-*+•]|\d+[.)])\s+(?:\[[ xX]\]\s+)?")
_HEADING = re.compile(r"^\s*#{1,6}\s|^\s*(?:-{3,}|={3,}|\*{3,})\s*$")
_WRAPPED = re.compile(r"\s|[a-z]")
_MARKS = re.compile(r"[*_`~]+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
OPENS = re.compile(r"[:.!?;–—>(\"“]$")
"""What ends a token behind which a capital says nothing."""
_LONGEST_LABEL = 3
"""Words: "my main lesson: ..."."""
_SOME = 4
"""Notes; fewer with many capitals may just name many things."""
_TITLED = 0.7
"""Of the words: with more capitals than that, a note is a title. Where most of the notes are,
capitals name nothing."""


class Need(Enum):
    FIGURE = "figure"
    NAME = "name"
    WORD = "word"
    NEGATION = "negation"


WEIGHTS = {Need.FIGURE: 1.5, Need.NAME: 1.5, Need.WORD: 1.0, Need.NEGATION: 1.0}
"""A figure or a name says more of a point than any of its other words."""


@dataclass(frozen=True)
class Wanted:
    need: Need
    key: str
    figure: Figure | None = None
    counted: Figure | None = None
    """Of a word: the figure right before it, as in "three users"."""
    counts: bool = False
    """Of a figure: whether a word follows that it counts."""
    opens: bool = False
    """Whether the point begins with it, so that it may be a name for all its capital tells."""

    @property
    def is_essential(self) -> bool:
        return self.need is not Need.WORD


@dataclass(frozen=True)
class Point:
    text: str
    gist: str
    """The text without a label before it: "Result: ..."."""
    wants: tuple[Wanted, ...]


def points(notes: str, spelling: Spelling) -> tuple[Point, ...]:
    """Those that say anything, in their order."""
    texts = {text: unlabelled(text) for text in split(notes)}
    gists = [gist for gist in texts.values() if gist]
    titled = len(gists) >= _SOME and sum(map(_looks_titled, gists)) > len(gists) / 2
    names = {name for gist in gists for name in _names(gist, spelling, titled=titled)}
    found = (Point(text, it, tuple(_wants(it, names, spelling))) for text, it in texts.items())
    return tuple(point for point in found if any(w.need is not Need.NEGATION for w in point.wants))


def split(notes: str) -> tuple[str, ...]:
    """The points of notes, without Markdown marks: a bullet is one, and so is each sentence; a
    heading is none. Wrapped lines are joined."""
    found: list[str] = []
    open_line = False
    for line in notes.splitlines():
        text = _MARKS.sub("", _BULLET.sub("", line)).strip()
        if not text or _HEADING.match(line):
            open_line = False
        elif open_line and _WRAPPED.match(line) and not _BULLET.match(line):
            found[-1] += f" {text}"
        else:
            found.append(text)
            open_line = True
    return tuple(part for point in found for part in _SENTENCE.split(point) if part)


@cache
def _labels() -> frozenset[str]:
    return frozenset(builtin_table("labels.toml")["headings"].split())


def is_label(text: str) -> bool:
    """Whether it names a part of an answer: "Situation", "my main lesson"."""
    words = bare_words(text.split())
    return 0 < len(words) <= _LONGEST_LABEL and words[-1] in _labels()


def unlabelled(text: str) -> str:
    """ "" for a label alone, and for a line that leads in to others: "Key points to hit:"."""
    label, colon, rest = text.partition(":")
    if text.endswith(":"):
        return ""
    return rest.strip() if colon and is_label(label) else text


def _wants(text: str, names: set[str], spelling: Spelling) -> Iterator[Wanted]:
    """Each once; of several negations one."""
    seen: set[tuple[Need, str]] = set()
    found = pieces(text.split())
    for at, piece in enumerate(found):
        before = found[at - 1].figure if at else None
        following = found[at + 1] if at + 1 < len(found) else None
        wanted = _wanted(piece, names, spelling)
        if not wanted or (wanted.need, wanted.key) in seen:
            continue
        seen.add((wanted.need, wanted.key))
        if wanted.need is Need.FIGURE and following:
            counts = not following.figure and not is_empty(following, spelling)
            wanted = replace(wanted, counts=counts)
        elif wanted.need is Need.WORD and before and before.unit is None and before.firm:
            wanted = replace(wanted, counted=before)
        yield replace(wanted, opens=at == 0)


def _wanted(piece: Piece, names: set[str], spelling: Spelling) -> Wanted | None:
    if is_negation(piece, spelling):
        return Wanted(Need.NEGATION, "")
    if piece.figure:
        return Wanted(Need.FIGURE, repr(piece.figure), piece.figure) if piece.figure.firm else None
    if piece.text in names:
        return Wanted(Need.NAME, name_key(piece.text, spelling))
    if is_empty(piece, spelling):
        return None
    return Wanted(Need.WORD, word_key(piece.text, spelling))


def is_empty(piece: Piece, spelling: Spelling) -> bool:
    return len(piece.text) < 2 or piece.text in spelling.empty


def is_negation(piece: Piece, spelling: Spelling) -> bool:
    """ "not", and none at all."""
    return piece.text in spelling.negations or bool(piece.figure and piece.figure.value == 0)


def _looks_titled(text: str) -> bool:
    tokens = text.split()
    return sum(token[:1].isupper() for token in tokens) > _TITLED * len(tokens)


def _names(text: str, spelling: Spelling, *, titled: bool) -> Iterator[str]:
    """Words that their spelling shows to be names or technical terms."""
    tokens = text.split()
    for piece in pieces(tokens):
        token = tokens[piece.first]
        before = tokens[piece.first - 1] if piece.first else ":"
        opens = bool(OPENS.search(before)) or titled
        if (
            piece.figure is None
            and piece.text not in spelling.empty
            and is_name(token, opens=opens)
        ):
            yield piece.text


def is_name(token: str, *, opens: bool) -> bool:
    """By its spelling; `opens` is where a capital says nothing."""
    letters = [letter for letter in token if letter.isalpha()]
    if len(letters) > 1 and any(letter.isupper() for letter in letters[1:]):
        return True  # "AWS", "iOS", "GitHub"
    if letters and any(letter.isdigit() for letter in token):
        return True  # "S3"
    return bool(letters) and letters[0].isupper() and not opens
