"""What a coach says about an answer: lines with times, in Markdown that anybody can write.

    take: 2026-03-04T10-20-30_tell-me-about-yourself

    - 0:42 You slow down here, and it works.
    - 1:05-1:12 Say what you did, not what the team did.

A line that begins with a blank goes on with the remark above it. Headings and quotes (`#`, `>`)
are ignored; any other line is reported and left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rehearse.errors import UnreadableFile
from rehearse.text import clock, one_line

REMARKS_FILE = "remarks.md"
LARGEST = 256 * 1024
"""Bytes; a remark for every second of half an hour is smaller."""
MOST_SHOWN = 5
"""Bad lines that are shown; all lines of a wrong file would fill the screen."""
HEAD = 10
"""Lines within which the take is named."""
SLACK = 1.0
"""Seconds by which a remark may be after the end, because clocks round up."""
_CLOCK = r"(?:(?:\d{1,2}:)?\d{1,3}:[0-5]\d)(?:[.,]\d{1,3})?"
_REMARK = re.compile(rf"[-*]\s+({_CLOCK})(?:\s*[-–—]\s*({_CLOCK}))?[:.,]?\s+(\S.*)")
_NAMED = re.compile(r"(?:take|question):(.*)", re.IGNORECASE)
_TAKE = re.compile(r"take:\s*(\S*)\s*", re.IGNORECASE)
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,120}")


@dataclass(frozen=True)
class Remark:
    start: float
    """Seconds from the start of the recording."""
    end: float | None
    text: str


@dataclass(frozen=True)
class Remarks:
    take: str | None
    """The id of the take that the file names."""
    items: tuple[Remark, ...]
    """By their times."""
    bad: tuple[str, ...] = ()
    """The lines that are not remarks, each with what is wrong."""


def parse(text: str, where: str, *, duration: float | None = None) -> Remarks:
    """Raises UnreadableFile where there is no remark at all, with the lines that cannot be read."""
    found: list[Remark] = []
    bad: list[str] = []
    take: str | None = None
    lost = False
    for number, line in enumerate(text.splitlines(), start=1):
        if number <= HEAD and (named := _TAKE.fullmatch(line)):
            take = _id(named[1], where, number)
        elif line[:1] in (" ", "\t") and line.strip() and found:
            if lost:
                continue  # it goes on with a line that is left out
            found[-1] = replace(found[-1], text=f"{found[-1].text} {one_line(line)}")
        elif line.strip() and not line.startswith(("#", ">")) and not _NAMED.match(line):
            lost = False
            try:
                found.append(_remark(line, duration))
            except ValueError as problem:
                lost = True
                bad.append(f"line {number} ({problem})")
    if bad and not found:
        more = f" and {len(bad) - MOST_SHOWN} more" if len(bad) > MOST_SHOWN else ""
        told = ", ".join(bad[:MOST_SHOWN])
        mend = "Write each as '- 0:42 text' or '- 1:05-1:12 text'. Nothing was saved."
        raise UnreadableFile(f"{where} has lines that are not remarks: {told}{more}.", mend)
    if not found:
        raise UnreadableFile(f"{where} has no remarks in it.", "Write each as '- 0:42 text'.")
    return Remarks(take, tuple(sorted(found, key=lambda one: one.start)), tuple(bad))


def dump(remarks: Remarks) -> str:
    """As `parse` reads it, one remark a line."""
    head = ["# Remarks", "", f"take: {remarks.take}", ""] if remarks.take else ["# Remarks", ""]
    return "\n".join([*head, *map(_line, remarks.items), ""])


def template(take: str, question: str, duration: float | None) -> str:
    """A file for a coach to fill in; without a remark of its own."""
    length = f" It lasts {clock(duration)}." if duration else ""
    return (
        f"# Remarks\n\ntake: {take}\nquestion: {one_line(question)}\n\n"
        f"> Listen to the answer and write what you notice below, one remark a line.{length}\n"
        "> Begin each with a dash and its time, like this:\n"
        ">\n"
        "> - 0:42 You slow down here, and it works.\n"
        "> - 1:05-1:12 Say what you did, not what the team did.\n"
        ">\n"
        "> Keep the line with the take, save the file and send it back.\n\n"
    )


def times(remark: Remark) -> str:
    """ "0:42" or "1:05-1:12"."""
    return clock(remark.start) + ("" if remark.end is None else f"-{clock(remark.end)}")


def _line(remark: Remark) -> str:
    return f"- {times(remark)} {remark.text}"


def _remark(line: str, duration: float | None) -> Remark:
    """Raises ValueError with what is wrong."""
    match = _REMARK.fullmatch(line.rstrip())
    if not match:
        raise ValueError("begin it with a dash and a time")
    start, end = _seconds(match[1]), _seconds(match[2]) if match[2] else None
    if end is not None and end < start:
        raise ValueError(f"it ends before it begins, {match[1]}-{match[2]}")
    if duration is not None and start > duration + SLACK:
        raise ValueError(f"{match[1]} is after the end of the answer, {clock(duration)}")
    text = one_line(match[3])
    if not text:
        raise ValueError("it says nothing")
    return Remark(start, end, text)


def _seconds(text: str) -> float:
    *hours, minutes, rest = text.replace(",", ".").split(":")
    return sum(int(hour) for hour in hours) * 3600 + int(minutes) * 60 + float(rest)


def _id(text: str, where: str, number: int) -> str:
    """An id is a folder's name; one with a path in it would reach outside."""
    if not _ID.fullmatch(text):
        mend = "Leave the line as it was in the file that you shared, or take it out."
        raise UnreadableFile(f"{where}, line {number}: this is not the id of a take.", mend)
    return text
