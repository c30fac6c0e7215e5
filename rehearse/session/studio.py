"""Everything that a session needs from the world."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rehearse.analysis.coaching import Coaching
from rehearse.model.structure import Analysis
from rehearse.ports import Clock, Ear, Keys, Player, Prompter
from rehearse.questions.bank import Story
from rehearse.speech.dictation import Desk
from rehearse.takes.store import TakeStore


@dataclass(frozen=True)
class Aloud:
    """What is said about an answer, as text for the ear."""

    summary: Callable[[Analysis], str]
    details: Callable[[Analysis], str]


@dataclass(frozen=True)
class Studio:
    """Everything that a session needs from the world, and how it coaches."""

    ear: Ear
    voice: Prompter
    player: Player
    desk: Desk
    keys: Keys
    store: TakeStore
    clock: Clock
    coaching: Coaching = field(default_factory=Coaching)
    notes: str | None = None
    stories: tuple[Story, ...] = ()
    """What the candidate has prepared; a question that one of them answers is compared with it."""
    follow_ups: bool = False
    """Whether an interviewer's next question is asked after each report."""
    auto_stop: float | None = None
    """Seconds of silence that end an answer; None where only a key does."""
    hands_free: Aloud | None = None
    """What is said after each report, where the session is led by voice."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Kept with each take: what a reader needs to know of how it was made."""
    session: str | None = None
    """When the session began; kept with each of its takes."""
    interviewer: str | None = None
    """Who asks, in an interview; kept with each take."""
