"""Finds takes, and chooses those that may be deleted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rehearse.errors import WrongUsage
from rehearse.takes.summary import State, Summary
from rehearse.text import bare_words

_SPAN = re.compile(r"(\d{1,4})\s*(d|w|m|y|days?|weeks?|months?|years?)", re.IGNORECASE)
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
DATES = "Write it like 2026-05-04, or 30d for the last 30 days."


@dataclass(frozen=True)
class Wanted:
    """The conditions for a take; None and False mean no condition."""

    question: str | None = None
    """Part of the question, or of the title that the user gave."""
    principle: str | None = None
    since: date | None = None
    """This day and later, on the calendar of this machine, as the next one."""
    before: date | None = None
    """Earlier than this day."""
    starred: bool = False

    def fits(self, take: Summary) -> bool:
        return (
            (self.question is None or _within(self.question, (take.asked, take.title)))
            and (self.principle is None or _within(self.principle, _principles(take)))
            and (self.since is None or (take.day_here is not None and take.day_here >= self.since))
            and (self.before is None or (take.day_here is not None and take.day_here < self.before))
            and (take.starred or not self.starred)
        )


def _principles(take: Summary) -> tuple[str, ...]:
    return take.question.principles if take.question else ()


def _within(part: str, texts: Iterable[str | None]) -> bool:
    sought = " ".join(part.casefold().split())
    return any(sought in " ".join(text.casefold().split()) for text in texts if text)


def spoken(text: str) -> tuple[str, ...]:
    """The words for comparing, without punctuation."""
    return tuple(bare_words(text.split()))


def says(words: Iterable[str], sought: Sequence[str]) -> bool:
    """Whether `sought`, which came from `spoken`, was said word for word."""
    said = bare_words(words)
    first, length = sought[0], len(sought)
    return any(
        word == first and tuple(said[place : place + length]) == tuple(sought)
        for place, word in enumerate(said)
    )


def day(text: str, today: date) -> date:
    """ "2026-05-04", "today", "yesterday", or "30d" before today. Raises WrongUsage."""
    plain = text.strip().lower()
    if plain in ("today", "yesterday"):
        return today - timedelta(days=plain == "yesterday")
    try:
        return today - timedelta(days=days(text)) if _SPAN.fullmatch(plain) else _date(plain)
    except (ValueError, OverflowError) as error:
        raise WrongUsage(f"I don't understand the date '{text}'.", DATES) from error


def _date(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(text)
    return date.fromisoformat(text)


def days(text: str) -> int:
    """Days in "90d", "12w", "6m", "1y". Raises WrongUsage."""
    match = _SPAN.fullmatch(text.strip())
    if not match:
        raise WrongUsage(
            f"I don't understand the number of days '{text}'.", "Write it like 90d or 12w."
        )
    return int(match[1]) * _DAYS[match[2][0].lower()]


@dataclass(frozen=True)
class OlderThan:
    """Deletes takes recorded before this day."""

    day: date

    def going(self, takes: Sequence[Summary]) -> list[Summary]:
        return [
            take
            for take in takes
            if may_go(take) and take.day_here is not None and take.day_here < self.day
        ]


@dataclass(frozen=True)
class Keep:
    """Deletes all but the latest answers to each question; unfinished attempts are deleted too."""

    count: int

    def going(self, takes: Sequence[Summary]) -> list[Summary]:
        kept: Counter[str] = Counter()
        going = []
        for take in reversed(takes):
            if not may_go(take):
                continue
            asked = question_key(take)
            if take.is_answer and kept[asked] < self.count:
                kept[asked] += 1
            else:
                going.append(take)
        return going[::-1]


def question_key(take: Summary) -> str:
    """The same key for all takes of a question, whatever its blanks and capitals."""
    return " ".join(take.asked.casefold().split())


def may_go(take: Summary) -> bool:
    """Whether a take may be deleted: it is complete or was given up, and it is not starred."""
    given_up = take.state in (State.SKIPPED, State.STARTED_OVER)
    return not take.starred and (given_up or take.state is State.WHOLE)


def policy(name: str, figure: str, today: date) -> OlderThan | Keep:
    """Raises WrongUsage."""
    if name == "older-than":
        try:
            return OlderThan(today - timedelta(days=days(figure)))
        except OverflowError as error:
            raise WrongUsage(f"'{figure}' is too long ago.") from error
    if name == "keep":
        if not figure.isdecimal() or int(figure) < 1:
            raise WrongUsage(
                f"I don't understand the number of takes '{figure}'.", "Keep at least 1."
            )
        return Keep(int(figure))
    raise WrongUsage(f"I don't know the policy '{name}'.", "Use: older-than 90d, or keep 5.")
