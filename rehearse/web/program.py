"""What the pages need from the rest of the program; `commands/web.py` joins them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from rehearse.model.structure import Analysis
from rehearse.model.take import Take
from rehearse.ports import Clock, Ear, Keys, Player
from rehearse.progress.session_summary import SessionSummary
from rehearse.questions.pack import Pack
from rehearse.schedule.due import Standing
from rehearse.session.interview import Scene
from rehearse.speech.dictation import Desk
from rehearse.takes.summary import Summary
from rehearse.views.session_page import Kept, Seat
from rehearse.web.messages import Begin
from rehearse.web.scenes import Scenes

Say = Callable[[str], None]
"""Shows a sentence on the page while a session is made ready."""


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


@dataclass(frozen=True)
class Summed:
    """A session's page, in values."""

    summary: SessionSummary
    kept: tuple[Kept, ...]
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class Sought:
    """Which answers are listed: those in which this was said, or the starred ones."""

    said: str = ""
    starred: bool = False


@dataclass(frozen=True)
class Label:
    """What a user writes on an answer."""

    title: str
    note: str
    starred: bool


@dataclass(frozen=True)
class Planned:
    told: tuple[Standing, ...]
    """What is due first."""
    now: datetime
    interview: date | None
    new: int


class Archive(Protocol):
    """What was practised, and what may be; every name of a take comes from an address. All raise
    RehearseError."""

    def takes(self, sought: Sought) -> tuple[Summary, ...]:
        """The latest first."""

    def take(self, name: str) -> Take: ...

    def report(self, name: str) -> str:
        """The page of one take; its sound is found at ../sound/NAME."""

    def sound(self, name: str) -> Path: ...

    def label(self, name: str, label: Label) -> None: ...

    def delete(self, name: str) -> None:
        """Into the system's trash."""

    def progress(self) -> str:
        """Its page."""

    def plan(self) -> Planned: ...

    def set_interview(self, day: str) -> None:
        """As the user writes it; empty for none."""

    def questions(self, text: str) -> tuple[Pack, ...]:
        """Packs with those of their questions that hold the text."""


class Program(Archive, Protocol):
    def today(self) -> Today: ...

    def begin(self, wish: Begin, devices: Devices, say: Say) -> Held:
        """In the session's thread; may fetch a model. Raises RehearseError."""

    def sample(self) -> bytes:
        """The interviewer's voice as a WAV file. Raises VoiceFailed."""

    def summed(self, session: str, told: dict[str, Analysis]) -> Summed | None:
        """None where nothing was answered; `told` has what is known of takes by their ids."""
