"""What labels say: areas of the notes, answers, links, stories, points to make."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from rehearse.errors import WrongUsage
from rehearse.questions.notes.asking import (
    asks_back,
    in_first_person,
    is_narrative,
    tells_event,
    words,
)
from rehearse.questions.notes.holder import LONGEST_TITLE, SAID, Holder, Place, Walk
from rehearse.questions.notes.interviewers import one_interviewer
from rehearse.questions.notes.labels import AREAS, Role
from rehearse.questions.notes.naming import beside, linking, named
from rehearse.questions.notes.notes import PLAN, NoteLine
from rehearse.questions.notes.parts import (
    Block,
    holds_headings,
    is_text_only,
    names_linked,
    questions_in,
    rest_of,
    tells,
    whole_text,
)
from rehearse.questions.notes.texts import head, principle, section, text
from rehearse.questions.notes.titles import ask, below, close, question_label, title
from rehearse.questions.notes.tree import Form
from rehearse.text import seconds

_MOST_BESIDE = 4
"""Words besides the names of a line that links; with more it tells something of its own."""


def aside(walk: Walk, part: Block, place: Place) -> None:
    walk.outputs.leave(part)
    walk.visit(part.children, place)


def area(walk: Walk, part: Block, place: Place) -> None:
    role = part.role
    if role is Role.SCHEDULE and part.form is Form.HEADING and holds_headings(part):
        title(walk, part, replace(place, plan=part.text))
        return
    walk.outputs.sort_by(part)
    if role is Role.QUESTIONS:
        bare = re.fullmatch(r"\W*questions?\W*", part.text, re.IGNORECASE)
        back = bare and part.form is Form.HEADING and asks_back(one.text for one in part.below())
        inner = replace(place, area=Role.TO_ASK if back else role, holder=None)
    else:
        own = bool(re.match(r"my\b", part.text, re.IGNORECASE)) or bool(part.rest)
        keeps = role in (Role.STORIES, Role.MOTIVATION, Role.TECHNICAL, Role.SYSTEM_DESIGN)
        plan = part.text.rstrip(" :：") if role is Role.SCHEDULE else PLAN
        names = place.names if keeps else ()
        inner = Place(role, names=names, plan=plan, own=own)
    walk.visit([*rest_of(part), *part.children], inner)


def reader(walk: Walk, part: Block, place: Place) -> None:
    walk.outputs.sort_by(part)
    for one in (*rest_of(part), *part.children):
        walk.outputs.leave(one, below=True)


def contents(walk: Walk, part: Block, place: Place) -> None:
    walk.outputs.sort_by(part, below=True)


def linked(walk: Walk, part: Block, place: Place) -> None:
    names = names_linked(part) or linking(part.text, part.links)
    whole = named(part.text)
    if part.children and whole and not whole.rest:
        principle(walk, part, place)
        return
    for name in names:
        walk.outputs.principle(name)
    is_bare = beside(part.text, part.links) <= _MOST_BESIDE
    if is_bare and not is_text_only(part):
        title(walk, part, replace(place, names=(*place.names, *names)))
        return
    if place.holder:
        place.holder.names += names
    if names and (is_bare or part.label) and is_text_only(part):
        walk.outputs.sort_by(part, below=True)
    else:
        text(walk, part, place)


def follow_ups(walk: Walk, part: Block, place: Place) -> None:
    if place.holder is None:
        text(walk, part, place)
        return
    walk.outputs.sort_by(part)
    texts = [one for one in (part.rest, *(below.text for below in part.below())) if one]
    if place.holder.question:
        place.holder.follow_ups += [asked for one in texts for asked in questions_in(one)]
    else:
        for one in texts:
            place.holder.say(part, one)


def points(walk: Walk, part: Block, place: Place) -> None:
    """What an answer should hold; for a principle, how to prepare."""
    texts = [one for one in (part.rest, *(below.text for below in part.below())) if one]
    if place.holder and place.holder.question and not place.holder.drafts:
        walk.outputs.sort_by(part)
        place.holder.points += texts
    elif place.principle and not place.holder:
        walk.outputs.sort_by(part)
        into = "says" if part.role is Role.DESCRIPTION else "guides"
        walk.outputs.principle(place.principle, **{into: texts})
    else:
        text(walk, part, place)


def answer(walk: Walk, part: Block, place: Place) -> None:
    """A container: what it holds belongs to the question above."""
    walk.outputs.sort_by(replace(part, text=part.label.head if part.label else part.text))
    holder = Holder("", list(place.names), is_story=is_narrative(whole_text(part)))
    is_alone = place.holder is None and place.area not in SAID
    inner = replace(place, holder=holder) if is_alone else place
    walk.visit([*rest_of(part), *part.children], inner)
    close(walk, holder)


def story(walk: Walk, part: Block, place: Place) -> None:
    """ "Story 1 - The crane", "Example: ..." """
    is_line = part.form is not Form.HEADING and not (part.children or part.lead)
    if is_line and not tells_event(part.rest):
        text(walk, part, place)
        return
    title, rest = part.rest, ""
    if part.lead and part.label:
        title = part.lead[len(part.label.head.split(":")[0]) :].strip(" :：-–—.")
        rest = part.text[len(part.lead) :].strip(" :：-–—")
    elif words(title) > LONGEST_TITLE or (part.role is Role.EXAMPLE and not part.children):
        title, rest = "", title
    if not title and not rest and not tells(part.children):
        is_text = in_first_person(whole_text(part)) and is_text_only(part)
        if part.role is Role.EXAMPLE and not is_text:
            walk.outputs.sort_by(part)
            walk.visit(part.children, place)
            return
    outer = place.holder
    holder = Holder(
        title or (outer.title if outer else ""),
        [*(outer.names if outer else place.names)],
        outer.question if outer else None,
        is_story=True,
    )
    below(walk, part, place, holder, rest)


def titled(walk: Walk, part: Block, place: Place) -> None:
    """ "Title: The atlas" """
    if place.holder and part.rest and words(part.rest) <= LONGEST_TITLE:
        if not place.holder.question:
            place.holder.title = part.rest
        walk.outputs.sort_by(part)
    else:
        text(walk, part, place)


def told_in(walk: Walk, part: Block, place: Place) -> None:
    """A table's cell that names the story to tell, or tells it."""
    if place.holder and place.holder.question and not tells_event(part.text):
        walk.outputs.named.append((place.holder.question, NoteLine(part.line, part.text)))
    else:
        text(walk, part, place)


def target(walk: Walk, part: Block, place: Place) -> None:
    try:
        length = seconds(part.rest)
    except WrongUsage:
        text(walk, part, place)
        return
    if place.holder:
        place.holder.target = length
    walk.outputs.sort_by(part)


TABLE: dict[Role, Callable[[Walk, Block, Place], None]] = {
    **dict.fromkeys(AREAS, area),
    Role.READER: reader,
    Role.CONTENTS: contents,
    Role.ANCHOR: contents,
    Role.ASIDE: aside,
    Role.LINKED: linked,
    Role.FOLLOW_UPS: follow_ups,
    **dict.fromkeys((Role.POINTS, Role.GUIDANCE, Role.DESCRIPTION), points),
    **dict.fromkeys((Role.ANSWER, Role.LETTER_A), answer),
    **dict.fromkeys((Role.STORY, Role.EXAMPLE), story),
    Role.TITLE: titled,
    Role.TARGET: target,
    Role.TOLD_IN: told_in,
    Role.QUESTION: question_label,
    Role.ASKED: ask,
    Role.PRINCIPLE: principle,
    Role.HEAD: head,
    Role.SECTION: section,
    Role.INTERVIEWER: one_interviewer,
}
"""What becomes of a part, by its role; the rest is text."""
