"""Principles laid down with what describes them and how to prepare."""

from __future__ import annotations

import re

from rehearse.questions.notes.asking import (
    in_first_person,
    is_narrative,
    is_question,
    words,
)
from rehearse.questions.notes.context import Context, Walk, text_part, under
from rehearse.questions.notes.labelled_stories import asides, lines_of, tells
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.naming import Named, named
from rehearse.questions.notes.part import Part
from rehearse.questions.notes.question_blocks import ask
from rehearse.questions.notes.story_blocks import free_story, story_of
from rehearse.questions.notes.tree import Form
from rehearse.questions.principles import canonical

_LONGEST_NAME = 6
"""Words of a principle of the notes' own."""
_SHORTEST_DESCRIPTION = 4
_SHORTEST_LISTED = 8
"""Words of a bullet that describes a principle; shorter ones are hints."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def named_part(walk: Walk, part: Part, context: Context) -> bool:
    if part.told or (context.area is Role.SCHEDULE and part.form is not Form.HEADING):
        return False
    whole = named(part.text)
    if whole and whole.rest and is_question(whole.rest):
        ask(walk, part, whole.rest, under(context, whole.name))
        return True
    if whole and _is_principle(walk, part, whole):
        _principle(walk, part, whole.name, whole.rest, context)
        return True
    if whole and whole.rest and tells(part.children):
        story_of(walk, part, under(context, whole.name))
        return True
    if _is_own_principle(walk, part, context):
        name, rest = (
            (part.lead.rstrip(" :："), part.text[len(part.lead) :])
            if part.lead
            else (part.text.rstrip(" :："), "")
        )
        _principle(walk, part, canonical(name), rest.lstrip(" :：-–—"), context)
        return True
    return False


def _is_principle(walk: Walk, part: Part, whole: Named) -> bool:
    if not whole.rest or re.match(r"[\u3400-\u9fff]", whole.rest):
        return True
    if part.form is Form.HEADING or part.bold:
        return not tells(part.children)
    return bool(part.lead and named(part.lead)) or words(whole.rest) >= _SHORTEST_DESCRIPTION


def _is_own_principle(walk: Walk, part: Part, context: Context) -> bool:
    """Below "Values", short names are principles even if nobody has published them."""
    if part.role is Role.PRINCIPLES and part.label and part.is_title:
        return 0 < words(part.label.rest) <= _LONGEST_NAME
    if context.area is not Role.PRINCIPLES or context.principle or part.label:
        return False
    name = part.lead or part.text
    if words(name) > _LONGEST_NAME or is_question(name) or name.endswith((".", ",")):
        return False
    return part.is_title or bool(part.lead) or part.form is Form.ITEM


def _principle(walk: Walk, part: Part, name: str, rest: str, context: Context) -> None:
    walk.desk.principle(name)
    if part.text != name:
        walk.desk.sort_by(part)
    area = context.area if context.area in (Role.QUESTIONS, Role.STORIES) else Role.PRINCIPLES
    inner = Context(area, (name,), name, context.question, title=part.text.rstrip(" :："))
    if rest and not re.match(r"[\u3400-\u9fff]", rest) and words(rest) >= 3:
        walk.visit([text_part(part, rest), *part.children], inner)
    else:
        walk.visit(part.children, inner)


def below_principle(walk: Walk, part: Part, context: Context) -> None:
    """A description, guidance, or a story told freely."""
    name = context.principle or ""
    texts = list(lines_of(part))
    below = list(part.below())
    is_rich = any(one.told or is_question(one.text) or is_narrative(one.text) for one in below)
    if part.is_title and below and not is_rich and is_narrative(" ".join(texts)):
        free_story(walk, part, context)
    elif is_rich or (part.form is Form.HEADING and below):
        walk.container(part, context)
    elif is_narrative(part.text):
        free_story(walk, part, context)
    elif _describes(walk, part, context):
        walk.desk.describe(name, part.text)
        for child in part.children:
            if _describes(walk, child, context) or child.form is Form.TEXT:
                walk.desk.describe(name, child.text)
                walk.visit(child.children, context)
            else:
                walk.one(child, context)
    else:
        walk.desk.guide(name, *texts)
        for aside in asides(part):
            walk.desk.leave(aside)


def _describes(walk: Walk, part: Part, context: Context) -> bool:
    """Whether it tells what the principle is: in whole sentences that are nobody's own."""
    name = context.principle or ""
    if part.form is Form.HEADING or walk.desk.is_guided(name):
        return False
    if re.match(r"leaders\b", part.text, re.IGNORECASE):
        return True
    plain = re.sub('["“][^"“”]*["”]', "", part.text)
    least = _SHORTEST_DESCRIPTION if part.form is Form.TEXT else _SHORTEST_LISTED
    if words(part.text) < least or in_first_person(plain):
        return False
    sentences = len(re.findall(r"[.!?。！？](?:\s|$)|[。！？]", part.text))
    if part.form is Form.ITEM:
        return not walk.desk.is_described(name) and (part.bold or sentences > 1)
    return True


def about(walk: Walk, part: Part, role: Role, rest: str, context: Context) -> None:
    """Guidance or a description of the principle."""
    walk.desk.sort_by(part)
    name = context.principle or ""
    for aside in asides(part):
        walk.desk.leave(aside)
    texts = [text for child in part.children for text in lines_of(child)]
    if role is Role.GUIDANCE:
        walk.desk.guide(name, *([rest] if rest else []), *texts)
    else:
        for text in [rest, *texts] if rest else texts:
            walk.desk.describe(name, text)
