"""What counts as too much or too little; every figure can be set by the user."""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.model.structure import Section


@dataclass(frozen=True)
class Band:
    """Shares of a story, 0 to 1: what to aim at, and the range in which nothing is said."""

    ideal: float
    low: float
    high: float


@dataclass(frozen=True)
class Coaching:
    """Sources differ on the shares of a story, so the bands around the ideal are wide."""

    situation: Band = Band(0.20, 0.05, 0.40)
    task: Band = Band(0.10, 0.02, 0.30)
    action: Band = Band(0.60, 0.35, 0.85)
    result: Band = Band(0.10, 0.05, 0.35)
    slowest: float = 110.0
    """Words per minute; 110 to 180 is unremarkable to listeners."""
    fastest: float = 180.0
    fillers_per_minute: float = 5.0
    """Up to 5 a minute was judged acceptable, 12 harmful (Laske 2024)."""
    longest_pause: float = 2.0
    """Seconds; 1.2 s within a clause reads as uncertain, but people think for longer than that."""
    longest_answer: float = 180.0
    """Seconds; without a target, a story over 3 minutes is said to ramble."""
    short_of_target: float = 0.75
    over_target: float = 1.10
    """A tenth over is a sentence or two; more is a part that could have been left out."""
    own_fillers: tuple[str, ...] = ()
    """The user's own words to watch; each counts wherever it is said."""
    advice: bool = True
    """False reports what was said, without advice and verdicts."""

    def band(self, section: Section) -> Band:
        """Of one of the four sections of a story."""
        band: Band = getattr(self, section.value)
        return band


PLAIN = Coaching()
