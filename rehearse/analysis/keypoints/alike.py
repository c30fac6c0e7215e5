"""When two words are the same, or the same to the ear: what recognition writes is often spelt
otherwise than one's notes. The rules are in data/keypoints.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from rehearse.analysis.rules import builtin_table

LIKE_NAME = 0.85
"""Of the letters of a long name, as they sound: "Kovalski" for "Kowalski"."""
LONG_NAME = 8
"""Letters; of a shorter name one is enough to make it another: "docket" and "Docker"."""
LIKE_SKELETON = {3: 0.75, 4: 0.66, 5: 0.6}
"""Of the letters, by how many consonants are the same, as all of them must be: "cooper netties"
for "Kubernetes"."""
LIKE_STEM = 0.75
"""Of the letters: a name may be said without its end, "Postgres" for "PostgreSQL"."""
LIKE_WORD = 0.86
"""Of the letters of another word: "reliabl" and "reliabil", but not "contract" and "contractor"."""
LEAST_LETTERS = 6
"""Shorter words are alike by chance: "house" and "horse"."""
SHORTEST = 2
"""Letters that an ending leaves: "us" of "using"."""
SHORTEST_AGAIN = 3
"""Letters that a further ending leaves: "tim" of "timely"."""
LEAST_BEFORE = {"at": 5, "is": 4, "ic": 4, "ment": 3, "ion": 3}
"""Letters before endings that may belong to the word: "format", "this", "topic", "cement"."""
LEAST_NAME = 4
LEAST_LIKE = min(LIKE_SKELETON.values())
KEPT = 2**16
"""Keys that are not worked out again; a year of takes has fewer words."""

_VOWELS = re.compile(r"[aeiou]")
_SYLLABLE = re.compile(r"[aeiou]+")
_TWICE = re.compile(r"(.)\1+")
_VOICELESS = str.maketrans("bdgvj", "ptkfC")


@dataclass(frozen=True, eq=False)
class Spelling:
    """The rules of data/keypoints.toml. One equals only itself, so that keys can be kept."""

    empty: frozenset[str]
    alone: frozenset[str]
    """Words that are no part of another."""
    negations: frozenset[str]
    unreal: frozenset[str]
    endings: tuple[str, ...]
    sounds: tuple[tuple[str, str], ...]
    irregular: Mapping[str, str]
    same: Mapping[str, str]
    """By the key of each word of a group, that of its first word."""
    first: Mapping[str, str]
    """By each word of a group, as it is written, its first word."""
    opposites: tuple[tuple[str, str], ...]
    people: frozenset[str] = frozenset()
    """Keys of words for those who do something."""


@cache
def builtin_spelling() -> Spelling:
    data = builtin_table("keypoints.toml")
    past = {form: base for base, forms in data["irregular"].items() for form in forms.split()}
    plain = Spelling(
        empty=frozenset(data["empty"].split()),
        alone=frozenset(data["alone"].split()),
        negations=frozenset(data["negations"].split()),
        unreal=frozenset(data["unreal"]),
        endings=tuple(sorted(set(data["endings"].split()), key=lambda one: (-len(one), one))),
        sounds=tuple((old, new) for old, new in (rule.split("=") for rule in data["sounds"])),
        irregular=past,
        same={},
        first={},
        opposites=(),
    )
    groups = [rule["words"].split() for rule in data["same"]]
    same = {_key(word, plain): _key(group[0], plain) for group in groups for word in group}
    people = [_key(word, plain) for word in data["people"].split()]
    pairs = [[_key(word, plain) for word in rule["words"]] for rule in data["opposite"]]
    return replace(
        plain,
        same=same,
        first={word: group[0] for group in groups for word in group},
        opposites=tuple((same.get(one, one), same.get(other, other)) for one, other in pairs),
        people=frozenset(same.get(key, key) for key in people),
    )


@lru_cache(maxsize=KEPT)
def word_key(word: str, spelling: Spelling) -> str:
    """Equal for "reduced", "reducing" and "cut". `word` is in lower case, letters and digits."""
    key = _key(word, spelling)
    return spelling.same.get(key, key)


def name_key(name: str, spelling: Spelling) -> str:
    """Equal for names that sound alike, "Kafka" and "cafca", and for those of one meaning."""
    return sound(spelling.first.get(name, name), spelling)


@lru_cache(maxsize=KEPT)
def sound(text: str, spelling: Spelling) -> str:
    for old, new in spelling.sounds:
        text = text.replace(old, new)
    return _TWICE.sub(r"\1", text)


def like_name(key: str, others: Sequence[str]) -> tuple[str, ...]:
    """Those of `others`, all of them keys of names, that may be how recognition wrote a name."""
    if len(key) < LEAST_NAME or any(letter.isdigit() for letter in key):
        return ()
    close = process.extract_iter(
        key, others, scorer=Levenshtein.normalized_similarity, score_cutoff=LEAST_LIKE
    )
    return tuple(other for other, likeness, _ in close if _may_be(key, other, likeness))


def _may_be(key: str, other: str, likeness: float) -> bool:
    """Whether `other` begins like a name, has its consonants and as many syllables, and the more
    of its letters, the fewer consonants there are; or whether nearly all of its letters are the
    same."""
    if key[0] != other[0]:
        return False
    if len(key) >= LONG_NAME and likeness >= LIKE_NAME:
        return True
    shorter, longer = sorted((key, other), key=len)
    if len(shorter) >= LEAST_LETTERS and longer.startswith(shorter) and likeness >= LIKE_STEM:
        return True
    bones = _skeleton(key)
    enough = LIKE_SKELETON.get(min(len(bones), max(LIKE_SKELETON)))
    alike = enough is not None and likeness >= enough and _skeleton(other) == bones
    return alike and len(_SYLLABLE.findall(key)) == len(_SYLLABLE.findall(other))


def like_word(key: str, others: Sequence[str]) -> tuple[str, ...]:
    """Those of `others`, all of them keys of words, that are spelt nearly the same."""
    if len(key) < LEAST_LETTERS:
        return ()
    close = process.extract_iter(
        key, others, scorer=Levenshtein.normalized_similarity, score_cutoff=LIKE_WORD
    )
    return tuple(other for other, _, _ in close)


def _key(word: str, spelling: Spelling) -> str:
    known = spelling.irregular.get(word, word).replace("z", "s")  # "organize" and "organise"
    return sound(_stem(known, spelling), spelling)


def _stem(word: str, spelling: Spelling) -> str:
    """Roughly: "tested", "testing" and "tests" are one, and so are "document" and
    "documentation"."""
    least = SHORTEST
    while not any(letter.isdigit() for letter in word):
        left = _without_ending(word, spelling, least)
        if left == word:
            break
        word, least = left, SHORTEST_AGAIN
    return word


def _without_ending(word: str, spelling: Spelling, least: int) -> str:
    for ending in spelling.endings:
        left = word.removesuffix(ending)
        room = max(least, LEAST_BEFORE.get(ending, 0))
        if left != word and len(left) >= room and _VOWELS.search(left):
            return left
    return word


def _skeleton(key: str) -> str:
    """Consonants, voiced and voiceless as one; whoever hears badly hears the consonants."""
    bones = _VOWELS.sub("", key.replace("w", "")).translate(_VOICELESS)
    return _TWICE.sub(r"\1", bones)
