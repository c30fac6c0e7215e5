"""Tables of notes as parts: stories in rows or columns, questions, interviewers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rehearse.questions.notes.asking import is_question
from rehearse.questions.notes.labels import Label, Role, find_label
from rehearse.questions.notes.naming import named
from rehearse.questions.notes.part import Part
from rehearse.questions.notes.tree import Form, Node, Span

_TITLES = re.compile(r"(story|title|project|example|name|experience)s?( name| title)?", re.I)
_QUESTIONS = re.compile(r"(sample |interview |behaviou?ral )?questions?|问题", re.I)
_PRINCIPLES = re.compile(
    r"((leadership )?principle|lp|value|competenc(y|ie)|原则|准则)s?( tested)?", re.I
)
_PEOPLE = re.compile(r"(interviewer|name|who|with|person|panel(ist)?|面试官)s?( name)?", re.I)
_PLACES = re.compile(
    r"(time|when|date|day|slot|start|end|#|no\.?|round|duration|where|room|时间)s?", re.I
)

Cell = tuple[Span, ...]
Row = tuple[Cell, ...]


def table_parts(node: Node) -> Iterator[Part]:
    rows = [row for row in node.rows if any(row)]
    if not rows:
        return
    head, *body = rows
    if sum(1 for cell in head if _section(cell)) > 1:
        yield Part(Form.ANCHOR, _text(head), _line(head))
        yield from (_by_columns(head, row) for row in body)
    elif sum(1 for row in rows if row[0] and _section(row[0])) > 1:
        yield from _by_rows(rows)
    elif body and _is_schedule(head):
        yield Part(
            Form.TEXT,
            _text(head),
            _line(head),
            Label(Role.SCHEDULE, ""),
            children=[_interviewer(head, row) for row in body],
        )
    else:
        yield from _plain(head, body)


def _by_columns(head: Row, row: Row) -> Part:
    """A story with a column for each of its parts."""
    children: list[Part] = []
    title: Part | None = None
    for name, cell in zip(head, row, strict=False):
        if not cell:
            continue
        if title is None and not _section(name) and not _matches(_PRINCIPLES, name):
            title = _part(cell)
        else:
            children.append(_labelled(name, cell))
    whole = title or Part(Form.TEXT, "", _line(row))
    return Part(
        Form.ITEM, whole.text, whole.line, whole.label, children=[*whole.children, *children]
    )


def _by_rows(rows: Sequence[Row]) -> Iterator[Part]:
    """A story with a row for each of its parts; further columns are further stories."""
    head = rows[0]
    titled = not _section(head[0])
    body = rows[1:] if titled else rows
    columns = max(len(row) for row in rows)
    for column in range(1, columns):
        children = [
            _labelled(row[0], row[column]) for row in body if column < len(row) and row[column]
        ]
        title = head[column] if titled and column < len(head) else ()
        if columns == 2 and (not title or _is_generic(title)):
            yield from children
        elif children:
            yield Part(Form.ITEM, _spans_text(title), _line(rows[0]), bold=True, children=children)


def _is_schedule(head: Row) -> bool:
    people = any(_matches(_PEOPLE, cell) for cell in head)
    others = any(_matches(_PRINCIPLES, cell) or _matches(_PLACES, cell) for cell in head)
    focus = any(
        re.search(r"focus|topic|theme|area|role|lps?\b", _spans_text(c), re.I) for c in head
    )
    story = any(_matches(_QUESTIONS, cell) or _section(cell) for cell in head)
    return people and (others or focus) and not story


def _interviewer(head: Row, row: Row) -> Part:
    children: list[Part] = []
    name: Part | None = None
    for title, cell in zip(head, row, strict=False):
        if not cell:
            continue
        if name is None and _matches(_PEOPLE, title):
            name = _part(cell)
        elif _matches(_PLACES, title):
            children.append(Part(Form.ANCHOR, _spans_text(cell), _line(row)))
        else:
            children.extend(_part((span,)) for span in cell)
    whole = name or Part(Form.TEXT, "", _line(row))
    return Part(Form.ITEM, whole.text, whole.line, children=children)


def _plain(head: Row, body: Sequence[Row]) -> Iterator[Part]:
    """Rows of questions, of principles, or of anything: the first cell holds the others."""
    if not body or not all(_is_known(cell) for cell in head if cell):
        named_head = any(_is_known(cell) for cell in head if cell)
        if not named_head:
            body = [head, *body]
            head = ()
    if head:
        yield Part(Form.ANCHOR, _text(head), _line(head))
    for row in body:
        cells = [(head[at] if at < len(head) else (), cell) for at, cell in enumerate(row) if cell]
        cells.sort(key=lambda one: _order(*one))
        if cells:
            (_, first), *others = cells
            holder = _part(first)
            holder.form = Form.ITEM
            holder.bold = bool(others)
            holder.children += [_labelled(name, cell) for name, cell in others]
            yield holder


def _order(name: Cell, cell: Cell) -> int:
    """Principles hold questions, and questions hold the rest."""
    text = _spans_text(cell)
    if is_question(text) or (name and _matches(_QUESTIONS, name)):
        return 1
    whole = named(text)
    if (whole and not whole.rest) or (name and _matches(_TITLES, name)):
        return 0 if whole else 2
    return 3


def _labelled(name: Cell, cell: Cell) -> Part:
    """A cell below the name of its column or beside that of its row."""
    text = _spans_text(cell)
    title = _spans_text(name)
    label = find_label(title) if title else None
    if title and _matches(_PRINCIPLES, name):
        label = Label(Role.LINKED, text)
    if label and (label.sections or label.role in (Role.LINKED, Role.ANSWER, Role.FOLLOW_UPS)):
        kept = Label(label.role, cell[0].text, label.sections, head=title)
        rest = [Part(Form.TEXT, span.text, span.line) for span in cell[1:]]
        return Part(Form.ITEM, text, cell[0].line, kept, children=rest)
    return _part(cell)


def _part(cell: Cell) -> Part:
    text = _spans_text(cell)
    links = tuple(link for span in cell for link in span.links if link)
    return Part(Form.TEXT, text, cell[0].line, find_label(text), links=links)


def _is_known(cell: Cell) -> bool:
    known = (_TITLES, _QUESTIONS, _PRINCIPLES, _PEOPLE, _PLACES)
    text = _spans_text(cell)
    return any(_matches(one, cell) for one in known) or find_label(text) is not None


def _is_generic(cell: Cell) -> bool:
    text = _spans_text(cell)
    plain = re.fullmatch(
        r"(details?|notes?|content|description|text|answer|what happened)s?", text, re.I
    )
    return plain is not None or not text


def _section(cell: Cell) -> bool:
    label = find_label(_spans_text(cell))
    return bool(label and label.sections and not label.rest)


def _matches(pattern: re.Pattern[str], cell: Cell) -> bool:
    return pattern.fullmatch(_spans_text(cell).strip(" :：")) is not None


def _spans_text(cell: Cell) -> str:
    return " ".join(span.text for span in cell)


def _text(row: Row) -> str:
    return " | ".join(_spans_text(cell) for cell in row if cell)


def _line(row: Row) -> int:
    return next((cell[0].line for cell in row if cell), 0)
