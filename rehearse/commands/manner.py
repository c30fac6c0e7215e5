"""How answers of a session end, and what is shown and played meanwhile."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from rehearse.commands.screen import PROMPT
from rehearse.errors import WrongUsage
from rehearse.model.waits import WAIT
from rehearse.session.one_way import OneWay
from rehearse.session.recording import LONGEST
from rehearse.text import seconds
from rehearse.views import live

HANDS_FREE = f"Speak when you are ready. Say “I'm done” when you are. {live.KEYS}"
ONE_WAY = "Speak now. There is one try: Enter ends · s skips · q leaves"
LEAST_TIME = 5.0
"""Seconds of --prepare and --answer; less is a typing error."""


@dataclass(frozen=True)
class Manner:
    """How answers end, and what is shown and played while the user speaks."""

    auto_stop: float | None = None
    """The silence that ends an answer, in seconds; None where only keys do."""
    hands_free: bool = False
    captions: bool = False
    counter: bool = False
    lights: bool = False
    gong: bool = False
    one_way: OneWay | None = None

    @classmethod
    def of(cls, args: argparse.Namespace) -> Manner:
        """As the options of the command line say. Raises WrongUsage."""
        wait = args.auto_stop or (WAIT if args.hands_free else None)
        one_way = OneWay(_time(args.prepare, "--prepare"), _time(args.answer, "--answer"))
        return cls(
            wait,
            args.hands_free,
            args.captions,
            args.counter,
            one_way=one_way if args.prepare or args.answer else None,
        )

    @property
    def prompt(self) -> str:
        """What is shown when the microphone is open."""
        if self.hands_free:
            return HANDS_FREE
        return ONE_WAY if self.one_way else PROMPT


def _time(text: str | None, option: str) -> float | None:
    """Raises WrongUsage."""
    if text is None:
        return None
    value = seconds(text)
    if not LEAST_TIME <= value <= LONGEST:
        raise WrongUsage(
            f"{option} {text} is not a time that I can keep.",
            f"Write {LEAST_TIME:.0f} seconds to {LONGEST / 60:.0f} minutes, such as 30 or 1:30.",
        )
    return value
