"""The tree that was meant: labels, bold lines and questions hold what comes after them.

In notes a heading may be a line in bold, and an answer may stand below its question without being
indented. Each block gets a rank; it takes in what follows and ranks lower.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rehearse.model.structure import Section
from rehearse.questions.notes.asking import is_preamble, is_question, words
from rehearse.questions.notes.labels import Role, find_label
from rehearse.questions.notes.naming import beside, linked_names, linking, named
from rehearse.questions.notes.paragraphs import pieces
from rehearse.questions.notes.part import AREAS, Part
from rehearse.questions.notes.tables import table_parts
from rehearse.questions.notes.tree import Form, Node, Span, is_aside
from rehearse.text import ends_sentence

_ALONE = frozenset({Role.FOLLOW_UPS, Role.LINKED, Role.THEMES, Role.TARGET, Role.INTERVIEWER})
"""Labels that take in nothing when their text stands on the same line."""
_SHORTEST_SENTENCE = 6
"""Words of a bold line that is a sentence."""


def nested(nodes: Sequence[Node]) -> list[Part]:
    found: list[Part] = []
    for node in nodes:
        found.extend(_table_or_parts(node))
    return _adopted(found)


def _table_or_parts(node: Node) -> Iterator[Part]:
    if node.form is Form.TABLE:
        yield from table_parts(node)
        return
    first, *more = [_part(node, spans) for spans in pieces(node.spans)]
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
    if form in (Form.TEXT, Form.ASIDE):
        form = Form.ASIDE if all(is_aside(span) for span in spans) else Form.TEXT
    elif spans != node.spans and spans[0] is not node.spans[0]:
        form = Form.TEXT
    return Part(
        form=form,
        text=text,
        line=spans[0].line,
        label=find_label(text, 0 if is_bold else bold) if form is not Form.ASIDE else None,
        level=node.level,
        group=node.group,
        bold=is_bold and form is not Form.HEADING and not _is_sentence(text),
        lead="" if is_bold else text[:bold],
        quoted=node.quoted,
        links=tuple(link for span in spans for link in span.links if link),
    )


def _adopted(parts: Iterable[Part]) -> list[Part]:
    """The parts with each below the one that holds it."""
    parts = _settled(parts)
    sizes = Counter(part.group for part in parts if part.form is Form.ITEM)
    roots: list[Part] = []
    open_parts: list[tuple[float, Part]] = []
    for part in parts:
        rank = rank_of(part)
        while open_parts and not _holds(*open_parts[-1], part, rank, sizes):
            open_parts.pop()
        (open_parts[-1][1].children if open_parts else roots).append(part)
        open_parts.append((rank, part))
    return roots


def _settled(parts: Iterable[Part]) -> list[Part]:
    """The parts with each "A:" as an answer or, after "S:" and "T:", as an action."""
    settled: list[Part] = []
    is_told = False
    for part in parts:
        if part.role is Role.LETTER_A and is_told and part.label:
            part.label = replace(
                part.label, role=Role.ACTION, sections=(Section.ACTION,), weak=True
            )
        is_told = part.told or (is_told and part.role is not Role.QUESTION)
        settled.append(part)
    return settled


def _holds(rank: float, holder: Part, part: Part, part_rank: float, sizes: Counter[int]) -> bool:
    if holder.told and _begins_list(holder) and part.form is Form.ITEM and not part.label:
        return holder.form is not Form.ITEM
    if part_rank <= rank:
        return False
    if holder.form is Form.HEADING:
        return True
    if holder.form is Form.ITEM and part.form is Form.ITEM and holder.group == part.group:
        return False
    if part.told and rank in (LABELLED, BEGINS):
        return False
    if rank == BELOW and (holder.label is None or holder.role is Role.PRINCIPLES):
        return False
    if holder.role in (Role.GUIDANCE, Role.DESCRIPTION) and holder.label and holder.label.rest:
        return part_rank >= BEGINS
    is_listed = holder.form is Form.ITEM and sizes[holder.group] > 1
    if is_listed and part.form is Form.TEXT and not (holder.label and not holder.label.rest):
        return False
    if holder.label and holder.label.rest:
        if holder.role in _ALONE:
            return False
        if holder.told and holder.form is Form.ITEM:
            return False
    return rank != BEGINS or part.form is not Form.TEXT


def _begins_list(part: Part) -> bool:
    """Whether the list below it is its text: "Action:", "Action: I did two things:"."""
    rest = part.label.rest if part.label else ""
    return not rest or rest.endswith((":", "："))


def _is_sentence(text: str) -> bool:
    """Whether a bold line is text that matters, not a title."""
    return ends_sentence(text) and words(text) >= _SHORTEST_SENTENCE and not is_question(text)


_SHORT_AREAS = frozenset({Role.INTRODUCTION, Role.CLOSING, Role.MOTIVATION, Role.TO_ASK})
"""Those that a principle does not stand in."""
_GROUPS = frozenset({Role.QUESTIONS, Role.EXAMPLE, Role.GUIDANCE, Role.DESCRIPTION})
_BELOW_QUESTION = frozenset(
    {Role.ANSWER, Role.LETTER_A, Role.FOLLOW_UPS, Role.LINKED, Role.THEMES, Role.TARGET}
)
_LONGEST_TITLE = 8
"""Words of a line that ends with a colon and begins a list."""
# Headings have their level, 1 to 6.
AREA = 8.0
PRINCIPLE = 9.0
SHORT_AREA = 9.5
BOLD = 10.0
GROUP = 11.0
STORY = 11.5
QUESTION = 12.0
BELOW = 13.0
LABELLED = 13.5
TOLD = 14.0
BEGINS = 15.0
PLAIN = 20.0
_TOLD_BELOW = 0.5
"""A heading "Situation" stands below the heading of its story even if both have one level."""


def rank_of(part: Part) -> float:
    label = part.label
    if part.form is Form.HEADING:
        low = part.told or part.role in (Role.ANSWER, Role.FOLLOW_UPS, Role.LINKED)
        return part.level + (_TOLD_BELOW if low else 0)
    if part.form in (Form.ASIDE, Form.ANCHOR, Form.TABLE) or is_preamble(part.text):
        return PLAIN
    if label and part.told:
        return TOLD
    if part.role is Role.PRINCIPLES and label and linked_names(label.rest):
        return BELOW
    if label and label.role in _SHORT_AREAS and (not label.rest or part.lead):
        return SHORT_AREA
    if label and (not label.rest or part.lead):
        ranks = {AREA: AREAS, GROUP: _GROUPS, BELOW: _BELOW_QUESTION}
        for rank, roles in ranks.items():
            if label.role in roles:
                return rank
    if label and label.role in _BELOW_QUESTION:
        return BELOW
    if label and label.role in (Role.STORY, Role.INTERVIEWER):
        return STORY
    if linking(part.text, part.links) and not part.is_title:
        return BELOW
    principle = named(part.text)
    if principle and not principle.rest:
        return PRINCIPLE
    if is_question(part.text) or part.role is Role.QUESTION:
        return QUESTION
    if part.bold:
        return BOLD
    if part.lead:
        rest = part.text[len(part.lead) :]
        return BOLD if linking(rest, part.links) and beside(rest, part.links) < 2 else LABELLED
    is_short = words(part.text) <= _LONGEST_TITLE
    return BEGINS if part.text.endswith((":", "：")) and is_short else PLAIN
