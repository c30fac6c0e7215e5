"""Takes by the thousand: small folders with the figures that a test asks for, and no real sound."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from rehearse.model.take import Ending, Kind, Question, Sound, Span, Take, Transcript, Word
from rehearse.takes import take_json
from rehearse.takes.index import Summary, summarize
from rehearse.text import slug

QUESTION = Question("Tell me about a time you failed.", Kind.BEHAVIOURAL, ("Ownership",), 120.0)
START = datetime(2026, 5, 4, 10, 30, tzinfo=timezone(timedelta(hours=2)))


@dataclass(frozen=True)
class Told:
    """What a test wants to be known of a take."""

    question: Question | None = QUESTION
    said: str = "I did this"
    after: timedelta = timedelta()
    """Since `START`."""
    seconds: float = 90.0
    fillers: float | None = 4.0
    pace: float | None = 150.0
    missing: tuple[str, ...] = ()
    applies: bool = True
    ending: Ending | None = Ending.ENDED
    written: bool = True
    labels: tuple[tuple[str, Any], ...] = ()
    """Fields of the take: title, note, starred, follows."""


def take_of(told: Told) -> Take:
    at = (START + told.after).isoformat(timespec="seconds")
    name = f"{at[:19].replace(':', '-')}_{slug(told.question.text if told.question else '')}"
    words = tuple(Word(token) for token in told.said.split())
    sound = Sound(told.seconds, (Span(0.0, told.seconds),))
    take = Take(name, at, told.question, told.ending, sound)
    take = replace(take, transcript=Transcript(words) if told.written else None)
    return replace(take, **dict(told.labels))


def analysis_of(told: Told) -> dict[str, Any]:
    target = told.question.target if told.question else None
    verdict = None
    if target:
        near = 0.75 * target <= told.seconds <= 1.1 * target
        verdict = "on_target" if near else "short" if told.seconds < target else "long"
    total = None if told.fillers is None else round(told.fillers * told.seconds / 60)
    return {
        "schema": 1,
        "timing": {"duration": told.seconds, "target": target, "verdict": verdict},
        "fillers": {"total": total, "per_minute": told.fillers},
        "pace": {"words_per_minute": told.pace},
        "star": {"applies": told.applies, "missing": list(told.missing)},
    }


def summary(told: Told) -> Summary:
    analysis = analysis_of(told) if told.written else None
    return summarize(take_of(told), analysis, duration=told.seconds, size=1000)


def keep(home: Path, *tales: Told) -> list[Path]:
    """Folders in `home`/recordings; `answer.wav` is a hole of the right size."""
    folders = []
    for told in tales:
        take = take_of(told)
        folder = home / "recordings" / take.id
        folder.mkdir(parents=True, mode=0o700)
        value = json.loads(take_json.dump(take, None))
        value["analysis"] = analysis_of(told) if told.written else None
        (folder / take_json.TAKE_FILE).write_text(json.dumps(value, indent=1), "utf-8")
        with (folder / take_json.SOUND_FILE).open("wb") as file:
            file.truncate(take_json.HEADER_BYTES + round(told.seconds) * take_json.BYTES_PER_SECOND)
        folders.append(folder)
    return folders
