"""Tables of notes as parts: stories in rows or columns, questions, interviewers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

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
Cell = tuple[Span, ...]
Row = tuple[Cell, ...]


def table_parts(node: Node) -> Iterator[Block]:
    rows = [row for row in node.rows if any(row)]
    if not rows:
        return
    head, *body = rows
    if sum(1 for cell in head if _section(cell)) > 1:
        yield Block(Form.ANCHOR, _row_text(head), _line(head))
        yield from (_by_columns(head, row) for row in body)
    elif sum(1 for row in rows if row[0] and _section(row[0])) > 1:
        yield from _by_rows(rows)
    elif body and _is_schedule(head):
        people = [_interviewer(head, row) for row in body]
        label = Label(Role.SCHEDULE, "")
        yield Block(Form.TEXT, _row_text(head), _line(head), label, children=people)
    else:
        yield from _plain(head, body)


def _by_columns(head: Row, row: Row) -> Block:
    """A story with a column for each of its parts, below its title and its question."""
    holders: list[Block] = []
    children: list[Block] = []
    for name, cell in zip_longest(head, row, fillvalue=()):
        if cell and _is("questions", name):
            holders.insert(0, _part(cell, Label(Role.QUESTION, _text(cell))))
        elif cell and _is("places", name):
            children.append(Block(Form.ANCHOR, _text(cell), _line(row)))
        elif cell and not (holders or _section(name) or _is("principles", name)):
            holders.append(Block(Form.ITEM, _text(cell), _line(row), bold=True))
        elif cell:
            children.append(_labelled(name, cell))
    if not holders:
        return Block(Form.ITEM, "", _line(row), bold=True, children=children)
    for outer, inner in pairwise(holders):
        outer.children.append(inner)
    holders[-1].children += children
    return holders[0]


def _by_rows(rows: Sequence[Row]) -> Iterator[Block]:
    """A story with a row for each of its parts; further columns are further stories."""
    head = rows[0]
    titled = not _section(head[0])
    body = rows[1:] if titled else rows
    columns = max(len(row) for row in rows)
    if titled:
        yield Block(Form.ANCHOR, _row_text(head), _line(head))
    yield from (_part(cell) for row in body if not _section(row[0]) for cell in row if cell)
    body = [row for row in body if _section(row[0])]
    for column in range(1, columns):
        children = [
            _labelled(row[0], row[column]) for row in body if column < len(row) and row[column]
        ]
        title = head[column] if titled and column < len(head) else ()
        if columns == 2 and _is("generic", title):
            yield from children
        elif children:
            yield Block(Form.ITEM, _text(title), _line(rows[0]), bold=True, children=children)


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


def _plain(head: Row, body: Sequence[Row]) -> Iterator[Block]:
    """Rows of questions, of principles, or of anything: the first cell holds the others."""
    known = ("titles", "questions", "principles", "people", "places")
    if not any(
        any(_is(one, cell) for one in known) or find_label(_text(cell)) for cell in head if cell
    ):
        head, body = (), [head, *body]
    if head:
        yield Block(Form.ANCHOR, _row_text(head), _line(head))
    for row in body:
        cells = [(head[at] if at < len(head) else (), cell) for at, cell in enumerate(row) if cell]
        cells.sort(key=lambda one: _order(*one))
        if cells:
            (name, first), *others = cells
            label = Label(Role.QUESTION, _text(first)) if _is("questions", name) else None
            whole = _part(first, label, bold=bool(others))
            holder = whole
            for title, cell in others:
                one = _labelled(title, cell)
                if holder.role is Role.ASKED and _is("titles", title):
                    one.label = Label(Role.TOLD_IN, one.text)
                    one.role = Role.TOLD_IN
                holder.children.append(one)
                holder = one if one.role is Role.ASKED else holder
            yield whole


def _order(name: Cell, cell: Cell) -> int:
    """Principles hold questions, and questions hold the rest."""
    text = _text(cell)
    whole = named(text)
    if whole and not whole.rest:
        return 0
    if is_question(text) or _is("questions", name):
        return 1
    return 0 if _is("principles", name) else 2 if _is("titles", name) else 3


def _labelled(name: Cell, cell: Cell) -> Block:
    """A cell below the name of its column or beside that of its row."""
    title = _text(name)
    label = find_label(title) if title else None
    if title and _is("principles", name):
        label = Label(Role.LINKED, _text(cell), head="principle")
    elif title and _is("places", name):
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
