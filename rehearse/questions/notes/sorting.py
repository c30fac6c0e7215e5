"""Free-form notes sorted into questions, principles, stories, interviewers and the rest.

Passes: the lines are made plain (`source`), Markdown gives blocks (`tree`), each part gets a role
from its own signs (`parts`) and its place below another (`attach`). Here the tree is walked once;
what a part becomes is in the table of roles, and the nearest question, title or principle above it
takes what says nothing by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rehearse.questions.notes.areas import TABLE
from rehearse.questions.notes.asking import is_question
from rehearse.questions.notes.attach import attached
from rehearse.questions.notes.front import as_questions, front_matter
from rehearse.questions.notes.holder import Holder, Place
from rehearse.questions.notes.interviewers import looks_like_interviewer, person
from rehearse.questions.notes.labels import AREAS, Role, find_label
from rehearse.questions.notes.notes import Notes
from rehearse.questions.notes.outputs import Outputs
from rehearse.questions.notes.parts import Block, is_outline, tells
from rehearse.questions.notes.texts import text
from rehearse.questions.notes.titles import close, title
from rehearse.questions.notes.tree import outline, unseen


def sorted_notes(notes: str) -> Notes:
    """Never raises: what finds no place is left with its line."""
    name, others, body = front_matter(notes)
    body, said = as_questions(body)
    nodes = outline(body)
    roots = attached(nodes)
    sorter = Sorter()
    sorter.outputs.unplaced.extend((*others, *unseen(body, nodes)))
    sorter.outputs.structure.extend(said)
    area = label.role if name and (label := find_label(name)) else None
    sorter.visit(roots, Place(area if area in AREAS else None))
    sorter.outputs.link()
    sorter.outputs.keep_all(one for root in roots for one in (root, *root.below()))
    return replace(sorter.outputs.notes(), title=name)


@dataclass
class Sorter:
    outputs: Outputs = field(default_factory=Outputs)

    def visit(self, parts: Sequence[Block], place: Place) -> None:
        """Sort parts that stand side by side."""
        told = [one for one in parts if one.told]
        if told and not tells(parts):
            for one in told:
                one.role = Role.ASKED if is_question(one.text) else Role.TEXT
        elif told and place.holder is None:
            holder = Holder("", list(place.names))
            self.visit(parts, replace(place, holder=holder))
            close(self, holder)
            return
        people = [one for one in parts if looks_like_interviewer(one)]
        if place.area is None and len(people) > 1:
            for one in people:
                one.role = Role.INTERVIEWER
        first = next((one for one in parts if tells(one.children)), None)
        for one in parts:
            is_among = place.area is Role.STORIES or (first and one is not first)
            self.one(one, place, is_story=bool(is_among) and is_outline(one, first))

    def one(self, part: Block, place: Place, *, is_story: bool = False) -> None:
        """Sort a part with all below it."""
        if is_story:
            title(self, part, place, is_story=True)
            return
        if place.area is Role.SCHEDULE and person(self, part, place):
            return
        TABLE.get(part.role, text)(self, part, place)

    def text(self, part: Block, place: Place) -> None:
        text(self, part, place)
