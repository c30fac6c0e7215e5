"""Questions laid down with what stands below them."""

from __future__ import annotations

import re
from dataclasses import replace

from rehearse.model.take import Kind
from rehearse.questions.notes.asking import invites, is_behavioural, is_question, kind_of, unquoted
from rehearse.questions.notes.holder import Holder
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.lookahead import holds_questions, questions_in, stem
from rehearse.questions.notes.naming import named, without_tail
from rehearse.questions.notes.parts import Block, is_labelled_question, is_sure_question
from rehearse.questions.notes.place import Place, Walk
from rehearse.questions.notes.titles import close, title
from rehearse.questions.notes.tree import Form

_KINDS = {
    Role.MOTIVATION: Kind.MOTIVATION,
    Role.TECHNICAL: Kind.TECHNICAL,
    Role.SYSTEM_DESIGN: Kind.SYSTEM_DESIGN,
    Role.INTRODUCTION: Kind.INTRODUCTION,
    Role.CLOSING: Kind.CLOSING,
}
_BEHIND = re.compile(r"(.+[?？][\"”]?)\s*[(（\[]([^()（）\[\]]+)[)）\]]\W*")
"""Brackets behind a question."""
_DOTS = " .…"


def ask(walk: Walk, part: Block, place: Place) -> None:
    text = part.rest if is_labelled_question(part) and part.rest else part.text
    whole = named(text)
    if whole and whole.rest and is_question(whole.rest):
        text, place = whole.rest, replace(place, names=(*place.names, whole.name))
    if place.area is Role.TO_ASK and not is_behavioural(text):
        ask_back(walk, part, text, place)
    elif beginning := stem(part):
        walk.outputs.sort_by(part)
        for one in part.children:
            ask(walk, replace(one, text=f"{beginning} {one.text.lstrip(_DOTS)}", label=None), place)
    elif place.area is not Role.TO_ASK and invites(text):
        walk.outputs.sort_by(replace(part, text=text))
        for below in part.below():
            walk.one(Block(Form.TEXT, below.rest or below.text, below.line), Place(Role.TO_ASK))
    elif _follows(walk, part, place):
        _follow_up(walk, part, text, place)
    elif part.form is Form.HEADING and holds_questions(part):
        title(walk, part, replace(place, holder=None))
    else:
        question(walk, part, text, place)


def question(walk: Walk, part: Block, text: str, place: Place) -> None:
    if part.label and " " in part.label.head:
        walk.outputs.sort_by(replace(part, text=part.label.head))
    plain, tail = without_tail(text)
    aside = _BEHIND.fullmatch(plain)
    asked = unquoted(aside[1] if aside else plain)
    area = part.label.role if part.label and part.label.role in _KINDS else place.area
    kind = (_KINDS.get(area) if area else None) or kind_of(asked)
    points = [aside[2]] if aside else []
    holder = Holder(asked, [*place.names, *tail], asked, kind, points=points)
    walk.visit(part.children, replace(place, area=Role.QUESTIONS, principle=None, holder=holder))
    close(walk, holder)


def _follows(walk: Walk, part: Block, place: Place) -> bool:
    """Whether it asks on about the question above."""
    return bool(place.holder and place.holder.question) and not is_sure_question(part)


def _follow_up(walk: Walk, part: Block, text: str, place: Place) -> None:
    holder = place.holder
    if holder is None or holder.drafts or holder.texts:
        walk.text(part, place)
    else:
        holder.follow_ups.append(text)
        walk.visit(part.children, place)


def ask_back(walk: Walk, part: Block, text: str, place: Place) -> None:
    for one in questions_in(text) if part.form is Form.TEXT else [text]:
        walk.outputs.ask_back(one)
    walk.visit(part.children, place)


def question_label(walk: Walk, part: Block, place: Place) -> None:
    """ "Question 4" with the question on the line below."""
    walk.outputs.sort_by(part)
    first, *others = part.children or [part]
    if first is part or any(one.role is Role.ASKED for one in part.below()):
        walk.visit(part.children, place)
    else:
        asked = replace(first, children=[*first.children, *others])
        question(walk, asked, first.text, replace(place, holder=None))
