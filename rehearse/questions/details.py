"""The details of a question: kind, principles, target time, follow-ups, notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rehearse.errors import WrongUsage
from rehearse.model.take import Kind
from rehearse.questions.kinds import find_kind
from rehearse.questions.markdown_lines import Item, Line, Problem
from rehearse.questions.principles import canonical, split_names
from rehearse.text import seconds as parse_seconds

_LABEL = re.compile(r"([A-Za-z]+(?:[ -](?:ups?|time))?)\s*:(?!//)\s*(.*)")
_LABELS = {
    "kind": "kind",
    "type": "kind",
    "principle": "principles",
    "principles": "principles",
    "target": "target",
    "target time": "target",
    "time": "target",
    "follow up": "follow-ups",
    "follow ups": "follow-ups",
    "followup": "follow-ups",
    "followups": "follow-ups",
    "note": "notes",
    "notes": "notes",
}


@dataclass(frozen=True)
class Details:
    """The details; None or empty where the pack does not say. `problems` lists what made no
    sense."""

    kind: Kind | None = None
    principles: tuple[str, ...] = ()
    target: float | None = None
    follow_ups: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def under(self, outer: Details) -> Details:
        """These details, with what they leave open taken from a section or a pack around them."""
        return replace(
            self,
            kind=self.kind or outer.kind,
            principles=self.principles or outer.principles,
            target=self.target or outer.target,
        )

    def joined(self, other: Details) -> Details:
        """Both details together; these win over `other`."""
        return Details(
            kind=self.kind or other.kind,
            principles=tuple(dict.fromkeys(self.principles + other.principles)),
            target=self.target or other.target,
            follow_ups=tuple(dict.fromkeys(self.follow_ups + other.follow_ups)),
            notes=self.notes + other.notes,
            problems=self.problems + other.problems,
        )


def label(line: Line) -> str | None:
    """Which detail a line gives, or None for a line of text."""
    match = _LABEL.fullmatch(line.text)
    return _LABELS.get(match[1].casefold().replace("-", " ")) if match else None


def of_lines(lines: Iterable[Line]) -> Details:
    """Of those lines that have a label."""
    details = Details()
    for line in lines:
        if label(line):
            details = details.joined(of_line(line))
    return details


def of_line(line: Line, *, listed: tuple[str, ...] = ()) -> Details:
    """Of a labelled line; `listed` are the items below it."""
    match = _LABEL.fullmatch(line.text)
    value = match[2].strip() if match else ""
    name = label(line)
    texts = ((value,) if value else ()) + listed
    if name == "follow-ups":
        return Details(follow_ups=texts)
    if name == "notes":
        return Details(notes=texts)
    if not value and not listed:
        return _wrong(line, line.text, "This line is empty. Write it like 'principles: Ownership'.")
    if name == "principles":
        names = split_names(value) + tuple(canonical(text) for text in listed)
        return Details(principles=tuple(dict.fromkeys(names)))
    return _kind(line, value) if name == "kind" else _target(line, value)


def of_item(item: Item) -> Details:
    """Of an item below a question: a labelled detail, else a follow-up, and what lies below."""
    listed = tuple(below.text for below in item.items if below.lines)
    if not item.lines:
        return Details(follow_ups=listed)
    first = item.lines[0]
    if label(first):
        return of_line(first, listed=listed).joined(of_lines(item.lines[1:]))
    match = _LABEL.fullmatch(first.text)
    if match and not item.text.endswith("?"):
        message = (
            f"'{match[1]}' is not a detail. Use kind, principles, target, follow-ups or notes."
        )
        return _wrong(first, match[1], message)
    return Details(follow_ups=(item.text, *listed))


def _kind(line: Line, value: str) -> Details:
    if kind := find_kind(value):
        return Details(kind=kind)
    kinds = ", ".join(kind.value.replace("_", " ") for kind in Kind)
    return _wrong(line, value, f"'{value}' is not a kind of question. Kinds are {kinds}.")


def _target(line: Line, value: str) -> Details:
    try:
        return Details(target=parse_seconds(value))
    except WrongUsage as error:
        return _wrong(line, value, str(error))


def _wrong(line: Line, part: str, message: str) -> Details:
    return Details(problems=(line.problem(part, message),))
