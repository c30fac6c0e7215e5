"""Parts of notes, a heading, an item or a text each: the role that its own signs give it, and what
can be said of it from what stands below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from rehearse.questions.notes.asking import (
    could_ask,
    is_accomplishment,
    is_preamble,
    is_question,
    unquoted,
    words,
)
from rehearse.questions.notes.labels import AREAS, Label, Role, find_label
from rehearse.questions.notes.naming import linked_names, linking, named, tags_spelt
from rehearse.questions.notes.tree import Form, Span, is_aside
from rehearse.questions.principles import split_names
from rehearse.text import ends_sentence

_SHORTEST_SENTENCE = 6
"""Words of a bold line that is a sentence."""
_LONGEST_OWN = 4
"""Words of a principle's name that nobody has published."""
_CJK = re.compile(r"[\u3400-\u9fff]")


@dataclass
class Block:
    form: Form
    text: str
    line: int
    label: Label | None = None
    level: int = 0
    group: int = 0
    bold: bool = False
    lead: str = ""
    """What it begins with in bold, where the rest is not."""
    quoted: bool = False
    closed: bool = False
    """Whether it takes in nothing of what follows."""
    links: tuple[str, ...] = ()
    children: list[Block] = field(default_factory=list)
    role: Role = Role.TEXT
    rank: float = 0.0

    def __post_init__(self) -> None:
        self.role = role_of(self)

    @property
    def rest(self) -> str:
        """What stands behind its label."""
        return self.label.rest if self.label else ""

    @property
    def told(self) -> bool:
        """Whether it tells part of a story."""
        return self.role is Role.SECTION

    @property
    def is_title(self) -> bool:
        """Whether it is set apart from the text around it."""
        return self.form is Form.HEADING or self.bold

    def below(self) -> Iterator[Block]:
        """All that stands below it, in order."""
        for child in self.children:
            yield child
            yield from child.below()


def part(
    form: Form, spans: tuple[Span, ...], *, level: int = 0, group: int = 0, quoted: bool = False
) -> Block:
    """A part of the lines of one thought."""
    text = " ".join(span.text for span in spans)
    is_bold = all(span.bold >= len(span.text) for span in spans)
    bold = 0 if is_bold or not spans else spans[0].bold
    if form in (Form.TEXT, Form.ASIDE):
        form = Form.ASIDE if all(is_aside(span) for span in spans) else Form.TEXT
    return Block(
        form=form,
        text=text,
        line=spans[0].line if spans else 0,
        label=find_label(text, bold) if form is not Form.ASIDE else None,
        level=level,
        group=group,
        bold=is_bold and form is not Form.HEADING and not _is_sentence(text),
        lead=text[:bold],
        quoted=quoted,
        links=tuple(link for span in spans for link in span.links if link),
    )


def names_linked(part: Block) -> tuple[str, ...]:
    """The principles that the part is there to name; none where it says something else."""
    label = part.label
    if part.form in (Form.ASIDE, Form.HEADING) or (label and label.sections):
        return ()
    if label and label.role is Role.INTERVIEWER:
        return ()
    is_list = bool(part.children) and all(not one.children for one in part.children)
    if label and label.role in (Role.LINKED, Role.PRINCIPLES):
        texts = [label.rest, *(one.text for one in part.children)] if is_list else [label.rest]
        found = [name for text in filter(None, texts) for name in linked_names(tags_spelt(text))]
        return tuple(dict.fromkeys(found)) or _own_names(part, label)
    return () if part.children else linking(part.text, part.links)


def _own_names(part: Block, label: Label) -> tuple[str, ...]:
    """Names behind "Competencies:" that nobody has published."""
    names = part.links or split_names(label.rest)
    is_said = label.rest and re.search(r"princip|compet|value|\blp", label.head, re.IGNORECASE)
    short = all(words(name) <= _LONGEST_OWN and name[:1].isupper() for name in names)
    return tuple(names) if is_said and short else ()


def is_labelled_question(part: Block) -> bool:
    return part.label is not None and part.label.role in (Role.QUESTION, Role.INTERVIEWER)


def _asks(part: Block) -> bool:
    label = part.label
    if label and label.role is Role.QUESTION:
        return bool(label.rest)
    if label and label.role in AREAS and not label.rest:
        own = re.search(r"\b(?:I|my)\b", part.text)
        is_why = label.role is Role.MOTIVATION and could_ask(part.text)
        is_about = label.role is Role.INTRODUCTION and is_question(part.text)
        return not own and (is_why or is_about)
    if label:
        return False
    if re.match(r"(I|we|my)\b", part.text, re.IGNORECASE):
        return False
    whole = named(part.text)
    return is_question(part.text) or bool(whole and whole.rest and is_question(whole.rest))


def _names_principle(part: Block) -> bool:
    if part.label and part.label.role is not Role.PRINCIPLES:
        return False
    whole = named(part.text)
    if whole is None:
        return bool(part.label and part.is_title and 0 < words(part.rest) <= _LONGEST_OWN)
    return True


def _links(part: Block) -> bool:
    """Whether it only links; a bare name may begin a section of its own, which `place` decides."""
    whole = named(part.text)
    is_name = whole is not None and not whole.rest
    label = part.label
    is_label = label is not None and label.role in (Role.LINKED, Role.PRINCIPLES) and part.rest
    return bool(names_linked(part)) and not (is_name and not is_label and not part.links)


_SIGNS: tuple[tuple[Role, Callable[[Block], bool]], ...] = (
    (Role.ASIDE, lambda one: one.form is Form.ASIDE or is_preamble(one.text)),
    (Role.ANCHOR, lambda one: one.form is Form.ANCHOR),
    (Role.SECTION, lambda one: bool(one.label and one.label.sections)),
    (Role.ASKED, _asks),
    (Role.LINKED, _links),
    (Role.PRINCIPLE, _names_principle),
)
"""What a part shows by itself, the surest sign first; then its label counts, then its form."""


def role_of(part: Block) -> Role:
    for role, shows in _SIGNS:
        if shows(part):
            return role
    if part.label and not (part.label.role in AREAS and part.rest and not _has_lead(part)):
        return part.label.role
    return Role.HEAD if part.is_title or part.lead else Role.TEXT


def _has_lead(part: Block) -> bool:
    """Whether what stands behind the label is its text, not a title's second half."""
    behind = part.text[len(part.label.head) :] if part.label else ""
    return behind.lstrip(" *")[:1] in tuple(":：-–—")


def _is_sentence(text: str) -> bool:
    """Whether a bold line is text that matters, not a title."""
    return ends_sentence(text) and words(text) >= _SHORTEST_SENTENCE and not is_question(text)


_DOTS = " .…"


def tells(parts: Sequence[Block]) -> bool:
    """Whether a story is told in parts here: by a plain label, or by two that may mean others."""
    labels = [part.label for part in parts if part.told and part.label]
    if not any(part.told and (part.rest or part.children) for part in parts):
        return False
    sections = {section for label in labels for section in label.sections}
    return any(not label.weak for label in labels) or len(sections) > 1


def whole_text(part: Block) -> str:
    texts = (one.text for one in part.below() if one.role is not Role.ASIDE)
    return " ".join((part.rest or part.text, *texts))


def rest_of(part: Block) -> list[Block]:
    """What stands behind a label, as a text of its own."""
    return [text_part(part, part.rest)] if part.rest else []


def text_part(part: Block, text: str) -> Block:
    label = find_label(text)
    label = None if label and label.role in AREAS else label  # "Questions: Stories: Questions: ..."
    return Block(Form.TEXT, text, part.line, label, links=part.links)


def holds_headings(part: Block) -> bool:
    return part.level == 1 and any(
        one.form is Form.HEADING and not one.told for one in part.children
    )


def is_outline(part: Block, like: Block | None) -> bool:
    """Whether a title holds notes towards a story and no story: below another title that has one
    (`like`), or in an area of stories, where each line of a list is a story of its own."""
    if like:
        is_among = part.line > like.line and (part.form, part.level) == (like.form, like.level)
    else:
        is_among = not all(is_accomplishment(one.text) for one in part.children)
    return (
        part.role is Role.HEAD
        and part.is_title
        and is_among
        and named(part.text) is None
        and bool(part.children)
        and not any(
            one.form in (Form.HEADING, Form.ANCHOR) or one.told or one.role is Role.ASKED
            for one in part.below()
        )
    )


def stem(part: Block) -> str:
    """The beginning that the questions below have in common: "Tell me about a time ..."."""
    is_open = part.text.endswith(("...", "…")) and bool(part.children)
    is_stem = is_open and all(one.text.startswith(("...", "…")) for one in part.children)
    return part.text.rstrip(_DOTS) if is_stem else ""


def questions_in(text: str) -> Iterator[str]:
    """ "Who pushed back? What would you change?" as two."""
    found = re.findall(r"[^?？]+[?？]+[\"”]?", text)
    alone = len(found) > 1 and "".join(found).strip() == text.strip()
    yield from (unquoted(one) for one in (found if alone else [text]))


def is_text_only(part: Block) -> bool:
    return not any(
        one.told or one.form is Form.HEADING or is_question(one.text) for one in part.below()
    )
