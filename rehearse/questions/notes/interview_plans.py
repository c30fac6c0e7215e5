"""Schedules of interviews laid down."""

from __future__ import annotations

import re
from dataclasses import replace

from rehearse.questions.bank import Interviewer
from rehearse.questions.notes.asking import (
    is_question,
    words,
)
from rehearse.questions.notes.context import PLAN, Context, Walk, union
from rehearse.questions.notes.interviewers import (
    has_name,
    interviewer,
    is_detail,
    looks_like_interviewer,
    with_details,
)
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.naming import linked_names
from rehearse.questions.notes.part import Part
from rehearse.questions.notes.question_blocks import ask
from rehearse.questions.notes.tree import Form


def scheduled(walk: Walk, part: Part, context: Context) -> None:
    is_person = has_name(part) or looks_like_interviewer(part)
    if (is_person and part.form is not Form.TEXT) or looks_like_interviewer(part):
        add_interviewer(walk, part, context)
    elif part.children:
        walk.container(part, replace(context, plan=part.text if part.is_title else context.plan))
    elif part.form is Form.TEXT and is_person and words(part.text) <= 12:
        add_interviewer(walk, part, context)
    else:
        walk.desk.leave(part)


def add_interviewer(walk: Walk, part: Part, context: Context) -> None:
    """With what stands below the name. Times find no place in a plan, so the lines are kept."""
    whole = _with_name(part)
    if whole is not part:
        walk.desk.sort_by(part)
    walk.desk.sort_by(whole)
    one = interviewer(whole)
    for child in whole.children:
        if is_question(child.text):
            asked = replace(context, area=None, principles=one.principles)
            ask(walk, child, child.text, asked)
        else:
            one = _with_line(walk, one, child)
    for name in one.principles:
        walk.desk.principle(name)
    walk.desk.plan(context.plan.rstrip(" :：") or PLAN, one)


def _with_line(walk: Walk, one: Interviewer, part: Part) -> Interviewer:
    """The interviewer with a line below the name: principles, themes, or nothing of both."""
    label = part.label
    texts = [label.rest if label and label.rest else part.text]
    texts += [below.text for below in part.below()]
    if label and label.role in (Role.LINKED, Role.PRINCIPLES):
        names = [name for text in texts for name in linked_names(text)]
        one = replace(one, principles=union(one.principles, names))
    elif part.form is not Form.ANCHOR:
        for text in filter(is_detail, texts):
            one = with_details(one, text)
        if not any(map(is_detail, texts)):
            walk.desk.leave_all([part])
            return one
    walk.desk.sort_all([part])
    return one


def _with_name(part: Part) -> Part:
    """ "Interview 1" with the name on a line of its own, as one part."""
    people = [one for one in part.children if one.role is Role.INTERVIEWER and one.label]
    if part.role is not Role.INTERVIEWER or len(people) != 1 or (part.label and part.label.rest):
        return part
    others = [one for one in part.children if one is not people[0]]
    return replace(people[0], children=[*people[0].children, *others])


def is_numbered(part: Part) -> bool:
    """ "Interviewer 2: ..." """
    return part.role is Role.INTERVIEWER and bool(
        re.search(r"\d", part.label.head if part.label else "")
    )
