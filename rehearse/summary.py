"""What a list of takes needs to know of each, without its words."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from rehearse.findings.delivery import Verdict
from rehearse.findings.story import STAR, Section
from rehearse.model import Ending, Kind, Question, Take
from rehearse.moments import day_here, instant

E = TypeVar("E", bound=Enum)


class State(Enum):
    """What is left to do with a take."""

    WHOLE = "whole"
    WAITS = "waits"
    """Its words are not written down yet."""
    SKIPPED = "skipped"
    STARTED_OVER = "started_over"
    OPEN = "open"
    """It is being recorded, or was cut short."""
    DAMAGED = "damaged"
    NEWER = "newer"
    """A later version wrote it."""


@dataclass(frozen=True)
class Summary:
    """One take. A figure is None where it is not known; of a damaged take only the id and the
    duration are."""

    id: str
    state: State
    duration: float
    """Seconds of sound."""
    size: int = 0
    """Bytes of `answer.wav` and `take.json`."""
    recorded_at: str | None = None
    question: Question | None = None
    ending: Ending | None = None
    words: int | None = None
    """None while the take waits for them."""
    title: str | None = None
    note: str | None = None
    starred: bool = False
    fillers: int | None = None
    fillers_per_minute: float | None = None
    words_per_minute: float | None = None
    target: float | None = None
    verdict: Verdict | None = None
    star_applies: bool | None = None
    missing: tuple[Section, ...] = ()
    outline: Kind | None = None
    outline_missing: tuple[str, ...] = ()
    """Codes of the parts that an introduction or a system design lacks."""
    key_points_said: int | None = None
    key_points: int | None = None
    follows: str | None = None
    turn: int = 0
    heard: float | None = None
    """Seconds without those in which the microphone gave nothing."""
    silent: bool = False
    """Whether nobody spoke in it."""

    @property
    def asked(self) -> str:
        """The question's text; "" where there is none."""
        return self.question.text if self.question else ""

    @property
    def day(self) -> date | None:
        """The day on the speaker's calendar; None where it is not known."""
        try:
            return date.fromisoformat((self.recorded_at or self.id)[:10])
        except ValueError:
            return None

    @property
    def day_here(self) -> date | None:
        """The day on the calendar of this machine, wherever the take was recorded."""
        return day_here(self.recorded_at, self.id)

    @property
    def when(self) -> tuple[float, str]:
        """What takes are sorted by: the instant, then the id."""
        return instant(self.recorded_at, self.id), self.id

    @property
    def is_answer(self) -> bool:
        """Whether it was spoken to its end, and not given up."""
        return self.state in (State.WHOLE, State.WAITS) and self.duration > 0 and not self.silent

    @property
    def spoken(self) -> float:
        """Seconds that count: none where nobody spoke."""
        if self.silent:
            return 0.0
        return self.duration if self.heard is None else self.heard


def summarize(take: Take, analysis: Any, *, duration: float, size: int) -> Summary:
    """`analysis` is the JSON kept with the take; what it lacks or holds of a wrong type is None.
    A `duration` of 0, where the sound is gone, gives way to what was measured of it."""
    question = _asked(take.question) if take.question else None
    silent = _silent(take, analysis)
    return Summary(
        id=take.id,
        state=_state(take),
        duration=duration or (take.sound and _figure(take.sound.duration)) or 0.0,
        size=size,
        recorded_at=_clean(take.recorded_at),
        question=question,
        ending=take.ending,
        words=len(take.transcript.words) if take.transcript else None,
        title=_clean(take.title) if take.title else None,
        note=_clean(take.note) if take.note else None,
        starred=take.starred,
        fillers=None if silent else _whole(_at(analysis, "fillers", "total")),
        fillers_per_minute=None if silent else _figure(_at(analysis, "fillers", "per_minute")),
        words_per_minute=None if silent else _figure(_at(analysis, "pace", "words_per_minute")),
        target=_figure(_at(analysis, "timing", "target"))
        or (question.target if question else None),
        verdict=_one_of(Verdict, _at(analysis, "timing", "verdict")),
        star_applies=_flag(_at(analysis, "star", "applies")),
        missing=tuple(s for s in STAR if s.value in _names(_at(analysis, "star", "missing"))),
        outline=_one_of(Kind, _at(analysis, "outline", "kind")),
        outline_missing=_names(_at(analysis, "outline", "missing")),
        key_points_said=_length(_at(analysis, "key_points", "covered")),
        key_points=_points(analysis),
        follows=_clean(take.follows) if take.follows else None,
        turn=take.turn,
        heard=_figure(_at(analysis, "timing", "heard")),
        silent=silent,
    )


def _silent(take: Take, analysis: Any) -> bool:
    phonation = _figure(_at(analysis, "timing", "phonation"))
    return (
        phonation is not None and phonation <= 0 and not (take.transcript and take.transcript.words)
    )


def _state(take: Take) -> State:
    if take.ending is None:
        return State.OPEN
    if take.ending is Ending.SKIPPED:
        return State.SKIPPED
    if take.ending is Ending.STARTED_OVER:
        return State.STARTED_OVER
    return State.WAITS if take.transcript is None else State.WHOLE


def _asked(question: Question) -> Question:
    return replace(
        question,
        text=_clean(question.text),
        principles=tuple(_clean(name) for name in question.principles),
        target=_figure(question.target),
        follow_ups=tuple(_clean(text) for text in question.follow_ups),
    )


def _clean(text: str) -> str:
    """JSON may hold half characters, which no file and no terminal takes."""
    return text.encode("utf-8", "replace").decode()


def _at(value: Any, *path: str) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _figure(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and math.isfinite(value) else None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _names(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(_clean(name) for name in value if isinstance(name, str))


def _length(value: Any) -> int | None:
    return len(value) if isinstance(value, list) else None


def _points(analysis: Any) -> int | None:
    said = _length(_at(analysis, "key_points", "covered"))
    missed = _length(_at(analysis, "key_points", "missed"))
    return None if said is None or missed is None else said + missed


def _one_of(kinds: type[E], value: Any) -> E | None:
    return next((one for one in kinds if one.value == value), None)
