"""How many syllables a word has when it is said, by its spelling; rules in data/syllables.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rehearse.analysis.rules import builtin_table
from rehearse.text import bare

_VOWELS = re.compile("[aeiouy]+")
_PARTS = re.compile(r"\d+|[^\W\d_]+(?:['’][^\W\d_]+)*")
_LETTERS_ALONE = re.compile("[A-Z]{2,5}s?")
_ONES = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)
"""Of "zero" to "nineteen"."""
_TENS = {70: 3}
_TEN = 2
"""Of "twenty" to "ninety", but for "seventy"."""
_LARGE = ((1_000_000, 2), (1000, 2), (100, 2))
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
"""The comma of "1,200", which is read as one number."""
LONGEST_NUMBER = 9
"""Digits; longer ones are read digit by digit."""


@dataclass(frozen=True)
class Rule:
    name: str
    pattern: re.Pattern[str]
    add: int


@dataclass(frozen=True)
class Syllables:
    rules: tuple[Rule, ...]
    exceptions: dict[str, int]


@cache
def builtin_syllables(language: str) -> Syllables | None:
    """None for all languages but English: spelling tells the syllables of each in another way."""
    if not language.lower().startswith("en"):
        return None
    data = builtin_table("syllables.toml")
    return Syllables(
        tuple(
            Rule(
                rule["name"],
                re.compile(rule["pattern"]),
                rule["add"],
            )
            for rule in data["rule"]
        ),
        {word: rule["syllables"] for rule in data["exceptions"] for word in rule["words"]},
    )


def spoken_syllables(token: str, rules: Syllables) -> int:
    """Of one token as it is read aloud, figures and initials too; 0 for a lone mark."""
    return sum(_of_part(part, rules) for part in _PARTS.findall(_THOUSANDS.sub("", token)))


def _of_part(part: str, rules: Syllables) -> int:
    if part.isdecimal():
        return _of_digits(part)
    if _LETTERS_ALONE.fullmatch(part):
        return sum(3 if letter == "W" else 1 for letter in part.rstrip("s"))
    word = bare(part).removesuffix("'s")
    if word in rules.exceptions:
        return rules.exceptions[word]
    groups = len(_VOWELS.findall(word))
    return max(1, groups + sum(rule.add * len(rule.pattern.findall(word)) for rule in rules.rules))


def _of_digits(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        return sum(_ONES[int(digit)] for digit in digits)
    return _of_number(int(digits))


def _of_number(value: int) -> int:
    """As it is said: "one hundred and five"."""
    if value < len(_ONES):
        return _ONES[value]
    for size, name in _LARGE:
        if value >= size:
            many, rest = divmod(value, size)
            joint = 1 if rest and rest < 100 else 0
            return _of_number(many) + name + (joint + _of_number(rest) if rest else 0)
    tens, ones = value - value % 10, value % 10
    return _TENS.get(tens, _TEN) + (_ONES[ones] if ones else 0)
