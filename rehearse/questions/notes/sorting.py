"""Free-form notes sorted into questions, principles, stories, interviewers and the rest.

The tree of parts is walked once with what is known from above: the area, the principles, the
question. What a part is follows from its label, then its name, then its shape, then its area.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from rehearse.errors import WrongUsage
from rehearse.model import Kind, Question
from rehearse.questions.bank import Principle, Story
from rehearse.questions.notes.asking import (
    asks_back,
    in_first_person,
    is_answer,
    is_narrative,
    is_preamble,
    is_question,
    kind_of,
    unquoted,
    words,
)
from rehearse.questions.notes.desk import Desk
from rehearse.questions.notes.front import front_matter
from rehearse.questions.notes.interviews import (
    has_name,
    interviewer,
    is_detail,
    looks_like_interviewer,
    with_details,
)
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.links import names_linked, says_more
from rehearse.questions.notes.naming import Named, linked_names, mentioned, named, without_tail
from rehearse.questions.notes.notes import NoteLine, Notes
from rehearse.questions.notes.outline import Form, Node, lines_seen, outline
from rehearse.questions.notes.parts import AREAS, Part, nested
from rehearse.questions.notes.stories import LONGEST_TITLE, asides, lines_of, telling, tells
from rehearse.questions.principles import canonical
from rehearse.text import printable, seconds

_KINDS = {
    Role.MOTIVATION: Kind.MOTIVATION,
    Role.TECHNICAL: Kind.TECHNICAL,
    Role.SYSTEM_DESIGN: Kind.SYSTEM_DESIGN,
    Role.INTRODUCTION: Kind.INTRODUCTION,
    Role.CLOSING: Kind.CLOSING,
}
_TELLING_KINDS = (Kind.BEHAVIOURAL, Kind.MOTIVATION)
_TAGS = re.compile(r"</?[A-Za-z][^<>]*>")
_FENCE = re.compile(r"\s*(?:>\s*)*(?:```|~~~)")
_PLAN = "Interview"
"""Name of a plan that the notes do not name."""
_LONGEST_NAME = 6
"""Words of a principle of the notes' own."""
_SHORTEST_DESCRIPTION = 4
_SHORTEST_LISTED = 8
"""Words of a bullet that describes a principle; shorter ones are hints."""
_LONGEST_METHOD = 25
"""Words in all that explain the four parts of a story without telling one."""
_TITLE_OF_TEXT = 8
"""Words of a text that stand for its title."""


@dataclass(frozen=True)
class _Context:
    area: Role | None = None
    principles: tuple[str, ...] = ()
    principle: str | None = None
    """The one whose section this is."""
    question: str | None = None
    title: str = ""
    plan: str = _PLAN
    own: bool = False
    """Whether the heading says that the text is the candidate's own, as "My introduction"."""


def sorted_notes(text: str) -> Notes:
    """Never raises: what finds no place is left with its line."""
    title, others, body = front_matter(text)
    nodes = outline(body)
    sorter = _Sorter(Desk())
    sorter.desk.unplaced.extend((*others, *_unseen(body, nodes)))
    sorter.visit(nested(nodes), _Context())
    return replace(sorter.desk.notes(), title=title)


def _unseen(text: str, nodes: Sequence[Node]) -> Iterable[NoteLine]:
    """Lines with words that the Markdown parser leaves out, such as those nested too deep."""
    seen = set(lines_seen(nodes))
    for number, line in enumerate(text.split("\n"), 1):
        plain = _TAGS.sub("", line)
        if number not in seen and re.search(r"\w", plain) and not _FENCE.match(line):
            yield NoteLine(number, " ".join(printable(plain).split()))


@dataclass
class _Sorter:
    desk: Desk

    def visit(self, parts: Sequence[Part], context: _Context) -> None:
        linked = [name for part in parts for name in self._links(part, context)]
        inner = replace(context, principles=_union(context.principles, linked))
        if tells(parts):
            self._tell(parts, replace(context, principles=context.principles))
            return
        people = [part for part in parts if looks_like_interviewer(part) or _is_numbered(part)]
        is_schedule = context.area is None and context.principle is None and len(people) > 1
        told = [part for part in parts if tells(part.children)]
        for part in parts:
            if is_schedule and part in people:
                self._interviewer(part, replace(inner, plan=context.title or _PLAN))
            elif len(told) > 1 and _is_outline(part, told[0]):
                self._free_story(part, inner)
            else:
                self._one(part, context if part.form is Form.HEADING else inner)

    def _links(self, part: Part, context: _Context) -> tuple[str, ...]:
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

    def _one(self, part: Part, context: _Context) -> None:
        if part.form is Form.ASIDE or is_preamble(part.text):
            self.desk.leave(part)
            self.visit(part.children, context)
        elif part.form is Form.ANCHOR:
            self.desk.sort_by(part)
            self._all(part.children, self.desk.sort_by)
        elif self._links(part, context) and not tells(part.children):
            self._linked(part, context)
        elif not (self._labelled(part, context) or self._named(part, context)):
            self._shaped(part, context)

    # What its label says.

    def _labelled(self, part: Part, context: _Context) -> bool:
        label = part.label
        if label is None:
            return False
        role, rest = label.role, label.rest
        if role is Role.QUESTION:
            self._labelled_question(part, context)
        elif role in AREAS and is_question(part.text):
            self._ask(part, part.text, replace(context, area=role))
        elif role in AREAS and (not rest or (role is not Role.PRINCIPLES and _is_lead(part))):
            self._area(part, role, rest, context)
        elif role is Role.QUESTIONS and (not rest or is_question(rest)):
            self._questions(part, rest, context)
        elif role is Role.CONTENTS and not rest:
            self.desk.sort_by(part)
            self._all(part.children, self.desk.sort_by)
        elif role in (Role.EXAMPLE, Role.STORY, Role.ANSWER):
            self._example(part, rest, context)
        elif role in (Role.GUIDANCE, Role.DESCRIPTION) and context.principle:
            self._about(part, role, rest, context)
        elif role is Role.GUIDANCE and part.is_title and not _holds_headings(part):
            self._all([part], self.desk.leave)
        elif role is Role.FOLLOW_UPS and context.question:
            self._follow_ups(part, context)
        elif role is Role.INTERVIEWER and context.area is Role.SCHEDULE:
            self._interviewer(part, context)
        else:
            return False
        return True

    def _labelled_question(self, part: Part, context: _Context) -> None:
        rest = part.label.rest if part.label else ""
        if rest:
            self._ask(part, rest, context)
        elif part.children:
            self.desk.sort_by(part)
            first, *others = part.children
            self._ask(replace(first, children=[*first.children, *others]), first.text, context)
        else:
            self.desk.leave(part)

    def _area(self, part: Part, role: Role, rest: str, context: _Context) -> None:
        self.desk.sort_by(part)
        own = bool(re.match(r"my\b", part.text, re.IGNORECASE)) or bool(rest)
        area = None if role is Role.READER else role
        inner = _Context(
            area, title="", own=own, plan=part.text if role is Role.SCHEDULE else _PLAN
        )
        if role in (Role.STORIES, Role.MOTIVATION, Role.TECHNICAL) or (
            role is Role.SYSTEM_DESIGN and context.principle
        ):
            inner = replace(inner, principles=context.principles, principle=None)
        if role is Role.READER:
            self._all(part.children, self.desk.leave)
            return
        children = [_text(part, rest), *part.children] if rest else part.children
        self.visit(children, inner)

    def _questions(self, part: Part, rest: str, context: _Context) -> None:
        self.desk.sort_by(part)
        texts = [one.text for one in part.below()]
        is_bare = bool(re.fullmatch(r"\W*questions?\W*", part.text, re.IGNORECASE))
        back = is_bare and part.form is Form.HEADING and asks_back(texts)
        if rest:
            self._ask(part, rest, context)
        else:
            self.visit(
                part.children, replace(context, area=Role.TO_ASK if back else Role.QUESTIONS)
            )

    def _example(self, part: Part, rest: str, context: _Context) -> None:
        """A container; what stands behind its label is a question, a title or the text itself."""
        if is_question(rest):
            self._ask(part, rest, context)
            return
        self.desk.sort_by(part)
        title, children = context.title, part.children
        if rest and words(rest) <= LONGEST_TITLE and part.children:
            title = rest
        elif rest:
            children = [_text(part, rest), *children]
        inner = replace(context, title=title)
        own = part.role in (Role.STORY, Role.EXAMPLE) or context.question is not None
        if own and children and _is_free_text(children) and in_first_person(_joined(children)):
            self._free_story(replace(part, text=title, children=children), inner)
        else:
            self.visit(children, inner)

    def _about(self, part: Part, role: Role, rest: str, context: _Context) -> None:
        """Guidance or a description of the principle."""
        self.desk.sort_by(part)
        name = context.principle or ""
        for aside in asides(part):
            self.desk.leave(aside)
        texts = [text for child in part.children for text in lines_of(child)]
        if role is Role.GUIDANCE:
            self.desk.guide(name, *([rest] if rest else []), *texts)
        else:
            for text in [rest, *texts] if rest else texts:
                self.desk.describe(name, text)

    def _follow_ups(self, part: Part, context: _Context) -> None:
        self.desk.sort_by(part)
        rest = part.label.rest if part.label else ""
        texts = (rest, *(one.text for one in part.below()))
        found = tuple(unquoted(text) for text in texts if text)
        self.desk.ask(Question(context.question or "", follow_ups=found))

    def _linked(self, part: Part, context: _Context) -> None:
        """The names have gone to what stands around it; what it says besides is kept."""
        names = self._links(part, context)
        for name in names:
            self.desk.principle(name)
        more = part.role is not Role.LINKED and says_more(part)
        (self.desk.leave if more else self.desk.sort_by)(part)
        self._all(part.children, self.desk.sort_by)

    # What it is called.

    def _named(self, part: Part, context: _Context) -> bool:
        if part.told or (context.area is Role.SCHEDULE and part.form is not Form.HEADING):
            return False
        whole = named(part.text)
        if whole and whole.rest and is_question(whole.rest):
            self._ask(part, whole.rest, _under(context, whole.name))
            return True
        if whole and self._is_principle(part, whole):
            self._principle(part, whole.name, whole.rest, context)
            return True
        if whole and whole.rest and tells(part.children):
            self._story_of(part, _under(context, whole.name))
            return True
        if self._is_own_principle(part, context):
            name, rest = (
                (part.lead.rstrip(" :："), part.text[len(part.lead) :])
                if part.lead
                else (part.text.rstrip(" :："), "")
            )
            self._principle(part, canonical(name), rest.lstrip(" :：-–—"), context)
            return True
        return False

    def _is_principle(self, part: Part, whole: Named) -> bool:
        if not whole.rest or re.match(r"[\u3400-\u9fff]", whole.rest):
            return True
        if part.form is Form.HEADING or part.bold:
            return not tells(part.children)
        return bool(part.lead and named(part.lead)) or words(whole.rest) >= _SHORTEST_DESCRIPTION

    def _is_own_principle(self, part: Part, context: _Context) -> bool:
        """Below "Values", short names are principles even if nobody has published them."""
        if part.role is Role.PRINCIPLES and part.label and part.is_title:
            return 0 < words(part.label.rest) <= _LONGEST_NAME
        if context.area is not Role.PRINCIPLES or context.principle or part.label:
            return False
        name = part.lead or part.text
        if words(name) > _LONGEST_NAME or is_question(name) or name.endswith((".", ",")):
            return False
        return part.is_title or bool(part.lead) or part.form is Form.ITEM

    def _principle(self, part: Part, name: str, rest: str, context: _Context) -> None:
        self.desk.principle(name)
        if part.text != name:
            self.desk.sort_by(part)
        area = context.area if context.area in (Role.QUESTIONS, Role.STORIES) else Role.PRINCIPLES
        inner = _Context(area, (name,), name, context.question, title=part.text.rstrip(" :："))
        if rest and not re.match(r"[\u3400-\u9fff]", rest) and words(rest) >= 3:
            self.visit([_text(part, rest), *part.children], inner)
        else:
            self.visit(part.children, inner)

    # What it looks like, and where it stands.

    def _shaped(self, part: Part, context: _Context) -> None:
        text = part.text
        if context.area is Role.TO_ASK:
            self._ask_back(part, context)
        elif is_question(text) and not _is_heading_over_headings(part):
            self._ask(part, text, context)
        elif context.area is Role.SCHEDULE:
            self._scheduled(part, context)
        elif tells(part.children):
            self._story_of(part, context)
        elif context.area in (Role.INTRODUCTION, Role.CLOSING):
            self._said(part, context)
        elif context.area is Role.QUESTIONS and self._is_listed_question(part):
            self._ask(part, text, context)
        elif context.principle:
            self._below_principle(part, context)
        elif part.children:
            self._container(part, context)
        elif (context.area is Role.STORIES or context.question) and is_narrative(text):
            self._free_story(part, context)
        else:
            self.desk.leave(part)

    def _is_listed_question(self, part: Part) -> bool:
        is_asked = re.match(
            r"(what|how|why|when|where|who|which|is|are|do|did|have|would|if)\b", part.text, re.I
        )
        return part.form is Form.ITEM and not part.children and bool(is_asked)

    def _container(self, part: Part, context: _Context) -> None:
        """A heading or a line above others; it is understood if any of them finds its place."""
        free = (
            _is_free_text(part.children) and part.is_title and is_narrative(_joined(part.children))
        )
        if free and (context.area is Role.STORIES or context.question):
            self._free_story(part, context)
            return
        before = self.desk.count
        title = part.text if words(part.text) <= LONGEST_TITLE else context.title
        whole = re.search(r"\b\w+", part.text)
        names = tuple(linked for linked in mentioned(part.text)) if whole else ()
        inner = replace(context, title=title, principles=_union(context.principles, names))
        self.visit(part.children, inner)
        is_contents = all(one.form is Form.ANCHOR for one in part.children)
        (self.desk.sort_by if self.desk.count > before or is_contents else self.desk.leave)(part)

    def _below_principle(self, part: Part, context: _Context) -> None:
        """A description, guidance, or a story told freely."""
        name = context.principle or ""
        texts = list(lines_of(part))
        below = list(part.below())
        is_rich = any(one.told or is_question(one.text) or is_narrative(one.text) for one in below)
        if part.is_title and below and not is_rich and is_narrative(" ".join(texts)):
            self._free_story(part, context)
        elif is_rich or (part.form is Form.HEADING and below):
            self._container(part, context)
        elif is_narrative(part.text):
            self._free_story(part, context)
        elif self._describes(part, context):
            self.desk.describe(name, part.text)
            for child in part.children:
                if self._describes(child, context) or child.form is Form.TEXT:
                    self.desk.describe(name, child.text)
                    self.visit(child.children, context)
                else:
                    self._one(child, context)
        else:
            self.desk.guide(name, *texts)
            for aside in asides(part):
                self.desk.leave(aside)

    def _describes(self, part: Part, context: _Context) -> bool:
        """Whether it tells what the principle is: in whole sentences that are nobody's own."""
        known = self._known(context.principle or "")
        if known is None or (part.is_title and part.form is Form.HEADING) or known.guidance:
            return False
        if re.match(r"leaders\b", part.text, re.IGNORECASE):
            return True
        plain = re.sub('["“][^"“”]*["”]', "", part.text)
        least = _SHORTEST_DESCRIPTION if part.form is Form.TEXT else _SHORTEST_LISTED
        if words(part.text) < least or in_first_person(plain):
            return False
        sentences = len(re.findall(r"[.!?。！？](?:\s|$)|[。！？]", part.text))
        if part.form is Form.ITEM:
            return known.description is None and (part.bold or sentences > 1)
        return True

    def _known(self, name: str) -> Principle | None:
        from rehearse.questions.principles import key

        return self.desk.principles.get(key(name) or name)

    def _said(self, part: Part, context: _Context) -> None:
        """Text of the introduction or of the closing."""
        if not part.is_title or not part.children:
            whole = _joined([part])
            if not (context.own or in_first_person(whole) or re.search(r"\bthank", whole, re.I)):
                self.desk.leave(part)
                self._all(part.children, self.desk.leave)
                return
            into = (
                self.desk.introduction if context.area is Role.INTRODUCTION else self.desk.closing
            )
            into.extend(lines_of(part))
            self.desk.count += 1
            for aside in asides(part):
                self.desk.leave(aside)
        else:
            self._container(part, context)

    def _ask_back(self, part: Part, context: _Context) -> None:
        label = part.label
        text = label.rest if label and label.role is Role.QUESTION and label.rest else part.text
        asked = is_question(text) or text.endswith(("?", "？"))
        if part.is_title and part.children and not asked:
            before = self.desk.count
            self.visit(part.children, context)
            (self.desk.sort_by if self.desk.count > before else self.desk.leave)(part)
            return
        if asked or (part.form is Form.ITEM and not part.children and words(text) > 3):
            self.desk.ask_back(text)
        else:
            self.desk.leave(part)
        for child in part.children:
            self._ask_back(child, context)

    def _scheduled(self, part: Part, context: _Context) -> None:
        is_person = has_name(part) or looks_like_interviewer(part)
        if (is_person and part.form is not Form.TEXT) or looks_like_interviewer(part):
            self._interviewer(part, context)
        elif part.children:
            self._container(
                part, replace(context, plan=part.text if part.is_title else context.plan)
            )
        elif part.form is Form.TEXT and is_person and words(part.text) <= 12:
            self._interviewer(part, context)
        else:
            self.desk.leave(part)

    def _interviewer(self, part: Part, context: _Context) -> None:
        part = _with_name(part)
        one = interviewer(part)
        for child in part.children:
            linked = names_linked(child)
            if child.form is Form.ANCHOR:
                self.desk.sort_by(child)
            elif is_question(child.text):
                self._ask(child, child.text, replace(context, area=None, principles=one.principles))
            elif linked or (child.role in (Role.LINKED, Role.PRINCIPLES) and child.label):
                texts = [child.label.rest if child.label else child.text]
                texts += [below.text for below in child.below()]
                names = [name for text in texts for name in linked_names(text)]
                one = replace(one, principles=_union(one.principles, names or list(linked)))
                one = with_details(one, " ".join(texts)) if linked and child.role is None else one
            elif child.role is Role.THEMES and child.label:
                for text in filter(
                    None, (child.label.rest, *(below.text for below in child.below()))
                ):
                    one = with_details(one, text)
            elif is_detail(child.text):
                one = with_details(one, child.text)
                for below in child.below():
                    if is_detail(below.text):
                        one = with_details(one, below.text)
                    else:
                        self.desk.leave(below)
            else:
                self.desk.leave(child)
                self._all(child.children, self.desk.leave)
        for name in one.principles:
            self.desk.principle(name)
        self.desk.plan(context.plan.rstrip(" :：") or _PLAN, one)

    # Questions with what stands below them, and stories.

    def _ask(self, part: Part, text: str, context: _Context) -> None:
        if context.area is Role.TO_ASK:
            self._ask_back(replace(part, text=text), context)
            return
        plain, tail = without_tail(text)
        asked = unquoted(plain)
        kind = _KINDS.get(context.area) if context.area else None
        kind = kind or kind_of(asked)
        links = [name for child in part.children for name in names_linked(child)]
        principles = _union(context.principles, [*tail, *links]) if kind is Kind.BEHAVIOURAL else ()
        inner = _Context(Role.QUESTIONS, principles, None, asked, title=asked, plan=context.plan)
        for name in principles:
            self.desk.principle(name)
        follow_ups: list[str] = []
        answer: list[str] = []
        target: float | None = None
        if tells(part.children) and not _tell_apart(part.children):
            self._tell(part.children, inner)
        else:
            for child in part.children:
                label = child.label
                if child.form is Form.ANCHOR:
                    self.desk.sort_by(child)
                elif child.form is Form.ASIDE or is_preamble(child.text):
                    self.desk.leave(child)
                    answer += self._texts(child.children)
                elif names_linked(child) and not tells(child.children):
                    self._linked_below(child, answer)
                elif child.form is Form.HEADING and not (label and label.role in (Role.ANSWER,)):
                    self._one(child, inner)
                elif label and label.role in (Role.ANSWER, Role.LETTER_A):
                    self._answer(child, answer, inner)
                elif label and label.role is Role.FOLLOW_UPS:
                    self.desk.sort_by(child)
                    follow_ups += [label.rest, *(one.text for one in child.below())]
                elif label and label.role is Role.TARGET and (found := _seconds(label.rest)):
                    self.desk.sort_by(child)
                    target = found
                elif tells(child.children) or any(tells(one.children) for one in child.below()):
                    self._one(child, inner)
                elif is_question(child.text) and child.is_title and child.children:
                    self._one(child, replace(inner, question=None))
                elif is_question(child.text) and child.role is not Role.QUESTION and not answer:
                    follow_ups.append(child.text)
                    answer += self._texts(child.children)
                elif child.role is Role.QUESTION:
                    self._one(child, replace(context, question=None))
                elif child.role in (Role.EXAMPLE, Role.STORY) and child.children:
                    self._one(child, inner)
                else:
                    answer += self._texts([child])
        found_ups = tuple(unquoted(one) for one in follow_ups if one)
        question = Question(asked, kind, principles, target, found_ups)
        self._keep(question, answer)

    def _answer(self, part: Part, answer: list[str], context: _Context) -> None:
        """What stands behind and below "Answer:"."""
        rest = part.label.rest if part.label else ""
        self.desk.sort_by(replace(part, text=part.label.head if part.label else ""))
        if rest and not is_preamble(rest):
            answer.append(rest)
        elif rest:
            self.desk.leave(replace(part, text=rest))
        if tells(part.children):
            self._tell(part.children, context)
        else:
            answer += self._texts(part.children)

    def _keep(self, question: Question, answer: list[str]) -> None:
        """The question, with its answer as a story where it tells one, else as notes."""
        joined = " ".join(answer)
        enough = is_answer(joined)
        if question.kind is Kind.INTRODUCTION and answer and in_first_person(joined):
            self.desk.introduction.extend(answer)
            self.desk.ask(question)
        elif question.kind is Kind.BEHAVIOURAL and enough:
            self.desk.ask(question)
            title = question.text
            self.desk.tell(Story(title, question.principles, title, notes=tuple(answer)))
        else:
            self.desk.ask(replace(question, notes=tuple(answer)))

    def _linked_below(self, part: Part, answer: list[str]) -> None:
        self.desk.sort_by(part)
        self._all(part.children, self.desk.sort_by)
        if part.role is not Role.LINKED and says_more(part):
            answer.append(part.text)

    def _texts(self, parts: Iterable[Part]) -> list[str]:
        """All texts of an answer, without the images and what a chat program said before it."""
        texts: list[str] = []
        for part in parts:
            if part.form is Form.ASIDE or is_preamble(part.text):
                self.desk.leave(part)
            elif part.form is Form.ANCHOR:
                self.desk.sort_by(part)
            elif names_linked(part):
                self._linked_below(part, texts)
            else:
                texts.append(part.text)
            texts += self._texts(part.children)
        return texts

    def _tell(self, parts: Sequence[Part], context: _Context) -> None:
        found = telling(
            parts, title=context.title, principles=context.principles, question=context.question
        )
        for part in found.structure:
            self.desk.sort_by(part)
        for part in found.left:
            self.desk.leave(part)
        if found.stories and all(map(_explains_method, found.stories)):
            self._all([part for part in parts if part.told], self.desk.leave)
            found.stories.clear()
        for story in found.stories:
            self.desk.tell(_titled(story))
        if context.question and found.follow_ups:
            ups = tuple(unquoted(one) for one in found.follow_ups)
            self.desk.ask(Question(context.question, kind_of(context.question), follow_ups=ups))
        for part in found.apart:
            self._one(part, context)

    def _story_of(self, part: Part, context: _Context) -> None:
        """A story whose title, or first lines, is this part's text."""
        if words(part.text) <= LONGEST_TITLE:
            title = part.text.rstrip(" :：")
            names = tuple(mentioned(part.text))
            principles = _union(context.principles, names)
            self._tell(part.children, replace(context, title=title, principles=principles))
        else:
            summary = replace(part, children=[], form=Form.TEXT)
            self._tell([summary, *part.children], context)

    def _free_story(self, part: Part, context: _Context) -> None:
        """A story told without labels: all its text is in the notes."""
        texts = self._texts(part.children)
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
            principles = _union(context.principles, links)
            self.desk.tell(
                Story(title.rstrip(" :："), principles, context.question, notes=tuple(texts))
            )

    def _all(self, parts: Iterable[Part], lay: Callable[[Part], None]) -> None:
        for part in parts:
            lay(part)
            self._all(part.children, lay)


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


def _is_outline(part: Part, like: Part) -> bool:
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


def _holds_headings(part: Part) -> bool:
    return any(one.is_title or one.told for one in part.below())


def _with_name(part: Part) -> Part:
    """ "Interview 1" with the name on a line of its own, as one part."""
    people = [one for one in part.children if one.role is Role.INTERVIEWER and one.label]
    if part.role is not Role.INTERVIEWER or len(people) != 1 or (part.label and part.label.rest):
        return part
    others = [one for one in part.children if one is not people[0]]
    return replace(people[0], children=[*people[0].children, *others])


def _is_numbered(part: Part) -> bool:
    """ "Interviewer 2: ..." """
    return part.role is Role.INTERVIEWER and bool(
        re.search(r"\d", part.label.head if part.label else "")
    )


def _is_heading_over_headings(part: Part) -> bool:
    apart = (child for child in part.children if child.form is Form.HEADING and not child.told)
    return part.form is Form.HEADING and part.level == 1 and any(True for _ in apart)


def _tell_apart(parts: Sequence[Part]) -> bool:
    """Whether headings among the parts hold stories of their own."""
    return any(part.form is Form.HEADING and tells(part.children) for part in parts)


def _is_free_text(parts: Sequence[Part]) -> bool:
    return all(
        not one.told
        and one.form in (Form.TEXT, Form.ITEM, Form.ASIDE)
        and not is_question(one.text)
        for part in parts
        for one in (part, *part.below())
    )


def _joined(parts: Iterable[Part]) -> str:
    return " ".join(text for part in parts for text in lines_of(part))


def _text(part: Part, text: str) -> Part:
    from rehearse.questions.notes.labels import find_label

    return Part(Form.TEXT, text, part.line, find_label(text), links=part.links)


def _under(context: _Context, name: str) -> _Context:
    return replace(context, principles=_union(context.principles, [name]))


def _seconds(text: str) -> float | None:
    try:
        return seconds(text)
    except WrongUsage:
        return None


def _union(one: tuple[str, ...], other: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))
