"""An imported pack brought up to date without touching what its reader changed.

A pack is pieces: a bullet with what is indented below it, a story, a paragraph. The end of an
imported pack keeps a mark, a short hash, of each piece as it was imported. A piece whose mark is
kept is as imported; one without is the reader's; a mark without its piece was deleted or edited by
the reader, and is not written again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_BULLET = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s+\S")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_WHOLE = re.compile(r"story\s*:.*|my (?:introduction|closing(?: remarks)?)", re.IGNORECASE)
_STORIES = re.compile(r"(?:my )?stories", re.IGNORECASE)
_MARK_LENGTH = 10
"""Hexadecimal digits: among 10,000 pieces two share a mark once in 20,000 packs."""
_MARKS_A_LINE = 8
_MARKS = re.compile(r"\n*<!-- rehearse import:[^\n]*\n((?:[0-9a-f ]+\n)*)-->[ \t]*\n?")
_ALIKE = 0.6
"""Of the words in common: the same piece, reworded."""
_MOST_COMPARED = 250_000
"""Pairs of changed pieces, some 2 s; a pack of which more changed is written anew instead."""


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


@dataclass(frozen=True)
class Merged:
    text: str
    added: int = 0
    updated: int = 0
    removed: int = 0
    kept: int = 0
    """Changed in the notes and by the reader: the reader's wording stays."""


@dataclass
class _Pack:
    lines: list[str]
    pieces: list[Fragment] = field(default_factory=list)
    ends: dict[tuple[str, ...], int] = field(default_factory=dict)
    """Of each section, with the sections in it."""
    own_ends: dict[tuple[str, ...], int] = field(default_factory=dict)
    """Of each section, without them."""


def first_import(new: str, source: str) -> Merged:
    pieces = _read(new).pieces
    return Merged(_with_marks(new, _marks_of(pieces), source), added=len(pieces))


def merged(old: str, new: str, source: str) -> Merged:
    """The pack `old` with what changed from its last import to `new`."""
    body, known = split_marks(old)
    before, after = _read(body), _read(new)
    there = _marks_of(before.pieces)
    wanted = _marks_of(after.pieces)
    gone, seen = known - wanted, known | there
    stale = [one for one in before.pieces if one.mark in gone and not _is_heading(one)]
    mine = [one for one in before.pieces if one.mark not in known]
    fresh = [
        one
        for one in after.pieces
        if one.mark not in seen
        and not (_is_heading(one) and (*one.path, _folded(one.text)) in before.ends)
    ]
    lost = len(known - there - wanted)
    replaced = _pairs(stale, fresh)
    updates = set(replaced.values())
    rest = [one for one in fresh if one not in updates]
    edited = list(_pairs(mine, rest).values())[:lost] if lost else []
    settled = set(edited)
    added = [one for one in rest if one not in settled]
    changes = {one.start: (one.end, replaced[one].text if one in replaced else "") for one in stale}
    text = _changed(before, changes, added)
    return Merged(
        text=_with_marks(text, wanted, source),
        added=len(added),
        updated=len(replaced),
        removed=len(stale) - len(replaced),
        kept=len(edited),
    )


def same_source(old: str, new: str) -> bool:
    """Whether the pack was imported from these notes: a mark in common, or no marks at all."""
    _, known = split_marks(old)
    return not known or bool(known & _marks_of(_read(new).pieces))


def split_marks(text: str) -> tuple[str, frozenset[str]]:
    """The pack without its marks, and the marks."""
    text = re.sub(r"\r\n|\r", "\n", text)
    found = _MARKS.search(text)
    if found is None:
        return text, frozenset()
    return text[: found.start()] + "\n" + text[found.end() :], frozenset(found[1].split())


def _with_marks(text: str, marks: Iterable[str], source: str) -> str:
    ordered = sorted(marks)
    rows = range(0, len(ordered), _MARKS_A_LINE)
    lines = "".join(" ".join(ordered[at : at + _MARKS_A_LINE]) + "\n" for at in rows)
    name = re.sub(r"-{2,}|[<>\n]", "-", source)
    about = f"<!-- rehearse import: from {name}; these marks tell your edits from its own"
    return f"{text.rstrip()}\n\n{about}\n{lines}-->\n"


def _marks_of(pieces: Iterable[Fragment]) -> frozenset[str]:
    return frozenset(piece.mark for piece in pieces)


def _read(text: str) -> _Pack:
    lines = text.rstrip("\n").split("\n")
    pack = _Pack(lines)
    path: tuple[str, ...] = ()
    """Headings as written."""
    at = _front_matter(lines)
    pack.ends[()] = pack.own_ends[()] = len(lines)
    while at < len(lines):
        heading = _HEADING.match(lines[at])
        if heading is None:
            at = _piece(pack, path, at) if lines[at].strip() else at + 1
            continue
        level = len(heading[1])
        path = tuple(one for one in path if _level(one) < level)
        end = _section_end(lines, at, level)
        is_story = bool(path) and _STORIES.fullmatch(_folded(path[-1])) is not None
        if is_story or _WHOLE.fullmatch(heading[2]):
            pack.pieces.append(_cut(lines, path, at, end))
            at = end
            continue
        if level > 1:
            _open_section(pack, path, at, end)
            path = (*path, lines[at].strip())
        at += 1
    return pack


def _open_section(pack: _Pack, path: tuple[str, ...], start: int, end: int) -> None:
    """Notes where the section ends; a heading with nothing below it is a piece."""
    names = tuple(map(_folded, (*path, pack.lines[start])))
    pack.ends[names] = end
    pack.own_ends[names] = _own_end(pack.lines, start, end)
    if not any(line.strip() for line in pack.lines[start + 1 : end]):
        pack.pieces.append(_cut(pack.lines, path, start, end))


def _piece(pack: _Pack, path: tuple[str, ...], start: int) -> int:
    """Adds the piece that begins there; gives the line after it."""
    lines, end, fenced = pack.lines, start, False
    is_bullet = bool(_BULLET.match(lines[start]))
    while end < len(lines):
        line = lines[end]
        if end > start and not fenced and _ends_piece(line, lines[end - 1], is_bullet=is_bullet):
            break
        fenced = fenced != bool(_FENCE.match(line))
        end += 1
    pack.pieces.append(_cut(lines, path, start, end))
    return end


def _ends_piece(line: str, before: str, *, is_bullet: bool) -> bool:
    if not line.strip():
        return not is_bullet
    if line[0].isspace():
        return False
    after_blank = is_bullet and not before.strip()
    return after_blank or bool(_HEADING.match(line) or _BULLET.match(line))


def _cut(lines: Sequence[str], path: tuple[str, ...], start: int, end: int) -> Fragment:
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return Fragment(tuple(map(_folded, path)), path, "\n".join(lines[start:end]), start, end)


def _front_matter(lines: Sequence[str]) -> int:
    if lines[0].rstrip() != "---":
        return 0
    ends = (at for at, line in enumerate(lines[1:], 2) if line.rstrip() in ("---", "..."))
    return next(ends, 0)


def _section_end(lines: Sequence[str], start: int, level: int) -> int:
    for at in range(start + 1, len(lines)):
        heading = _HEADING.match(lines[at])
        if heading and len(heading[1]) <= level:
            return at
    return len(lines)


def _own_end(lines: Sequence[str], start: int, end: int) -> int:
    return next((at for at in range(start + 1, end) if _HEADING.match(lines[at])), end)


def _level(heading: str) -> int:
    return len(heading) - len(heading.lstrip("#"))


def _folded(heading: str) -> str:
    return " ".join(heading.lstrip("#").split()).casefold().replace("\\", "")


def _is_heading(piece: Fragment) -> bool:
    """Whether it is a heading with nothing below it."""
    return "\n" not in piece.text and _HEADING.match(piece.text) is not None


def _pairs(old: Sequence[Fragment], new: Sequence[Fragment]) -> dict[Fragment, Fragment]:
    """Old pieces with the new ones that they became, most alike first."""
    if len(old) * len(new) > _MOST_COMPARED:
        return {}
    words = {piece: Counter(piece.text.casefold().split()) for piece in (*old, *new)}
    found = sorted(
        ((_alike(words[one], words[other]), one, other) for one in old for other in new),
        key=lambda pair: -pair[0],
    )
    pairs: dict[Fragment, Fragment] = {}
    taken: set[Fragment] = set()
    for alike, one, other in found:
        if alike >= _ALIKE and one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """Share of words in common (Dice's coefficient)."""
    return 2 * (one & other).total() / (one.total() + other.total())


def _changed(pack: _Pack, changes: dict[int, tuple[int, str]], added: Sequence[Fragment]) -> str:
    """The pack's text with pieces replaced or taken out, and new ones at the ends of sections."""
    inserts: dict[int, list[str]] = {}
    made: dict[tuple[str, ...], int] = {}
    for piece in added:
        at, headings = _place(pack, piece, made)
        inserts.setdefault(at, []).extend([*headings, piece.text])
    return "\n".join(_lines(pack, changes, inserts)) + "\n"


def _lines(
    pack: _Pack, changes: dict[int, tuple[int, str]], inserts: dict[int, list[str]]
) -> Iterator[str]:
    at, last = 0, ""
    while at <= len(pack.lines):
        for text in inserts.get(at, ()):
            yield from ([text, ""] if not last.strip() else ["", text, ""])
            last = ""
        end, new = changes.get(at, (at + 1, pack.lines[at] if at < len(pack.lines) else ""))
        if new or (at not in changes and at < len(pack.lines)):
            yield new
            last = new
        elif end < len(pack.lines) and not pack.lines[end].strip() and end not in inserts:
            end += 1  # the blank line below what was taken out
        at = end


def _place(
    pack: _Pack, piece: Fragment, made: dict[tuple[str, ...], int]
) -> tuple[int, tuple[str, ...]]:
    """The line before which it goes, and the headings that have to be made for it."""
    if piece.path in made:
        return made[piece.path], ()
    if piece.path in pack.own_ends:
        is_section = _HEADING.match(piece.text) is not None
        return (pack.ends if is_section else pack.own_ends)[piece.path], ()
    depth = next(
        n
        for n in range(len(piece.path) - 1, -1, -1)
        if piece.path[:n] in made or piece.path[:n] in pack.ends
    )
    around = piece.path[:depth]
    at = made[around] if around in made else pack.ends[around]
    for n in range(depth + 1, len(piece.path) + 1):
        made[piece.path[:n]] = at
    return at, piece.headings[depth:]
