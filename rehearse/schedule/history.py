"""What every take of a home adds to the schedule, and the text of the file that remembers it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rehearse.analysis.coaching import Coaching
from rehearse.model.codec import DAMAGE, Json
from rehearse.model.take import Ending
from rehearse.schedule import signs
from rehearse.schedule.due import Telling
from rehearse.schedule.planfile import Wishes
from rehearse.schedule.rating import Grade, Rated, Signs, rated
from rehearse.takes.moments import instant, moment

SCHEMA = 1
TO_ITS_END = (Ending.ENDED, Ending.TIME_LIMIT)
"""Others were given up or broken off, which says nothing of how well the question is known."""


@dataclass(frozen=True)
class Entry:
    """One take in brief."""

    changed: int
    """When its `take.json` was written last, in nanoseconds: another number, another content."""
    question: str | None = None
    """None where the take is damaged, asks or says nothing, or answers a follow-up."""
    recorded_at: str = ""
    signs: Signs | None = None
    """None where it does not count: it waits for its words or was given up."""


def entry_of(text: str, changed: int) -> Entry:
    """From the text of a `take.json`; a damaged one, or one of a newer version, says nothing."""
    try:
        value = json.loads(text)
        if value.get("follows") or not value.get("question"):
            return Entry(changed)
        if _silent(value):
            return Entry(changed)
        question, recorded_at = str(value["question"]["text"]), str(value["recorded_at"])
        moment(recorded_at)
        counts = _whole(value) and value.get("analysis") is not None
        return Entry(
            changed,
            question,
            recorded_at,
            signs.signs_of(value["analysis"]) if counts else None,
        )
    except DAMAGE:
        return Entry(changed)


def _silent(value: Any) -> bool:
    """Whether it was listened to and nothing was said in it."""
    return value.get("transcript") is not None and not value["transcript"]["words"]


def _whole(value: Any) -> bool:
    """Whether it was told to its end and its words are there."""
    transcript = value.get("transcript")
    ended = value.get("ending") in {ending.value for ending in TO_ITS_END}
    return ended and bool(transcript and transcript["words"])


def tellings(
    entries: Mapping[str, Entry], wishes: Wishes, coaching: Coaching
) -> tuple[Telling, ...]:
    """Of the takes that count, the latest last."""
    return tuple(
        Telling(
            take, entry.question, moment(entry.recorded_at), _rated(take, entry, wishes, coaching)
        )
        for take, entry in in_order(entries)
        if entry.question is not None and entry.signs is not None
    )


def _rated(take: str, entry: Entry, wishes: Wishes, coaching: Coaching) -> Rated:
    own: Grade | None = wishes.grades.get(take)
    if own is not None:
        return Rated(own, ("your own rating",), own=True)
    return rated(entry.signs or Signs(), coaching)


def asked(entries: Mapping[str, Entry]) -> list[str]:
    """Texts of the questions of all takes, the latest last; follow-ups are left out."""
    return [entry.question for _, entry in in_order(entries) if entry.question is not None]


def in_order(entries: Mapping[str, Entry]) -> list[tuple[str, Entry]]:
    """With their takes' ids, the latest last."""
    return sorted(
        entries.items(), key=lambda pair: (instant(pair[1].recorded_at, pair[0]), pair[0])
    )


def dump(entries: Mapping[str, Entry]) -> str:
    return json.dumps(
        {"schema": SCHEMA, "takes": {take: _entry(one) for take, one in entries.items()}},
        ensure_ascii=False,
    )


def _entry(entry: Entry) -> Json:
    return {
        "changed": entry.changed,
        "question": entry.question,
        "recorded_at": entry.recorded_at,
        "signs": None if entry.signs is None else signs.dump(entry.signs),
    }


def load(text: str) -> dict[str, Entry]:
    """Nothing where the text is damaged or of another schema: it can be made again."""
    try:
        value = json.loads(text)
        if value["schema"] != SCHEMA:
            return {}
        return {str(take): _read(one) for take, one in value["takes"].items()}
    except DAMAGE:
        return {}


def _read(value: Any) -> Entry:
    question, told = value["question"], value["signs"]
    recorded_at = str(value["recorded_at"])
    if question is not None:
        moment(recorded_at)
    return Entry(
        int(value["changed"]),
        None if question is None else str(question),
        recorded_at,
        None if told is None else signs.load(told),
    )


def ahead(found: Iterable[Telling], now: datetime) -> int:
    """How many were told at a time that is still to come: the clock was set back since."""
    return sum(telling.at > now for telling in found)
