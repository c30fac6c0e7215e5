"""Stories laid down: told in parts under labels, or freely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rehearse.model.take import Question
from rehearse.questions.bank import Story
from rehearse.questions.notes.asking import (
    in_first_person,
    is_preamble,
    is_question,
    kind_of,
    unquoted,
    words,
)
from rehearse.questions.notes.context import Context, Walk, union
from rehearse.questions.notes.labelled_stories import LONGEST_TITLE, lines_of, telling
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.naming import mentioned, named, names_linked, says_more, without_tail
from rehearse.questions.notes.part import Part
from rehearse.questions.notes.tree import Form

_LONGEST_METHOD = 25
"""Words in all that explain the four parts of a story without telling one."""
_TITLE_OF_TEXT = 8
"""Words of a text that stand for its title."""


def tell(walk: Walk, parts: Sequence[Part], context: Context) -> None:
    found = telling(
        parts, title=context.title, principles=context.principles, question=context.question
    )
    for part in found.structure:
        walk.desk.sort_by(part)
    for part in found.left:
        walk.desk.leave(part)
    if found.stories and all(map(_explains_method, found.stories)):
        walk.desk.leave_all(part for part in parts if part.told)
        found.stories.clear()
    for story in found.stories:
        walk.desk.tell(_titled(story))
    if context.question and found.follow_ups:
        ups = tuple(unquoted(one) for one in found.follow_ups)
        walk.desk.ask(Question(context.question, kind_of(context.question), follow_ups=ups))
    for part in found.apart:
        walk.one(part, context)


def story_of(walk: Walk, part: Part, context: Context) -> None:
    """A story whose title, or first lines, is this part's text."""
    if words(part.text) <= LONGEST_TITLE:
        is_label = part.label is not None and not part.label.rest and bool(context.title)
        title = context.title if is_label else without_tail(part.text)[0].rstrip(" :：")
        names = mentioned(part.text)
        principles = union(context.principles, names)
        tell(walk, part.children, replace(context, title=title, principles=principles))
    else:
        summary = replace(part, children=[], form=Form.TEXT)
        tell(walk, [summary, *part.children], context)


def free_story(walk: Walk, part: Part, context: Context) -> None:
    """A story told without labels: all its text is in the notes."""
    texts = texts_of(walk, part.children)
    links = [name for child in part.children for name in names_linked(child)]
    is_text = not part.children or words(part.text) > LONGEST_TITLE
    title = context.title if is_text else part.text
    if is_text and part.text and not part.children:
        texts = [part.text]
    elif is_text:
        texts = [part.text, *texts]
    whole = named(title)
    if not title or (whole and not whole.rest and context.principle):
        title = _first_words(texts) or title
    if texts:
        principles = union(context.principles, links)
        walk.desk.tell(
            Story(title.rstrip(" :："), principles, context.question, notes=tuple(texts))
        )


def texts_of(walk: Walk, parts: Iterable[Part]) -> list[str]:
    """All texts of an answer, without the images and what a chat program said before it."""
    texts: list[str] = []
    for part in parts:
        if part.form is Form.ASIDE or is_preamble(part.text):
            walk.desk.leave(part)
        elif part.form is Form.ANCHOR:
            walk.desk.sort_by(part)
        elif names_linked(part):
            linked_below(walk, part, texts)
        else:
            texts.append(part.text)
        texts += texts_of(walk, part.children)
    return texts


def linked_below(walk: Walk, part: Part, answer: list[str]) -> None:
    walk.desk.sort_by(part)
    walk.desk.sort_all(part.children)
    if part.role is not Role.LINKED and says_more(part):
        answer.append(part.text)


def is_outline(part: Part, like: Part) -> bool:
    """A heading among those of stories that holds only notes towards one."""
    return (
        part.is_title
        and (part.form, part.level) == (like.form, like.level)
        and part.label is None
        and named(part.text) is None
        and not is_question(part.text)
        and bool(part.children)
        and not any(
            one.form is Form.HEADING or one.told or is_question(one.text) for one in part.below()
        )
        and all(one.form is not Form.ANCHOR for one in part.below())
        and part.line > like.line
    )


def is_free_text(parts: Sequence[Part]) -> bool:
    return all(
        not one.told
        and one.form in (Form.TEXT, Form.ITEM, Form.ASIDE)
        and not is_question(one.text)
        for part in parts
        for one in (part, *part.below())
    )


def joined(parts: Iterable[Part]) -> str:
    return " ".join(text for part in parts for text in lines_of(part))


def _explains_method(story: Story) -> bool:
    """Whether it says how to tell a story, as "Situation: the background", and tells none."""
    texts = (story.situation, story.task, story.action, story.result)
    told = " ".join(filter(None, texts))
    is_ours = in_first_person(told) or re.search(r"\b(we|our|us)\b", told, re.IGNORECASE)
    if story.question or is_ours:
        return False
    about = re.search(r"\bSTAR\b|\b(method|framework|template|technique|format)\b", story.title)
    return words(told) <= _LONGEST_METHOD or bool(about)


def _titled(story: Story) -> Story:
    """A story without a title gets the first words of what it tells."""
    if story.title:
        return replace(story, title=story.title.rstrip(" :："))
    texts = [one for one in (story.situation, story.task, story.action, *story.notes) if one]
    return replace(story, title=_first_words(texts))


def _first_words(texts: Sequence[str]) -> str:
    parts = texts[0].split() if texts else []
    return " ".join(parts[:_TITLE_OF_TEXT]) + ("…" if len(parts) > _TITLE_OF_TEXT else "")
