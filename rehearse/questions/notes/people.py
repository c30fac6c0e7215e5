"""Interviewers laid down, each with principles, themes and questions."""

from __future__ import annotations

from dataclasses import replace

from rehearse.questions.notes.asked import ask
from rehearse.questions.notes.asking import words
from rehearse.questions.notes.interviewers import (
    has_name,
    interviewer,
    looks_like_interviewer,
    names_somebody,
    with_line,
)
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.parts import Block
from rehearse.questions.notes.place import Place, Walk
from rehearse.questions.notes.texts import head
from rehearse.questions.notes.tree import Form


def person(walk: Walk, part: Block, place: Place) -> bool:
    is_person = has_name(part) or looks_like_interviewer(part)
    if part.role not in (Role.TEXT, Role.HEAD, Role.INTERVIEWER) or not is_person:
        return False
    if part.form is Form.TEXT and not looks_like_interviewer(part) and words(part.text) > 12:
        return False
    one_interviewer(walk, part, place)
    return True


def one_interviewer(walk: Walk, part: Block, place: Place) -> None:
    """With what stands below the name. Times find no place in a plan, so the lines are kept."""
    people = [one for one in part.children if one.role is Role.INTERVIEWER and one.rest]
    if part.role is Role.INTERVIEWER and len(people) == 1 and not part.rest:
        walk.outputs.sort_by(part)
        others = [one for one in part.children if one is not people[0]]
        part = replace(people[0], children=[*people[0].children, *others])
    elif part.label and place.area is not Role.SCHEDULE and not names_somebody(part):
        head(walk, part, place)
        return
    walk.outputs.sort_by(part)
    one = interviewer(part)
    for child in part.children:
        if child.role is Role.ASKED:
            ask(walk, child, Place(names=one.principles))
        else:
            one = with_line(one, child)
            walk.outputs.sort_by(child, below=True)
    walk.outputs.plan(place.plan, one)
