"""A story from the blocks below its heading: labelled parts, then notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rehearse.questions.bank import Story
from rehearse.questions.markdown_lines import Block, Heading, Item, Line, Problem
from rehearse.questions.principles import canonical, split_names

_LABEL = re.compile(r"([A-Za-z]+(?: ?/ ?[A-Za-z]+)?)\s*(?::(?!//)\s*(.*)|)", re.DOTALL)
_PARTS = {
    "situation": ("situation",),
    "task": ("task",),
    "action": ("action",),
    "result": ("result",),
    "situation/task": ("situation", "task"),
    "question": ("question",),
    "principle": ("principles",),
    "principles": ("principles",),
    "note": ("notes",),
    "notes": ("notes",),
}
_NOTES = ("notes",)


@dataclass
class _Telling:
    lines: dict[str, list[str]] = field(default_factory=dict)
    current: tuple[str, ...] = _NOTES
    """Where unlabelled text goes: to the part of the last heading or labelled paragraph."""

    def read(self, block: Block) -> None:
        if isinstance(block, Heading):
            self.current = _part(block.line.text) or _NOTES
            if self.current == _NOTES:
                self.say(_NOTES, block.line.text)
        elif isinstance(block, Item):
            self.item(block)
        else:
            for label, text in _divided(block.lines):
                self.current = label or self.current
                self.say(self.current, text)

    def item(self, item: Item) -> None:
        part = self.current
        for label, text in _divided(item.lines):
            part = label or part
            self.say(part, text)
        for line in item.more:
            self.say(part, line.text)
        for text in listed(item.items):
            self.say(part, text)

    def say(self, parts: tuple[str, ...], text: str) -> None:
        if text:
            for part in parts:
                self.lines.setdefault(part, []).append(text)

    def text(self, part: str) -> str | None:
        return "\n".join(self.lines.get(part, ())) or None


def story(title: Line, blocks: Iterable[Block]) -> tuple[Story, tuple[Problem, ...]]:
    """The story; a problem where it is empty."""
    telling = _Telling()
    for block in blocks:
        telling.read(block)
    given = "\n".join(telling.lines.get("principles", ()))
    told = Story(
        title=title.text,
        principles=tuple(dict.fromkeys(n for one in given.split("\n") for n in split_names(one))),
        question=telling.text("question"),
        situation=telling.text("situation"),
        task=telling.text("task"),
        action=telling.text("action"),
        result=telling.text("result"),
        notes=tuple(telling.lines.get("notes", ())),
    )
    if telling.lines.keys() - {"principles", "question"}:
        return told, ()
    message = f"The story '{title.text}' is empty. Write '- Situation: ...' and so on."
    return told, (title.problem(title.text, message),)


def listed(items: Iterable[Item]) -> Iterable[str]:
    """The texts of items and of what is below them, each for itself."""
    for item in items:
        if item.lines:
            yield item.text
        yield from (line.text for line in item.more)
        yield from listed(item.items)


def names_listed(value: str, items: Iterable[Item]) -> tuple[str, ...]:
    """Names after a label, and those on bullets of their own below it."""
    below = tuple(canonical(text) for text in listed(items))
    return tuple(dict.fromkeys(split_names(value) + below))


def _divided(lines: Iterable[Line]) -> Iterable[tuple[tuple[str, ...], str]]:
    """Runs of lines, each with its label's parts; no parts where there is no label."""
    parts: tuple[str, ...] = ()
    texts: list[str] = []
    for line in lines:
        match = _LABEL.fullmatch(line.text)
        if match and match[2] is not None and _part(match[1]):
            yield parts, " ".join(texts)
            parts, texts = _part(match[1]), [match[2]] if match[2] else []
        else:
            texts.append(line.text)
    yield parts, " ".join(texts)


def _part(label: str) -> tuple[str, ...]:
    return _PARTS.get(label.casefold().rstrip(":").replace(" ", ""), ())
