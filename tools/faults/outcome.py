"""What one kind of fault did to the sessions that it was tried on."""

from __future__ import annotations

from dataclasses import dataclass

ALLOWED_LOSS = 1.0
"""Seconds of sound: what the program promises to lose at most."""


@dataclass(frozen=True)
class Outcome:
    kind: str
    tried: int
    survived: int
    """Trials after which everything was as it should be."""
    takes_lost: int
    worst_loss: float
    """Seconds of sound in the worst trial."""
    note: str = ""

    @property
    def held(self) -> bool:
        whole = self.survived == self.tried and not self.takes_lost
        return whole and self.worst_loss <= ALLOWED_LOSS

    def line(self) -> str:
        figures = (
            f"{self.kind:<14} tried {self.tried:>3}  survived {self.survived:>3}"
            f"  takes lost {self.takes_lost}  worst loss {self.worst_loss:.2f} s"
        )
        return f"{figures}  {self.note}".rstrip()


def total(outcomes: list[Outcome]) -> Outcome:
    return Outcome(
        "all",
        sum(one.tried for one in outcomes),
        sum(one.survived for one in outcomes),
        sum(one.takes_lost for one in outcomes),
        max((one.worst_loss for one in outcomes), default=0.0),
    )
