"""Free-form notes sorted into questions, principles, stories, interviewers and the rest.

Passes: the lines are made plain (`source`), Markdown gives blocks (`tree`), each part gets a role
from its own signs (`parts`) and its place below another (`attach`). Here the tree is walked once;
what a part becomes is in the table of roles, and the nearest question, title or principle above it
takes what says nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from rehearse.errors import WrongUsage
from rehearse.model.take import Kind
from rehearse.questions.notes.asking import (
    asks_back,
    could_ask,
    in_first_person,
    is_behavioural,
    is_narrative,
    is_question,
    kind_of,
    unquoted,
    words,
)
from rehearse.questions.notes.attach import attached
from rehearse.questions.notes.front import front_matter
from rehearse.questions.notes.holder import LONGEST_TITLE, Holder
from rehearse.questions.notes.interviewers import (
    PLAN,
    has_name,
    interviewer,
    looks_like_interviewer,
    names_somebody,
    with_line,
)
from rehearse.questions.notes.labels import AREAS, Role, find_label
from rehearse.questions.notes.lookahead import (
    holds_headings,
    holds_questions,
    holds_titles,
    is_outline,
    is_text_only,
    questions_in,
    rest_of,
    tells,
    text_part,
    whole_text,
    wiki_names,
)
from rehearse.questions.notes.lookahead import stem as stem_of
from rehearse.questions.notes.naming import linking, named, without_tail
from rehearse.questions.notes.notes import Notes
from rehearse.questions.notes.outputs import Outputs
from rehearse.questions.notes.parts import (
    Part,
    is_labelled_question,
    is_sure_question,
    names_linked,
    says_more,
)
from rehearse.questions.notes.tree import Form, outline, unseen
from rehearse.questions.principles import canonical
from rehearse.text import seconds

_KINDS = {
    Role.MOTIVATION: Kind.MOTIVATION,
    Role.TECHNICAL: Kind.TECHNICAL,
    Role.SYSTEM_DESIGN: Kind.SYSTEM_DESIGN,
    Role.INTRODUCTION: Kind.INTRODUCTION,
    Role.CLOSING: Kind.CLOSING,
}
_TOLD = (Role.STORIES, Role.QUESTIONS)
_SAID = (Role.INTRODUCTION, Role.CLOSING)
_MOST_LISTED = 5
"""Names below "Principles:"; a longer list presents the principles themselves."""
_LONGEST_NAME = 6
"""Words of a principle of the notes' own."""
_SHORTEST_DESCRIPTION, _SHORTEST_LISTED = 4, 8
"""Words of a text or a bullet that describes a principle; shorter ones are hints."""
_SHORTEST_ASKED = 4
"""Words of a bullet among questions to ask that is one without a question mark."""
_LONGEST_ACCOMPLISHED = 15
"""Words of a line in a list of stories that is a story's title."""
_ACCOMPLISHED = re.compile(
    r"(\w+ed|taught|found|led|built|ran|made|won|wrote|cut|set|began|brought|bought|caught|drove|"
    r"gave|grew|held|kept|sold|spoke|took|went|saw|chose|came|got)\b",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s*[(（]([^()（）]+)[)）]\W*")
_BEHIND = re.compile(r"(.+[?？][\"”]?)\s*[(（\[]([^()（）\[\]]+)[)）\]]\W*")
"""Brackets behind a question."""
_DOTS = " .…"


@dataclass(frozen=True)
class Place:
    """What stands around a part."""

    area: Role | None = None
    principle: str | None = None
    """The one whose section this is."""
    names: tuple[str, ...] = ()
    """Principles that questions and stories here are linked to."""
    holder: Holder | None = None
    """The question or title that takes the texts."""
    plan: str = PLAN
    own: bool = False
    """Whether a heading says that the text is the candidate's own, as "My introduction"."""


def sorted_notes(text: str) -> Notes:
    """Never raises: what finds no place is left with its line."""
    title, others, body = front_matter(text)
    nodes = outline(body)
    roots = attached(nodes)
    sorter = Sorter()
    sorter.outputs.unplaced.extend((*others, *unseen(body, nodes)))
    area = label.role if title and (label := find_label(title)) else None
    sorter.visit(roots, Place(area if area in AREAS else None))
    sorter.outputs.keep_all(one for root in roots for one in (root, *root.below()))
    return replace(sorter.outputs.notes(), title=title)


@dataclass
class Sorter:
    outputs: Outputs = field(default_factory=Outputs)

    def visit(self, parts: Sequence[Part], place: Place) -> None:
        """Sort parts that stand side by side."""
        told = [one for one in parts if one.told]
        if told and not tells(parts):
            for one in told:
                one.role = Role.TEXT
        elif told and place.holder is None:
            holder = Holder("", list(place.names))
            self.visit(parts, replace(place, holder=holder))
            self._close(holder)
            return
        people = [one for one in parts if looks_like_interviewer(one)]
        is_asked = place.principle or (place.holder and place.holder.question)
        if place.area is None and not is_asked and len(people) > 1:
            for one in people:
                one.role = Role.INTERVIEWER
        first = next((one for one in parts if tells(one.children)), None)
        for one in parts:
            is_like = first is not None and one is not first and is_outline(one, first)
            self.one(one, place, is_story=is_like)

    def one(self, part: Part, place: Place, *, is_story: bool = False) -> None:
        """Sort a part with all below it."""
        if is_story:
            self._title(part, place, is_story=True)
            return
        if place.area is Role.SCHEDULE and self._person(part, place):
            return
        place_it = _TABLE.get(part.role, Sorter._text)
        place_it(self, part, place)

    # Areas and labels.

    def _aside(self, part: Part, place: Place) -> None:
        self.outputs.leave(part)
        self.visit(part.children, place)

    def _area(self, part: Part, place: Place) -> None:
        role = part.role
        if role is Role.PRINCIPLES and self._lists_names(part, place):
            return
        if role is Role.SCHEDULE and part.form is Form.HEADING and holds_headings(part):
            self._title(part, replace(place, plan=part.text))
            return
        self.outputs.sort_by(part)
        if role is Role.QUESTIONS:
            bare = re.fullmatch(r"\W*questions?\W*", part.text, re.IGNORECASE)
            back = (
                bare and part.form is Form.HEADING and asks_back(one.text for one in part.below())
            )
            inner = replace(place, area=Role.TO_ASK if back else role, holder=None)
        else:
            own = bool(re.match(r"my\b", part.text, re.IGNORECASE)) or bool(part.rest)
            keeps = role in (Role.STORIES, Role.MOTIVATION, Role.TECHNICAL, Role.SYSTEM_DESIGN)
            plan = part.text.rstrip(" :：") if role is Role.SCHEDULE else PLAN
            names = place.names if keeps else ()
            inner = Place(role, names=names, plan=plan, own=own)
        self.visit([*rest_of(part), *part.children], inner)

    def _reader(self, part: Part, place: Place) -> None:
        self.outputs.sort_by(part)
        for one in (*rest_of(part), *part.children):
            self.outputs.leave(one, below=True)

    def _contents(self, part: Part, place: Place) -> None:
        self.outputs.sort_by(part, below=True)

    def _lists_names(self, part: Part, place: Place) -> bool:
        """Whether "Principles:" only names those of the question, story or person around it."""
        names = [named(one.text) for one in part.children]
        is_list = 0 < len(names) <= _MOST_LISTED and all(one and not one.rest for one in names)
        if part.form is Form.HEADING or not is_list or any(one.children for one in part.children):
            return False
        found = [one.name for one in names if one]
        for name in found:
            self.outputs.principle(name)
        if place.holder:
            place.holder.names += found
        self.outputs.sort_by(part, below=True)
        return True

    def _linked(self, part: Part, place: Place) -> None:
        names = names_linked(part) or linking(part.text, part.links)
        whole = named(part.text)
        if part.children and whole and not whole.rest:
            self._principle(part, place)
            return
        for name in names:
            self.outputs.principle(name)
        is_bare = not says_more(part)
        if is_bare and not is_text_only(part):
            self._title(part, replace(place, names=(*place.names, *names)))
            return
        if place.holder:
            place.holder.names += names
        if not is_text_only(part):
            self._text(part, place)
        elif names and (is_bare or part.label):
            self.outputs.sort_by(part, below=True)
        elif place.holder:
            self._text(part, place)
        else:
            self.outputs.leave(part, below=True)

    def _follow_ups(self, part: Part, place: Place) -> None:
        if place.holder is None:
            self._area(part, place) if not part.rest else self._text(part, place)
            return
        self.outputs.sort_by(part)
        texts = [text for text in (part.rest, *(one.text for one in part.below())) if text]
        if place.holder.question:
            place.holder.follow_ups += [one for text in texts for one in questions_in(text)]
        else:
            for text in texts:
                place.holder.say(part, text)

    def _points(self, part: Part, place: Place) -> None:
        """What an answer should hold; for a principle, how to prepare."""
        texts = [text for text in (part.rest, *(one.text for one in part.below())) if text]
        if place.holder and place.holder.question and not place.holder.drafts:
            self.outputs.sort_by(part)
            place.holder.points += texts
        elif place.holder:
            self._text(part, place)
        elif place.principle:
            self.outputs.sort_by(part)
            self._about(part, place, texts)
        elif part.is_title and not holds_titles(part):
            self.outputs.leave(part, below=True)
        else:
            self._text(part, place)

    def _about(self, part: Part, place: Place, texts: Sequence[str]) -> None:
        about = self.outputs.describe if part.role is Role.DESCRIPTION else self.outputs.guide
        about(place.principle or "", *texts)

    def _answer(self, part: Part, place: Place) -> None:
        """A container: what it holds belongs to the question above."""
        if place.holder is None and place.area not in _SAID:
            title = Holder("", list(place.names), is_story=is_narrative(whole_text(part)))
            self.outputs.sort_by(replace(part, text=part.label.head if part.label else ""))
            self.visit([*rest_of(part), *part.children], replace(place, holder=title))
            self._close(title)
            return
        self.outputs.sort_by(replace(part, text=part.label.head if part.label else part.text))
        self.visit([*rest_of(part), *part.children], place)

    def _question_label(self, part: Part, place: Place) -> None:
        """ "Question 4" with the question on the line below."""
        self.outputs.sort_by(part)
        first, *others = part.children or [part]
        if first is part or any(one.role is Role.ASKED for one in part.below()):
            self.visit(part.children, place)
        else:
            asked = replace(first, children=[*first.children, *others])
            self._question(asked, first.text, replace(place, holder=None))

    def _story(self, part: Part, place: Place) -> None:
        """ "Story 1 - The crane", "Example: ..." """
        if part.form is not Form.HEADING and not part.children and not part.lead:
            self._text(part, place)
            return
        if is_question(part.rest):
            self._ask(replace(part, label=None, text=part.rest), place)
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
                self.outputs.sort_by(part)
                self.visit(part.children, place)
                return
        outer = place.holder
        holder = Holder(
            title or (outer.title if outer else ""),
            [*(outer.names if outer else place.names)],
            outer.question if outer else None,
            is_story=True,
        )
        self._below(part, place, holder, rest)

    def _named(self, part: Part, place: Place) -> None:
        """ "Title: The atlas" """
        if place.holder and part.rest and words(part.rest) <= LONGEST_TITLE:
            if not place.holder.question:
                place.holder.title = part.rest
            self.outputs.sort_by(part)
        else:
            self._text(part, place)

    def _target(self, part: Part, place: Place) -> None:
        try:
            length = seconds(part.rest)
        except WrongUsage:
            self._text(part, place)
            return
        if place.holder:
            place.holder.target = length
        self.outputs.sort_by(part)

    # Questions.

    def _ask(self, part: Part, place: Place) -> None:
        text = part.rest if is_labelled_question(part) and part.rest else part.text
        whole = named(text)
        if whole and whole.rest and is_question(whole.rest):
            text, place = whole.rest, replace(place, names=(*place.names, whole.name))
        if place.area is Role.TO_ASK and not is_behavioural(text):
            self._ask_back(part, text, place)
        elif stem := stem_of(part):
            self.outputs.sort_by(part)
            for one in part.children:
                self._ask(replace(one, text=f"{stem} {one.text.lstrip(_DOTS)}", label=None), place)
        elif self._follows(part, place):
            self._follow_up(part, text, place)
        elif part.form is Form.HEADING and holds_questions(part):
            self._title(part, replace(place, holder=None))
        else:
            self._question(part, text, place)

    def _question(self, part: Part, text: str, place: Place) -> None:
        plain, tail = without_tail(text)
        aside = _BEHIND.fullmatch(plain)
        asked = unquoted(aside[1] if aside else plain)
        area = part.label.role if part.label and part.label.role in _KINDS else place.area
        kind = (_KINDS.get(area) if area else None) or kind_of(asked)
        points = [aside[2]] if aside else []
        holder = Holder(asked, [*place.names, *tail], asked, kind, points=points)
        self.visit(
            part.children, replace(place, area=Role.QUESTIONS, principle=None, holder=holder)
        )
        self._close(holder)

    def _follows(self, part: Part, place: Place) -> bool:
        """Whether it asks on about the question above."""
        return bool(place.holder and place.holder.question) and not is_sure_question(part)

    def _follow_up(self, part: Part, text: str, place: Place) -> None:
        holder = place.holder
        if holder is None or holder.drafts or holder.texts:
            self._text(part, place)
        else:
            holder.follow_ups.append(text)
            self.visit(part.children, place)

    def _ask_back(self, part: Part, text: str, place: Place) -> None:
        self.outputs.ask_back(text)
        self.visit(part.children, place)

    def _close(self, holder: Holder) -> None:
        """Lays down what an open question or title has gathered."""
        whole = " ".join(holder.answer)
        if holder.kind is Kind.INTRODUCTION and not holder.drafts and in_first_person(whole):
            self.outputs.introduction.extend(holder.answer)
            holder.answer, holder.texts = [], []
        if holder.kind:
            self.outputs.ask(holder.asked())
        told = holder.stories()
        for story in told:
            self.outputs.tell(replace(story, title=story.title.rstrip(" :：")))

    # Principles.

    def _principle(self, part: Part, place: Place) -> None:
        whole = named(part.text)
        is_own = whole is None and part.rest
        name = whole.name if whole else canonical(part.rest or part.text.rstrip(" :："))
        if place.holder and not part.children and part.form is not Form.HEADING and not part.bold:
            place.holder.names.append(name)
            self.outputs.principle(name)
            self.outputs.sort_by(part)
            return
        if whole and whole.rest and tells(part.children):
            self._title(part, replace(place, names=(*place.names, name)), title=part.text)
            return
        self.outputs.sort_by(part)
        self.outputs.principle(name)
        rest = whole.rest if whole and not is_own else ""
        if part.lead and not named(part.text):
            rest = part.text[len(part.lead) :].lstrip(" :：-–—")
        inner = Place(principle=name, names=(name,), area=place.area)
        is_said = rest and not re.match(r"[\u3400-\u9fff]", rest) and words(rest) >= 3
        self.visit([*([text_part(part, rest)] if is_said else []), *part.children], inner)

    def _own_principle(self, part: Part, place: Place) -> bool:
        """Below "Values", short names are principles even if nobody has published them."""
        name = (part.lead or part.text).rstrip(" :：")
        is_name = 0 < words(name) <= _LONGEST_NAME and not name.endswith((".", ","))
        if not is_name or place.area is not Role.PRINCIPLES or place.principle or place.holder:
            return False
        rest = part.text[len(part.lead) :].lstrip(" :：-–—") if part.lead else ""
        self.outputs.sort_by(replace(part, text=name))
        self.outputs.principle(canonical(name))
        inner = Place(principle=canonical(name), names=(canonical(name),), area=place.area)
        self.visit([*([text_part(part, rest)] if rest else []), *part.children], inner)
        return True

    # Titles, sections and texts.

    def _head(self, part: Part, place: Place) -> None:
        """A heading, a line in bold, or an item above others."""
        if self._own_principle(part, place):
            return
        if place.area in (*_SAID, Role.TO_ASK) and part.children:
            before = self.outputs.count
            self.visit(part.children, place)
            is_used = self.outputs.count > before or place.area in _SAID
            (self.outputs.sort_by if is_used else self.outputs.leave)(part)
        elif part.children and all(one.role is Role.ANCHOR for one in part.children):
            self.outputs.sort_by(part, below=True)
        elif part.children or part.form is Form.HEADING or is_narrative(part.text):
            self._title(part, place)
        else:
            self._text(part, place)

    def _title(self, part: Part, place: Place, *, title: str = "", is_story: bool = False) -> None:
        plain, names = without_tail(title or part.text)
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
        self._below(part, place, holder, rest)

    def _below(self, part: Part, place: Place, holder: Holder, rest: str) -> None:
        """What a title holds: stories, or else what belongs to whatever is around it."""
        before = self.outputs.count
        if rest:
            holder.say(part, rest)
        area = None if holder.is_story else place.area
        inner = replace(place, holder=holder, names=tuple(holder.names), area=area)
        self.visit(part.children, inner)
        is_free = bool(place.principle or holder.question) or place.area in _TOLD
        is_own = place.area is Role.STORIES and holder.answer and in_first_person(whole_text(part))
        holder.is_story = holder.is_story or bool(is_own)
        if holder.drafts or holder.is_story or (is_free and holder.tells):
            self.outputs.sort_by(part)
            self._close(holder)
            if not (holder.drafts or holder.answer):
                self.outputs.leave(part)
            return
        outer = place.holder
        if outer and outer.question and part.form is not Form.HEADING:
            for one in (part, *holder.texts):
                outer.say(one, one.text)
            return
        if not holder.texts or self.outputs.count > before:
            (self.outputs.sort_by if self.outputs.count > before else self.outputs.leave)(part)
        else:
            self._text(replace(part, children=[]), replace(place, holder=outer))
        for one in holder.texts:
            if one is not part:
                self._text(replace(one, children=[]), replace(place, holder=outer))

    def _section(self, part: Part, place: Place) -> None:
        holder = place.holder
        sections = part.label.sections if part.label else ()
        if holder is None:
            self._text(part, place)
            return
        draft = holder.draft(sections)
        draft.add(sections, [unquoted(part.rest)] if part.rest else [])
        if not part.rest:
            self.outputs.sort_by(part)
        for one in part.children:
            if one.told:
                self._section(one, place)
            elif one.role is Role.ASIDE:
                self.outputs.leave(one, below=True)
            elif one.role is Role.LINKED:
                self._linked(one, place)
            else:
                texts = [below for below in (one, *one.below()) if below.role is not Role.ASIDE]
                draft.add(sections, [unquoted(below.text) for below in texts])

    def _text(self, part: Part, place: Place) -> None:
        """What says nothing by itself goes to the nearest that takes it."""
        holder = place.holder
        if part.role is Role.TEXT and self._asked_or_told(part, place):
            return
        if holder:
            holder.say(part, part.text)
            self.visit(part.children, place)
        elif place.area in _SAID:
            self._said(part, place)
        elif place.principle:
            self._of_principle(part, place)
        elif part.children and part.role is not Role.HEAD:
            self._title(part, place)
        elif place.area is Role.STORIES and is_narrative(part.text):
            story = Holder("", list(place.names), is_story=True)
            story.say(part, part.text)
            self._close(story)
        else:
            self.outputs.leave(part)
            self.visit(part.children, place)

    def _asked_or_told(self, part: Part, place: Place) -> bool:
        """What a text is by the list that it stands in."""
        is_item, holder = part.form is Form.ITEM, place.holder
        is_open = holder is None or not (holder.question or holder.drafts)
        if tells(part.children):
            self._title(part, place)
            return True
        if place.area is Role.TO_ASK and not part.children:
            if is_question(part.text) or (is_item and words(part.text) >= _SHORTEST_ASKED):
                self._ask_back(part, part.text, place)
                return True
        elif place.area is Role.QUESTIONS and is_item and is_open and could_ask(part.text):
            self._question(part, part.text, replace(place, holder=None))
            return True
        elif place.area is Role.STORIES and is_item and is_open:
            short = words(part.text) <= _LONGEST_ACCOMPLISHED
            if short and _ACCOMPLISHED.match(part.text):
                self._title(part, replace(place, holder=None), is_story=True)
                return True
        if is_item and part.children and is_open and not (place.principle or place.area in _SAID):
            self._head(part, place)
            return True
        return self._own_principle(part, place) if is_item or part.bold else False

    def _said(self, part: Part, place: Place) -> None:
        """Text of the introduction or of the closing."""
        whole = whole_text(part)
        if place.own or in_first_person(whole) or re.search(r"\bthank", whole, re.IGNORECASE):
            into = self.outputs.introduction
            into = into if place.area is Role.INTRODUCTION else self.outputs.closing
            into.extend(
                unquoted(one.text) for one in (part, *part.below()) if one.role is not Role.ASIDE
            )
            self.outputs.count += 1
        else:
            self.outputs.leave(part, below=True)

    def _of_principle(self, part: Part, place: Place) -> None:
        """A description of the principle, or how to prepare for it."""
        name = place.principle or ""
        if is_narrative(part.text):
            story = Holder("", list(place.names), is_story=True)
            story.say(part, part.text)
            self._close(story)
        elif self._describes(part, name):
            goes_on = [
                one
                for one in part.children
                if one.role is Role.TEXT and one.form is Form.TEXT and not one.children
            ]
            self.outputs.describe(name, part.text, *(one.text for one in goes_on))
            part.children = [one for one in part.children if one not in goes_on]
        else:
            self.outputs.guide(name, part.text)
        self.visit(part.children, place)

    def _describes(self, part: Part, name: str) -> bool:
        """Whether it tells what the principle is: in whole sentences that are nobody's own."""
        if part.form is Form.HEADING or self.outputs.is_guided(name):
            return False
        if re.match(r"leaders\b", part.text, re.IGNORECASE):
            return True
        plain = re.sub('["“][^"“”]*["”]', "", part.text)
        least = _SHORTEST_DESCRIPTION if part.form is Form.TEXT else _SHORTEST_LISTED
        if words(part.text) < least or in_first_person(plain):
            return False
        sentences = len(re.findall(r"[.!?。！？](?:\s|$)|[。！？]", part.text))
        is_item = part.form is Form.ITEM
        return not is_item or (not self.outputs.is_described(name) and (part.bold or sentences > 1))

    # Interviewers.

    def _person(self, part: Part, place: Place) -> bool:
        is_person = has_name(part) or looks_like_interviewer(part)
        if part.role not in (Role.TEXT, Role.HEAD, Role.INTERVIEWER) or not is_person:
            return False
        if part.form is Form.TEXT and not looks_like_interviewer(part) and words(part.text) > 12:
            return False
        self._interviewer(part, place)
        return True

    def _interviewer(self, part: Part, place: Place) -> None:
        """With what stands below the name. Times find no place in a plan, so the lines are kept."""
        people = [one for one in part.children if one.role is Role.INTERVIEWER and one.rest]
        if part.role is Role.INTERVIEWER and len(people) == 1 and not part.rest:
            self.outputs.sort_by(part)
            others = [one for one in part.children if one is not people[0]]
            part = replace(people[0], children=[*people[0].children, *others])
        elif part.label and place.area is not Role.SCHEDULE and not names_somebody(part):
            self._head(part, place)
            return
        self.outputs.sort_by(part)
        one = interviewer(part)
        for child in part.children:
            if child.role is Role.ASKED:
                self._ask(child, Place(names=one.principles))
            else:
                one = with_line(one, child)
                self.outputs.sort_by(child, below=True)
        self.outputs.plan(place.plan, one)


_TABLE: dict[Role, Callable[[Sorter, Part, Place], None]] = {
    **dict.fromkeys(AREAS, Sorter._area),
    Role.READER: Sorter._reader,
    Role.CONTENTS: Sorter._contents,
    Role.ANCHOR: Sorter._contents,
    Role.ASIDE: Sorter._aside,
    Role.LINKED: Sorter._linked,
    Role.FOLLOW_UPS: Sorter._follow_ups,
    **dict.fromkeys((Role.POINTS, Role.GUIDANCE, Role.DESCRIPTION), Sorter._points),
    **dict.fromkeys((Role.ANSWER, Role.LETTER_A), Sorter._answer),
    **dict.fromkeys((Role.STORY, Role.EXAMPLE), Sorter._story),
    Role.TITLE: Sorter._named,
    Role.TARGET: Sorter._target,
    Role.QUESTION: Sorter._question_label,
    Role.ASKED: Sorter._ask,
    Role.PRINCIPLE: Sorter._principle,
    Role.HEAD: Sorter._head,
    Role.SECTION: Sorter._section,
    Role.INTERVIEWER: Sorter._interviewer,
}
"""What becomes of a part, by its role; the rest is text."""
