"""Which espeak voices the miniature trains on, and which are kept for the unseen-voice figure."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

from .speak import Voice

PLAIN = ("en-us", "en-gb")
ACCENTS = ("en-gb-x-rp", "en-gb-scotland", "en-gb-x-gbcwmd", "en-us-nyc")
UNSEEN = ("en-us+m5", "en-gb+f5", "en-us+linda", "en-gb+steph", "en-us+john", "en-029")


@cache
def variants() -> list[str]:
    return (Path(__file__).parent / "voices.txt").read_text().split()


def draw(random: Random) -> Voice:
    """The program speaks with plain voices as they come; they get almost half of the takes."""
    rate, kind = random.randint(145, 220), random.random()
    if kind < 0.30:
        return Voice(random.choice(PLAIN), rate)
    pitch, span = random.randint(20, 85), random.randint(25, 75)
    if kind < 0.45:
        return Voice(random.choice(PLAIN), rate, pitch, span, _shift(random))
    base = random.choice((*PLAIN, *PLAIN, *ACCENTS))
    if kind < 0.57:
        return Voice(random.choice(ACCENTS), rate, pitch, span, _shift(random))
    return Voice(f"{base}+{random.choice(variants())}", rate, pitch, span, _shift(random))


def _shift(random: Random) -> float:
    return 1.0 if random.random() < 0.4 else round(random.uniform(0.88, 1.14), 3)
