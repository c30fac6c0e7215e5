"""Principles laid down with what describes them and how to prepare."""

from __future__ import annotations

import re
from dataclasses import replace

from rehearse.questions.notes.asking import in_first_person, is_narrative, words
from rehearse.questions.notes.holder import Place, Walk
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.lookahead import tells, text_part
from rehearse.questions.notes.naming import named
from rehearse.questions.notes.parts import Block
from rehearse.questions.notes.titles import free_story, title
from rehearse.questions.notes.tree import Form
from rehearse.questions.principles import canonical

_LONGEST_NAME = 6
"""Words of a principle of the notes' own."""
_SHORTEST_DESCRIPTION, _SHORTEST_LISTED = 4, 8
"""Words of a text or a bullet that describes a principle; shorter ones are hints."""


def principle(walk: Walk, part: Block, place: Place) -> None:
    whole = named(part.text)
    is_own = whole is None and part.rest
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
    walk.outputs.principle(name)
    rest = whole.rest if whole and not is_own else ""
    if part.lead and not named(part.text):
        rest = part.text[len(part.lead) :].lstrip(" :：-–—")
    inner = Place(principle=name, names=(name,), area=place.area)
    is_said = rest and not re.match(r"[\u3400-\u9fff]", rest) and words(rest) >= 3
    walk.visit([*([text_part(part, rest)] if is_said else []), *part.children], inner)


def own_principle(walk: Walk, part: Block, place: Place) -> bool:
    """Below "Values", short names are principles even if nobody has published them."""
    name = (part.lead or part.text).rstrip(" :：")
    is_name = 0 < words(name) <= _LONGEST_NAME and not name.endswith((".", ","))
    if not is_name or place.area is not Role.PRINCIPLES or place.principle or place.holder:
        return False
    rest = part.text[len(part.lead) :].lstrip(" :：-–—") if part.lead else ""
    walk.outputs.sort_by(replace(part, text=name))
    walk.outputs.principle(canonical(name))
    inner = Place(principle=canonical(name), names=(canonical(name),), area=place.area)
    walk.visit([*([text_part(part, rest)] if rest else []), *part.children], inner)
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
        walk.outputs.describe(name, part.text, *(one.text for one in goes_on))
        part.children = [one for one in part.children if one not in goes_on]
    else:
        walk.outputs.guide(name, part.text)
    walk.visit(part.children, place)


def _describes(walk: Walk, part: Block, name: str) -> bool:
    """Whether it tells what the principle is: in whole sentences that are nobody's own."""
    if part.form is Form.HEADING or walk.outputs.is_guided(name):
        return False
    if re.match(r"leaders\b", part.text, re.IGNORECASE):
        return True
    plain = re.sub('["“][^"“”]*["”]', "", part.text)
    least = _SHORTEST_DESCRIPTION if part.form is Form.TEXT else _SHORTEST_LISTED
    if words(part.text) < least or in_first_person(plain):
        return False
    sentences = len(re.findall(r"[.!?。！？](?:\s|$)|[。！？]", part.text))
    is_item = part.form is Form.ITEM
    return not is_item or (not walk.outputs.is_described(name) and (part.bold or sentences > 1))
