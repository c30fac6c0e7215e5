"""A plan of interviews from the bullets below its heading: who asks, and about what."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rehearse.questions.bank import Interviewer, Plan
from rehearse.questions.markdown_lines import Block, Item, Line, Problem
from rehearse.questions.story_reader import names_listed

_DETAIL = re.compile(r"([A-Za-z]+)\s*:\s*(.*)")
_KNOWN = {
    "principle": "principles",
    "principles": "principles",
    "theme": "themes",
    "themes": "themes",
    "questions": "questions",
}


def plan(title: Line, blocks: Iterable[Block]) -> tuple[Plan, tuple[Problem, ...]]:
    """A problem where nobody asks, and for each detail that makes no sense."""
    problems: list[Problem] = []
    items = [block for block in blocks if isinstance(block, Item) and block.lines]
    asking = tuple(_interviewer(item, problems) for item in items)
    if not asking:
        message = f"Nobody asks in '{title.text}'. Write each interviewer as a bullet: '- Dana'."
        problems.append(title.problem(title.text, message))
    return Plan(title.text, asking), tuple(problems)


def _interviewer(item: Item, problems: list[Problem]) -> Interviewer:
    name, *more = item.lines
    found: dict[str, tuple[str, ...]] = {}
    for line in (*more, *item.more):
        _detail(line, (), found, problems)
    for below in item.items:
        if below.lines:
            _detail(below.lines[0], below.items, found, problems)
    count = found.get("questions", ())
    return Interviewer(
        name=name.text,
        principles=found.get("principles", ()),
        themes=found.get("themes", ()),
        questions=int(count[0]) if count else None,
    )


def _detail(
    line: Line, items: tuple[Item, ...], found: dict[str, tuple[str, ...]], problems: list[Problem]
) -> None:
    match = _DETAIL.fullmatch(line.text)
    name = _KNOWN.get(match[1].casefold()) if match else None
    if match is None or name is None:
        message = "An interviewer has principles, themes and questions: 'themes: system design'."
        problems.append(line.problem(line.text, message))
    elif name == "questions" and not re.fullmatch("[1-9][0-9]?", match[2]):
        message = f"'{match[2]}' is not a number of questions."
        problems.append(line.problem(match[2], message))
    elif not match[2] and not items:
        message = "This line is empty. Write it like 'principles: Ownership'."
        problems.append(line.problem(line.text, message))
    else:
        found[name] = found.get(name, ()) + names_listed(match[2], items)
