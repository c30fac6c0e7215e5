"""An unfinished session: its remaining questions, in a small private file in the home."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rehearse.errors import DiskFull, HomeNotWritable, UnreadableFile
from rehearse.model import codec
from rehearse.model.codec import DAMAGE
from rehearse.model.take import Ending, Question
from rehearse.questions.bank import Interviewer
from rehearse.questions.interviews import Round
from rehearse.session.interview import Scene
from rehearse.session.steps import Asked, NotSaved, RecordingEnded, Reported, Waits
from rehearse.takes import json_file
from rehearse.takes.files import on_disk, read_text, write_whole
from rehearse.takes.take_json import LARGEST_FILE

SESSION_FILE = "session.json"
NOBODY = Interviewer("")
"""The interviewer of a practice, who has no name."""


@dataclass(frozen=True)
class Unfinished:
    session: str
    """When it began; takes after a break belong to it too."""
    parts: tuple[Round, ...]
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


def remembered(
    steps: Iterator[Scene], unfinished: Unfinished, home: Path
) -> Generator[Scene, None, None]:
    """Pass the steps on; the file follows each question that is over, and goes with the last.

    A session of a single question is not worth one."""
    of = len(unfinished.questions)
    place, number, failed = unfinished.place, 0, False
    for step in steps:
        if isinstance(step, Asked):
            number = step.number
        skipped = isinstance(step, RecordingEnded) and step.outcome.ending is Ending.SKIPPED
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
    with on_disk(home):
        if unfinished.left:
            write_whole(home / SESSION_FILE, dump(unfinished).encode())
        else:
            (home / SESSION_FILE).unlink(missing_ok=True)


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
    parts = [_written(part) for part in unfinished.parts]
    return json_file.text_of({**codec.dump(replace(unfinished, parts=())), "parts": parts})


def _written(part: Round) -> dict[str, Any]:
    who = codec.dump(part.interviewer)
    return {
        "interviewer": who["name"] or None,
        "principles": who["principles"],
        "themes": who["themes"],
        "reminders": codec.dump(part.reminders),
        "questions": [{"question": q, "notes": q["notes"]} for q in codec.dump(part.questions)],
    }


def load(text: str, where: str) -> Unfinished:
    """Raises UnreadableFile."""
    try:
        value = json_file.fields_of(text, where)
        parts = [_fields_of(part) for part in value["parts"]]
        found = codec.load(Unfinished, {**value, "parts": parts})
    except DAMAGE as error:
        raise _damaged(where) from error
    if found.place < 0 or not found.left:
        raise _damaged(where)
    return found


def _fields_of(part: Any) -> dict[str, Any]:
    """Those of a `Round`, from what `_written` makes of it."""
    return {
        "interviewer": {
            "name": part["interviewer"] or "",
            "principles": part["principles"],
            "themes": part["themes"],
        },
        "questions": [{**one["question"], "notes": one["notes"]} for one in part["questions"]],
        "reminders": part["reminders"],
    }


def _damaged(where: str) -> UnreadableFile:
    return UnreadableFile(
        f"{where} is damaged, so I cannot continue the session in it.",
        "Its takes are safe. The next session replaces the file.",
    )
