"""An imported pack brought up to date without touching what its reader changed.

A pack is read as fragments: a bullet with what is indented below it, a story, a paragraph. The end
of an imported pack keeps a mark, a short hash, of each one as it was imported. A fragment whose
mark is kept is as imported; one without is the reader's; a mark without its fragment was deleted or
edited by the reader, and is not written again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from rehearse.questions.notes.fragments import Fragment, openings, read_fragments

_MARKS_A_LINE = 8
_MARKS = re.compile(r"\n*<!-- rehearse import:[^\n]*\n((?:[0-9a-f ]+\n)*)-->[ \t]*\n?")
_ALIKE = 60
"""Of 100, letters in common with the words in order: the same fragment, reworded."""
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
    fragments = read_fragments(new)
    added = len(fragments) - len(list(openings(fragments)))
    return Merged(_with_marks(new, _marks_of(fragments), source), added=added)


def merged(old: str, new: str, source: str) -> Merged:
    """The pack `old` with what changed from its last import to `new`."""
    body, known = split_marks(old)
    before, after = read_fragments(body), read_fragments(new)
    there, wanted = _marks_of(before), _marks_of(after)
    sections = {one.path for one in before}
    stale = [one for one in before if one.mark in known - wanted and not one.is_heading]
    fresh = [
        one
        for one in after
        if one.mark not in known | there and not (one.is_heading and one.path in sections)
    ]
    replaced = _pairs(stale, fresh)
    rest = _without(fresh, replaced.values())
    mine = [one for one in before if one.mark not in known]
    edited = list(_pairs(mine, rest).values())[: len(known - there - wanted)]
    added = _without(rest, edited)
    gone = set(_without(stale, replaced))
    pack = [_reworded(one, replaced.get(one, one)) for one in before if one not in gone]
    headings = {one.path: one for one in after if one.is_heading}
    for one in added:
        _insert(pack, one, headings)
    return Merged(
        text=_with_marks("\n".join(one.text for one in pack), wanted, source),
        added=len(_without(added, openings(after))),
        updated=len(replaced),
        removed=len(stale) - len(replaced),
        kept=len(edited),
    )


def same_source(old: str, new: str) -> bool:
    """Whether the pack was imported from these notes: a mark in common, or no marks at all."""
    _, known = split_marks(old)
    fragments = read_fragments(new)
    return not known or bool(known & _marks_of(_without(fragments, openings(fragments))))


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
    found = sorted(
        ((fuzz.token_sort_ratio(one.text, other.text), one, other) for one in old for other in new),
        key=lambda pair: -pair[0],
    )
    pairs: dict[Fragment, Fragment] = {}
    taken: set[Fragment] = set()
    for alike, one, other in found:
        if alike >= _ALIKE and one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs


def _without(some: Iterable[Fragment], others: Iterable[Fragment]) -> list[Fragment]:
    left_out = set(others)
    return [one for one in some if one not in left_out]


def _reworded(old: Fragment, new: Fragment) -> Fragment:
    """The new wording with the blank lines of the old one."""
    blanks = old.text[len(old.text.rstrip()) :]
    return old if old is new else replace(old, text=new.text.rstrip() + blanks)


def _insert(
    pack: list[Fragment], new: Fragment, headings: Mapping[tuple[str, ...], Fragment]
) -> None:
    """At the end of its section, below the headings that have to be made for it."""
    around = new.path[:-1] if new.is_heading else new.path
    if around and all(one.path != around for one in pack):
        _insert(pack, headings[around], headings)
    places = [
        at for at, one in enumerate(pack, 1)
        if (one.is_within(around) if new.is_heading or not around else one.path == around)
    ]  # fmt: skip
    at = places[-1] if places else len(pack)
    if at and pack[at - 1].text.split("\n")[-1].strip():
        pack[at - 1] = replace(pack[at - 1], text=f"{pack[at - 1].text}\n")
    pack.insert(at, replace(new, text=f"{new.text.rstrip()}\n"))
