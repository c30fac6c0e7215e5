"""Takes by the thousand: small folders with the figures that a test asks for, and no real sound."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from rehearse.model.delivery import Filler, FillerKind, Fillers, HeardIn, Pace, Timing, Verdict
from rehearse.model.structure import Analysis, Section, Star
from rehearse.model.take import Ending, Kind, Question, Sound, Span, Take, Transcript, Word
from rehearse.takes import take_json
from rehearse.takes.summary import Summary, summarize
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


def analysis_of(told: Told) -> Analysis:
    target = told.question.target if told.question else None
    verdict = None
    if target:
        near = 0.75 * target <= told.seconds <= 1.1 * target
        verdict = Verdict.SHORT if told.seconds < target else Verdict.LONG
        verdict = Verdict.ON_TARGET if near else verdict
    transcript = take_of(told).transcript
    um = Filler("um", FillerKind.FILLED_PAUSE, HeardIn.SOUND, None, None, 1.0, 1.5, 1.0)
    rate = told.fillers
    return Analysis(
        told.question,
        Timing(told.seconds, target, verdict, None, None, None, answer=told.seconds),
        words=transcript.words if transcript else (),
        fillers=None if rate is None else Fillers((um,) * round(rate * told.seconds / 60), rate),
        pace=Pace(told.pace, None, ()),
        pauses=None,
        star=Star(told.applies, (), (), tuple(map(Section, told.missing)), ()),
        ownership=None,
        results=None,
        key_points=None,
        advice=(),
        follow_up=None,
    )


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
        text = take_json.dump(take, analysis_of(told) if told.written else None)
        (folder / take_json.TAKE_FILE).write_text(text, "utf-8")
        with (folder / take_json.SOUND_FILE).open("wb") as file:
            file.truncate(take_json.HEADER_BYTES + round(told.seconds) * take_json.BYTES_PER_SECOND)
        folders.append(folder)
    return folders
