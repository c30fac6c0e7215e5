"""Questions laid down with what stands below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rehearse.errors import WrongUsage
from rehearse.model import Kind, Question
from rehearse.questions.bank import Story
from rehearse.questions.notes.asking import (
    in_first_person,
    is_answer,
    is_preamble,
    is_question,
    kind_of,
    unquoted,
    words,
)
from rehearse.questions.notes.context import KINDS, Context, Walk, union
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.links import names_linked
from rehearse.questions.notes.naming import without_tail
from rehearse.questions.notes.outline import Form
from rehearse.questions.notes.parts import Part
from rehearse.questions.notes.stories import tells
from rehearse.questions.notes.telling import linked_below, tell, texts_of
from rehearse.text import seconds


def ask(walk: Walk, part: Part, text: str, context: Context) -> None:
    if context.area is Role.TO_ASK:
        ask_back(walk, replace(part, text=text), context)
        return
    plain, tail = without_tail(text)
    asked = unquoted(plain)
    kind = KINDS.get(context.area) if context.area else None
    kind = kind or kind_of(asked)
    links = [name for child in part.children for name in names_linked(child)]
    principles = union(context.principles, [*tail, *links]) if kind is Kind.BEHAVIOURAL else ()
    inner = Context(Role.QUESTIONS, principles, None, asked, title=asked, plan=context.plan)
    for name in principles:
        walk.desk.principle(name)
    follow_ups: list[str] = []
    answer: list[str] = []
    target: float | None = None
    if tells(part.children) and not _tell_apart(part.children):
        tell(walk, part.children, inner)
    else:
        for child in part.children:
            label = child.label
            if child.form is Form.ANCHOR:
                walk.desk.sort_by(child)
            elif child.form is Form.ASIDE or is_preamble(child.text):
                walk.desk.leave(child)
                answer += texts_of(walk, child.children)
            elif names_linked(child) and not tells(child.children):
                linked_below(walk, child, answer)
            elif child.form is Form.HEADING and not (label and label.role in (Role.ANSWER,)):
                walk.one(child, inner)
            elif label and label.role in (Role.ANSWER, Role.LETTER_A):
                _answer(walk, child, answer, inner)
            elif label and label.role is Role.FOLLOW_UPS:
                walk.desk.sort_by(child)
                follow_ups += [label.rest, *(one.text for one in child.below())]
            elif label and label.role is Role.TARGET and (found := _seconds(label.rest)):
                walk.desk.sort_by(child)
                target = found
            elif tells(child.children) or any(tells(one.children) for one in child.below()):
                walk.one(child, inner)
            elif is_question(child.text) and child.is_title and child.children:
                walk.one(child, replace(inner, question=None))
            elif is_question(child.text) and child.role is not Role.QUESTION and not answer:
                follow_ups.append(child.text)
                answer += texts_of(walk, child.children)
            elif child.role is Role.QUESTION:
                walk.one(child, replace(context, question=None))
            elif child.role in (Role.EXAMPLE, Role.STORY) and child.children:
                walk.one(child, inner)
            else:
                answer += texts_of(walk, [child])
    found_ups = tuple(unquoted(one) for one in follow_ups if one)
    question = Question(asked, kind, principles, target, found_ups)
    _keep(walk, question, answer)


def _answer(walk: Walk, part: Part, answer: list[str], context: Context) -> None:
    """What stands behind and below "Answer:"."""
    rest = part.label.rest if part.label else ""
    walk.desk.sort_by(replace(part, text=part.label.head if part.label else ""))
    if rest and not is_preamble(rest):
        answer.append(rest)
    elif rest:
        walk.desk.leave(replace(part, text=rest))
    if tells(part.children):
        tell(walk, part.children, context)
    else:
        answer += texts_of(walk, part.children)


def _keep(walk: Walk, question: Question, answer: list[str]) -> None:
    """The question, with its answer as a story where it tells one, else as notes."""
    joined = " ".join(answer)
    enough = is_answer(joined)
    if question.kind is Kind.INTRODUCTION and answer and in_first_person(joined):
        walk.desk.introduction.extend(answer)
        walk.desk.ask(question)
    elif question.kind is Kind.BEHAVIOURAL and enough:
        walk.desk.ask(question)
        title = question.text
        walk.desk.tell(Story(title, question.principles, title, notes=tuple(answer)))
    else:
        walk.desk.ask(replace(question, notes=tuple(answer)))


def ask_back(walk: Walk, part: Part, context: Context) -> None:
    label = part.label
    text = label.rest if label and label.role is Role.QUESTION and label.rest else part.text
    asked = is_question(text) or text.endswith(("?", "？"))
    if part.is_title and part.children and not asked:
        before = walk.desk.count
        walk.visit(part.children, context)
        (walk.desk.sort_by if walk.desk.count > before else walk.desk.leave)(part)
        return
    if asked or (part.form is Form.ITEM and not part.children and words(text) > 3):
        walk.desk.ask_back(text)
    else:
        walk.desk.leave(part)
    for child in part.children:
        ask_back(walk, child, context)


def _tell_apart(parts: Sequence[Part]) -> bool:
    """Whether headings among the parts hold stories of their own."""
    return any(part.form is Form.HEADING and tells(part.children) for part in parts)


def _seconds(text: str) -> float | None:
    try:
        return seconds(text)
    except WrongUsage:
        return None
