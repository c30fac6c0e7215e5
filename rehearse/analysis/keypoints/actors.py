"""Who does something in a note: "my manager called them" is not said by "I called them". The
people are in data/keypoints.toml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.analysis.keypoints.alike import Spelling, word_key
from rehearse.text import bare, ends_clause

FIRST = frozenset(["i", "i'm", "i'd", "i've", "i'll", "we", "we're", "we'd", "we've", "we'll"])
FARTHEST = 5
"""Words of a note that may stand before its verb."""
BEFORE = 4
"""Words before a verb, or before a clause, in which who does it is named."""
LEAST_LETTERS = 5
"""Of a past form that ends in "ed"."""
_IS = frozenset({"is", "was", "are", "were"})


@dataclass(frozen=True)
class Actor:
    person: str
    """The key of the word that names who does it."""
    verb: str
    """The key of what is done."""
    act: str
    """The note from the verb on."""


def actor(note: str, spelling: Spelling) -> Actor | None:
    """None where a note names nobody who does something, as most do."""
    tokens = note.split()
    for at, token in enumerate(tokens[: FARTHEST + 1]):
        if at and ends_clause(tokens[at - 1]):
            return None
        word = bare(token)
        if at and is_past(word, spelling):
            person = word_key(bare(tokens[at - 1]), spelling)
            if person not in spelling.people:
                return None
            return Actor(person, word_key(word, spelling), " ".join(tokens[at:]))
    return None


def is_past(word: str, spelling: Spelling) -> bool:
    ends = word.endswith("ed") and len(word) >= LEAST_LETTERS
    return ends or word in _IS or spelling.irregular.get(word, word) != word


def mine(who: Actor, said: Sequence[str], spelling: Spelling) -> bool:
    """Whether the verb is said of "I" and not of `who`. `said` are the words of the answer,
    bare."""
    keys = [word_key(word, spelling) for word in said]
    doers = {_doer(at, who, said, keys) for at, key in enumerate(keys) if key == who.verb}
    return True in doers and False not in doers


def _doer(verb: int, who: Actor, said: Sequence[str], keys: Sequence[str]) -> bool | None:
    """True for "I", False for `who`, None for another."""
    for at in reversed(range(max(0, verb - BEFORE), verb)):
        if said[at] in FIRST or keys[at] == who.person:
            return said[at] in FIRST
    return None


def someone_else(who: Actor, said: Sequence[str], stretch: range, spelling: Spelling) -> bool:
    """Whether the stretch tells it of another than `who`."""
    if mine(who, said, spelling):
        return True
    keys = [word_key(word, spelling) for word in said]
    near = range(max(0, stretch.start - BEFORE), stretch.stop)
    if any(keys[at] == who.person for at in near):
        return False
    return who.person not in keys or any(said[at] in FIRST for at in near)
