"""What figures are worth, in digits or words: "forty two thousand" and "42k" are one."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rehearse.analysis.tables import builtin_table

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
_TEENS = "fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: n for n, word in enumerate((_ONES + _TEENS).split())} | {
    word: 10 * n for n, word in enumerate(_TENS.split(), 2)
}
_LARGE = {"thousand": 10**3, "k": 10**3, "million": 10**6, "billion": 10**9}
_ATTACHED = {"k": 10**3, "K": 10**3, "M": 10**6, "m": 10**6, "bn": 10**9, "B": 10**9}
_MULTIPLES = {
    "doubled": 2, "double": 2, "twice": 2, "tripled": 3, "triple": 3, "quadrupled": 4,
    "twofold": 2, "threefold": 3, "fivefold": 5, "tenfold": 10,
}  # fmt: skip
_PARTS = {("one", "third"): 33, ("a", "third"): 33, ("two", "thirds"): 67, ("a", "quarter"): 25}
_PARTS |= {("one", "quarter"): 25, ("three", "quarters"): 75}
_LEADS = {("a",): 1.0, ("half", "a"): 0.5}
_AFTER_LEAD = ("hundred", "dozen", "thousand", "million", "billion")
_DURATIONS = frozenset({"hour", "day", "week", "month", "year", "minute", "second"})

_NUMBER = re.compile(r"([$€£]?)(\d+(?:[.,]\d+)*)(%|[^\W\d_]*)")
_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+")


@dataclass(frozen=True)
class Figure:
    value: float
    unit: str | None = None
    """A name of `units` in data/keypoints.toml."""
    firm: bool = True
    """False for what may be no figure: the "one" of "one of them", the "a" of "a week"."""

    @property
    def is_time(self) -> bool:
        return self.unit in _DURATIONS or self.unit == "millisecond"


@cache
def builtin_units() -> dict[str, str]:
    """By each of its spellings, the unit."""
    rules: dict[str, str] = builtin_table("keypoints.toml")["units"]
    return {spelling: unit for unit, spellings in rules.items() for spelling in spellings.split()}


def same_figure(noted: Figure, said: Figure) -> bool:
    """Whether `said` is the figure that was `noted`; a note of 42,310 may be said as 42,000."""
    units = {noted.unit, said.unit}
    if noted.unit != said.unit and (units & {"percent", "times"} or noted.is_time):
        return False
    if math.isclose(noted.value, said.value):
        return True
    year = 1900 <= noted.value < 2100
    return noted.value >= 1000 and not year and said.value == float(f"{noted.value:.2g}")


def is_number(part: str) -> bool:
    """Whether a figure may begin with it."""
    return part[0].isdigit() or part.lower() in _SMALL or part.lower() in _LARGE


def figure_at(parts: Sequence[str], at: int) -> tuple[Figure | None, int]:
    """The figure that begins at `at`, and the index behind it. Words are in lower case; figures
    in digits are as they were written."""
    word = parts[at]
    if word in _MULTIPLES:
        return Figure(_MULTIPLES[word], "times"), at + 1
    if share := _share(parts, at):
        return share
    units = builtin_units()
    following = _plain(parts, at + 1)
    if word in ("a", "an") and units.get(following) in _DURATIONS and len(following) > 3:
        return Figure(1, units[following], firm=False), at + 2
    if match := _NUMBER.fullmatch(parts[at]):
        return _digits(parts, at, match)
    value, stop = _said(parts, at)
    if value is None:
        return None, at
    unit, end = _unit(parts, stop)
    firm = unit is not None or word != "one" or stop > at + 1
    return Figure(value, unit, firm=firm), end


def _digits(parts: Sequence[str], at: int, match: re.Match[str]) -> tuple[Figure | None, int]:
    sign, digits, suffix = match.groups()
    if suffix in ("st", "nd", "rd", "th"):
        return None, at
    value = float(digits.replace(",", "")) if _GROUPS.match(digits) else _decimal(digits)
    units = builtin_units()
    stop = at + 1
    unit = "money" if sign else None
    if suffix in _ATTACHED:
        value *= _ATTACHED[suffix]
    elif suffix:
        if suffix.lower() not in units:
            return None, at
        unit = units[suffix.lower()]
    if (scale := _LARGE.get(_plain(parts, stop))) and not suffix:
        value, stop = value * scale, stop + 1
    if unit is None:
        unit, stop = _unit(parts, stop)
    elif unit == "money" and units.get(_plain(parts, stop)) == "money":
        stop += 1
    return Figure(value, unit), stop


def _decimal(digits: str) -> float:
    """ "1.5" and "1,5"; dots and commas that separate neither are dropped."""
    plain = digits.replace(",", ".")
    return float(plain) if plain.count(".") <= 1 else float(plain.replace(".", ""))


def _said(parts: Sequence[str], at: int) -> tuple[float | None, int]:
    """A figure in words: its value, and the index behind it."""
    words = _Words()
    stop = at
    for lead, value in _LEADS.items() if _plain(parts, at) in ("a", "half") else ():
        if _text(parts, at, len(lead)) == lead and _plain(parts, at + len(lead)) in _AFTER_LEAD:
            words.current, stop = value, at + len(lead)
    while stop < len(parts):
        if _plain(parts, stop) == "point" and words.current is not None:
            fraction, end = _fraction(parts, stop + 1)
            if end == stop + 1:
                break
            words.current, stop = words.current + fraction, end
        elif words.takes(_plain(parts, stop), _plain(parts, stop + 1)):
            stop += 1
        else:
            break
    if stop == at:
        return None, at
    if _text(parts, stop, 3) == ("and", "a", "half"):
        return words.value + 0.5, stop + 3
    return words.value, stop


@dataclass
class _Words:
    """Adds up number words as they come."""

    total: float = 0.0
    current: float | None = None
    """What a thousand would multiply; None where nothing was said since the last one."""
    last: str = ""

    @property
    def value(self) -> float:
        return self.total + (self.current or 0.0)

    def takes(self, word: str, following: str) -> bool:
        """Whether a word goes on with the figure; it is then added."""
        if word == "and":
            return self.last in ("hundred", "thousand") and following in _SMALL
        if word in _SMALL:
            joined = _joined(self.current, _SMALL[word])
            self.current = self.current if joined is None else joined
            taken = joined is not None
        else:
            taken = self.current is not None and self._scaled(word)
        self.last = word
        return taken

    def _scaled(self, word: str) -> bool:
        current = self.current or 0.0
        if word in ("hundred", "dozen"):
            self.current = current * (100 if word == "hundred" else 12)
        elif word in _LARGE:
            self.total, self.current = self.total + current * _LARGE[word], None
        else:
            return False
        return True


def _joined(current: float | None, value: int) -> float | None:
    """ "twenty" and "two"; "hundred" and "fifty"; "nineteen" and "ninety"; else None."""
    if current is None:
        return float(value)
    if 0 < value < 10 and current % 10 == 0 and current % 100 >= 20:
        return current + value
    if current >= 100 and current % 100 == 0:
        return current + value
    if current in (19, 20) and value >= 10:
        return 100 * current + value
    return None


def _fraction(parts: Sequence[str], at: int) -> tuple[float, int]:
    """What is said behind "point", digit by digit."""
    digits = ""
    while (word := _plain(parts, at)) in _SMALL and _SMALL[word] < 100:
        if digits.endswith("0") and len(digits) == 2 and _SMALL[word] < 10:
            digits = digits[:-1] + str(_SMALL[word])
        else:
            digits += str(_SMALL[word])
        at += 1
    return float(f"0.{digits}"), at


def _share(parts: Sequence[str], at: int) -> tuple[Figure, int] | None:
    """ "half" of something, "a third", "two thirds"."""
    word, following = _plain(parts, at), _plain(parts, at + 1)
    if _text(parts, at, 3) == ("half", "an", "hour"):
        return Figure(30, "minute"), at + 3
    if word in ("half", "halved", "halve"):
        return None if following in ("an", "a", "past") else (Figure(50, "percent"), at + 1)
    percent = _PARTS.get((word, following))
    if percent is None or (following == "quarter" and not _divides(parts, at)):
        return None
    return Figure(percent, "percent"), at + 2


def _divides(parts: Sequence[str], at: int) -> bool:
    """A quarter is also three months."""
    return _plain(parts, at + 2) in ("of", "less", "fewer", "more") or _plain(parts, at - 1) == "by"


def _unit(parts: Sequence[str], at: int) -> tuple[str | None, int]:
    word = _plain(parts, at)
    if word == "per" and _plain(parts, at + 1) == "cent":
        return "percent", at + 2
    if unit := builtin_units().get(word) if len(word) > 1 or word in ("%", "x") else None:
        return unit, at + 1
    return None, at


def _text(parts: Sequence[str], at: int, count: int) -> tuple[str, ...]:
    return tuple(parts[at : at + count])


def _plain(parts: Sequence[str], at: int) -> str:
    return parts[at] if 0 <= at < len(parts) else ""
