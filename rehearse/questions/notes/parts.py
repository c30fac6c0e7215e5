"""The tree that was meant: labels, bold lines and questions hold what comes after them.

In notes a heading may be a line in bold, and an answer may stand below its question without being
indented. Each block gets a rank; it takes in what follows and ranks lower.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rehearse.questions.notes.asking import is_preamble, is_question, unquoted, words
from rehearse.questions.notes.labels import Label, Role, find_label, section_starts, tells_inline
from rehearse.questions.notes.naming import named
from rehearse.questions.notes.outline import Form, Node, Span
from rehearse.text import ends_sentence

AREAS = frozenset(
    {
        Role.PRINCIPLES,
        Role.STORIES,
        Role.TO_ASK,
        Role.INTRODUCTION,
        Role.CLOSING,
        Role.MOTIVATION,
        Role.SYSTEM_DESIGN,
        Role.TECHNICAL,
        Role.SCHEDULE,
        Role.READER,
    }
)
_GROUPS = frozenset({Role.QUESTIONS, Role.EXAMPLE, Role.GUIDANCE, Role.DESCRIPTION})
_BELOW_QUESTION = frozenset(
    {Role.ANSWER, Role.LETTER_A, Role.FOLLOW_UPS, Role.LINKED, Role.THEMES, Role.TARGET}
)
_ALONE = frozenset({Role.FOLLOW_UPS, Role.LINKED, Role.THEMES, Role.TARGET, Role.INTERVIEWER})
"""Labels that take in nothing when their text stands on the same line."""
_LONGEST_TITLE = 8
"""Words of a line that ends with a colon and begins a list."""
_SHORTEST_WRAPPED = 60
"""Characters: a shorter line was ended by its writer, not wrapped by an editor."""
# Headings have their level, 1 to 6.
_AREA, _PRINCIPLE, _BOLD, _GROUP, _STORY, _QUESTION, _BELOW, _LABELLED, _TOLD, _BEGINS, _PLAIN = (
    8.0,
    9.0,
    10.0,
    11.0,
    11.5,
    12.0,
    13.0,
    13.5,
    14.0,
    15.0,
    20.0,
)
_HEADING_TOLD = 0.5
"""A heading "Situation" stands below the heading of its story even if both have one level."""


@dataclass
class Part:
    form: Form
    text: str
    line: int
    label: Label | None = None
    level: int = 0
    group: int = 0
    bold: bool = False
    lead: str = ""
    """What it begins with in bold, where the rest is not."""
    quoted: bool = False
    links: tuple[str, ...] = ()
    children: list[Part] = field(default_factory=list)

    @property
    def role(self) -> Role | None:
        return self.label.role if self.label else None

    @property
    def told(self) -> bool:
        """Whether it tells part of a story."""
        return bool(self.label and self.label.sections)

    @property
    def is_title(self) -> bool:
        """Whether it is set apart from the text around it."""
        return self.form is Form.HEADING or self.bold

    def below(self) -> Iterator[Part]:
        """All that stands below it, in order."""
        for child in self.children:
            yield child
            yield from child.below()


def nested(nodes: Sequence[Node]) -> list[Part]:
    found: list[Part] = []
    for node in nodes:
        found.extend(_table_or_parts(node))
    return _adopted(found)


def _table_or_parts(node: Node) -> Iterator[Part]:
    from rehearse.questions.notes.tables import table_parts

    if node.form is Form.TABLE:
        yield from table_parts(node)
        return
    first, *more = [_part(node, spans) for spans in _pieces(node.spans)]
    below = nested(node.children)
    if node.form is Form.ITEM:
        first.children = _adopted([*more, *below])
        yield first
    else:
        yield first
        yield from more


def _part(node: Node, spans: tuple[Span, ...]) -> Part:
    text = " ".join(span.text for span in spans)
    bold = spans[0].bold if spans else 0
    is_bold = all(span.bold >= len(span.text) for span in spans)
    form = node.form
    if form in (Form.TEXT, Form.IMAGE):
        form = Form.IMAGE if all(span.links == ("",) for span in spans) else Form.TEXT
    elif spans != node.spans and spans[0] is not node.spans[0]:
        form = Form.TEXT
    return Part(
        form=form,
        text=text,
        line=spans[0].line,
        label=find_label(text, 0 if is_bold else bold) if form is not Form.IMAGE else None,
        level=node.level,
        group=node.group,
        bold=is_bold and form is not Form.HEADING,
        lead="" if is_bold else text[:bold],
        quoted=node.quoted,
        links=tuple(link for span in spans for link in span.links if link),
    )


def _pieces(spans: tuple[Span, ...]) -> list[tuple[Span, ...]]:
    """The spans, divided where a new thought begins: at labels, after questions and bold lines."""
    if tells_inline(" ".join(span.text for span in spans)):
        spans = tuple(piece for span in spans for piece in _at_sections(span))
    pieces: list[list[Span]] = []
    for span in spans:
        if pieces and not _begins(span, pieces[-1]):
            pieces[-1].append(span)
        else:
            pieces.append([span])
    return [tuple(piece) for piece in pieces]


def _at_sections(span: Span) -> Iterator[Span]:
    starts = sorted({0, *section_starts(span.text)})
    for start, end in zip(starts, [*starts[1:], len(span.text)], strict=True):
        if text := span.text[start:end].strip():
            yield replace(span, text=text, bold=max(0, min(span.bold - start, len(text))))


def _begins(span: Span, before: Sequence[Span]) -> bool:
    last = before[-1]
    if (span.links == ("",)) != (last.links == ("",)):
        return True
    bold, bold_before = span.bold >= len(span.text), last.bold >= len(last.text)
    if bold != bold_before and (bold or len(before) == 1):
        return True
    label = find_label(span.text, 0 if bold else span.bold)
    if label and (label.rest or span.bold or span.text.rstrip().endswith((":", "："))):
        strong = bool(label.sections and not label.weak) or label.role in (
            Role.QUESTION,
            Role.ANSWER,
            Role.LETTER_A,
            Role.FOLLOW_UPS,
            Role.LINKED,
            Role.STORY,
            Role.EXAMPLE,
            Role.QUESTIONS,
            Role.GUIDANCE,
            Role.INTERVIEWER,
        )
        if strong or span.bold:
            return True
    if span.bold > 1 and not bold:
        return True
    joined = " ".join(one.text for one in before)
    starts_anew = unquoted(span.text)[:1].isupper() or not span.text[:1].isascii()
    is_whole = (
        ends_sentence(joined) or unquoted(joined) != joined or len(joined) < _SHORTEST_WRAPPED
    )
    if starts_anew and is_whole and (is_question(joined) or is_preamble(joined)):
        return True
    return starts_anew and ends_sentence(last.text) and is_question(span.text)


def _rank(part: Part) -> float:
    label = part.label
    if part.form is Form.HEADING:
        low = part.told or part.role in (Role.ANSWER, Role.FOLLOW_UPS, Role.LINKED)
        return part.level + (_HEADING_TOLD if low else 0)
    if part.form in (Form.IMAGE, Form.ANCHOR, Form.TABLE) or is_preamble(part.text):
        return _PLAIN
    if label and part.told:
        return _TOLD
    if label and (not label.rest or part.lead):
        ranks = {_AREA: AREAS, _GROUP: _GROUPS, _BELOW: _BELOW_QUESTION}
        for rank, roles in ranks.items():
            if label.role in roles:
                return rank
    if label and label.role in _BELOW_QUESTION:
        return _BELOW
    if label and label.role in (Role.STORY, Role.INTERVIEWER):
        return _STORY
    principle = named(part.text)
    if principle and not principle.rest:
        return _PRINCIPLE
    if is_question(part.text) or part.role is Role.QUESTION:
        return _QUESTION
    if part.bold:
        return _BOLD
    if part.lead and part.lead != part.text:
        return _LABELLED
    is_short = words(part.text) <= _LONGEST_TITLE
    return _BEGINS if part.text.endswith((":", "：")) and is_short else _PLAIN


def _adopted(parts: Iterable[Part]) -> list[Part]:
    """The parts with each below the one that holds it."""
    roots: list[Part] = []
    open_parts: list[tuple[float, Part]] = []
    for part in parts:
        rank = _rank(part)
        while open_parts and not _holds(*open_parts[-1], part, rank):
            open_parts.pop()
        (open_parts[-1][1].children if open_parts else roots).append(part)
        open_parts.append((rank, part))
    return roots


def _holds(rank: float, holder: Part, part: Part, part_rank: float) -> bool:
    if part_rank <= rank:
        return False
    if holder.form is Form.HEADING:
        return True
    if holder.form is Form.ITEM and part.form is Form.ITEM and holder.group == part.group:
        return False
    if holder.label and holder.label.rest:
        if holder.role in _ALONE:
            return False
        if holder.told and holder.form is Form.ITEM:
            return False
    return rank != _BEGINS or part.form is not Form.TEXT
