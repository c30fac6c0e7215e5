"""Groups of words with one meaning for the sections model, which then needs to see only one word of
a group in training. The groups are in data/star_words.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from rehearse.analysis.rules import builtin_table, table

VOWELS = "aeiou"
DOUBLED = "bdgklmnprtv"
"""Consonants that double before an ending: "planned", but "showed" and "fixed"."""
HISSING = ("s", "sh", "ch", "x", "z", "o")
"""Ends of verbs whose third person ends in "es"."""
Groups = Mapping[str, tuple[str, ...]]
"""Word → names of its groups, for verbs with the form: "make:past"."""


@cache
def builtin_groups() -> Groups:
    return _groups(builtin_table("star_words.toml"))


def parse_groups(text: str) -> Groups:
    """Raises ValueError or KeyError for what is no table of groups."""
    return _groups(table(text))


def _groups(data: Mapping[str, Mapping[str, str]]) -> Groups:
    found: dict[str, list[str]] = {}
    for name, verbs in data["verbs"].items():
        for verb in verbs.split():
            for word, form in forms(verb):
                found.setdefault(word, []).append(f"{name}:{form}")
    for name, words in data["words"].items():
        for word in words.split():
            found.setdefault(word, []).append(f"{name}:is")
    return {word: tuple(dict.fromkeys(names)) for word, names in found.items()}


def forms(verb: str) -> Iterator[tuple[str, str]]:
    """Each form with its name; "go/went/gone" gives what the rule would get wrong."""
    plain, *irregular = verb.split("/")
    stem = _stem(plain)
    to_i = f"{plain[:-1]}i" if plain.endswith("y") and plain[-2] not in VOWELS else ""
    yield plain, "plain"
    yield (f"{to_i}es" if to_i else plain + ("es" if plain.endswith(HISSING) else "s")), "plain"
    yield f"{stem}ing", "ing"
    ending = "d" if stem.endswith("e") else "ed"
    for past in irregular or [f"{to_i or stem}{ending}"]:
        yield past, "past"


def _stem(verb: str) -> str:
    """What the endings are put to: "plan" becomes "plann", "make" becomes "mak"."""
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1]
    one_vowel = sum(letter in VOWELS for letter in verb) == 1
    if one_vowel and verb[-1] in DOUBLED and verb[-2] in VOWELS:
        return verb + verb[-1]
    return verb
