"""A pack as its user edits it: a bullet with what is indented below it, a story, a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_BULLET = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s+\S")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_WHOLE = re.compile(r"story\s*:.*|my (?:introduction|closing(?: remarks)?)", re.IGNORECASE)
_STORIES = re.compile(r"(?:my )?stories", re.IGNORECASE)
_MARK_LENGTH = 10
"""Hexadecimal digits: among 10,000 fragments two share a mark once in 20,000 packs."""


@dataclass(frozen=True)
class Fragment:
    path: tuple[str, ...]
    """The headings around it as compared, outermost first."""
    headings: tuple[str, ...]
    """The same as written."""
    text: str
    start: int
    end: int
    """Lines in its pack, the end not included."""

    @cached_property
    def mark(self) -> str:
        plain = " ".join(self.text.split())
        return sha256(plain.encode("utf-8")).hexdigest()[:_MARK_LENGTH]


@dataclass
class EditedPack:
    lines: list[str]
    fragments: list[Fragment] = field(default_factory=list)
    ends: dict[tuple[str, ...], int] = field(default_factory=dict)
    """Of each section, with the sections in it."""
    own_ends: dict[tuple[str, ...], int] = field(default_factory=dict)
    """Of each section, without them."""


def read_fragments(text: str) -> EditedPack:
    lines = text.rstrip("\n").split("\n")
    pack = EditedPack(lines)
    path: tuple[str, ...] = ()
    """Headings as written."""
    at = _front_matter(lines)
    pack.ends[()] = pack.own_ends[()] = len(lines)
    while at < len(lines):
        heading = HEADING.match(lines[at])
        if heading is None:
            at = _fragment(pack, path, at) if lines[at].strip() else at + 1
            continue
        level = len(heading[1])
        path = tuple(one for one in path if _level(one) < level)
        end = _section_end(lines, at, level)
        is_story = bool(path) and _STORIES.fullmatch(folded(path[-1])) is not None
        if is_story or _WHOLE.fullmatch(heading[2]):
            pack.fragments.append(_cut(lines, path, at, end))
            at = end
            continue
        if level > 1:
            _open_section(pack, path, at, end)
            path = (*path, lines[at].strip())
        at += 1
    return pack


def _open_section(pack: EditedPack, path: tuple[str, ...], start: int, end: int) -> None:
    """Notes where the section ends; a heading with nothing below it is a fragment."""
    names = tuple(map(folded, (*path, pack.lines[start])))
    pack.ends[names] = end
    pack.own_ends[names] = _own_end(pack.lines, start, end)
    if not any(line.strip() for line in pack.lines[start + 1 : end]):
        pack.fragments.append(_cut(pack.lines, path, start, end))


def _fragment(pack: EditedPack, path: tuple[str, ...], start: int) -> int:
    """Adds the fragment that begins there; gives the line after it."""
    lines, end, fenced = pack.lines, start, False
    is_bullet = bool(_BULLET.match(lines[start]))
    while end < len(lines):
        line = lines[end]
        if end > start and not fenced and _ends_fragment(line, lines[end - 1], is_bullet=is_bullet):
            break
        fenced = fenced != bool(_FENCE.match(line))
        end += 1
    pack.fragments.append(_cut(lines, path, start, end))
    return end


def _ends_fragment(line: str, before: str, *, is_bullet: bool) -> bool:
    if not line.strip():
        return not is_bullet
    if line[0].isspace():
        return False
    after_blank = is_bullet and not before.strip()
    return after_blank or bool(HEADING.match(line) or _BULLET.match(line))


def _cut(lines: Sequence[str], path: tuple[str, ...], start: int, end: int) -> Fragment:
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return Fragment(tuple(map(folded, path)), path, "\n".join(lines[start:end]), start, end)


def _front_matter(lines: Sequence[str]) -> int:
    if lines[0].rstrip() != "---":
        return 0
    ends = (at for at, line in enumerate(lines[1:], 2) if line.rstrip() in ("---", "..."))
    return next(ends, 0)


def _section_end(lines: Sequence[str], start: int, level: int) -> int:
    for at in range(start + 1, len(lines)):
        heading = HEADING.match(lines[at])
        if heading and len(heading[1]) <= level:
            return at
    return len(lines)


def _own_end(lines: Sequence[str], start: int, end: int) -> int:
    return next((at for at in range(start + 1, end) if HEADING.match(lines[at])), end)


def _level(heading: str) -> int:
    return len(heading) - len(heading.lstrip("#"))


def folded(heading: str) -> str:
    return " ".join(heading.lstrip("#").split()).casefold().replace("\\", "")


def is_heading(fragment: Fragment) -> bool:
    """Whether it is a heading with nothing below it."""
    return "\n" not in fragment.text and HEADING.match(fragment.text) is not None
