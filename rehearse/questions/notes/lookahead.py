"""What can be said of a part from what stands below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rehearse.questions.notes.asking import is_behavioural, is_question, unquoted
from rehearse.questions.notes.labels import Role, find_label
from rehearse.questions.notes.naming import linked_names, named
from rehearse.questions.notes.parts import Block, is_labelled_question
from rehearse.questions.notes.tree import Form

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
    return Block(Form.TEXT, text, part.line, find_label(text), links=part.links)


def holds_headings(part: Block) -> bool:
    return part.level == 1 and any(
        one.form is Form.HEADING and not one.told for one in part.children
    )


def holds_questions(part: Block) -> bool:
    """Whether a heading that looks like a question stands above those that are asked."""
    asked = [one for one in part.children if one.role is Role.ASKED]
    return any(is_behavioural(one.text) or is_labelled_question(one) for one in asked)


def is_outline(part: Block, like: Block) -> bool:
    """A title among those of stories that holds only notes towards one."""
    return (
        part.role is Role.HEAD
        and part.is_title
        and (part.form, part.level) == (like.form, like.level)
        and named(part.text) is None
        and bool(part.children)
        and part.line > like.line
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


def wiki_names(part: Block) -> list[str]:
    return [name for link in part.links for name in linked_names(link)]


def is_text_only(part: Block) -> bool:
    return not any(
        one.told or one.form is Form.HEADING or is_question(one.text) for one in part.below()
    )
