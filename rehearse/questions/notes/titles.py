"""Titles laid down with the stories below them, and what open questions have gathered."""

from __future__ import annotations

import re
from dataclasses import replace

from rehearse.model.take import Kind
from rehearse.questions.notes.asking import in_first_person, unquoted, words
from rehearse.questions.notes.holder import LONGEST_TITLE, Holder
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.lookahead import whole_text, wiki_names
from rehearse.questions.notes.naming import without_tail
from rehearse.questions.notes.parts import Block
from rehearse.questions.notes.place import TOLD, Place, Walk
from rehearse.questions.notes.tree import Form

_INTRODUCTION = 12
"""Words of a text that introduces somebody."""
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
        [*(outer.names if outer else place.names), *names, *wiki_names(part)],
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
    is_own = place.area is Role.STORIES and holder.answer and in_first_person(whole_text(part))
    holder.is_story = holder.is_story or bool(is_own)
    if holder.drafts or holder.is_story or (is_free and holder.tells):
        walk.outputs.sort_by(part)
        close(walk, holder)
        if not (holder.drafts or holder.answer):
            walk.outputs.leave(part)
        return
    outer = place.holder
    if outer and outer.question and part.form is not Form.HEADING:
        for one in (part, *holder.texts):
            outer.say(one, one.text)
        return
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
    texts = [one.text for one in holder.texts if one.form is Form.TEXT]
    return in_first_person(" ".join(holder.answer)) or words(" ".join(texts)) >= _INTRODUCTION


def free_story(walk: Walk, part: Block, place: Place) -> None:
    """A story told in one text, without a title."""
    holder = Holder("", list(place.names), is_story=True)
    holder.say(part, part.text)
    close(walk, holder)
