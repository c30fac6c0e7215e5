"""Lines that only say which principles a story or a question belongs to."""

from __future__ import annotations

import re

from rehearse.questions.notes.asking import words
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.naming import linked_names, mentioned, without_mentions
from rehearse.questions.notes.outline import Form
from rehearse.questions.notes.parts import Part

_VERB = re.compile(
    r"\b(relat(?:es|ed|ing) (?:back )?to|align(?:s|ed|ing)? (?:well |closely |strongly )?(?:with|to)|"
    r"(?:ties?|tied|maps?|mapped|links?|linked|corresponds?|speaks?|belongs?|connect(?:s|ed)|"
    r"applies|apply)(?: in| back)? (?:to|with)|demonstrat(?:es|ed|ing)|exemplif(?:ies|ied)|"
    r"embod(?:ies|ied)|reflects?|illustrates?|showcases?|highlights?|shows?|covers?|fits?|"
    r"(?:good|great|useful|used|works|best) (?:for|with|as)|see(?: also)?|principles?|lps?)\b|→|=>",
    re.IGNORECASE,
)
_TAG = re.compile(r"#([A-Za-z][\w/-]+)")
_LONGEST = 30
"""Words of a line that links; a longer one tells something besides."""
_BESIDE = 8
"""Words besides the names from which the line is kept as a note as well."""


def names_linked(part: Part) -> tuple[str, ...]:
    """The principles that the part is there to name; none where it says something else."""
    if part.form is Form.IMAGE or part.told:
        return ()
    if part.role is Role.LINKED or (part.role is Role.PRINCIPLES and part.form is not Form.HEADING):
        texts = (part.label.rest if part.label else "", *(one.text for one in part.below()))
        named = [name for text in texts for name in linked_names(_tags(text))]
        return tuple(dict.fromkeys(named))
    if part.children or words(part.text) > _LONGEST:
        return ()
    wiki = [name for link in part.links for name in linked_names(link)]
    names = tuple(dict.fromkeys([*mentioned(_tags(part.text)), *wiki]))
    if names and (_VERB.search(part.text) or not says_more(part, longest=2)):
        return names
    return ()


def says_more(part: Part, *, longest: int = _BESIDE) -> bool:
    """Whether the line tells something besides the names."""
    text = without_mentions(_tags(part.text))
    for link in part.links:
        text = text.replace(link, " ")
    return words(re.sub(r"[^\w\s]", " ", text)) > longest


def _tags(text: str) -> str:
    """Tags such as "#bias-for-action" as words."""
    spaced = _TAG.sub(lambda found: re.sub(r"[-_/]", " ", found[1]), text)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", spaced)
