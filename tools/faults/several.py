"""A session of several questions that goes on while something strikes it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum

from rehearse.model.take import Span
from tools.faults.scene import KEPT, READY, Aftermath, Scene, after

PRACTICE = ("practice", "--random", "--questions", "4", "--model", "miniature")
TO_GO = "to go. Enter continues"
ONCE_MORE = "Enter asks again"
BOUND = 60.0
"""Seconds within which a session says what is the matter and goes on or ends. The slowest way, a
frozen sound server that is asked for a speaker and then for a microphone, takes 12 on a machine
that is not busy otherwise."""


class State(Enum):
    READY = "ready for an answer"
    BETWEEN = "between two answers"
    DEAF = "without a microphone, or without a place to record to"
    ENDED = "ended"


SIGNS = {TO_GO: State.BETWEEN, ONCE_MORE: State.DEAF, READY: State.READY}


@dataclass
class Several:
    """Reads on from where it was; `spoken` are the answers, in the room's seconds."""

    playing: Scene
    seen: int = 0
    spoken: list[Span] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    _began: float | None = None

    def reads(self, text: str, seconds: float = BOUND) -> None:
        self.seen = self.playing.terminal.until(text, after=self.seen, seconds=seconds)

    def opens(self) -> None:
        """Wait until the microphone is open."""
        self.reads(READY)
        self.begins()

    def begins(self) -> None:
        self._began = self.playing.room.now()

    def breaks(self) -> None:
        """What is said from now on is not to be kept."""
        if self._began is not None:
            self.spoken.append(Span(self._began, self.playing.room.now()))
        self._began = None

    def speaks(self, seconds: float) -> None:
        """Into the open microphone, and press Enter."""
        self.playing.waits(seconds)
        self.breaks()
        self.presses("\r")

    def answers(self, seconds: float) -> None:
        """Until the session is between two answers."""
        self.opens()
        self.speaks(seconds)
        self.reads(KEPT)
        self.reads(TO_GO)

    def presses(self, keys: str) -> None:
        self.playing.terminal.press(keys)

    def passes(self, seconds: float) -> None:
        """By the wall clock: a room without a sound server has no time of its own."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.playing.terminal.look():
            pass

    def settles(self, seconds: float = BOUND) -> State | None:
        """Wherever the session comes to by itself; None where it comes to nothing in time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            more = self.playing.terminal.look()
            shown = self.playing.terminal.words[self.seen :]
            for sign, state in SIGNS.items():
                if sign in shown:
                    self.seen += shown.index(sign) + len(sign)
                    return state
            if not more:
                return State.ENDED
        return None

    def tries(self, story: Callable[[], None]) -> None:
        """What did not come as it should is a problem of this trial and ends no other."""
        try:
            story()
        except AssertionError as error:
            self.problems.append(str(error).strip().replace("\n", " ")[:300])
        self.breaks()

    def expects(self, true: object, problem: str) -> None:
        if not true:
            self.problems.append(problem)

    def leaves(self) -> None:
        """With q, in order."""
        self.presses("q")
        code = self.playing.terminal.ends(BOUND)
        self.expects(code == 0, f"the session ended with {code}")

    def aftermath(self) -> Aftermath:
        terminal = self.playing.terminal
        found = after(
            self.playing.home, room=self.playing.room, answers=self.spoken, screen=terminal.screen
        )
        return replace(found, problems=(*self.problems, *found.problems))
