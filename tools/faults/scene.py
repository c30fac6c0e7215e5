"""A session that goes on while a fault strikes it: a home, a room, a terminal, real speech."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rehearse.model.take import Span
from tests.terminal import PATIENCE, Terminal, rehearse
from tools.faults.aftermath import Aftermath as Aftermath
from tools.faults.aftermath import after as after
from tools.faults.outcome import ALLOWED_LOSS, Outcome
from tools.faults.room import Room
from tools.faults.room import room as room

QUESTION = "Why do you want to work here?"
ASK = ("practice", "--ask", QUESTION, "--questions", "1", "--model", "miniature")
READY = "Speak when you are ready."
KEPT = "Saved in"
AT_ONCE = 2
"""Trials side by side: two sessions leave two cores just enough time."""

Found = TypeVar("Found")


@dataclass
class Scene:
    """`begun` and `ended` are when the microphone was open, in the room's seconds."""

    home: Path
    room: Room
    terminal: Terminal
    begun: float | None = None
    ended: float | None = None
    pressed: bool = False
    """Whether the answer was ended with Enter."""

    def hears(self, seconds: float = 0.0) -> None:
        """Wait until the answer is being recorded, and `seconds` more."""
        self.terminal.until(READY)
        self.begun = self.begun or self.room.now()
        self.waits(seconds)

    def waits(self, seconds: float) -> None:
        """Let the room's time pass, and read what is shown meanwhile."""
        until = self.room.now() + seconds
        while self.room.now() < until:
            if not self.terminal.look(0.01):
                time.sleep(0.01)

    def sees(self, sign: Callable[[], object]) -> None:
        """Read what is shown until `sign()` is true or the session is over."""
        deadline = time.monotonic() + PATIENCE
        while not sign() and self.terminal.look(0.0):
            assert time.monotonic() < deadline, f"it was never seen:\n{self.terminal.screen}"

    def answers(self, seconds: float) -> None:
        """Answer for so long, and press Enter."""
        self.hears(seconds)
        self.stops()
        self.terminal.press("\r")
        self.pressed = True

    def stops(self) -> None:
        """From now on nothing more is to be kept."""
        if self.begun is not None and self.ended is None:
            self.ended = self.room.now()

    @property
    def spoken(self) -> tuple[Span, ...]:
        """What the take is to hold."""
        if self.begun is None:
            return ()
        return (Span(self.begun, self.ended or self.room.now()),)

    def aftermath(self) -> Aftermath:
        """To be asked when the session is over."""
        self.stops()
        self.terminal.look()
        return after(self.home, room=self.room, answers=self.spoken, screen=self.terminal.screen)


@contextmanager
def scene(
    room: Room, home: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> Iterator[Scene]:
    """`arguments` of the command; without any, a practice of one question. Killed at the end."""
    surroundings = {**room.environment, **(environment or {})}
    with rehearse(*(arguments or ASK), home=home, environment=surroundings, anew=True) as terminal:
        yield Scene(home, room, terminal)


def side_by_side(trials: Sequence[Callable[[], Found]]) -> list[Found]:
    """What all trials found, in their order; an error of one ends the others."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = [pool.submit(trial) for trial in trials]
        try:
            return [trial.result() for trial in running]
        finally:
            pool.shutdown(cancel_futures=True)


def outcome(kind: str, ends: Sequence[Aftermath], note: str = "") -> Outcome:
    """All trials of one kind in one line; every problem is printed above it."""
    for number, end in enumerate(ends, 1):
        lost = [f"{end.loss:.2f} s are lost"] if end.loss > ALLOWED_LOSS else []
        for problem in [*end.problems, *lost]:
            print(f"  {kind} {number}: {problem}", flush=True)
    return Outcome(
        kind,
        tried=len(ends),
        survived=sum(end.whole for end in ends),
        takes_lost=sum(end.takes_lost for end in ends),
        worst_loss=max((end.loss for end in ends), default=0.0),
        note=note,
    )
