"""What the pages need from the rest of the program; `commands` joins them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from rehearse.model.structure import Analysis
from rehearse.ports import Clock, Ear, Keys, Player
from rehearse.progress.session_summary import SessionSummary
from rehearse.session.interview import Scene
from rehearse.speech.dictation import Desk
from rehearse.views.session_page import Kept, Seat
from rehearse.web.content import Archive, Home, Prepared
from rehearse.web.messages import Begin
from rehearse.web.scenes import Scenes


class Say(Protocol):
    def __call__(self, text: str, share: float | None = None, /) -> None:
        """Shows a sentence while a session is made ready, and how far that is, 0 to 1."""


@dataclass(frozen=True)
class Devices:
    """The page, as a session knows it."""

    ear: Ear
    player: Player
    keys: Keys
    clock: Clock


@dataclass(frozen=True)
class Held:
    """A session that is ready to be held; its desk is to be closed."""

    session: str
    """When it began."""
    steps: Iterator[Scene]
    desk: Desk
    scenes: Scenes


@dataclass(frozen=True)
class Today:
    questions: int
    due: int
    left: int
    """Questions of a session that was broken off."""
    is_first: bool
    """Whether nothing was answered yet."""
    loops: tuple[str, ...]
    """Names of whole interviews."""
    model: str
    """What is still to be fetched, and how large it is; empty where nothing is."""
    warnings: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    """Names and titles of the packs for one field of work."""
    greeting: str = ""
    """The habit so far and the days until the interview."""


@dataclass(frozen=True)
class Summed:
    """A session's page, in values."""

    summary: SessionSummary
    kept: tuple[Kept, ...]
    seats: tuple[Seat, ...]


class Program(Archive, Prepared, Home, Protocol):
    def close(self) -> None:
        """The program ends."""

    def today(self) -> Today: ...

    def begin(self, wish: Begin, devices: Devices, say: Say) -> Held:
        """In the session's thread; may fetch a model. Raises RehearseError."""

    def sample(self) -> bytes:
        """The interviewer's voice as a WAV file. Raises VoiceFailed."""

    def summed(self, session: str, told: dict[str, Analysis]) -> Summed | None:
        """None where nothing was answered; `told` has what is known of takes by their ids."""
