"""A whole session on one page: what went best, what to work on, and its totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from rehearse.analysis.advice import builtin_wordings
from rehearse.analysis.coaching import Coaching
from rehearse.analysis.findings import LEAST_SECONDS
from rehearse.analysis.rules import builtin_table
from rehearse.model.delivery import Verdict
from rehearse.model.structure import STAR, Analysis

MOST_PRAISED = 2
MOST_TO_DO = 3
"""More than three things cannot be minded in the next session."""
MORE_THAN = 0.5
"""Share of the answers in which something must have gone well to be called so."""
CALM = 0.5
"""Share of the fillers a minute that are still fine; so few go unnoticed."""


@dataclass(frozen=True)
class Totals:
    """What is not known of any answer is None."""

    answers: int
    seconds: float | None
    """Length of the answers."""
    fillers_per_minute: float | None
    looked_for: int
    """Parts that the answers should have: four of each story, and those of an outline."""
    missing: int
    """The missing ones among them."""
    with_target: int
    on_target: int


@dataclass(frozen=True)
class Point:
    """Something that went well, or that came up; `answers` are their numbers from 1."""

    code: str
    text: str
    answers: tuple[int, ...]
    of: int
    """In how many answers it could have."""


@dataclass(frozen=True)
class SessionSummary:
    totals: Totals
    before: Totals | None
    """Of the last session; None where there is none to compare with."""
    best: tuple[Point, ...]
    to_work_on: tuple[Point, ...]


def summed_up(
    answers: Sequence[Analysis], before: Sequence[Analysis], coaching: Coaching
) -> SessionSummary:
    """`before` holds the answers of the last session. Without judgement there are only totals."""
    judged = coaching.advice
    return SessionSummary(
        totals=totals(answers),
        before=totals(before) if before else None,
        best=_best(answers, coaching) if judged else (),
        to_work_on=_to_work_on(answers) if judged else (),
    )


def totals(answers: Sequence[Analysis]) -> Totals:
    """Recordings in which nobody spoke are no answers."""
    answers = [one for one in answers if not one.is_silent]
    lengths = [one.timing.answer for one in answers if one.timing.answer is not None]
    verdicts = [one.timing.verdict for one in answers if one.timing.verdict is not None]
    return Totals(
        answers=len(answers),
        seconds=sum(lengths) if lengths else None,
        fillers_per_minute=_fillers_per_minute(answers),
        looked_for=sum(_looked_for(one) for one in answers),
        missing=sum(_missing(one) for one in answers),
        with_target=len(verdicts),
        on_target=sum(verdict is Verdict.ON_TARGET for verdict in verdicts),
    )


def _fillers_per_minute(answers: Sequence[Analysis]) -> float | None:
    """Of all answers together, so that a short one weighs little."""
    counted = [one for one in answers if one.fillers is not None and one.timing.answer]
    seconds = sum(one.timing.answer or 0.0 for one in counted)
    total = sum(one.fillers.total for one in counted if one.fillers)
    return 60 * total / seconds if seconds else None


def _looked_for(answer: Analysis) -> int:
    if answer.star and answer.star.applies:
        return len(STAR)
    return len(answer.outline.parts) if answer.outline else 0


def _missing(answer: Analysis) -> int:
    if answer.star and answer.star.applies:
        return len(answer.star.missing)
    return len(answer.outline.missing) if answer.outline else 0


def _complete(answer: Analysis, _: Coaching) -> bool | None:
    if not _looked_for(answer):
        return None
    thin = answer.star.thin if answer.star and answer.star.applies else ()
    return not _missing(answer) and not thin


def _on_target(answer: Analysis, _: Coaching) -> bool | None:
    verdict = answer.timing.verdict
    return None if verdict is None else verdict is Verdict.ON_TARGET


def _few_fillers(answer: Analysis, coaching: Coaching) -> bool | None:
    rate = answer.fillers.per_minute if answer.fillers else None
    if rate is None or not answer.words or (answer.timing.answer or 0.0) < LEAST_SECONDS:
        return None
    return rate <= CALM * coaching.fillers_per_minute


def _is_story(answer: Analysis) -> bool:
    return answer.star is not None and answer.star.applies


def _with_a_number(answer: Analysis, _: Coaching) -> bool | None:
    return answer.results.quantified if _is_story(answer) and answer.results else None


def _own_part(answer: Analysis, _: Coaching) -> bool | None:
    said = answer.ownership if _is_story(answer) else None
    return None if said is None else said.i > 2 * said.we


def _learned(answer: Analysis, _: Coaching) -> bool | None:
    return answer.edges.reflection is not None if _is_story(answer) and answer.edges else None


STRENGTHS: dict[str, Callable[[Analysis, Coaching], bool | None]] = {
    "complete": _complete,
    "on_target": _on_target,
    "with_a_number": _with_a_number,
    "few_fillers": _few_fillers,
    "own_part": _own_part,
    "learned": _learned,
}
"""Most valuable first; each is None for an answer that it says nothing about."""


@cache
def builtin_session_texts() -> tuple[dict[str, str], dict[str, str]]:
    """By code: what is said of what went best, and of what to work on."""
    table = builtin_table("session.toml")
    best = {rule["code"]: str(rule["text"]) for rule in table["best"]}
    return best, {rule["code"]: str(rule["text"]) for rule in table["to_work_on"]}


def _best(answers: Sequence[Analysis], coaching: Coaching) -> tuple[Point, ...]:
    texts, _ = builtin_session_texts()
    found = []
    for code, holds in STRENGTHS.items():
        said = {number: holds(one, coaching) for number, one in enumerate(answers, start=1)}
        known = [number for number, well in said.items() if well is not None]
        well = tuple(number for number in known if said[number])
        if len(well) > MORE_THAN * len(known):
            found.append(Point(code, texts[code], well, len(known)))
    found.sort(key=lambda point: (-len(point.answers) / point.of, -len(point.answers)))
    return tuple(found[:MOST_PRAISED])


def _to_work_on(answers: Sequence[Analysis]) -> tuple[Point, ...]:
    """What was advised most often; of equals what is worth more."""
    _, texts = builtin_session_texts()
    spoken = sum(bool(one.words) for one in answers)
    found = []
    for code in (wording.code for wording in builtin_wordings()):
        where = tuple(
            number
            for number, one in enumerate(answers, start=1)
            if any(piece.code == code for piece in one.advice)
        )
        if where:
            found.append(Point(code, texts[code], where, spoken))
    found.sort(key=lambda point: -len(point.answers))
    return tuple(found[:MOST_TO_DO])
