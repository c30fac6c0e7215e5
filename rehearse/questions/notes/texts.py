"""Headings, parts of stories and plain texts laid down with the nearest that takes them."""

from __future__ import annotations

import re
from dataclasses import replace

from rehearse.questions.notes.asking import (
    could_ask,
    in_first_person,
    is_narrative,
    is_question,
    unquoted,
    words,
)
from rehearse.questions.notes.holder import SAID, Holder, Place, Walk
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.lookahead import tells, whole_text
from rehearse.questions.notes.parts import Block
from rehearse.questions.notes.principled import of_principle, own_principle
from rehearse.questions.notes.titles import ask_back, below, free_story, question, title
from rehearse.questions.notes.tree import Form

_SHORTEST_ASKED = 4
"""Words of a bullet among questions to ask that is one without a question mark."""
_LONGEST_ACCOMPLISHED = 15
"""Words of a line in a list of stories that is a story's title."""
_TITLED = re.compile(r"([^:：]{3,60})[:：]\s+(.+)")
_ACCOMPLISHED = re.compile(
    r"(\w+ed|taught|found|led|built|ran|made|won|wrote|cut|set|began|brought|bought|caught|drove|"
    r"gave|grew|held|kept|sold|spoke|took|went|saw|chose|came|got)\b",
    re.IGNORECASE,
)


def head(walk: Walk, part: Block, place: Place) -> None:
    """A heading, a line in bold, or an item above others."""
    if own_principle(walk, part, place):
        return
    if place.area in (*SAID, Role.TO_ASK) and part.children:
        before = walk.outputs.count
        walk.visit(part.children, place)
        is_used = walk.outputs.count > before or place.area in SAID
        (walk.outputs.sort_by if is_used else walk.outputs.leave)(part)
    elif part.children and all(one.role is Role.ANCHOR for one in part.children):
        walk.outputs.sort_by(part, below=True)
    elif part.children or part.form is Form.HEADING or is_narrative(part.text):
        title(walk, part, place)
    else:
        text(walk, part, place)


def section(walk: Walk, part: Block, place: Place) -> None:
    holder = place.holder
    sections = part.label.sections if part.label else ()
    if holder is None:
        text(walk, part, place)
        return
    draft = holder.draft(sections)
    draft.add(sections, [unquoted(part.rest)] if part.rest else [])
    if not part.rest:
        walk.outputs.sort_by(part)
    for one in part.children:
        if one.told:
            section(walk, one, place)
        elif one.role is Role.ASIDE:
            walk.outputs.leave(one, below=True)
        elif one.role is Role.LINKED:
            walk.one(one, place)
        else:
            texts = [below for below in (one, *one.below()) if below.role is not Role.ASIDE]
            draft.add(sections, [unquoted(below.text) for below in texts])


def text(walk: Walk, part: Block, place: Place) -> None:
    """What says nothing by itself goes to the nearest that takes it."""
    holder = place.holder
    if part.role is Role.TEXT and _asked_or_told(walk, part, place):
        return
    if holder:
        holder.say(part, part.text)
        walk.visit(part.children, place)
    elif place.area in SAID:
        _said(walk, part, place)
    elif place.principle:
        of_principle(walk, part, place)
    elif part.children and part.role is not Role.HEAD:
        title(walk, part, place)
    elif place.area is Role.STORIES and is_narrative(part.text):
        free_story(walk, part, place)
    else:
        walk.outputs.leave(part)
        walk.visit(part.children, place)


def _asked_or_told(walk: Walk, part: Block, place: Place) -> bool:
    """What a text is by the list that it stands in."""
    is_item, holder = part.form is Form.ITEM, place.holder
    is_open = holder is None or not (holder.question or holder.drafts)
    if tells(part.children):
        title(walk, part, place)
        return True
    if place.area is Role.TO_ASK and not part.children:
        if is_question(part.text) or (is_item and words(part.text) >= _SHORTEST_ASKED):
            ask_back(walk, part, part.text, place)
            return True
    elif place.area is Role.QUESTIONS and is_item and is_open and could_ask(part.text):
        question(walk, part, part.text, replace(place, holder=None))
        return True
    elif place.area is Role.STORIES and is_item and is_open:
        short = words(part.text) <= _LONGEST_ACCOMPLISHED
        told = _TITLED.fullmatch(part.text)
        if told and in_first_person(told[2]):
            below(walk, part, place, Holder(told[1], list(place.names), is_story=True), told[2])
            return True
        if short and _ACCOMPLISHED.match(part.text):
            title(walk, part, replace(place, holder=None), is_story=True)
            return True
    if is_item and part.children and is_open and not (place.principle or place.area in SAID):
        head(walk, part, place)
        return True
    return own_principle(walk, part, place) if is_item or part.bold else False


def _said(walk: Walk, part: Block, place: Place) -> None:
    """Text of the introduction or of the closing."""
    whole = whole_text(part)
    if place.own or in_first_person(whole) or re.search(r"\bthank", whole, re.IGNORECASE):
        into = walk.outputs.introduction
        into = into if place.area is Role.INTRODUCTION else walk.outputs.closing
        into.extend(
            unquoted(one.text) for one in (part, *part.below()) if one.role is not Role.ASIDE
        )
        walk.outputs.count += 1
    else:
        walk.outputs.leave(part, below=True)
