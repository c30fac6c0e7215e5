"""A take in brief: what a list, the progress and the schedule need to know of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from rehearse.model.delivery import Verdict
from rehearse.model.structure import Analysis, NoStory, Section
from rehearse.model.take import Ending, Kind, Question, Take
from rehearse.takes.moments import day_here, instant

GIVEN_UP = (Ending.SKIPPED, Ending.STARTED_OVER)
"""Endings of takes that were given up; their sound is saved but not written down."""


class State(Enum):
    """What is left to do with a take."""

    WHOLE = "whole"
    WAITS = "waits"
    """Not written down yet."""
    SKIPPED = "skipped"
    STARTED_OVER = "started_over"
    OPEN = "open"
    """Being recorded, or cut short."""
    DAMAGED = "damaged"
    NEWER = "newer"
    """Made by a later version."""


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
    thin: tuple[Section, ...] = ()
    no_story: bool = False
    """Whether a story was asked for and none was told."""
    outline: Kind | None = None
    outline_missing: tuple[str, ...] = ()
    """Codes of the parts that an introduction or a system design lacks."""
    outline_thin: tuple[str, ...] = ()
    key_points_said: int | None = None
    key_points: int | None = None
    follows: str | None = None
    turn: int = 0
    answer: float | None = None
    """Seconds from the first word to the last; None without an analysis."""
    silent: bool = False
    """Whether nothing was said in it."""
    labelled: bool = False
    """Whether its sections are those that the user gave."""

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
        """The sort key of takes: the instant, then the id."""
        return instant(self.recorded_at, self.id), self.id

    @property
    def is_answer(self) -> bool:
        """Whether the answer was finished."""
        return self.state in (State.WHOLE, State.WAITS) and self.duration > 0 and not self.silent

    @property
    def spoken(self) -> float:
        """Seconds that count: none where nobody spoke."""
        if self.silent:
            return 0.0
        return self.duration if self.answer is None else self.answer


def summarize(take: Take, analysis: Analysis | None, *, duration: float, size: int) -> Summary:
    """A `duration` of 0, where the sound is gone, gives way to what was measured of it."""
    question = _asked(take.question) if take.question else None
    found = Summary(
        id=take.id,
        state=_state(take),
        duration=duration or (take.sound.duration if take.sound else 0.0),
        size=size,
        recorded_at=_clean(take.recorded_at),
        question=question,
        ending=take.ending,
        words=len(take.transcript.words) if take.transcript else None,
        title=_clean(take.title) if take.title else None,
        note=_clean(take.note) if take.note else None,
        starred=take.starred,
        target=question.target if question else None,
        follows=_clean(take.follows) if take.follows else None,
        turn=take.turn,
        silent=take.is_silent,
        labelled=bool(take.labels),
    )
    return _analyzed(found, analysis) if analysis else found


def _analyzed(found: Summary, analysis: Analysis) -> Summary:
    timing, star, outline = analysis.timing, analysis.star, analysis.outline
    points = analysis.key_points
    fillers, pace = (None, None) if analysis.is_silent else (analysis.fillers, analysis.pace)
    return replace(
        found,
        fillers=fillers.total if fillers else None,
        fillers_per_minute=fillers.per_minute if fillers else None,
        words_per_minute=pace.words_per_minute if pace else None,
        target=timing.target or found.target,
        verdict=timing.verdict,
        star_applies=star.applies if star else None,
        missing=star.missing if star else (),
        thin=star.thin if star else (),
        no_story=star is not None and star.why_not is NoStory.NOT_TOLD,
        outline=outline.kind if outline else None,
        outline_missing=tuple(map(_clean, outline.missing)) if outline else (),
        outline_thin=tuple(_clean(p.code) for p in outline.parts if p.thin) if outline else (),
        key_points_said=points.said if points else None,
        key_points=points.total if points else None,
        answer=timing.answer,
        silent=found.silent or analysis.is_silent,
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
        principles=tuple(map(_clean, question.principles)),
        follow_ups=tuple(map(_clean, question.follow_ups)),
        notes=tuple(map(_clean, question.notes)),
    )


def _clean(text: str) -> str:
    """The text without halves of characters, which JSON may hold but files and terminals cannot."""
    return text.encode("utf-8", "replace").decode()
