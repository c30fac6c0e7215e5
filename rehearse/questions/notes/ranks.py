"""Which part of notes holds which: the lower the rank, the more it holds."""

from __future__ import annotations

from rehearse.questions.notes.asking import is_preamble, is_question, words
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.naming import beside, linked_names, linking, named
from rehearse.questions.notes.outline import Form
from rehearse.questions.notes.part import AREAS, Part

_SHORT_AREAS = frozenset({Role.INTRODUCTION, Role.CLOSING, Role.MOTIVATION, Role.TO_ASK})
"""Those that a principle does not stand in."""
_GROUPS = frozenset({Role.QUESTIONS, Role.EXAMPLE, Role.GUIDANCE, Role.DESCRIPTION})
_BELOW_QUESTION = frozenset(
    {Role.ANSWER, Role.LETTER_A, Role.FOLLOW_UPS, Role.LINKED, Role.THEMES, Role.TARGET}
)
_LONGEST_TITLE = 8
"""Words of a line that ends with a colon and begins a list."""
# Headings have their level, 1 to 6.
AREA = 8.0
PRINCIPLE = 9.0
SHORT_AREA = 9.5
BOLD = 10.0
GROUP = 11.0
STORY = 11.5
QUESTION = 12.0
BELOW = 13.0
LABELLED = 13.5
TOLD = 14.0
BEGINS = 15.0
PLAIN = 20.0
_TOLD_BELOW = 0.5
"""A heading "Situation" stands below the heading of its story even if both have one level."""


def rank_of(part: Part) -> float:
    label = part.label
    if part.form is Form.HEADING:
        low = part.told or part.role in (Role.ANSWER, Role.FOLLOW_UPS, Role.LINKED)
        return part.level + (_TOLD_BELOW if low else 0)
    if part.form in (Form.ASIDE, Form.ANCHOR, Form.TABLE) or is_preamble(part.text):
        return PLAIN
    if label and part.told:
        return TOLD
    if part.role is Role.PRINCIPLES and label and linked_names(label.rest):
        return BELOW
    if label and label.role in _SHORT_AREAS and (not label.rest or part.lead):
        return SHORT_AREA
    if label and (not label.rest or part.lead):
        ranks = {AREA: AREAS, GROUP: _GROUPS, BELOW: _BELOW_QUESTION}
        for rank, roles in ranks.items():
            if label.role in roles:
                return rank
    if label and label.role in _BELOW_QUESTION:
        return BELOW
    if label and label.role in (Role.STORY, Role.INTERVIEWER):
        return STORY
    if linking(part.text, part.links) and not part.is_title:
        return BELOW
    principle = named(part.text)
    if principle and not principle.rest:
        return PRINCIPLE
    if is_question(part.text) or part.role is Role.QUESTION:
        return QUESTION
    if part.bold:
        return BOLD
    if part.lead:
        rest = part.text[len(part.lead) :]
        return BOLD if linking(rest, part.links) and beside(rest, part.links) < 2 else LABELLED
    is_short = words(part.text) <= _LONGEST_TITLE
    return BEGINS if part.text.endswith((":", "：")) and is_short else PLAIN
