"""Everything that a session needs from the world."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rehearse.analysis.coaching import Coaching
from rehearse.model.structure import Analysis
from rehearse.ports import Clock, Ear, Keys, Meaning, Player, Prompter
from rehearse.questions.bank import Story
from rehearse.session.one_way import OneWay
from rehearse.speech.dictation import Desk
from rehearse.takes.store import TakeStore


@dataclass(frozen=True)
class Aloud:
    """The spoken texts about an answer."""

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
    """The candidate's stories; an answer is compared with the story of its question."""
    names: tuple[str, ...] = ()
    """Names and terms of the candidate's own, which the notes need not hold."""
    meaning: Meaning | None = None
    """What compares notes with answers by what they mean; None: by their words alone."""
    has_sample: Callable[[str], bool] = lambda _: False
    """Whether there is a sample answer to a question."""
    follow_ups: bool = False
    """Whether to ask a follow-up after each report."""
    auto_stop: float | None = None
    """Seconds of silence that end an answer; None: only a key does."""
    hands_free: Aloud | None = None
    """The spoken texts after each report, in a hands-free session."""
    one_way: OneWay | None = None
    """Time to think and a hard end, and then `keys` without a second try; None for neither."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Saved with each take: the settings that it was made with."""
    session: str | None = None
    """When the session began; saved with each take."""
    interviewer: str | None = None
    """The interviewer's name; saved with each take."""
