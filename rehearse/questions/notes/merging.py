"""An imported pack brought up to date without touching what its reader changed.

A pack is read as fragments: a bullet with what is indented below it, a story, a paragraph. The end
of an imported pack keeps a mark, a short hash, of each one as it was imported. A fragment whose
mark is kept is as imported; one without is the reader's; a mark without its fragment was deleted or
edited by the reader, and is not written again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rehearse.questions.notes.fragments import (
    HEADING,
    EditedPack,
    Fragment,
    folded,
    is_heading,
    read_fragments,
)

_MARKS_A_LINE = 8
_MARKS = re.compile(r"\n*<!-- rehearse import:[^\n]*\n((?:[0-9a-f ]+\n)*)-->[ \t]*\n?")
_ALIKE = 0.6
"""Of the words in common: the same fragment, reworded."""
_MOST_COMPARED = 250_000
"""Pairs of changed fragments, some 2 s; a pack of which more changed is written anew instead."""


@dataclass(frozen=True)
class Merged:
    text: str
    added: int = 0
    updated: int = 0
    removed: int = 0
    kept: int = 0
    """Changed in the notes and by the reader: the reader's wording stays."""


def first_import(new: str, source: str) -> Merged:
    fragments = read_fragments(new).fragments
    return Merged(_with_marks(new, _marks_of(fragments), source), added=len(fragments))


def merged(old: str, new: str, source: str) -> Merged:
    """The pack `old` with what changed from its last import to `new`."""
    body, known = split_marks(old)
    before, after = read_fragments(body), read_fragments(new)
    there = _marks_of(before.fragments)
    wanted = _marks_of(after.fragments)
    gone, seen = known - wanted, known | there
    stale = [one for one in before.fragments if one.mark in gone and not is_heading(one)]
    mine = [one for one in before.fragments if one.mark not in known]
    fresh = [
        one
        for one in after.fragments
        if one.mark not in seen
        and not (is_heading(one) and (*one.path, folded(one.text)) in before.ends)
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
    return not known or bool(known & _marks_of(read_fragments(new).fragments))


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


def _marks_of(fragments: Iterable[Fragment]) -> frozenset[str]:
    return frozenset(fragment.mark for fragment in fragments)


def _pairs(old: Sequence[Fragment], new: Sequence[Fragment]) -> dict[Fragment, Fragment]:
    """Old fragments with the new ones that they became, most alike first."""
    if len(old) * len(new) > _MOST_COMPARED:
        return {}
    words = {fragment: Counter(fragment.text.casefold().split()) for fragment in (*old, *new)}
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


def _changed(
    pack: EditedPack, changes: dict[int, tuple[int, str]], added: Sequence[Fragment]
) -> str:
    """The pack's text with fragments replaced or removed, and new ones at the ends of sections."""
    inserts: dict[int, list[str]] = {}
    made: dict[tuple[str, ...], int] = {}
    for fragment in added:
        at, headings = _place(pack, fragment, made)
        inserts.setdefault(at, []).extend([*headings, fragment.text])
    return "\n".join(_lines(pack, changes, inserts)) + "\n"


def _lines(
    pack: EditedPack, changes: dict[int, tuple[int, str]], inserts: dict[int, list[str]]
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
    pack: EditedPack, fragment: Fragment, made: dict[tuple[str, ...], int]
) -> tuple[int, tuple[str, ...]]:
    """The line before which it goes, and the headings that have to be made for it."""
    if fragment.path in made:
        return made[fragment.path], ()
    if fragment.path in pack.own_ends:
        is_section = HEADING.match(fragment.text) is not None
        return (pack.ends if is_section else pack.own_ends)[fragment.path], ()
    depth = next(
        n
        for n in range(len(fragment.path) - 1, -1, -1)
        if fragment.path[:n] in made or fragment.path[:n] in pack.ends
    )
    around = fragment.path[:depth]
    at = made[around] if around in made else pack.ends[around]
    for n in range(depth + 1, len(fragment.path) + 1):
        made[fragment.path[:n]] = at
    return at, fragment.headings[depth:]
