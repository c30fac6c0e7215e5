"""Tables of notes as parts: stories in rows or columns, questions, interviewers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rehearse.questions.notes.asking import is_question
from rehearse.questions.notes.labels import Label, Role, find_label
from rehearse.questions.notes.naming import named
from rehearse.questions.notes.parts import Block
from rehearse.questions.notes.tree import Form, Node, Span

_COLUMNS = {
    "questions": r"(sample |interview |behaviou?ral )?questions?|prompt|问题|fragen?|preguntas?"
    r"|perguntas?",
    "titles": r"(my |which )?(story|title|project|example|name|experience)s?( name| title)?",
    "principles": r"((leadership )?principle|lp|value|competenc(y|ie)|原则|准则)s?( tested)?",
    "people": r"(interviewer|name|who|with|person|panel(ist)?|面试官)s?( name)?",
    "places": r"(time|when|date|day|slot|start|end|#|no\.?|nr\.?|round|duration|where|room|status|"
    r"state|priority|difficulty|rating|tags?|时间)s?",
    "focus": r".*\b(focus|topic|theme|area|role|lps?)\b.*|(topic|theme|area)s",
    "generic": r"(details?|notes?|content|description|text|answer|what happened)s?|",
}
_NAMED = ("titles", "questions", "principles", "people", "places")
_FIRST, _ASKED, _TITLE, _DETAIL = range(4)
Cell = tuple[Span, ...]
Row = tuple[Cell, ...]


def table_parts(node: Node) -> Iterator[Block]:
    rows: list[Row] = [row for row in node.rows if any(row)]
    if sum(bool(row[0] and _section(row[0])) for row in rows) > 1:
        rows = list(zip_longest(*rows, fillvalue=()))  # a row for each part: each column is a story
    head, *body = rows or [()]
    if body and _is_schedule(head):
        people = [_interviewer(head, row) for row in body]
        label = Label(Role.SCHEDULE, "")
        yield Block(Form.TEXT, _row_text(head), _line(head), label, children=people)
    elif head:
        yield from _rows(head, body)


def _is_schedule(head: Row) -> bool:
    people = any(_is("people", cell) for cell in head)
    others = any(_is(one, cell) for one in ("principles", "places", "focus") for cell in head)
    return people and others and not any(_is("questions", cell) or _section(cell) for cell in head)


def _interviewer(head: Row, row: Row) -> Block:
    whole: Block | None = None
    children: list[Block] = []
    for title, cell in zip_longest(head, row, fillvalue=()):
        if cell and whole is None and _is("people", title):
            whole = _part(cell)
        elif cell and _is("places", title):
            children.append(Block(Form.ANCHOR, _text(cell), _line(row)))
        else:
            children.extend(_part((span,)) for span in cell)
    name = whole or Block(Form.ITEM, "", _line(row))
    name.children += children
    return name


def _rows(head: Row, body: Sequence[Row]) -> Iterator[Block]:
    """Rows of stories, of questions, of principles, or of anything."""
    is_told = sum(map(_section, head)) > 1
    if not any(any(_is(one, cell) for one in _NAMED) or find_label(_text(cell)) for cell in head):
        head, body = (), [head, *body]
    if head:
        yield Block(Form.ANCHOR, _row_text(head), _line(head))
    for row in body:
        cells = [
            (_order(name, cell, is_told=is_told), name, cell)
            for name, cell in zip_longest(head, row, fillvalue=())
            if cell
        ]
        yield from _row(sorted(cells, key=lambda one: one[0]), is_told=is_told)


def _row(cells: Sequence[tuple[int, Cell, Cell]], *, is_told: bool) -> Iterator[Block]:
    """The first cell holds the others; of a story without a title they stand for themselves."""
    holder: Block | None = None
    for order, name, cell in cells:
        is_title = is_told and order == _TITLE and (holder is None or holder.role is Role.ASKED)
        if holder is None and (order < _DETAIL or not is_told):
            label = Label(Role.QUESTION, _text(cell)) if _is("questions", name) else None
            yield (holder := _part(cell, label, bold=is_title or len(cells) > 1))
            continue
        one = _part(cell, bold=True) if is_title else _labelled(name, cell)
        if holder is None:
            yield one
            continue
        if holder.role is Role.ASKED and _is("titles", name) and not is_told:
            one.label, one.role = Label(Role.TOLD_IN, one.text), Role.TOLD_IN
        holder.children.append(one)
        holder = one if one.role is Role.ASKED or is_title else holder


def _order(name: Cell, cell: Cell, *, is_told: bool) -> int:
    """Principles hold questions, and questions hold the rest; in a story, a title does."""
    if is_told:
        is_place = _is("places", name) or _is("generic", cell)
        is_detail = is_place or _section(name) or _is("principles", name)
        return _ASKED if _is("questions", name) else _DETAIL if is_detail else _TITLE
    whole = named(_text(cell))
    if whole and not whole.rest:
        return _FIRST
    if is_question(_text(cell)) or _is("questions", name):
        return _ASKED
    return _FIRST if _is("principles", name) else _TITLE if _is("titles", name) else _DETAIL


def _labelled(name: Cell, cell: Cell) -> Block:
    """A cell below the name of its column or beside that of its row."""
    title = _text(name)
    label = find_label(title) if title else None
    if title and _is("principles", name):
        label = Label(Role.LINKED, _text(cell), head="principle")
    elif title and (_is("places", name) or _is("generic", cell)):
        return Block(Form.ANCHOR, _text(cell), _line((cell,)))
    if label and (
        label.sections or label.role in (Role.LINKED, Role.ANSWER, Role.FOLLOW_UPS, Role.POINTS)
    ):
        kept = Label(label.role, cell[0].text, label.sections, head=label.head or title)
        rest = [Block(Form.TEXT, span.text, span.line) for span in cell[1:]]
        return _part(cell, kept, children=rest)
    return _part(cell)


def _part(
    cell: Cell, label: Label | None = None, *, bold: bool = False, children: Sequence[Block] = ()
) -> Block:
    text = _text(cell)
    return Block(
        Form.ITEM,
        text,
        _line((cell,)),
        label or find_label(text),
        bold=bold,
        links=tuple(link for span in cell for link in span.links if link),
        children=list(children),
    )


def _section(cell: Cell) -> bool:
    label = find_label(_text(cell))
    return bool(label and label.sections and not label.rest)


def _is(column: str, cell: Cell) -> bool:
    text = _text(cell).strip(" :：")
    return bool(text or column == "generic") and bool(re.fullmatch(_COLUMNS[column], text, re.I))


def _text(cell: Cell) -> str:
    return " ".join(span.text for span in cell)


def _row_text(row: Row) -> str:
    return " | ".join(_text(cell) for cell in row if cell)


def _line(row: Row) -> int:
    return next((cell[0].line for cell in row if cell), 0)
