"""Names of principles, compared loosely: people write them from memory.

Amazon's sixteen published leadership principles are the worked example of a competency set; only
their names are here. Names of any other set work the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import TypeVar

PUBLISHED = (
    "Customer Obsession",
    "Ownership",
    "Invent and Simplify",
    "Are Right, A Lot",
    "Learn and Be Curious",
    "Hire and Develop the Best",
    "Insist on the Highest Standards",
    "Think Big",
    "Bias for Action",
    "Frugality",
    "Earn Trust",
    "Dive Deep",
    "Have Backbone; Disagree and Commit",
    "Deliver Results",
    "Strive to be Earth's Best Employer",
    "Success and Scale Bring Broad Responsibility",
)

_SMALL = frozenset({"a", "an", "and", "are", "as", "be", "for", "in", "of", "on", "the", "to"})
_APOSTROPHE = re.compile(r"['’‘`´]")
_WORD = re.compile(r"[^\W_]+")
_SEPARATOR = re.compile(r"[,;|]")
_CLOSE_ENOUGH = 0.8
"""Of the letters: one or two typing errors in a name, not another name."""
T = TypeVar("T")


def key(name: str) -> str:
    """A name without case, marks, blanks and small words: equal for the same principle."""
    return "".join(_words(name))


def canonical(name: str) -> str:
    """The published spelling where it is one of the sixteen, else the name as written."""
    spellings = {key(known): known for known in PUBLISHED}
    return spellings.get(key(name), " ".join(name.split()))


def is_published(name: str) -> bool:
    return canonical(name) in PUBLISHED


def split_names(value: str) -> tuple[str, ...]:
    """Names from "Ownership, Are Right, A Lot"; a known name may hold a comma or a semicolon."""
    published = {key(known) for known in PUBLISHED}
    parts = [part.strip() for part in _SEPARATOR.split(value) if part.strip()]
    names: list[str] = []
    while parts:
        pair = " ".join(parts[:2])
        size = 2 if len(parts) > 1 and key(pair) in published else 1
        names.append(canonical(" ".join(parts[:size])))
        del parts[:size]
    return tuple(dict.fromkeys(names))


def find_names(wanted: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known names that `wanted` means: the same, else holding its words, else misspelt."""
    names = tuple(dict.fromkeys(known))
    words, joined = set(_words(wanted)), key(wanted)
    if not joined:
        return ()
    if same := tuple(name for name in names if key(name) == joined):
        return same
    if holding := tuple(name for name in names if words <= set(_words(name))):
        return holding
    return tuple(spelt_like(joined, names, str))


def spelt_like(wanted: str, among: Sequence[T], name_of: Callable[[T], str]) -> list[T]:
    """Those whose name has the key nearest to the key `wanted`; none where none is near."""
    close = get_close_matches(wanted, [key(name_of(one)) for one in among], 1, _CLOSE_ENOUGH)
    return [one for one in among if key(name_of(one)) in close]


def _words(name: str) -> list[str]:
    found = _WORD.findall(_APOSTROPHE.sub("", name).casefold())
    return [word for word in found if word not in _SMALL]
