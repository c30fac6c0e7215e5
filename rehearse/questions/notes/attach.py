"""The tree that was meant: labels, bold lines and questions hold what comes after them.

In notes a heading may be a line in bold, and an answer may stand below its question without being
indented. Each part gets a rank; it takes in what follows and ranks lower.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rehearse.model.structure import Section
from rehearse.questions.notes.asking import could_ask, is_behavioural, words
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.naming import beside, linking
from rehearse.questions.notes.parts import Block, part
from rehearse.questions.notes.pieces import pieces
from rehearse.questions.notes.spoken import divided
from rehearse.questions.notes.tables import table_parts
from rehearse.questions.notes.tree import Form, Node
from rehearse.text import ends_sentence

_ALONE = frozenset({Role.FOLLOW_UPS, Role.LINKED, Role.THEMES, Role.TARGET, Role.INTERVIEWER})
"""Labels that take in nothing when their text stands on the same line."""
_ANSWERED = frozenset({Role.ASKED, Role.ANSWER, Role.POINTS, Role.FOLLOW_UPS, Role.STORY})
"""What a list below belongs to."""
_LONGEST_TITLE = 8
"""Words of a line that ends with a colon and begins a list."""
_NEAR_TITLE = 15
"""Words of an unmarked line right above a story that is its title."""
# Headings have their level, 1 to 6; a heading "Situation" stands below that of its story.
_RANKS = {
    **dict.fromkeys((Role.PRINCIPLES, Role.STORIES, Role.SYSTEM_DESIGN, Role.TECHNICAL), 8.0),
    **dict.fromkeys((Role.SCHEDULE, Role.READER, Role.CONTENTS), 8.0),
    Role.PRINCIPLE: 9.0,
    **dict.fromkeys((Role.INTRODUCTION, Role.CLOSING, Role.MOTIVATION, Role.TO_ASK), 9.5),
    Role.HEAD: 10.0,
    **dict.fromkeys((Role.QUESTIONS, Role.EXAMPLE, Role.GUIDANCE, Role.DESCRIPTION), 11.0),
    **dict.fromkeys((Role.STORY, Role.INTERVIEWER), 11.5),
    **dict.fromkeys((Role.QUESTION, Role.ASKED), 12.0),
    **dict.fromkeys((Role.ANSWER, Role.LETTER_A, Role.FOLLOW_UPS, Role.POINTS), 13.0),
    **dict.fromkeys((Role.LINKED, Role.THEMES, Role.TARGET, Role.TITLE), 13.0),
    Role.SECTION: 14.0,
}
_BELOW, _LABELLED, _BEGINS, _PLAIN = 13.0, 13.5, 15.0, 20.0
_LOW_HEADINGS = frozenset({Role.SECTION, Role.ANSWER, Role.FOLLOW_UPS, Role.LINKED, Role.POINTS})


def attached(nodes: Sequence[Node]) -> list[Block]:
    """The parts of the nodes, each below the one that holds it."""
    return _adopted([one for node in nodes for one in _parts(node)])


def _parts(node: Node) -> Iterator[Block]:
    if node.form is Form.TABLE:
        yield from table_parts(node)
        return
    first, *more = pieces(node.spans)
    whole = part(node.form, first, level=node.level, group=node.group, quoted=node.quoted)
    *before, whole = divided(whole)
    others = [one for spans in more for one in divided(part(Form.TEXT, spans, quoted=node.quoted))]
    yield from (*before, whole)
    if node.form is Form.ITEM or node.children:
        below = [*others, *(one for below in node.children for one in _parts(below))]
        whole.children += _adopted(below, whole)
    else:
        yield from others


def _adopted(parts: list[Block], above: Block | None = None) -> list[Block]:
    _settle(parts)
    _ask_alike(parts, above)
    sizes = Counter(one.group for one in parts if one.form is Form.ITEM)
    roots: list[Block] = []
    chain: list[Block] = []
    for one in parts:
        one.rank = one.rank or _rank(one)
        while chain and not _holds(chain[-1], one, sizes):
            chain.pop()
        (chain[-1].children if chain else roots).append(one)
        chain.append(one)
    return roots


def _settle(parts: Sequence[Block]) -> None:
    """Roles that depend on what stands right above or below: "A:", and titles of stories."""
    lists = [one for one, below in pairwise(parts) if _heads_list(one, below)]
    for one in lists if len(lists) > 1 else ():
        one.role, one.rank, one.bold = Role.HEAD, _RANKS[Role.STORY], True
    is_told = False
    for at, one in enumerate(parts):
        if one.role is Role.LETTER_A and is_told and one.label:
            one.label = replace(one.label, sections=(Section.ACTION,), weak=True)
            one.role = Role.SECTION
        is_told = one.told or (is_told and one.role not in (Role.QUESTION, Role.ASKED))
        below = parts[at + 1] if at + 1 < len(parts) else None
        if one.role is Role.TEXT and below and below.told and _titles(one, below):
            one.role, one.rank = Role.HEAD, _RANKS[Role.STORY]


def _heads_list(one: Block, below: Block) -> bool:
    """Whether a plain line stands right above a list; several such are titles."""
    is_plain = one.role is Role.TEXT is below.role and one.form is Form.TEXT
    is_above = below.form is Form.ITEM and below.line <= one.line + 2
    is_short = words(one.text) <= _LONGEST_TITLE and not could_ask(one.text)
    return is_plain and is_above and is_short and one.text[-1:] not in tuple(".,:：!?")


def _ask_alike(parts: Sequence[Block], above: Block | None) -> None:
    """What stands among questions is one, with or without a question's shape."""
    holder = above
    lists: dict[int, list[Block]] = {}
    listed: set[int] = set()
    for one in parts:
        if one.form is not Form.ITEM:
            holder = one
        elif not (holder and (holder.role in _ANSWERED or holder.told)):
            lists.setdefault(one.group, []).append(one)
            if holder and holder.role is Role.QUESTIONS:
                listed.add(one.group)
    for group, items in lists.items():
        _ask_list(items, is_named=group in listed)
        _ask_list(
            [
                below
                for one in items
                if one.role not in _ANSWERED
                for below in one.children
                if below.form is Form.ITEM
            ]
        )
    texts = [one for one in parts if one.form is Form.TEXT]
    if any(one.role is Role.ASKED for one in texts):
        for one in texts:
            if one.role is Role.TEXT and could_ask(one.text) and _could_stand_among(one):
                one.role = Role.ASKED


def _ask_list(items: Sequence[Block], *, is_named: bool = False) -> None:
    """`is_named`: below "They might ask"."""
    sure = [one for one in items if one.role is Role.ASKED]
    likely = [one for one in items if one.role is Role.TEXT and could_ask(one.text)]
    if (sure or (is_named and likely)) and 2 * len(sure + likely) >= len(items) + (not is_named):
        for one in items:
            if one.role in (Role.TEXT, Role.HEAD) and _could_stand_among(one):
                one.role = Role.ASKED


def _could_stand_among(one: Block) -> bool:
    is_ended = ends_sentence(one.text) and not one.text.endswith(("...", "…"))
    return not (one.label or is_ended) and words(one.text) <= _NEAR_TITLE


def _titles(one: Block, below: Block) -> bool:
    """Whether a plain line right above the first part of a story is its title."""
    sections = below.label.sections if below.label else ()
    is_first = Section.SITUATION in sections and not (below.label and below.label.weak)
    return (
        is_first
        and not one.children
        and words(one.text) <= _NEAR_TITLE
        and not (ends_sentence(one.text) or "://" in one.text)
    )


def _rank(one: Block) -> float:
    if one.form is Form.HEADING:
        return one.level + (0.5 if one.role in _LOW_HEADINGS else 0)
    if one.role is Role.TEXT:
        is_short = words(one.text) <= _LONGEST_TITLE
        return _BEGINS if one.text.endswith((":", "：")) and is_short else _PLAIN
    if one.role is Role.HEAD and one.lead:
        rest = one.text[len(one.lead) :]
        return 10.0 if linking(rest, one.links) and beside(rest, one.links) < 2 else _LABELLED
    return _RANKS.get(one.role, _PLAIN)


def _holds(holder: Block, one: Block, sizes: Counter[int]) -> bool:
    label = holder.label
    if holder.closed:
        return False
    is_item = one.form is Form.ITEM
    if holder.told and is_item and not one.label and _begins_list(holder):
        return holder.form is not Form.ITEM
    if holder.role in (Role.FOLLOW_UPS, Role.POINTS) and one.role is Role.ASKED:
        return not (holder.rest or is_behavioural(one.text))
    if one.quoted and not holder.quoted and holder.form is Form.ITEM and one.role is Role.TEXT:
        return True
    if one.rank <= holder.rank:
        return False
    if holder.role is Role.PRINCIPLES and not is_item and _lists_names(holder):
        return False
    if holder.form is Form.ITEM and is_item and holder.group == one.group:
        return one.told and holder.role in (Role.ASKED, Role.HEAD)
    if holder.rank == _BELOW and (label is None or (label.role is Role.PRINCIPLES and label.rest)):
        return False
    if label and label.role in (Role.GUIDANCE, Role.DESCRIPTION) and label.rest:
        return one.rank >= _BEGINS
    is_listed = holder.form is Form.ITEM and sizes[holder.group] > 1
    if is_listed and one.form is Form.TEXT and not (label and not label.rest):
        return False
    if (
        label
        and label.rest
        and (label.role in _ALONE or (holder.told and holder.form is Form.ITEM))
    ):
        return False
    return holder.rank != _BEGINS or one.form is not Form.TEXT


def _lists_names(holder: Block) -> bool:
    names = [one.role in (Role.LINKED, Role.PRINCIPLE) for one in holder.children]
    return bool(names) and all(names) and not any(one.children for one in holder.children)


def _begins_list(holder: Block) -> bool:
    """Whether the list below it is its text: "Action:", "Action: I did two things:"."""
    return not holder.rest or holder.rest.endswith((":", "："))
