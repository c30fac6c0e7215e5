"""When two words are the same, or the same to the ear: what recognition writes is often spelt
otherwise than one's notes. The rules are in data/keypoints.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from rehearse.analysis.tables import builtin_table

LIKE_NAME = 0.8
"""Of the letters of a name, as they sound: one in five may be another ("Pria" for "Priya")."""
LIKE_SKELETON = 0.6
"""Enough where the consonants are the same: "cooper netties" for "Kubernetes"."""
LIKE_WORD = 0.86
"""Of the letters of another word: "reliabl" and "reliabil", but not "contract" and "contractor"."""
LEAST_LETTERS = 6
"""Shorter words are alike by chance: "house" and "horse"."""
LEAST_NAME = 4
LEAST_SKELETON = 4
"""Consonants; with fewer, many words have the same."""

KEPT = 2**16
"""Keys that are not worked out again; a year of takes has fewer words."""

_VOWELS = re.compile(r"[aeiou]")
_TWICE = re.compile(r"(.)\1+")
_VOICELESS = str.maketrans("bdgvzjm", "ptkfsCn")


@dataclass(frozen=True, eq=False)
class Spelling:
    """The rules of data/keypoints.toml. One equals only itself, so that keys can be kept."""

    empty: frozenset[str]
    negations: frozenset[str]
    unreal: frozenset[str]
    endings: tuple[str, ...]
    sounds: tuple[tuple[str, str], ...]
    irregular: Mapping[str, str]
    same: Mapping[str, str]
    """By the key of each word of a group, that of its first word."""
    opposites: tuple[tuple[str, str], ...]


@cache
def builtin_spelling() -> Spelling:
    data = builtin_table("keypoints.toml")
    past = {form: base for base, forms in data["irregular"].items() for form in forms.split()}
    plain = Spelling(
        empty=frozenset(data["empty"].split()),
        negations=frozenset(data["negations"].split()),
        unreal=frozenset(data["unreal"]),
        endings=tuple(sorted(set(data["endings"].split()), key=lambda one: (-len(one), one))),
        sounds=tuple((old, new) for old, new in (rule.split("=") for rule in data["sounds"])),
        irregular=past,
        same={},
        opposites=(),
    )
    groups = [[_key(word, plain) for word in rule["words"].split()] for rule in data["same"]]
    same = {word: group[0] for group in groups for word in group}
    pairs = [[_key(word, plain) for word in rule["words"]] for rule in data["opposite"]]
    opposites = tuple((same.get(one, one), same.get(other, other)) for one, other in pairs)
    return Spelling(**(plain.__dict__ | {"same": same, "opposites": opposites}))


@lru_cache(maxsize=KEPT)
def word_key(word: str, spelling: Spelling) -> str:
    """Equal for "reduced", "reducing" and "cut". `word` is in lower case, letters and digits."""
    key = _key(word, spelling)
    return spelling.same.get(key, key)


def name_key(name: str, spelling: Spelling) -> str:
    """Equal for names that sound alike: "Kafka" and "cafca"."""
    return word_key(name, spelling) if name in spelling.same else sound(name, spelling)


@lru_cache(maxsize=KEPT)
def sound(text: str, spelling: Spelling) -> str:
    for old, new in spelling.sounds:
        text = text.replace(old, new)
    return _TWICE.sub(r"\1", text)


def like_name(key: str, others: Sequence[str]) -> tuple[str, ...]:
    """Those of `others`, all of them keys of names, that may be how recognition wrote a name."""
    if len(key) < LEAST_NAME or any(letter.isdigit() for letter in key):
        return ()
    bones = _skeleton(key)
    close = process.extract_iter(
        key, others, scorer=Levenshtein.normalized_similarity, score_cutoff=LIKE_SKELETON
    )
    return tuple(
        other
        for other, score, _ in close
        if score >= LIKE_NAME or (len(bones) >= LEAST_SKELETON and _skeleton(other) == bones)
    )


def like_word(key: str, others: Sequence[str]) -> tuple[str, ...]:
    """Those of `others`, all of them keys of words, that are spelt nearly the same."""
    if len(key) < LEAST_LETTERS:
        return ()
    close = process.extract_iter(
        key, others, scorer=Levenshtein.normalized_similarity, score_cutoff=LIKE_WORD
    )
    return tuple(other for other, _, _ in close)


def _key(word: str, spelling: Spelling) -> str:
    return sound(_stem(spelling.irregular.get(word, word), spelling), spelling)


def _stem(word: str, spelling: Spelling) -> str:
    """Roughly: "tested", "testing" and "tests" are one. A syllable of two letters is left."""
    if any(letter.isdigit() for letter in word):
        return word
    for ending in spelling.endings:
        left = word.removesuffix(ending)
        if left != word and len(left) >= 2 and _VOWELS.search(left) and len(left) + 4 > len(ending):
            return left
    return word


def _skeleton(key: str) -> str:
    """Consonants, voiced and voiceless as one; whoever hears badly hears the consonants."""
    bones = _VOWELS.sub("", key.replace("w", "")).translate(_VOICELESS)
    return _TWICE.sub(r"\1", bones)
