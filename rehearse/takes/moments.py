"""Times of takes as instants, independent of time zones."""

from __future__ import annotations

import re
from datetime import date, datetime

STAMP = len("2026-05-04T10-30-00")
"""Characters at the start of a take's id that are the speaker's local time."""
UNKNOWN = float("-inf")
"""The instant of takes without a readable time: before all others."""
_FRACTION = re.compile(r"\.(\d+)")


def moment(text: str) -> datetime:
    """The time in ISO 8601; without a zone, that of this machine. Raises ValueError."""
    found = datetime.fromisoformat(_as_old_pythons_read_it(text))
    try:
        return found if found.tzinfo else found.astimezone()
    except (OverflowError, OSError) as error:  # the first and the last year of the calendar
        raise ValueError(text) from error


def _as_old_pythons_read_it(text: str) -> str:
    """Python 3.10 knows no "Z", and three or six digits of a second only."""
    zoned = f"{text[:-1]}+00:00" if text.endswith(("Z", "z")) else text
    return _FRACTION.sub(lambda found: f".{found[1]:0<6.6}", zoned)


def instant(recorded_at: str | None, name: str) -> float:
    """Seconds since 1970, for sorting; by the id where the take itself holds no time."""
    for text in filter(None, (recorded_at, time_in(name))):
        try:
            return moment(text).timestamp()
        except (ValueError, OverflowError):
            continue
    return UNKNOWN


def time_in(name: str) -> str:
    """The local time that a take's id begins with, as ISO 8601, if it is one."""
    day, _, time = name[:STAMP].partition("T")
    return f"{day}T{time.replace('-', ':')}"


def day_here(recorded_at: str | None, name: str) -> date | None:
    """The day on the calendar of this machine; None where no time is known."""
    for text in filter(None, (recorded_at, time_in(name))):
        try:
            return moment(text).astimezone().date()
        except (ValueError, OverflowError, OSError):
            continue
    return None
