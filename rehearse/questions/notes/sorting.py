"""Free-form notes sorted into questions, principles, stories, interviewers and the rest.

The tree of parts is walked once with what is known from above: the area, the principles, the
question. What a part is follows from its label, then its name, then its shape, then its area.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rehearse.model.take import Question
from rehearse.questions.notes.asking import (
    asks_back,
    in_first_person,
    is_narrative,
    is_preamble,
    is_question,
    unquoted,
    words,
)
from rehearse.questions.notes.collection import Desk
from rehearse.questions.notes.context import PLAN, Context, text_part, union
from rehearse.questions.notes.front import front_matter
from rehearse.questions.notes.interview_plans import add_interviewer, is_numbered, scheduled
from rehearse.questions.notes.interviewers import (
    looks_like_interviewer,
)
from rehearse.questions.notes.labelled_stories import LONGEST_TITLE, asides, lines_of, tells
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.missed import unseen
from rehearse.questions.notes.naming import mentioned, named, names_linked, says_more
from rehearse.questions.notes.nesting import nested
from rehearse.questions.notes.notes import Notes
from rehearse.questions.notes.part import AREAS, Part
from rehearse.questions.notes.principled import about, below_principle, named_part
from rehearse.questions.notes.question_blocks import ask, ask_back
from rehearse.questions.notes.story_blocks import (
    free_story,
    is_free_text,
    is_outline,
    joined,
    story_of,
    tell,
)
from rehearse.questions.notes.tree import Form, outline

_OWN = re.compile(r"\b(?:I|my)\b")
"""In a heading such as "Who am I?", which nobody else asks."""


def sorted_notes(text: str) -> Notes:
    """Never raises: what finds no place is left with its line."""
    title, others, body = front_matter(text)
    nodes = outline(body)
    sorter = _Sorter(Desk())
    sorter.desk.unplaced.extend((*others, *unseen(body, nodes)))
    sorter.visit(nested(nodes), Context())
    return replace(sorter.desk.notes(), title=title)


@dataclass
class _Sorter:
    desk: Desk

    def visit(self, parts: Sequence[Part], context: Context) -> None:
        titles = [part.label.rest for part in parts if part.role is Role.TITLE and part.label]
        if any(titles) and any(tells([part, *part.children]) for part in parts):
            context = replace(context, title=next(filter(None, titles)))
        linked = [name for part in parts for name in self._links(part, context)]
        inner = replace(context, principles=union(context.principles, linked))
        if tells(parts):
            tell(self, parts, context)
            return
        people = {id(part) for part in parts if looks_like_interviewer(part) or is_numbered(part)}
        is_schedule = context.area is None and context.principle is None and len(people) > 1
        told = [part for part in parts if tells(part.children)]
        for part in parts:
            if is_schedule and id(part) in people:
                add_interviewer(self, part, replace(inner, plan=context.title or PLAN))
            elif len(told) > 1 and is_outline(part, told[0]):
                free_story(self, part, inner)
            else:
                self.one(part, context if part.form is Form.HEADING else inner)

    def _links(self, part: Part, context: Context) -> tuple[str, ...]:
        """Principles of a line that only links; a bare name in a list of them is none."""
        whole = named(part.text)
        if context.question is None and not context.title and whole and not whole.rest:
            return ()
        if context.area is Role.PRINCIPLES and context.principle is None:
            return ()
        if context.area is Role.SCHEDULE or looks_like_interviewer(part):
            return ()
        if part.role is not Role.LINKED and whole and not whole.rest and part.is_title:
            return ()
        return names_linked(part)

    def one(self, part: Part, context: Context) -> None:
        if part.form is Form.ASIDE or is_preamble(part.text):
            self.desk.leave(part)
            self.visit(part.children, context)
        elif part.form is Form.ANCHOR:
            self.desk.sort_by(part)
            self.desk.sort_all(part.children)
        elif self._links(part, context) and not tells(part.children):
            self._linked(part, context)
        elif not (self._labelled(part, context) or named_part(self, part, context)):
            self._shaped(part, context)

    # What its label says.

    def _labelled(self, part: Part, context: Context) -> bool:
        label = part.label
        if label is None:
            return False
        role, rest = label.role, label.rest
        if role is Role.QUESTION:
            self._labelled_question(part, context)
        elif role in AREAS and is_question(part.text) and not _OWN.search(part.text):
            ask(self, part, part.text, replace(context, area=role))
        elif role is Role.MOTIVATION and part.text.casefold().startswith("why"):
            ask(self, part, part.text.rstrip(" :："), replace(context, area=role))
        elif role is Role.SCHEDULE and _is_heading_over_headings(part):
            self.container(part, replace(context, plan=part.text))
        elif role in AREAS and (not rest or (role is not Role.PRINCIPLES and _is_lead(part))):
            self._area(part, role, rest, context)
        elif role is Role.QUESTIONS and (not rest or is_question(rest)):
            self._questions(part, rest, context)
        elif role is Role.CONTENTS and not rest:
            self.desk.sort_by(part)
            self.desk.sort_all(part.children)
        elif role in (Role.EXAMPLE, Role.STORY, Role.ANSWER):
            self._example(part, rest, context)
        elif role in (Role.GUIDANCE, Role.DESCRIPTION) and context.principle:
            about(self, part, role, rest, context)
        elif role is Role.GUIDANCE and part.is_title and not _holds_headings(part):
            self.desk.leave_all([part])
        elif role is Role.TITLE and rest and rest == context.title:
            self.desk.sort_by(part)
        elif role is Role.FOLLOW_UPS and context.question:
            self._follow_ups(part, context)
        elif role is Role.INTERVIEWER and context.area is Role.SCHEDULE:
            add_interviewer(self, part, context)
        else:
            return False
        return True

    def _labelled_question(self, part: Part, context: Context) -> None:
        rest = part.label.rest if part.label else ""
        if rest:
            ask(self, part, rest, context)
        elif part.children:
            self.desk.sort_by(part)
            first, *others = part.children
            ask(self, replace(first, children=[*first.children, *others]), first.text, context)
        else:
            self.desk.leave(part)

    def _area(self, part: Part, role: Role, rest: str, context: Context) -> None:
        self.desk.sort_by(part)
        own = bool(re.match(r"my\b", part.text, re.IGNORECASE)) or bool(rest)
        area = None if role is Role.READER else role
        inner = Context(area, title="", own=own, plan=part.text if role is Role.SCHEDULE else PLAN)
        if role in (Role.STORIES, Role.MOTIVATION, Role.TECHNICAL) or (
            role is Role.SYSTEM_DESIGN and context.principle
        ):
            inner = replace(inner, principles=context.principles, principle=None)
        if role is Role.READER:
            self.desk.leave_all(part.children)
            return
        children = [text_part(part, rest), *part.children] if rest else part.children
        self.visit(children, inner)

    def _questions(self, part: Part, rest: str, context: Context) -> None:
        self.desk.sort_by(part)
        texts = [one.text for one in part.below()]
        is_bare = bool(re.fullmatch(r"\W*questions?\W*", part.text, re.IGNORECASE))
        back = is_bare and part.form is Form.HEADING and asks_back(texts)
        if rest:
            ask(self, part, rest, context)
        else:
            self.visit(
                part.children, replace(context, area=Role.TO_ASK if back else Role.QUESTIONS)
            )

    def _example(self, part: Part, rest: str, context: Context) -> None:
        """A container; what stands behind its label is a question, a title or the text itself."""
        if is_question(rest):
            ask(self, part, rest, context)
            return
        self.desk.sort_by(part)
        title, children = context.title, part.children
        if rest and words(rest) <= LONGEST_TITLE and part.children:
            title = rest
        elif rest:
            children = [text_part(part, rest), *children]
        inner = replace(context, title=title)
        own = part.role in (Role.STORY, Role.EXAMPLE) or context.question is not None
        if own and children and is_free_text(children) and in_first_person(joined(children)):
            free_story(self, replace(part, text=title, children=children), inner)
        else:
            self.visit(children, inner)

    def _follow_ups(self, part: Part, context: Context) -> None:
        self.desk.sort_by(part)
        rest = part.label.rest if part.label else ""
        texts = (rest, *(one.text for one in part.below()))
        found = tuple(unquoted(text) for text in texts if text)
        self.desk.ask(Question(context.question or "", follow_ups=found))

    def _linked(self, part: Part, context: Context) -> None:
        """The names have gone to what stands around it; what it says besides is kept."""
        names = self._links(part, context)
        for name in names:
            self.desk.principle(name)
        more = part.role is not Role.LINKED and says_more(part)
        (self.desk.leave if more else self.desk.sort_by)(part)
        self.desk.sort_all(part.children)

    # What it looks like, and where it stands.

    def _shaped(self, part: Part, context: Context) -> None:
        text = part.text
        if context.area is Role.TO_ASK:
            ask_back(self, part, context)
        elif is_question(text) and not _is_heading_over_headings(part):
            ask(self, part, text, context)
        elif context.area is Role.SCHEDULE:
            scheduled(self, part, context)
        elif tells(part.children):
            story_of(self, part, context)
        elif context.area in (Role.INTRODUCTION, Role.CLOSING):
            self._said(part, context)
        elif context.area is Role.QUESTIONS and self._is_listed_question(part):
            ask(self, part, text, context)
        elif context.principle:
            below_principle(self, part, context)
        elif part.children:
            self.container(part, context)
        elif (context.area is Role.STORIES or context.question) and is_narrative(text):
            free_story(self, part, context)
        else:
            self.desk.leave(part)

    def _is_listed_question(self, part: Part) -> bool:
        is_asked = re.match(
            r"(what|how|why|when|where|who|which|is|are|do|did|have|would|if)\b", part.text, re.I
        )
        return part.form is Form.ITEM and not part.children and bool(is_asked)

    def container(self, part: Part, context: Context) -> None:
        """A heading or a line above others; it is understood if any of them finds its place."""
        free = is_free_text(part.children) and part.is_title and is_narrative(joined(part.children))
        if free and (context.area is Role.STORIES or context.question):
            free_story(self, part, context)
            return
        before = self.desk.count
        title = part.text if words(part.text) <= LONGEST_TITLE else context.title
        principles = union(context.principles, mentioned(part.text))
        inner = replace(context, title=title, principles=principles)
        self.visit(part.children, inner)
        is_contents = all(one.form is Form.ANCHOR for one in part.children)
        (self.desk.sort_by if self.desk.count > before or is_contents else self.desk.leave)(part)

    def _said(self, part: Part, context: Context) -> None:
        """Text of the introduction or of the closing."""
        if not part.is_title or not part.children:
            whole = joined([part])
            if not (context.own or in_first_person(whole) or re.search(r"\bthank", whole, re.I)):
                self.desk.leave(part)
                self.desk.leave_all(part.children)
                return
            into = (
                self.desk.introduction if context.area is Role.INTRODUCTION else self.desk.closing
            )
            into.extend(lines_of(part))
            self.desk.count += 1
            for aside in asides(part):
                self.desk.leave(aside)
        else:
            self.container(part, context)


def _is_lead(part: Part) -> bool:
    """Whether what stands behind the label is its text, not a title's second half."""
    label = part.label
    return label is not None and part.text[len(label.head) :].lstrip(" *")[:1] in (
        ":",
        "：",
        "-",
        "–",
        "—",
    )


def _holds_headings(part: Part) -> bool:
    return any(one.is_title or one.told for one in part.below())


def _is_heading_over_headings(part: Part) -> bool:
    apart = (child for child in part.children if child.form is Form.HEADING and not child.told)
    return part.form is Form.HEADING and part.level == 1 and any(True for _ in apart)
