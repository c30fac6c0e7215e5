"""The baseline: a point is said where most of its words are, within forty words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rehearse.analysis.keypoints.points import split
from rehearse.model.structure import KeyPoint, KeyPoints
from rehearse.model.take import Word
from rehearse.text import bare

ENOUGH = 0.6
REACH = 40

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


def by_words(words: Sequence[Word], notes: str) -> KeyPoints | None:
    """None where the notes hold no point."""
    points = [point for point in split(notes) if _content(point)]
    if not points:
        return None
    said = [
        (i, _stem(plain))
        for i, word in enumerate(words)
        if (plain := bare(word.text)) and plain not in _EMPTY
    ]
    found = {point: _said_at(_content(point), said) for point in points}
    return KeyPoints(
        tuple(KeyPoint(point, first) for point, first in found.items() if first is not None),
        tuple(KeyPoint(point) for point, first in found.items() if first is None),
    )


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


def _said_at(content: frozenset[str], said: Sequence[tuple[int, str]]) -> int | None:
    """First word of the stretch of `REACH` words that says most of a point; None if too little."""
    found = [place for place in said if place[1] in content]
    best, where = 0, None
    start = 0
    for end, place in enumerate(found):
        while place[0] - found[start][0] >= REACH:
            start += 1
        distinct = len({stem for _, stem in found[start : end + 1]})
        if distinct > best:
            best, where = distinct, found[start][0]
    return where if best and best >= ENOUGH * len(content) else None
