"""Headings, parts of stories, principles and texts laid down with the nearest that takes them."""

from __future__ import annotations

import re
from dataclasses import replace

from rehearse.questions.notes.asking import (
    could_ask,
    in_first_person,
    is_accomplishment,
    is_narrative,
    is_question,
    unquoted,
    words,
)
from rehearse.questions.notes.holder import SAID, Holder, Place, Walk
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.naming import named
from rehearse.questions.notes.parts import Block, questions_in, tells, text_part, whole_text
from rehearse.questions.notes.titles import ask_back, below, free_story, question, title
from rehearse.questions.notes.tree import Form
from rehearse.questions.principles import canonical
from rehearse.text import ends_sentence

_TITLED = re.compile(r"([^:：]{3,60})[:：]\s+(.+)")
_LONGEST_ASKED = 15
"""Words of a line among questions that is one without a question mark."""


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
    else:
        walk.outputs.leave(part)
        walk.visit(part.children, place)


def _asked_or_told(walk: Walk, part: Block, place: Place) -> bool:
    """What a text is by the list that it stands in."""
    is_item, holder = part.form is Form.ITEM, place.holder
    is_open = holder is None or not (holder.question or holder.drafts)
    short = words(part.text) <= _LONGEST_ASKED and not ends_sentence(part.text)
    if tells(part.children):
        title(walk, part, place)
        return True
    if place.area is Role.TO_ASK and not part.children:
        asks = could_ask(part.text) or any(map(is_question, questions_in(part.text)))
        if asks or is_item:
            ask_back(walk, part, part.text, place)
            return True
    elif place.area is Role.QUESTIONS and is_open and could_ask(part.text) and (is_item or short):
        question(walk, part, part.text, replace(place, holder=None))
        return True
    elif place.area is Role.STORIES and is_open and _is_told(walk, part, place):
        return True
    return own_principle(walk, part, place) if is_item or part.bold else False


def _is_told(walk: Walk, part: Block, place: Place) -> bool:
    """Lays down a story in a list of them: in one text, "The crane: I ...", or its title alone."""
    told = _TITLED.fullmatch(part.text)
    if told and in_first_person(told[2]):
        below(walk, part, place, Holder(told[1], list(place.names), is_story=True), told[2])
    elif part.form is Form.ITEM and is_accomplishment(part.text):
        title(walk, part, replace(place, holder=None), is_story=True)
    elif is_narrative(part.text) and place.holder is None:
        free_story(walk, part, place)
    else:
        return False
    return True


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


_LONGEST_NAME = 6
"""Words of a principle of the notes' own."""
_SHORTEST_DESCRIPTION = 4
"""Words of a text that describes a principle; shorter ones are hints."""


def principle(walk: Walk, part: Block, place: Place) -> None:
    whole = named(part.text)
    name = whole.name if whole else canonical(part.rest or part.text.rstrip(" :："))
    if place.holder and not part.children and part.form is not Form.HEADING and not part.bold:
        place.holder.names.append(name)
        walk.outputs.principle(name)
        walk.outputs.sort_by(part)
        return
    if whole and whole.rest and tells(part.children):
        title(walk, part, replace(place, names=(*place.names, name)))
        return
    walk.outputs.sort_by(part)
    rest = whole.rest if whole else ""
    is_said = not re.match(r"[\u3400-\u9fff]", rest) and words(rest) >= 3
    _below_principle(walk, part, place, name, rest if is_said else "")


def _below_principle(walk: Walk, part: Block, place: Place, name: str, rest: str) -> None:
    walk.outputs.principle(name)
    inner = Place(principle=name, names=(name,), area=place.area)
    walk.visit([*([text_part(part, rest)] if rest else []), *part.children], inner)


def own_principle(walk: Walk, part: Block, place: Place) -> bool:
    """Below "Values", short names are principles even if nobody has published them."""
    name = (part.lead or part.text).rstrip(" :：")
    is_name = 0 < words(name) <= _LONGEST_NAME and not name.endswith((".", ","))
    if not is_name or place.area is not Role.PRINCIPLES or place.principle or place.holder:
        return False
    rest = part.text[len(part.lead) :].lstrip(" :：-–—") if part.lead else ""
    walk.outputs.sort_by(replace(part, text=name))
    _below_principle(walk, part, place, canonical(name), rest)
    return True


def of_principle(walk: Walk, part: Block, place: Place) -> None:
    """A description of the principle, or how to prepare for it."""
    name = place.principle or ""
    if is_narrative(part.text):
        free_story(walk, part, place)
    elif _describes(walk, part, name):
        goes_on = [
            one
            for one in part.children
            if one.role is Role.TEXT and one.form is Form.TEXT and not one.children
        ]
        walk.outputs.principle(name, says=(part.text, *(one.text for one in goes_on)))
        part.children = [one for one in part.children if one not in goes_on]
    else:
        walk.outputs.principle(name, guides=[part.text])
    walk.visit(part.children, place)


def _describes(walk: Walk, part: Block, name: str) -> bool:
    """Whether it tells what the principle is: in whole sentences that are nobody's own."""
    if part.form is Form.HEADING or walk.outputs.is_guided(name):
        return False
    if re.match(r"leaders\b", part.text, re.IGNORECASE):
        return True
    if words(part.text) < _SHORTEST_DESCRIPTION or in_first_person(part.text):
        return False
    sentences = len(re.findall(r"[.!?。！？](?:\s|$)|[。！？]", part.text))
    return part.form is not Form.ITEM or part.bold or sentences > 1
