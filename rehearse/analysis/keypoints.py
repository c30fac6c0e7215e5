"""Which of one's own notes were said: a first cut by the words that carry meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.model import KeyPoint, KeyPoints, Word
from rehearse.text import bare

ENOUGH = 0.6
"""Of a note's distinct content words; one thing is seldom said twice in the same words."""
REACH = 40
"""Words, some fifteen seconds: a point is made in one breath, not across the whole answer."""

_BULLET = re.compile(r"^\s*(?:[-*+•]|\d+[.)])\s+(?:\[[ xX]\]\s+)?")
_HEADING = re.compile(r"^\s*#{1,6}\s|^\s*(?:-{3,}|={3,}|\*{3,})\s*$")
_WRAPPED = re.compile(r"\s|[a-z]")
_MARKS = re.compile(r"[*_`~]+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        "a an the and or but so if then than as at by for from in into of on off over out up "
        "down to with without about after before during until while i me my we us our you your "
        "he him his she her it its they them their this that these those there here who what "
        "which when where how why is am are was were be been being do does did done have has "
        "had having will would can could should may might must not no yes very just also too "
        "all any some each every more most other such only own same s t d ll ve re m um uh like",
    )
)
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "edly", "ed", "es", "ly", "s", "e", "y")


@dataclass(frozen=True)
class _Place:
    index: int
    stem: str


def key_points(words: Sequence[Word], notes: str) -> KeyPoints | None:
    """None where the notes hold no point. A heading is no point; a bullet is one, and so is each
    sentence of other text."""
    points = [point for point in split(notes) if _content(point)]
    if not points:
        return None
    said = [
        _Place(i, _stem(plain))
        for i, word in enumerate(words)
        if (plain := bare(word.text)) and plain not in _EMPTY
    ]
    covered, missed = [], []
    for point in points:
        first = _said_at(_content(point), said)
        if first is None:
            missed.append(KeyPoint(point))
        else:
            covered.append(KeyPoint(point, first_word=first, start=words[first].start))
    return KeyPoints(tuple(covered), tuple(missed))


def split(notes: str) -> tuple[str, ...]:
    """The points of notes, without Markdown marks, in order; wrapped lines are joined."""
    points: list[str] = []
    open_line = False
    for line in notes.splitlines():
        text = _MARKS.sub("", _BULLET.sub("", line)).strip()
        if not text or _HEADING.match(line):
            open_line = False
        elif open_line and _WRAPPED.match(line) and not _BULLET.match(line):
            points[-1] += f" {text}"
        else:
            points.append(text)
            open_line = True
    return tuple(part for point in points for part in _SENTENCE.split(point) if part)


def _content(point: str) -> frozenset[str]:
    plain = (bare(token) for token in re.split(r"[\s/–—]+", point))
    return frozenset(_stem(word) for word in plain if word and word not in _EMPTY)


def _stem(word: str) -> str:
    """Roughly: "tested", "testing" and "tests" are one."""
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def _said_at(content: frozenset[str], said: Sequence[_Place]) -> int | None:
    """First word of the stretch of `REACH` words that says most of a point; None if too little."""
    found = [place for place in said if place.stem in content]
    best, where = 0, None
    start = 0
    for end, place in enumerate(found):
        while place.index - found[start].index >= REACH:
            start += 1
        distinct = len({each.stem for each in found[start : end + 1]})
        if distinct > best:
            best, where = distinct, found[start].index
    return where if best and best >= ENOUGH * len(content) else None
