"""Questions laid down with what stands below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rehearse.errors import WrongUsage
from rehearse.model.take import Kind, Question
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
from rehearse.questions.notes.labelled_stories import tells
from rehearse.questions.notes.labels import Label, Role
from rehearse.questions.notes.naming import names_linked, without_tail
from rehearse.questions.notes.part import Part
from rehearse.questions.notes.story_blocks import tell, texts_of
from rehearse.questions.notes.tree import Form
from rehearse.text import seconds

_DOTS = " .…"


def ask(walk: Walk, part: Part, text: str, context: Context) -> None:
    """A question with its answer, its follow-ups and its principles."""
    if context.area is Role.TO_ASK:
        ask_back(walk, replace(part, text=text), context)
    elif stem := _stem(text, part.children):
        walk.desk.sort_by(part)
        for child in part.children:
            rest = child.text.lstrip(_DOTS)
            ask(walk, child, f"{stem} {rest}", context)
    else:
        plain, tail = without_tail(text)
        asked = unquoted(plain)
        kind = (KINDS.get(context.area) if context.area else None) or kind_of(asked)
        links = [name for child in part.children for name in names_linked(child)]
        told = kind is Kind.BEHAVIOURAL
        principles = union(context.principles, [*tail, *links]) if told else ()
        for name in principles:
            walk.desk.principle(name)
        inner = Context(Role.QUESTIONS, principles, None, asked, title=asked, plan=context.plan)
        below = _Below(walk, inner)
        below.read(part.children)
        question = Question(asked, kind, principles, below.target, tuple(below.follow_ups))
        _keep(walk, question, below.answer)


@dataclass
class _Below:
    """What stands below a question, as it is read."""

    walk: Walk
    context: Context
    answer: list[str] = field(default_factory=list)
    follow_ups: list[str] = field(default_factory=list)
    target: float | None = None

    def read(self, parts: Sequence[Part]) -> None:
        if tells(parts) and not _tell_apart(parts):
            tell(self.walk, parts, self.context)
            return
        for part in parts:
            if not (self._labelled(part) or self._apart(part)):
                self._text(part)

    def _labelled(self, part: Part) -> bool:
        """What the label of the part says."""
        label = part.label
        if label is None or part.form is Form.ASIDE:
            return False
        if label.role in (Role.ANSWER, Role.LETTER_A):
            self._answer(part, label)
        elif label.role is Role.FOLLOW_UPS:
            self.walk.desk.sort_by(part)
            texts = (label.rest, *(one.text for one in part.below()))
            self.follow_ups += [unquoted(text) for text in texts if text]
        elif label.role is Role.TARGET and (found := _seconds(label.rest)):
            self.walk.desk.sort_by(part)
            self.target = found
        else:
            return False
        return True

    def _apart(self, part: Part) -> bool:
        """Stories, and questions with answers of their own."""
        if part.form in (Form.ASIDE, Form.ANCHOR) or (names_linked(part) and not part.children):
            return False
        own = is_question(part.text) and part.is_title and bool(part.children)
        if own or part.role is Role.QUESTION:
            self.walk.one(part, replace(self.context, question=None))
            return True
        stories = tells(part.children) or any(tells(one.children) for one in part.below())
        is_example = part.role in (Role.EXAMPLE, Role.STORY) and bool(part.children)
        if part.form is Form.HEADING or stories or is_example:
            self.walk.one(part, self.context)
            return True
        return False

    def _text(self, part: Part) -> None:
        is_plain = part.form is not Form.ASIDE and not names_linked(part)
        if is_plain and is_question(part.text) and not self.answer:
            self.follow_ups.append(unquoted(part.text))
            self.answer += texts_of(self.walk, part.children)
        else:
            self.answer += texts_of(self.walk, [part])

    def _answer(self, part: Part, label: Label) -> None:
        """What stands behind and below "Answer:"."""
        self.walk.desk.sort_by(replace(part, text=label.head))
        if label.rest and not is_preamble(label.rest):
            self.answer.append(label.rest)
        elif label.rest:
            self.walk.desk.leave(replace(part, text=label.rest))
        if tells(part.children):
            tell(self.walk, part.children, self.context)
        else:
            self.answer += texts_of(self.walk, part.children)


def _stem(text: str, parts: Sequence[Part]) -> str | None:
    """The beginning that the questions below have in common: "Tell me about a time ..."."""
    is_open = text.endswith(("...", "…")) and bool(parts)
    is_stem = is_open and all(part.text.startswith(("...", "…")) for part in parts)
    return text.rstrip(_DOTS) if is_stem else None


def _keep(walk: Walk, question: Question, answer: list[str]) -> None:
    """The question, with its answer as a story where it tells one, else as notes."""
    joined = " ".join(answer)
    if question.kind is Kind.INTRODUCTION and answer and in_first_person(joined):
        walk.desk.introduction.extend(answer)
        walk.desk.ask(question)
    elif question.kind is Kind.BEHAVIOURAL and is_answer(joined):
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
