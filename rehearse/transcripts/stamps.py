"""Clock times in the lines of a text: "[00:01:05]", "0:03 - 0:10", "Ana Diaz  0:05"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rehearse.transcripts import labels
from rehearse.transcripts.timed import time

CLOCK = r"(?:\d{1,3}[:;])?\d{1,3}[:;]\d{1,2}(?:[:;]\d{2}|[.,]\d{1,6})?(?:\s?[AaPp]\.?[Mm]\b\.?)?"
_PARTS = re.compile(r"(?:(\d+)[:;])?(\d+)[:;](\d{1,2})(?:[:;]\d{2}|[.,](\d+))?(?:\s?([AaPp]).*)?")
_ARROW = r"\s*(?:--?>|–|—|-|→|to|bis)\s*"
_STAMP = (
    rf"(?P<open>[\[(<{{]?)\s*(?P<start>{CLOCK})"
    rf"(?:(?P<arrow>{_ARROW})(?P<end>{CLOCK}))?\s*(?P<close>[\])>}}]?)"
)
_ALONE_OR_FIRST = re.compile(rf"\s*{_STAMP}(?:(?:\s*[|:\-–—])?\s+(?P<text>\S.*)|\s*[|:\-–—]?\s*)")
_BEHIND_NAME = re.compile(rf"\s*(?P<name>\S.{{0,50}}?)(?P<gap>\s*[|·,:–—-]\s*|\s+){_STAMP}\s*:?\s*")
_NAME_FIRST = re.compile(
    r"\s*(?P<name>[^:\[\]()]{1,50}?|\[[^\[\]]{1,50}\])\s*:?\s*(?=[\[(])"
    rf"{_STAMP}\s*(?P<colon>:?)\s+(?P<text>\S.*)"
)
_DAY = 24 * 3600


@dataclass(frozen=True)
class Stamp:
    """The time at the start of a line, or behind a name that stands alone."""

    start: float
    end: float | None
    text: str
    """The line without it; what "Ana (0:05): yes" says is "Ana: yes" then."""
    sure: bool
    """In brackets or with an arrow: nobody speaks like that."""
    heads: str | None = None
    """The name that it stands behind, where the line holds nothing else."""
    wide: bool = False
    """Set off from that name by more than a blank."""
    of_day: bool = False
    """With AM or PM."""


def stamp_of(line: str) -> Stamp | None:
    if match := _ALONE_OR_FIRST.fullmatch(line):
        return _stamp(match, match["text"] or "")
    if (match := _BEHIND_NAME.fullmatch(line)) and (name := _name(match["name"])):
        return _stamp(match, "", heads=name, wide=match["gap"] != " ")
    if (match := _NAME_FIRST.fullmatch(line)) and (name := _name(match["name"])):
        return _stamp(match, f"{name}: {match['text']}")
    return None


def _name(text: str) -> str | None:
    name = " ".join(text.strip("[] :\t").split())
    return name if labels.look_of(name) else None


def _stamp(
    match: re.Match[str], text: str, *, heads: str | None = None, wide: bool = False
) -> Stamp | None:
    start = seconds_of(match["start"])
    end = seconds_of(match["end"]) if match["end"] else None
    if start is None or bool(match["open"]) != bool(match["close"]):
        return None
    sure = bool(match["open"]) or ">" in (match["arrow"] or "")
    of_day = bool(re.search("[AaPp]", match["start"]))
    if end is not None and end < start:
        end = None
    return Stamp(start, end, text, sure, heads, wide, of_day)


def seconds_of(clock: str) -> float | None:
    """Seconds in H:MM:SS, M:SS and their fractions; frames behind the seconds are left out."""
    match = _PARTS.fullmatch(clock)
    if not match:
        return None
    hours, minutes, seconds, fraction, half = match.groups()
    if int(seconds) > 59 or (hours and int(minutes) > 59):
        return None
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    if half:
        whole = whole if hours else whole * 60  # "10:05 AM" has hours and minutes
        whole = whole % (_DAY // 2) + (_DAY // 2 if half in "Pp" else 0)
    return time(whole + float(f"0.{fraction or 0}"))
