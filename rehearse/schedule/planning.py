"""The schedule of a home: what the user decided, and what the takes say."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
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
from rehearse.schedule.due import Review, Standing, standings
from rehearse.schedule.habit import Habit, habit
from rehearse.schedule.planfile import PLAN_FILE, Wishes
from rehearse.schedule.rating import Grade
from rehearse.takes.files import make_private, on_disk, read_text, write_whole
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import Summary
from rehearse.takes.take_json import LARGEST_FILE

OLD_MEMORY = "told.json"
"""In it older versions kept what the index of the takes holds now."""


@dataclass(frozen=True)
class Schedule:
    wishes: Wishes
    takes: Sequence[Summary]
    """All, oldest first."""
    now: datetime
    """With the zone of the user."""
    coaching: Coaching
    damaged: UnreadableFile | None = None
    """Why what the user decided is not known."""

    @cached_property
    def reviews(self) -> tuple[Review, ...]:
        return history.reviews(self.takes, self.wishes, self.coaching)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """By `known_as` the question's text."""
        return standings(self.reviews, now=self.now, interview=self.wishes.interview)

    @property
    def asked_before(self) -> list[str]:
        return history.questions_asked(self.takes)

    @property
    def is_close(self) -> bool:
        """Whether the interview is in the last days."""
        return pick.is_close(self.now.date(), self.wishes.interview)

    @property
    def habit(self) -> Habit:
        return habit(self.takes, self.now.date())

    @property
    def ahead(self) -> int:
        """Takes of a time that is still to come."""
        return history.ahead(self.reviews, self.now)

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
            recent=history.asked_since(self.takes, self.now - pick.HOUR),
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
    """What older versions kept of the takes is removed on the way. Raises NewerFile."""
    with suppress(OSError):  # a home that only lets read
        (home / OLD_MEMORY).unlink(missing_ok=True)
    damaged = None
    try:
        wishes = read_wishes(home)
    except NewerFile:
        raise
    except UnreadableFile as error:
        wishes, damaged = Wishes(), error
    return Schedule(wishes, store.summaries(), now, coaching, damaged)


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
    with on_disk(home):
        make_private(home)
        try:
            read_wishes(home)
        except NewerFile:
            raise
        except UnreadableFile:
            path.replace(path.with_name(f"{path.name}.damaged"))
        write_whole(path, planfile.dump(wishes).encode())


def graded(schedule: Schedule, take: str, grade: Grade) -> Wishes:
    """The wishes with the user's own grade of a take. Raises TakeNotFound where it does not
    count."""
    if all(review.take != take for review in schedule.reviews):
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
