"""What the pages beside practice show and change; `commands` joins them to the rest.

Every name comes from an address or a form, and is looked up among what is there. All methods raise
RehearseError."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from rehearse.model.take import Take
from rehearse.progress.compare import Comparison
from rehearse.questions.bank import Story
from rehearse.questions.notes.notes import Notes
from rehearse.questions.pack import Pack
from rehearse.schedule.due import Standing
from rehearse.stories.fitting import Fit, Serving
from rehearse.stories.tellings import OwnPace, Record
from rehearse.takes.remarks import Remark
from rehearse.takes.summary import Summary


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
class Opened:
    """An answer, with what belongs to its page beside the report."""

    take: Take
    remarks: tuple[Remark, ...]
    before: bool
    """Whether there is an earlier answer to compare it with."""


@dataclass(frozen=True)
class Compared:
    comparison: Comparison
    question: str | None
    names: tuple[str, str]
    takes: tuple[str, str]
    """Their ids."""


@dataclass(frozen=True)
class Planned:
    told: tuple[Standing, ...]
    """What is due first."""
    now: datetime
    interview: date | None
    new: int


class Archive(Protocol):
    """What was practised."""

    def takes(self, sought: Sought) -> tuple[Summary, ...]:
        """The latest first."""

    def deleted(self) -> tuple[Summary, ...]:
        """Those that can be put back."""

    def take(self, name: str) -> Opened: ...

    def report(self, name: str) -> str:
        """The page of one take; its sound is found at ../sound/NAME."""

    def sound(self, name: str) -> Path: ...

    def label(self, name: str, label: Label) -> None: ...

    def star(self, name: str) -> None:
        """Or take the star away."""

    def delete(self, name: str) -> None:
        """Out of the list, until `put_back` or the end of the program."""

    def put_back(self, name: str) -> None: ...

    def forget(self, name: str) -> None:
        """One of the deleted, for good."""

    def remark(self, name: str, time: str, text: str) -> None:
        """Of a coach; `time` is "0:42" or "1:05-1:12"."""

    def drop_remark(self, name: str, number: int) -> None:
        """By its place, from 0."""

    def compare(self, names: Sequence[str]) -> Compared: ...

    def progress(self) -> str:
        """Its page."""

    def plan(self) -> Planned: ...

    def set_interview(self, day: str) -> None:
        """As the user writes it; empty for none."""


@dataclass(frozen=True)
class StoryName:
    pack: str
    """Where its file is, as its pack says."""
    title: str


@dataclass(frozen=True)
class Stories:
    records: tuple[Record, ...]
    names: tuple[StoryName | None, ...]
    """Of each; None where its file is not the user's."""
    rows: tuple[Serving, ...]
    """Principles that the user uses."""
    pace: OwnPace
    question: str
    about: tuple[str, ...]
    """Principles that the question asks about."""
    fits: tuple[Fit, ...]
    """Stories that fit the question."""


@dataclass(frozen=True)
class StoryForm:
    story: Story
    principles: tuple[str, ...]
    """Names to choose from."""
    questions: tuple[str, ...]


@dataclass(frozen=True)
class OwnFile:
    """A pack of the user's, as 'rehearse questions check' shows it."""

    pack: Pack
    contents: str


@dataclass(frozen=True)
class Found:
    """What is in a file of notes that was chosen, before anything is saved."""

    name: str
    notes: Notes


class Prepared(Protocol):
    """What the candidate prepares."""

    def questions(self, text: str) -> tuple[Pack, ...]:
        """Packs with those of their questions that hold the text."""

    def own_files(self) -> tuple[OwnFile, ...]: ...

    def own_questions(self) -> frozenset[str]:
        """Those that were written on the page."""

    def add_question(self, text: str, target: str) -> None: ...

    def drop_question(self, text: str) -> None:
        """One that was written on the page."""

    def read_notes(self, name: str, content: bytes) -> None:
        """To be looked at; `name` is that of the file."""

    def found(self) -> Found | None: ...

    def keep_notes(self) -> str:
        """Save what was found, and say what became of it."""

    def stories(self, question: str) -> Stories: ...

    def story(self, name: StoryName | None) -> StoryForm:
        """An empty one for None."""

    def save_story(self, name: StoryName | None, story: Story) -> None: ...

    def drop_story(self, name: StoryName) -> None: ...


@dataclass(frozen=True)
class Wanted:
    """Settings as a form has them; an empty one is the usual."""

    model: str
    voice: str
    rate: str
    target: str
    own_fillers: str
    """One a line."""
    advice: bool


@dataclass(frozen=True)
class Choice:
    name: str
    about: str


@dataclass(frozen=True)
class Offered:
    """Settings as they are, with what there is to choose from."""

    now: Wanted
    models: tuple[Choice, ...]
    voices: tuple[str, ...]
    path: Path


@dataclass(frozen=True)
class Kept:
    """Something that is kept, and where."""

    what: str
    where: Path
    size: int
    """Bytes; 0 where there is none."""


@dataclass(frozen=True)
class Privacy:
    kept: tuple[Kept, ...]
    answers: int
    stays: str
    """What 'delete all' leaves."""


class Home(Protocol):
    """Settings, and all that is kept."""

    def settings(self) -> Offered: ...

    def save_settings(self, wanted: Wanted) -> None: ...

    def privacy(self) -> Privacy: ...

    def forget_all(self) -> None: ...
