"""A pack as its user edits it: headings, bullets with what is indented below them, stories,
paragraphs, each with the blank lines below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import pairwise

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_BULLET = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s+\S")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_WHOLE = re.compile(r"story\s*:.*|my (?:introduction|closing(?: remarks)?)", re.IGNORECASE)
_STORIES = re.compile(r"(?:my )?stories", re.IGNORECASE)
_MARK_LENGTH = 10
"""Hexadecimal digits: among 10,000 fragments two share a mark once in 20,000 packs."""


@dataclass(frozen=True)
class Fragment:
    path: tuple[str, ...]
    """The headings around it as compared, outermost first; a heading's own is the last."""
    text: str
    is_heading: bool = False

    @cached_property
    def mark(self) -> str:
        plain = " ".join(self.text.split())
        return sha256(plain.encode("utf-8")).hexdigest()[:_MARK_LENGTH]

    def is_within(self, path: tuple[str, ...]) -> bool:
        return self.path[: len(path)] == path


def read_fragments(text: str) -> list[Fragment]:
    """Their texts joined with line ends are the pack."""
    lines = text.rstrip("\n").split("\n")
    found: list[Fragment] = []
    path: list[tuple[int, str]] = []
    """Levels and headings; that of the whole pack is none."""
    at = 0
    while at < len(lines):
        heading = _HEADING.match(lines[at])
        level = len(heading[1]) if heading else 0
        path = [one for one in path if not heading or one[0] < level]
        if heading is None:
            end = _front_matter(lines) if at == 0 else 0
            end = end or _end(lines, at)
        elif _WHOLE.fullmatch(heading[2]) or (path and _STORIES.fullmatch(path[-1][1])):
            end = next((n for n in range(at + 1, len(lines)) if _ends(lines[n], level)), len(lines))
        else:
            path += [(level, _folded(heading[2]))] if level > 1 else []
            end = at + 1
        is_heading = heading is not None and end == at + 1
        while end < len(lines) and not lines[end].strip():
            end += 1
        names = tuple(name for _, name in path)
        found.append(Fragment(names, "\n".join(lines[at:end]), is_heading))
        at = end
    return found


def _ends(line: str, level: int) -> bool:
    heading = _HEADING.match(line)
    return heading is not None and len(heading[1]) <= level


def _end(lines: Sequence[str], start: int) -> int:
    """Of the bullet or the paragraph that begins there."""
    end, fenced = start, False
    is_bullet = bool(_BULLET.match(lines[start]))
    while end < len(lines):
        line = lines[end]
        if end > start and not fenced and _begins(line, lines[end - 1], is_bullet=is_bullet):
            break
        fenced = fenced != bool(_FENCE.match(line))
        end += 1
    return end


def _begins(line: str, before: str, *, is_bullet: bool) -> bool:
    """Whether another fragment begins there."""
    if not line.strip():
        return not is_bullet
    if line[0].isspace():
        return False
    after_blank = is_bullet and not before.strip()
    return after_blank or bool(_HEADING.match(line) or _BULLET.match(line))


def _front_matter(lines: Sequence[str]) -> int:
    ends = (at for at, line in enumerate(lines[1:], 2) if line.rstrip() in ("---", "..."))
    return next(ends, 0) if lines[0].rstrip() == "---" else 0


def _folded(heading: str) -> str:
    return " ".join(heading.split()).casefold().replace("\\", "")


def openings(fragments: Sequence[Fragment]) -> Iterator[Fragment]:
    """The headings with something below them."""
    for one, after in pairwise(fragments):
        if one.is_heading and after.is_within(one.path):
            yield one
