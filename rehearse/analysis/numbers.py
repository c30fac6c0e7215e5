"""Figures said, in digits or words, with what they measure; the words are in data/numbers.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rehearse.analysis.tables import builtin_table
from rehearse.model import Said, Word
from rehearse.text import bare, ends_clause

_DIGITS = re.compile(r"[$€£]?\d+(?:[.,]\d+)*(?:%|x|k|m|bn|ms|s|h)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_EDGE = re.compile(r"^[^\w$€£]+|[^\w%$€£]+$")


@dataclass(frozen=True)
class Numerals:
    words: frozenset[str]
    magnitudes: frozenset[str]
    whole: frozenset[str]
    units: frozenset[str]
    after_one: frozenset[str]
    parts: frozenset[str]
    before_parts: frozenset[str]
    after_parts: frozenset[str]
    labels: frozenset[str]
    months: frozenset[str]


@cache
def builtin_numerals() -> Numerals:
    data = builtin_table("numbers.toml")
    return Numerals(**{name: frozenset(data[name]) for name in Numerals.__annotations__})


def numbers(words: Sequence[Word], run: range, numerals: Numerals) -> tuple[Said, ...]:
    """The longest figures among `words[run]`, in order; years, dates, labels and ordinals are
    none."""
    plain = {i: bare(words[i].text) for i in run}
    found = []
    i = run.start
    while i < run.stop:
        stop = _number(words, plain, i, numerals)
        if stop > i:
            text = " ".join(words[k].text for k in range(i, stop))
            found.append(Said(_EDGE.sub("", text), i, stop - 1))
        i = max(stop, i + 1)
    return tuple(found)


def _number(words: Sequence[Word], plain: dict[int, str], i: int, numerals: Numerals) -> int:
    """Index behind the figure that begins at `i`; `i` where none does."""
    if plain[i] in numerals.whole:
        return i + 1
    if _part(plain, i, numerals):
        return i + 1
    stop = i
    while stop in plain and _joins(words, plain, i, stop, numerals):
        stop += 1
    if stop == i or _names(plain, i, stop, numerals):
        return i
    while not ends_clause(words[stop - 1].text) and _unit(plain, stop, numerals):
        stop += 2 if plain[stop] == "per" else 1
    return stop


def _unit(plain: dict[int, str], at: int, numerals: Numerals) -> bool:
    said = plain.get(at, "")
    return said in numerals.units or (said == "per" and plain.get(at + 1) == "cent")


def _joins(
    words: Sequence[Word], plain: dict[int, str], first: int, at: int, numerals: Numerals
) -> bool:
    """Whether word `at` continues the figure that began at `first`."""
    if at > first and ends_clause(words[at - 1].text):
        return False
    if plain[at] == "one":
        return plain.get(at + 1, "") in numerals.after_one or at > first
    if at > first and plain[at] in ("and", "point"):
        following = plain.get(at + 1, "")
        joins = plain[at] == "point" or plain[at - 1] in numerals.magnitudes
        return joins and (following in numerals.words or following == "one")
    return _numeral(words[at].text, plain[at], numerals)


def _numeral(token: str, plain: str, numerals: Numerals) -> bool:
    if plain in numerals.words or plain in numerals.magnitudes:
        return True
    if "-" in plain:  # "twenty-five"
        return all(part in numerals.words or part == "one" for part in plain.split("-"))
    return _DIGITS.fullmatch(_EDGE.sub("", token).lower()) is not None


def _names(plain: dict[int, str], first: int, stop: int, numerals: Numerals) -> bool:
    """ "2019", "version 2", "3 May", "the two of us": numbers that are no figures."""
    before, after = plain.get(first - 1, ""), plain.get(stop, "")
    following = f"{after} {plain.get(stop + 1, '')}"
    lone = stop - first == 1
    year = lone and _YEAR.fullmatch(plain[first]) and after not in numerals.units
    dated = lone and plain[first].isdigit() and {before, after} & numerals.months
    return bool(
        year or dated or before in numerals.labels or following in ("of us", "of them", "of you")
    )


def _part(plain: dict[int, str], i: int, numerals: Numerals) -> bool:
    if plain[i] not in numerals.parts:
        return False
    before = plain.get(i - 1, "")
    lead = (
        before in numerals.before_parts
        or f"{plain.get(i - 2, '')} {before}" in numerals.before_parts
    )
    firmly = before in ("by", "in") or plain.get(i - 2, "") in ("by", "to")
    return lead and (firmly or plain.get(i + 1, "") in numerals.after_parts)
