"""The schedule of a home: what the user decided, and what the takes say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from random import Random

from rehearse.analysis.coaching import Coaching
from rehearse.errors import NewerFile, TakeNotFound, UnreadableFile
from rehearse.model.take import Kind, Question
from rehearse.questions.bank import Story
from rehearse.questions.choose import known_as, questions_of, usual
from rehearse.questions.kinds import default_target
from rehearse.questions.pack import Pack
from rehearse.schedule import history, pick, planfile
from rehearse.schedule.due import Standing, Telling, standings
from rehearse.schedule.history import Entry
from rehearse.schedule.planfile import PLAN_FILE, Wishes
from rehearse.schedule.rating import Grade
from rehearse.takes.files import make_private, read_text, said_by_disk, write_whole
from rehearse.takes.store import TakeStore
from rehearse.takes.take_json import LARGEST_FILE, TAKE_FILE

TOLD_FILE = "told.json"
"""What the takes say, kept so that only new ones are read; it may be deleted at any time."""
LARGEST_TOLD = 64 * 2**20
"""Bytes; each take needs less than one kB."""


@dataclass(frozen=True)
class Schedule:
    wishes: Wishes
    entries: Mapping[str, Entry]
    now: datetime
    """With the zone of the user."""
    coaching: Coaching
    damaged: UnreadableFile | None = None
    """Why what the user decided is not known."""

    @cached_property
    def tellings(self) -> tuple[Telling, ...]:
        return history.tellings(self.entries, self.wishes, self.coaching)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """By `known_as` the question's text."""
        return standings(self.tellings, now=self.now, interview=self.wishes.interview)

    @property
    def asked_before(self) -> list[str]:
        return history.asked(self.entries)

    @property
    def ahead(self) -> int:
        """Takes of a time that is still to come."""
        return history.ahead(self.tellings, self.now)

    def pick(
        self,
        questions: Sequence[Question],
        *,
        count: int,
        own: Sequence[Story] = (),
        rng: Random | None = None,
    ) -> tuple[Question, ...]:
        """What to ask now, see `schedule.pick`. Raises NothingToAsk."""
        return pick.pick(
            questions,
            self.standings,
            now=self.now,
            interview=self.wishes.interview,
            count=count,
            asked_before=self.asked_before,
            own={known_as(story.question) for story in own if story.question},
            rng=rng,
        )

    def pick_due(self, questions: Sequence[Question], *, count: int) -> tuple[Question, ...]:
        """Raises NothingToAsk."""
        return pick.pick_due(
            questions,
            self.standings,
            now=self.now,
            count=count,
            asked_before=self.asked_before,
        )


def read(home: Path, *, store: TakeStore, now: datetime, coaching: Coaching) -> Schedule:
    """Brings `told.json` up to date with the takes on the way. Raises NewerFile."""
    damaged = None
    try:
        wishes = read_wishes(home)
    except NewerFile:
        raise
    except UnreadableFile as error:
        wishes, damaged = Wishes(), error
    return Schedule(wishes, entries(home, store), now, coaching, damaged)


def read_wishes(home: Path) -> Wishes:
    """Raises UnreadableFile."""
    path = home / PLAN_FILE
    try:
        text = read_text(path, largest=LARGEST_FILE)
    except FileNotFoundError:
        return Wishes()
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError:
        text = ""
    return planfile.load(text, str(path))


def save_wishes(home: Path, wishes: Wishes) -> None:
    """A damaged file is kept beside the new one. Raises HomeNotWritable, DiskFull, NewerFile."""
    path = home / PLAN_FILE
    try:
        make_private(home)
        try:
            read_wishes(home)
        except NewerFile:
            raise
        except UnreadableFile:
            path.replace(path.with_name(f"{path.name}.damaged"))
        write_whole(path, planfile.dump(wishes).encode())
    except OSError as error:
        raise said_by_disk(error, home) from error


def entries(home: Path, store: TakeStore) -> dict[str, Entry]:
    """One for each take; only takes that are new or changed since the last time are read."""
    path = home / TOLD_FILE
    known = _known(path)
    found = {folder.name: _entry(folder, known.get(folder.name)) for folder in store.folders()}
    if found != known:
        _keep(path, found)
    return found


def rebuild(home: Path, store: TakeStore) -> dict[str, Entry]:
    """Read every take again. Raises HomeNotWritable."""
    try:
        (home / TOLD_FILE).unlink(missing_ok=True)
    except OSError as error:
        raise said_by_disk(error, home) from error
    return entries(home, store)


def _known(path: Path) -> dict[str, Entry]:
    try:
        return history.load(read_text(path, largest=LARGEST_TOLD))
    except (OSError, UnicodeDecodeError):
        return {}


def _keep(path: Path, found: Mapping[str, Entry]) -> None:
    try:
        write_whole(path, history.dump(found).encode())
    except OSError:
        return  # a full or read-only disk makes the next start slower, and nothing else


def _entry(folder: Path, known: Entry | None) -> Entry:
    path = folder / TAKE_FILE
    try:
        changed = path.stat().st_mtime_ns
        if known is not None and known.changed == changed:
            return known
        return history.entry_of(read_text(path, largest=LARGEST_FILE), changed)
    except (OSError, UnicodeDecodeError):
        return Entry(0)


def graded(schedule: Schedule, take: str, grade: Grade) -> Wishes:
    """The wishes with the user's own grade of a take. Raises TakeNotFound where it does not
    count."""
    entry = schedule.entries.get(take)
    if entry is None or entry.question is None or entry.signs is None:
        raise TakeNotFound(
            f"'{take}' cannot be graded: it is not written down yet, is unfinished, or answers a"
            " follow-up.",
        )
    return replace(schedule.wishes, grades={**schedule.wishes.grades, take: grade})


def own_questions(stories: Sequence[Story], known: Sequence[Question]) -> tuple[Question, ...]:
    """The questions that the user's stories answer: as the packs have them, else of their own."""
    by_name = {known_as(question.text): question for question in known}
    return tuple(
        by_name.get(known_as(story.question)) or _asked_for(story, story.question)
        for story in stories
        if story.question
    )


def _asked_for(story: Story, text: str) -> Question:
    kind = Kind.BEHAVIOURAL
    words = " ".join(text.split())
    return Question(words, kind, story.principles, target=default_target(kind))


def planned(packs: Sequence[Pack], stories: Sequence[Story]) -> tuple[Question, ...]:
    """What is asked where nothing is named: the user's stories, and all packs but those that want
    to be named; each question once."""
    own = own_questions(stories, questions_of(packs))
    found: dict[str, Question] = {}
    for question in (*own, *questions_of(usual(packs))):
        found.setdefault(known_as(question.text), question)
    return tuple(found.values())
