"""The table of number words in data/numbers.toml, and what a run of them adds up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rehearse.analysis.rules import builtin_table


@dataclass(frozen=True)
class Numerals:
    """The table of number words; see data/numbers.toml for what each part is for."""

    values: Mapping[str, int]
    """Of "zero" to "ninety"."""
    sets: Mapping[str, frozenset[str]]
    magnitudes: Mapping[str, int]
    attached: Mapping[str, int]
    multiples: Mapping[str, int]
    parts: Mapping[str, int]
    units: Mapping[str, str]
    """By each of its spellings, the unit."""
    leads: Mapping[tuple[str, ...], float]
    added: Mapping[tuple[str, ...], float]


@cache
def builtin_numerals() -> Numerals:
    data = builtin_table("numbers.toml")
    values = {word: n for n, word in enumerate(data["small"].split())}
    values |= {word: 10 * n for n, word in enumerate(data["tens"].split(), 2)}
    spellings = data["units"].items()
    return Numerals(
        values=values,
        sets={name: frozenset(it.split()) for name, it in data.items() if isinstance(it, str)},
        magnitudes=data["magnitudes"],
        attached=data["attached"],
        multiples=data["multiples"],
        parts=data["parts"],
        units={spelling: unit for unit, them in spellings for spelling in them.split()},
        leads={tuple(text.split()): value for text, value in data["leads"].items()},
        added={tuple(text.split()): value for text, value in data["added"].items()},
    )


@dataclass
class NumberWords:
    """Adds up number words as they come."""

    known: Numerals
    current: float | None
    """What a thousand would multiply; None where nothing was said since the last one."""
    total: float = 0.0
    last: str = ""

    @property
    def value(self) -> float:
        return self.total + (self.current or 0.0)

    @property
    def is_round(self) -> bool:
        """Whether "first" may go on with it."""
        return self.value >= 20 and self.value % 10 == 0

    @property
    def million(self) -> int:
        """What "and a half" is a half of: of the million, but of one behind "two"."""
        return self.known.magnitudes.get(self.last, 1) if self.current is None else 1

    def takes(self, word: str, following: str) -> bool:
        """Whether a word goes on with the figure; it is then added."""
        values, scale = self.known.values, self.known.magnitudes.get(word)
        if word == "and":
            return self.last in ("hundred", "thousand") and following in values
        if word in values:
            joined = _joined(self.current, values[word])
            if joined is None:
                return False
            self.current = joined
        elif scale is None or self.current is None:
            return False
        elif scale < 1000:
            self.current *= scale
        else:
            self.total, self.current = self.total + self.current * scale, None
        self.last = word
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
