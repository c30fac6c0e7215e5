"""What figures are worth, in digits or words: "forty two thousand" and "42k" are one. The words
are in data/numbers.toml."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from rehearse.analysis.keypoints.number_words import NumberWords, Numerals, builtin_numerals

_DURATIONS = frozenset({"second", "minute", "hour", "day", "week", "month", "quarter", "year"})
_NUMBER = re.compile(r"([$€£]?)(\d*[.]?\d+(?:[.,]\d+)*)(%|[^\W\d_]*)")
_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+")
_NO_UNITS = ("D", "H", "S")
""" "3D" and "4H" are no times, though "3d" and "4h" are."""


@dataclass(frozen=True)
class Figure:
    value: float
    unit: str | None = None
    """A name of `units` in data/numbers.toml."""
    firm: bool = True
    """False for what may be no figure: the "one" of "one of them", the "a" of "a week"."""

    @property
    def is_time(self) -> bool:
        return self.unit in _DURATIONS or self.unit == "millisecond"


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
    numerals = builtin_numerals()
    word = part.lower()
    return part[0].isdigit() or word in numerals.values or word in numerals.magnitudes


def figure_at(parts: list[str], at: int) -> tuple[Figure | None, int]:
    """The figure that begins at `at`, and the index behind it. Words are in lower case; figures
    in digits are as they were written; "" is where a clause ends, which no figure spans."""
    return _Reader(parts, at, builtin_numerals()).read()


class _Reader:
    """Reads one figure; `at` is where it has come to."""

    def __init__(self, parts: list[str], at: int, numerals: Numerals) -> None:
        self._parts = parts
        self._first = self._at = at
        self._known = numerals

    def read(self) -> tuple[Figure | None, int]:
        word = self._word()
        if word in self._known.multiples:
            return self._multiple(self._known.multiples[word])
        for form in (self._half, self._share, self._lone_time, self._digits, self._in_words):
            if figure := form():
                return figure, self._at
            self._at = self._first
        return None, self._first

    def _word(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._parts[at] if 0 <= at < len(self._parts) else ""

    def _begins(self, words: tuple[str, ...]) -> bool:
        return tuple(self._parts[self._at : self._at + len(words)]) == words

    def _is(self, word: str, name: str) -> bool:
        return word in self._known.sets[name]

    def _multiple(self, value: int) -> tuple[Figure | None, int]:
        if self._is(self._word(1), "not_multiplied"):
            return None, self._first
        return Figure(value, "times"), self._first + 1

    def _half(self) -> Figure | None:
        """ "half" of something, "half an hour"."""
        word, before, after = self._word(), self._word(-1), self._word(1)
        if word in ("halved", "halve", "halving"):
            return self._taken(1, Figure(50, "percent"))
        if word != "half" or after == "past" or self._is(before, "halves"):
            return None
        if after in ("a", "an"):
            unit = self._known.units.get(self._word(2))
            if unit == "hour":
                return self._taken(3, Figure(30, "minute"))
            return self._taken(3, Figure(0.5, unit)) if unit else None
        firm = self._is(before, "before_parts") or self._is(after, "after_parts")
        return self._taken(1, Figure(50, "percent", firm=firm))

    def _share(self) -> Figure | None:
        """ "a third" of something, "three quarters"; in percent."""
        word, name = self._word(), self._word(1)
        whole = self._known.parts.get(name)
        count = 1 if word == "a" else self._known.values.get(word, 0)
        count = int(word) if word.isdecimal() and len(word) == 1 else count
        if whole is None or not 0 < count < whole or (count > 1) != name.endswith("s"):
            return None
        share = Figure(round(100 * count / whole), "percent")
        if count > 1:  # Other quarters than three are times of the year.
            is_time = name == "quarters" and (count != 3 or self._is(self._word(-1), "spans"))
            return None if is_time else self._taken(2, share)
        if self._divides() or (word == "one" and name != "quarter" and self._word(2) != "party"):
            return self._taken(2, share)
        unsure = name == "third" and not self._word(2)
        return self._taken(2, Figure(share.value, "percent", firm=False)) if unsure else None

    def _divides(self) -> bool:
        """Whether "a third" is a part of something: it is also the one behind the second."""
        before, after = self._word(-1), self._word(2)
        led = before in ("by", "to") and (not after or self._is(after, "behind_led"))
        return led or self._is(after, "after_parts")

    def _lone_time(self) -> Figure | None:
        """ "a week", which is seldom a figure, and "an hour and a half", which is one."""
        name = self._word(1)
        unit = self._known.units.get(name)
        if self._word() not in ("a", "an") or unit not in _DURATIONS or len(name) <= 3:
            return None
        self._at += 2
        more = self._added()
        return Figure(1 + more, unit, firm=more > 0)

    def _digits(self) -> Figure | None:
        match = _NUMBER.fullmatch(self._word())
        if match is None or match[3] in ("st", "nd", "rd", "th", *_NO_UNITS):
            return None
        sign, digits, suffix = match.groups()
        value = float(digits.replace(",", "")) if _GROUPS.match(digits) else _decimal(digits)
        unit = "money" if sign else None
        if suffix in self._known.attached:
            value *= self._known.attached[suffix]
        elif suffix:
            unit = self._known.units.get(suffix.lower())
            if unit is None:
                return None
        self._at += 1
        if not suffix:
            value = (value + self._added()) * self._scale()
        measured = self._unit(money=unit == "money") if unit in (None, "money") else unit
        return Figure(value, measured)

    def _in_words(self) -> Figure | None:
        words = self._lead()
        while self._goes_on(words):
            pass
        if self._at == self._first or (words.is_round and self._is(self._word(), "ordinals")):
            return None
        value = words.value
        if more := self._added():
            value = (value + more * words.million) * self._scale()
        lone = self._parts[self._first : self._at] == ["one"]
        unit = self._unit()
        return Figure(value, unit, firm=not lone or self._is(unit or "", "after_one"))

    def _lead(self) -> NumberWords:
        """ "a" of "a hundred", and what multiplies "hundreds" unsaid."""
        for words, value in self._known.leads.items():
            after = self._word(len(words))
            measured = "couple" in words and self._known.units.get(after) in _DURATIONS
            if self._begins(words) and (self._is(after, "led") or measured):
                self._at += len(words)
                return NumberWords(self._known, current=value)
        many = self._word().endswith("s") and self._word() in self._known.magnitudes
        return NumberWords(self._known, current=1.0 if many else None)

    def _goes_on(self, words: NumberWords) -> bool:
        if self._word() == "point" and words.current is not None:
            fraction, count = self._fraction()
            words.current += fraction
            self._at += count
            return count > 0
        taken = words.takes(self._word(), self._word(1))
        self._at += taken
        return taken

    def _fraction(self) -> tuple[float, int]:
        """What is said behind "point", digit by digit, and how many words that is with it."""
        digits, count = "", 1
        while (value := self._known.values.get(self._word(count), 100)) < 100:
            tens = digits[-2:-1].strip("0") and digits.endswith("0") and value < 10
            digits = f"{digits[:-1] if tens else digits}{value}"
            count += 1
        return (float(f"0.{digits}"), count) if digits else (0.0, 0)

    def _added(self) -> float:
        for words, value in self._known.added.items():
            if self._begins(words):
                self._at += len(words)
                return value
        return 0.0

    def _scale(self) -> int:
        scale = self._known.magnitudes.get(self._word())
        self._at += scale is not None
        return scale or 1

    def _unit(self, *, money: bool = False) -> str | None:
        word = self._word()
        long = 2 if (word, self._word(1)) == ("per", "cent") else 1
        named = self._known.units.get(word) if len(word) > 1 or word in ("%", "x") else None
        unit = "percent" if long == 2 else named
        if money and unit != "money":
            return "money"
        if unit:
            points = unit == "percent" and self._word(long) in ("point", "points")
            self._at += long + points
        return unit

    def _taken(self, words: int, figure: Figure) -> Figure:
        self._at += words
        return figure


def _decimal(digits: str) -> float:
    """ "1.5" and "1,5"; dots and commas that separate neither are dropped."""
    plain = digits.replace(",", ".")
    return float(plain) if plain.count(".") <= 1 else float(plain.replace(".", ""))
