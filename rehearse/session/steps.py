"""The steps of a session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from rehearse.errors import SpeakerFailed, VoiceFailed
from rehearse.model.structure import Analysis
from rehearse.model.take import Question, Take, Word
from rehearse.ports import Keys, Player, Voice
from rehearse.progress.compare import Comparison
from rehearse.session.phrases import Command
from rehearse.session.recording import Outcome, Position


@dataclass(frozen=True)
class NotSpoken:
    why: str


def speak(text: str, *, voice: Voice, player: Player, keys: Keys) -> Iterator[NotSpoken]:
    """Speaks the text and returns after its last word, or when a key is pressed; no microphone is
    open meanwhile."""
    try:
        player.play(voice.render(text), cut=keys.waiting)
    except (VoiceFailed, SpeakerFailed) as error:
        yield NotSpoken(str(error))


@dataclass(frozen=True)
class Asked:
    question: Question
    number: int
    of: int
    is_follow_up: bool = False


@dataclass(frozen=True)
class Thinking:
    """No microphone is open yet; the answer begins in so many seconds."""

    left: float


@dataclass(frozen=True)
class Listening:
    progress: Position
    target: float | None
    words: tuple[Word, ...] = ()
    """The words so far."""


@dataclass(frozen=True)
class RecordingEnded:
    """The recording has ended; a take without sound is removed."""

    take: Take
    outcome: Outcome


@dataclass(frozen=True)
class Writing:
    second: float
    duration: float


@dataclass(frozen=True)
class Earlier:
    """The last answer to the same question, and what changed since."""

    take: Take
    change: Comparison


@dataclass(frozen=True)
class Reported:
    take: Take
    analysis: Analysis
    earlier: Earlier | None = None
    held: bool = False
    """Whether the report is not shown now: in an interview, and before a follow-up."""


@dataclass(frozen=True)
class Waits:
    """The sound is saved and measured; 'rehearse recover' writes it down."""

    take: Take
    analysis: Analysis
    why: str
    held: bool = False


@dataclass(frozen=True)
class Released:
    """A report that was held back is shown now."""

    report: Reported | Waits


@dataclass(frozen=True)
class Details:
    """All of a report, of which the brief form was shown."""

    report: Reported | Waits


@dataclass(frozen=True)
class Compared:
    """A report beside the last answer to the same question."""

    report: Reported
    earlier: Earlier


@dataclass(frozen=True)
class NotPlayed:
    """A part of the answer could not be played."""

    why: str


@dataclass(frozen=True)
class Unspoken:
    """Nothing was said, so it is no answer. Its sound is kept until the next one begins."""

    take: Take
    analysis: Analysis


@dataclass(frozen=True)
class OnceMore:
    """Waits for a key, and may ask the question once more."""


@dataclass(frozen=True)
class NotSaved:
    why: str
    gone: bool = False
    """Whether the take itself was deleted meanwhile."""


@dataclass(frozen=True)
class NotFollowed:
    """From now on only keys end this answer; the recording continues."""

    why: str


@dataclass(frozen=True)
class NotRecorded:
    """There was no microphone or no space for an answer."""

    why: str


@dataclass(frozen=True)
class HasSample:
    """The first answer to a question is given, and there is a sample answer to it."""

    question: str


@dataclass(frozen=True)
class Between:
    """Waits for a key before the next question, or the end."""

    left: int
    report: Reported | Waits | None = None
    """The report that the keys are about; None where none is shown."""
    again: bool = True
    """Whether the answer may be given once more."""


@dataclass(frozen=True)
class Listens:
    """Waits for a command, or a key."""

    progress: Position
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Nothing:
    """No words: silence, a cough, a door."""

    seconds: float


@dataclass(frozen=True)
class CannotHear:
    """From now on only keys work, not spoken commands."""

    why: str


@dataclass(frozen=True)
class Speaking:
    """A text that is being spoken; the screen shows it too."""

    text: str


@dataclass(frozen=True)
class Understood:
    command: Command


@dataclass(frozen=True)
class NotUnderstood:
    text: str


Talk: TypeAlias = Speaking | Listens | Understood | NotUnderstood | CannotHear | NotSpoken


Step: TypeAlias = (
    Asked | NotSpoken | Thinking | Listening | RecordingEnded | Writing | Reported | Waits
    | Unspoken | HasSample | NotSaved | NotFollowed | NotRecorded | OnceMore | Between
    | Released | Details | Compared | NotPlayed | Talk
)  # fmt: skip
Review: TypeAlias = Reported | Waits | Unspoken
