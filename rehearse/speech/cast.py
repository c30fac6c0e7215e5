"""Another voice for each interviewer, from what this machine has."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle, islice

from rehearse.speech import natural

VARIANTS = ("f2", "m3", "f4", "m1", "f3", "m7")
"""Of espeak, which brings them along everywhere; women's and men's take turns."""
PERSONS = (
    "Samantha", "Daniel", "Karen", "Alex", "Moira", "Rishi", "Tessa",
    "Zira", "David", "Hazel", "Mark", "Susan", "George",
)  # fmt: skip
"""English voices of macOS and Windows that sound like persons; macOS also has bells and robots."""
PACES = (1.0, 0.92, 1.06)
"""Shares of the rate for interviewers who have but one voice among them: heard, and no strain."""


@dataclass(frozen=True)
class Casting:
    """What `SpokenVoice` takes."""

    voice: str | None
    rate: int


def has_variants() -> bool:
    return sys.platform not in ("darwin", "win32")


def cast(
    count: int, *, voice: str | None, rate: int, there: Iterable[str], variants: bool
) -> tuple[Casting, ...]:
    """The first has the voice that was chosen; nobody has that of the one before.

    `there` names the voices of this machine, `variants` tells whether espeak speaks."""
    if natural.is_natural(voice):
        names = [natural.NAME + f"+{pitch}" * bool(pitch) for pitch in natural.PITCHES]
        others = [name for name in names if name != voice]
    elif variants:
        base, _, own = (voice or "en").partition("+")
        others = [f"{base}+{variant}" for variant in VARIANTS if variant != own]
    else:
        others = _persons(voice, there)
    if not others:
        return tuple(Casting(voice, round(rate * pace)) for pace in islice(cycle(PACES), count))
    return tuple(Casting(one, rate) for one in islice(cycle([voice, *others]), count))


def _persons(voice: str | None, there: Iterable[str]) -> list[str]:
    """None for somebody who chose a voice that is not among them, perhaps of another language."""
    names = tuple(there)
    found = [name for person in PERSONS for name in names if person in name.split()]
    if voice is not None and voice not in found:
        return []
    return [name for name in found if name != voice]
