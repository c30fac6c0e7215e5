"""Stories whose parts stand side by side under labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rehearse.model.structure import Section
from rehearse.questions.bank import Story
from rehearse.questions.notes.asking import is_preamble, is_question, unquoted, words
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.naming import named, names_linked, says_more
from rehearse.questions.notes.part import Part
from rehearse.questions.notes.tree import Form
from rehearse.text import ends_sentence

LONGEST_TITLE = 25
"""Words; what is longer is text."""
_NEAR_TITLE = 15
"""Words of an unmarked line right above a story that is its title."""


def tells(parts: Sequence[Part]) -> bool:
    """Whether a story is told in parts here: by a plain label, or by two that may mean others."""
    told = [part for part in parts if part.told]
    sections = {section for part in told if part.label for section in part.label.sections}
    return any(part.label and not part.label.weak for part in told) or len(sections) > 1


def lines_of(part: Part) -> Iterator[str]:
    """The text behind its label, and that of all below; images say nothing."""
    text = part.label.rest if part.told and part.label else part.text
    if text and part.form is not Form.ASIDE:
        yield text
    for child in part.children:
        yield from (one.text for one in (child, *child.below()) if one.form is not Form.ASIDE)


def asides(part: Part) -> Iterator[Part]:
    return (one for one in (part, *part.below()) if one.form is Form.ASIDE)


@dataclass
class Draft:
    """A story while it is read."""

    title: str
    principles: tuple[str, ...]
    question: str | None
    lines: dict[Section, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    last: Section | None = None

    def begins_anew(self, sections: Sequence[Section]) -> bool:
        """Whether a label of these sections belongs to another story than this one."""
        return any(one in self.lines and one is not self.last for one in sections)

    def gives_back(self, title: str) -> bool:
        """Whether the last note is the title of the next story; it is taken out then."""
        is_title = self.notes[-1:] == [title] and not ends_sentence(title)
        if is_title:
            self.notes.pop()
        return is_title

    def add(self, sections: Sequence[Section], texts: Sequence[str]) -> None:
        for section in sections:
            self.lines.setdefault(section, []).extend(texts)
            self.last = section

    def story(self) -> Story:
        return Story(
            title=self.title,
            principles=tuple(dict.fromkeys(self.principles)),
            question=self.question,
            situation=self._told(Section.SITUATION),
            task=self._told(Section.TASK),
            action=self._told(Section.ACTION),
            result=self._told(Section.RESULT),
            notes=tuple(self.notes),
        )

    def _told(self, section: Section) -> str | None:
        return "\n".join(self.lines.get(section, ())) or None


@dataclass
class Telling:
    """What a run of parts tells: stories, and what is no part of them."""

    stories: list[Story] = field(default_factory=list)
    structure: list[Part] = field(default_factory=list)
    left: list[Part] = field(default_factory=list)
    apart: list[Part] = field(default_factory=list)
    """To be sorted for themselves."""
    follow_ups: list[str] = field(default_factory=list)


def telling(
    parts: Sequence[Part], *, title: str, principles: tuple[str, ...], question: str | None
) -> Telling:
    """Stories from labelled parts; a label that comes again after others begins the next story."""
    found = Telling()
    base = Draft(title, principles, question)
    draft: Draft | None = None
    before: list[Part] = []
    above: Part | None = None
    for part in _hoisted(parts):
        if part.told and part.label:
            sections = part.label.sections
            if draft is None or draft.begins_anew(sections):
                if draft and above and draft.gives_back(above.text):
                    before = [above]
                _close(draft, found)
                draft = _opened(base, before, found)
                before = []
            draft.add(sections, list(lines_of(part)))
            found.left.extend(asides(part))
            if not part.label.rest:
                found.structure.append(part)
        elif draft is None or _opens_another(part, draft):
            _close(draft, found)
            draft = None
            before.append(part)
        else:
            _beside(part, draft, found)
        above = None if part.told or not _is_title(part) else part
    _close(draft, found)
    found.apart.extend(before)
    return found


def _opened(base: Draft, before: Sequence[Part], found: Telling) -> Draft:
    """A draft with what stands above its first label: title, question, principles, notes."""
    draft = replace(base, lines={}, notes=[])
    for at, part in enumerate(before):
        last = at == len(before) - 1
        if part.role in (Role.QUESTION,) or is_question(part.text):
            draft.question = unquoted(
                part.label.rest if part.role is Role.QUESTION and part.label else part.text
            )
            draft.title = draft.title if base.question else draft.question
            found.apart.append(part)
        elif part.role is Role.STORY and part.label and part.label.rest:
            draft.title = part.label.rest
            found.structure.append(part)
        elif last and _is_title(part):
            draft.title = part.text
        else:
            _beside(part, draft, found)
    return draft


def _is_title(part: Part) -> bool:
    if part.label or part.children or names_linked(part) or part.form is Form.ASIDE:
        return False
    limit = LONGEST_TITLE if part.is_title else _NEAR_TITLE
    return words(part.text) <= limit and not is_preamble(part.text)


def _opens_another(part: Part, draft: Draft) -> bool:
    """Whether an unlabelled part after a story begins something else."""
    if part.told or names_linked(part):
        return False
    if part.form is Form.HEADING or part.role in (
        Role.STORY,
        Role.QUESTION,
        Role.QUESTIONS,
        Role.EXAMPLE,
    ):
        return True
    if any(one.told for one in part.below()):
        return True
    whole = named(part.text)
    return bool(whole and not whole.rest and part.is_title)


def _beside(part: Part, draft: Draft, found: Telling) -> None:
    names = names_linked(part)
    if part.role is Role.TITLE and part.label and part.label.rest == draft.title:
        found.structure.append(part)
    elif names:
        draft.principles += names
        found.structure.append(part)
        if says_more(part):
            draft.notes.append(part.text)
    elif part.form is Form.ASIDE or is_preamble(part.text):
        found.left.append(part)
    elif part.role is Role.FOLLOW_UPS and part.label and draft.question:
        found.follow_ups.extend(
            filter(None, (part.label.rest, *(one.text for one in part.below())))
        )
        found.structure.append(part)
    elif (
        part.role in (Role.ANSWER, Role.LETTER_A)
        and not part.children
        and part.label
        and not part.label.rest
    ):
        found.structure.append(part)
    else:
        draft.notes.extend(lines_of(part))
        found.left.extend(asides(part))


def _close(draft: Draft | None, found: Telling) -> None:
    if draft is not None:
        found.stories.append(draft.story())


def _hoisted(parts: Sequence[Part]) -> Iterator[Part]:
    """Told parts that stand below another one, or below "Answer:", beside it."""
    for part in parts:
        is_answer = part.role in (Role.ANSWER, Role.LETTER_A, Role.EXAMPLE) and not (
            part.label and part.label.rest
        )
        at = next((n for n, child in enumerate(part.children) if child.told), None)
        if at is None or not (part.told or (is_answer and tells(part.children))):
            yield part
        else:
            yield replace(part, children=part.children[:at])
            yield from _hoisted(part.children[at:])
