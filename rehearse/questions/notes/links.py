"""Parts that only say which principles a story or a question belongs to."""

from __future__ import annotations

from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.naming import beside, linked_names, linking, named, tags_spelt
from rehearse.questions.notes.outline import Form
from rehearse.questions.notes.part import Part

_BESIDE = 8
"""Words besides the names from which a line tells something of its own."""
_MOST_LISTED = 5
"""Names below "Principles:"; a longer list presents the principles themselves."""


def names_linked(part: Part) -> tuple[str, ...]:
    """The principles that the part is there to name; none where it says something else."""
    if part.form is Form.ASIDE or part.told or part.role is Role.INTERVIEWER:
        return ()
    rest = part.label.rest if part.label else ""
    if part.role is Role.LINKED or (part.role is Role.PRINCIPLES and (rest or _lists_names(part))):
        texts = (rest, *(one.text for one in part.below()))
        named_here = [name for text in texts for name in linked_names(tags_spelt(text))]
        return tuple(dict.fromkeys(named_here)) if part.form is not Form.HEADING else ()
    return () if part.children else linking(part.text, part.links)


def says_more(part: Part) -> bool:
    """Whether the line tells something besides the names."""
    return beside(part.text, part.links) > _BESIDE


def _lists_names(part: Part) -> bool:
    names = [named(child.text) for child in part.children if not child.children]
    is_list = part.form is Form.ITEM and 0 < len(part.children) <= _MOST_LISTED
    return (
        is_list and len(names) == len(part.children) and all(one and not one.rest for one in names)
    )
