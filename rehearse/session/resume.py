"""An unfinished session: its remaining questions, in a small private file in the home."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rehearse.errors import DiskFull, HomeNotWritable, NewerFile, UnreadableFile
from rehearse.model import codec
from rehearse.model.codec import DAMAGE
from rehearse.model.take import Ending, Question
from rehearse.questions.bank import Interviewer
from rehearse.questions.interviews import Part
from rehearse.session.interview import Scene
from rehearse.session.steps import Asked, NotSaved, Recorded, Reported, Waits
from rehearse.takes.files import read_text, said_by_disk, write_whole
from rehearse.takes.take_json import LARGEST_FILE

SESSION_FILE = "session.json"
SCHEMA = 1
NOBODY = Interviewer("")
"""The interviewer of a practice, who has no name."""


@dataclass(frozen=True)
class Unfinished:
    session: str
    """When it began; takes after a break belong to it too."""
    parts: tuple[Part, ...]
    plan: str | None = None
    """The interview's name; None for a practice."""
    place: int = 0
    """How many of all questions are done."""

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for part in self.parts for question in part.questions)

    @property
    def left(self) -> tuple[Question, ...]:
        return self.questions[self.place :]


def remembered(steps: Iterator[Scene], unfinished: Unfinished, home: Path) -> Iterator[Scene]:
    """Pass the steps on; the file follows each question that is over, and goes with the last.

    A session of a single question is not worth one."""
    of = len(unfinished.questions)
    place, number, failed = unfinished.place, 0, False
    for step in steps:
        if isinstance(step, Asked):
            number = step.number
        skipped = isinstance(step, Recorded) and step.outcome.ending is Ending.SKIPPED
        over = number if skipped or isinstance(step, Reported | Waits) else place
        if over > place and of > 1:
            place = over
            try:
                _follow(replace(unfinished, place=place), home)
            except (DiskFull, HomeNotWritable) as error:
                if not failed:
                    yield NotSaved(f"{error.what} You cannot continue this session later.")
                failed = True
        yield step


def _follow(unfinished: Unfinished, home: Path) -> None:
    """Raises DiskFull and HomeNotWritable."""
    try:
        if unfinished.left:
            write_whole(home / SESSION_FILE, dump(unfinished).encode())
        else:
            (home / SESSION_FILE).unlink(missing_ok=True)
    except OSError as error:
        raise said_by_disk(error, home) from error


def read(home: Path) -> Unfinished | None:
    """The unfinished session; None where there is none. Raises UnreadableFile."""
    path = home / SESSION_FILE
    try:
        return load(read_text(path, largest=LARGEST_FILE), str(path))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(str(path)) from error


def dump(unfinished: Unfinished) -> str:
    value: dict[str, codec.Json] = {
        "schema": SCHEMA,
        "session": unfinished.session,
        "plan": unfinished.plan,
        "place": unfinished.place,
        "parts": [_part(part) for part in unfinished.parts],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _part(part: Part) -> codec.Json:
    return {
        "interviewer": part.interviewer.name or None,
        "principles": list(part.interviewer.principles),
        "themes": list(part.interviewer.themes),
        "reminders": list(part.reminders),
        "questions": [
            {"question": codec.dump(one), "notes": list(one.notes)} for one in part.questions
        ],
    }


def load(text: str, where: str) -> Unfinished:
    """Raises UnreadableFile."""
    try:
        value = json.loads(text)
        if value["schema"] > SCHEMA:
            raise NewerFile(f"{where} was made by a newer version of rehearse.")
        found = Unfinished(
            session=str(value["session"]),
            parts=tuple(_read_part(one) for one in value["parts"]),
            plan=str(value["plan"]) if value.get("plan") else None,
            place=int(value["place"]),
        )
    except DAMAGE as error:
        raise _damaged(where) from error
    if found.place < 0 or not found.left:
        raise _damaged(where)
    return found


def _read_part(value: Any) -> Part:
    return Part(
        interviewer=Interviewer(
            str(value["interviewer"] or ""),
            tuple(str(name) for name in value["principles"]),
            tuple(str(name) for name in value["themes"]),
        ),
        questions=tuple(map(_question, value["questions"])),
        reminders=tuple(str(text) for text in value["reminders"]),
    )


def _question(value: Any) -> Question:
    return codec.load(Question, {**value["question"], "notes": value["notes"]})


def _damaged(where: str) -> UnreadableFile:
    return UnreadableFile(
        f"{where} is damaged, so I cannot continue the session in it.",
        "Its takes are safe. The next session replaces the file.",
    )
