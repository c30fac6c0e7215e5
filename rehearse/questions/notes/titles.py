"""Questions and titles laid down, with the answers and stories that stand below them."""

from __future__ import annotations

import re
from dataclasses import replace

from rehearse.model.take import Kind
from rehearse.questions.notes.asking import (
    in_first_person,
    invites,
    is_behavioural,
    is_question,
    kind_of,
    unquoted,
    words,
)
from rehearse.questions.notes.holder import LONGEST_TITLE, TOLD, Holder, Place, Walk
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.naming import named, without_tail
from rehearse.questions.notes.parts import (
    Block,
    is_labelled_question,
    questions_in,
    stem,
)
from rehearse.questions.notes.tree import Form

_IN_BRACKETS = re.compile(r"\s*[(（]([^()（）]+)[)）]\W*")


def title(walk: Walk, part: Block, place: Place, *, is_story: bool = False) -> None:
    plain, names = without_tail(part.text)
    lead, rest = part.lead.rstrip(" (（"), ""
    aside = _IN_BRACKETS.fullmatch(plain[len(lead) :]) if lead else None
    if aside or (lead and words(plain[len(lead) :]) > LONGEST_TITLE):
        plain, rest = lead, "" if aside else plain[len(lead) :].lstrip(" :：-–—")
    outer = place.holder
    holder = Holder(
        unquoted(plain).rstrip(" :："),
        [*(outer.names if outer else place.names), *names],
        outer.question if outer else None,
        is_story=is_story,
        points=[aside[1]] if aside else [],
    )
    if words(plain) > LONGEST_TITLE:
        holder.title, rest = (outer.title if outer else ""), part.text
    below(walk, part, place, holder, rest)


def below(walk: Walk, part: Block, place: Place, holder: Holder, rest: str) -> None:
    """What a title holds: stories, or else what belongs to whatever is around it."""
    before = walk.outputs.count
    if rest:
        holder.say(part, rest)
    area = None if holder.is_story else place.area
    inner = replace(place, holder=holder, names=tuple(holder.names), area=area)
    walk.visit(part.children, inner)
    is_free = bool(place.principle or holder.question) or place.area in TOLD
    is_free = is_free or (part.is_title and place.area is None)
    if holder.drafts or holder.is_story or (is_free and holder.tells):
        walk.outputs.sort_by(part)
        close(walk, holder)
        return
    outer = place.holder
    if not holder.texts or walk.outputs.count > before:
        (walk.outputs.sort_by if walk.outputs.count > before else walk.outputs.leave)(part)
    else:
        walk.text(replace(part, children=[]), replace(place, holder=outer))
    for one in holder.texts:
        if one is not part:
            walk.text(replace(one, children=[]), replace(place, holder=outer))


def close(walk: Walk, holder: Holder) -> None:
    """Lays down what an open question or title has gathered."""
    if holder.kind is Kind.INTRODUCTION and not holder.drafts and _introduces(holder):
        walk.outputs.introduction.extend(holder.answer)
        holder.answer, holder.texts = [], []
    if holder.kind:
        walk.outputs.ask(holder.asked())
    told = holder.stories()
    for story in told:
        walk.outputs.tell(replace(story, title=story.title.rstrip(" :：")))


def _introduces(holder: Holder) -> bool:
    """Whether the answer is the introduction itself, not hints for one."""
    return in_first_person(" ".join(holder.answer))


def free_story(walk: Walk, part: Block, place: Place) -> None:
    """A story told in one text, without a title."""
    holder = Holder("", list(place.names), is_story=True)
    holder.say(part, part.text)
    close(walk, holder)


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
    if whole and is_question(whole.rest):
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
    elif place.holder and place.holder.question:
        _follow_up(walk, part, text, place)
    else:
        question(walk, part, text, place)


def question(walk: Walk, part: Block, text: str, place: Place) -> None:
    if part.label and part.label.role is Role.QUESTION:
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
