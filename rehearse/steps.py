"""What happens in a session, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from rehearse.findings.whole import Analysis
from rehearse.handsfree import Talk
from rehearse.model import Question, Take, Word
from rehearse.recording import Outcome, Progress
from rehearse.speaking import NotSpoken


@dataclass(frozen=True)
class Asked:
    question: Question
    number: int
    of: int
    is_follow_up: bool = False


@dataclass(frozen=True)
class Heard:
    progress: Progress
    target: float | None
    words: tuple[Word, ...] = ()
    """Written down so far."""


@dataclass(frozen=True)
class Recorded:
    """The recording has ended; a take without any sound is not kept."""

    take: Take
    outcome: Outcome


@dataclass(frozen=True)
class Writing:
    second: float
    duration: float


@dataclass(frozen=True)
class Reported:
    take: Take
    analysis: Analysis


@dataclass(frozen=True)
class Waits:
    """The sound is kept and measured; the words come with 'rehearse recover'."""

    take: Take
    analysis: Analysis
    why: str


@dataclass(frozen=True)
class NotSaved:
    why: str
    gone: bool = False
    """Whether the take itself was deleted meanwhile."""


@dataclass(frozen=True)
class NotFollowed:
    """Silence and words end this answer no more, only keys do; the recording goes on."""

    why: str


@dataclass(frozen=True)
class NotRecorded:
    """There was no microphone or no place for an answer; waits for a key, and may ask again."""

    why: str


@dataclass(frozen=True)
class Between:
    """Waits for a key before the next question."""

    left: int


Step: TypeAlias = (
    Asked | NotSpoken | Heard | Recorded | Writing | Reported | Waits | NotSaved | NotFollowed
    | NotRecorded | Between | Talk
)  # fmt: skip
Told: TypeAlias = Reported | Waits
