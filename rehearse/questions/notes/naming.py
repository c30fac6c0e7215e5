"""Principles as notes name them: in headings, in running text, in another language beside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice

from rehearse.questions.notes.labels import REMEMBERED, Role, find_label
from rehearse.questions.notes.part import Part
from rehearse.questions.notes.tree import Form
from rehearse.questions.principles import PUBLISHED, find_names, key, split_names

_CUT = re.compile(
    r"\s+[-–—|/]+\s+|\s*[–—|:：(（\[【]\s*|\s*->\s*|[\"“”]|(?=[\u3400-\u9fff])|[)）\]】]\s*"
)
_PREFIX = re.compile(
    r"^(?:leadership )?(?:principle|lp|value|competency)s?\s*#?\d*\s*[:.)–—-]\s*", re.I
)
_NUMBER = re.compile(r"^[\W\d_]*(?:\d+(?:\.\d+)*(?:[.):]\s*|\s+))?[^\w]*")
_TAIL = re.compile(
    r"\s*[(（\[]([^()（）\[\]]+)[)）\]]\s*$|\s*(?:=>|->|→|\s[-–—])\s*([^()（）\[\]=>→]+)$"
)
_CLOSE = 0.87
"""Of the letters in common: one or two typing errors."""
_MOST_ERRORS = 4
"""Letters that a misspelt name may be longer or shorter."""
_CLOSE_FROM = 7
"""Letters from which a name may be misspelt; short words resemble each other by chance."""
_MOST_CUTS = 4
"""Places where a name may end; what comes later is text."""
_LONGEST_NAME = 9
"""Words; the longest published name has seven."""
# What people call a principle by one of its words, where nothing else is called so.
_SHORT = {
    "simplify": "Invent and Simplify",
    "invent": "Invent and Simplify",
    "inventsimplify": "Invent and Simplify",
    "curious": "Learn and Be Curious",
    "learncurious": "Learn and Be Curious",
    "obsession": "Customer Obsession",
    "customerobsessed": "Customer Obsession",
    "backbone": "Have Backbone; Disagree and Commit",
    "havebackbone": "Have Backbone; Disagree and Commit",
    "disagreecommit": "Have Backbone; Disagree and Commit",
    "frugal": "Frugality",
    "higheststandards": "Insist on the Highest Standards",
    "highstandards": "Insist on the Highest Standards",
    "insisthighstandards": "Insist on the Highest Standards",
    "biasaction": "Bias for Action",
    "hiredevelop": "Hire and Develop the Best",
    "developbest": "Hire and Develop the Best",
    "rightlot": "Are Right, A Lot",
    "leadersrightlot": "Are Right, A Lot",
    "bestemployer": "Strive to be Earth's Best Employer",
    "earthsbestemployer": "Strive to be Earth's Best Employer",
    "broadresponsibility": "Success and Scale Bring Broad Responsibility",
    "successscale": "Success and Scale Bring Broad Responsibility",
    "diveintodetails": "Dive Deep",
}
_KEYS = {key(name): name for name in PUBLISHED} | {
    key(short): name for short, name in _SHORT.items()
}
_ANYWHERE = tuple(
    (re.compile(pattern, re.IGNORECASE), name)
    for name, pattern in {
        "Customer Obsession": r"customer[- ]+obsess(?:ion|ed)",
        "Ownership": r"\bownership\b",
        "Invent and Simplify": r"\binvent(?: and| &|,|/)? *simplify|\bsimplify\b",
        "Are Right, A Lot": r"\b(?:are )?right,? a lot",
        "Learn and Be Curious": r"\blearn,?(?: and| &)? +(?:be )?curious|\bbe curious",
        "Hire and Develop the Best": r"\bhire(?: and| &) +develop(?: +the +best)?"
        r"|\bdevelop the best",
        "Insist on the Highest Standards": r"\b(?:insist(?:s|ing)? on )?(?:the )?"
        r"high(?:est)? standards",
        "Think Big": r"\bthink(?:ing)? big\b",
        "Bias for Action": r"\bbias (?:for|to|towards?) action",
        "Frugality": r"\bfrugality\b",
        "Earn Trust": r"\bearn(?:s|ing)? (?:the )?trust",
        "Dive Deep": r"\bdiv(?:e|es|ing) deep",
        "Have Backbone; Disagree and Commit": r"\b(?:have )?backbone(?:[;:,/ ]+(?:and )?disagree"
        r"(?: and| &)? commit)?|\bdisagree(?: and| &|,) *commit",
        "Deliver Results": r"\bdeliver(?:s|ing)? results",
        "Strive to be Earth's Best Employer": r"\b(?:strive to be )?earth.{0,2}s best employer",
        "Success and Scale Bring Broad Responsibility": r"\bsuccess (?:and|&) scale ?"
        r"(?:brings? broad responsibility)?|\bbroad responsibility",
    }.items()
)


_VERB = re.compile(
    r"\b(relat(?:es|ed|ing) (?:back )?to|"
    r"align(?:s|ed|ing)? (?:well |closely |strongly )?(?:with|to)|"
    r"(?:ties?|tied|maps?|mapped|links?|linked|corresponds?|speaks?|belongs?|connect(?:s|ed)|"
    r"applies|apply)(?: in| back)? (?:to|with)|demonstrat(?:es|ed|ing)|exemplif(?:ies|ied)|"
    r"embod(?:ies|ied)|reflects?|illustrates?|showcases?|highlights?|shows?|covers?|fits?|"
    r"(?:good|great|useful|used|works|best) (?:for|with|as)|see(?: also)?|principles?|lps?)\b|→|=>",
    re.IGNORECASE,
)
_TAG = re.compile(r"#([A-Za-z][\w/-]+)")
_LONGEST_LINK = 30
"""Words of a line that links; a longer one tells something besides."""


@dataclass(frozen=True)
class Named:
    name: str
    rest: str
    """What the text says besides."""


@lru_cache(maxsize=REMEMBERED)
def named(text: str) -> Named | None:
    """The principle that a heading or a label names, with or without more behind it."""
    plain = _PREFIX.sub("", _NUMBER.sub("", text, count=1)).strip()
    if name := _same(plain):
        return Named(name, "")
    for cut in islice(_CUT.finditer(plain), _MOST_CUTS):
        head, rest = plain[: cut.start()].strip(), plain[cut.end() :].strip()
        if head and (name := _same(head)):
            return Named(name, rest)
    return None


def mentioned(text: str) -> tuple[str, ...]:
    """The published principles that a text names, in their order there."""
    found: list[tuple[int, str]] = []
    for pattern, name in _ANYWHERE:
        if match := pattern.search(text):
            found.append((match.start(), name))
    return tuple(name for _, name in sorted(found))


def without_mentions(text: str) -> str:
    """The text with the names of principles taken out."""
    for pattern, _ in _ANYWHERE:
        text = pattern.sub(" ", text)
    return text


def linking(text: str, wiki: Iterable[str] = ()) -> tuple[str, ...]:
    """Principles of a line that is there to name them: "This aligns with ...", tags, bare names."""
    if len(text.split()) > _LONGEST_LINK:
        return ()
    linked = [name for link in wiki for name in linked_names(link)]
    names = tuple(dict.fromkeys([*mentioned(tags_spelt(text)), *linked]))
    return names if names and (_VERB.search(text) or beside(text, wiki) <= 2) else ()


def linking_line(text: str) -> bool:
    """Whether a short line ends with names of principles, behind a dash or a colon."""
    head, mark, names = re.sub(r"\d:\d", "", text).rpartition(" - ")
    if not mark:
        head, mark, names = text.partition(":")
    return bool(head and mark and linking(names) and beside(names) <= 2)


def without_tail(text: str) -> tuple[str, tuple[str, ...]]:
    """A question without the principles in brackets behind it, and those."""
    found = _TAIL.search(text)
    inner = (found[1] or found[2]) if found else ""
    names = linking(inner)
    if found is None or not names or beside(inner) > 1:
        return text, ()
    return text[: found.start()].rstrip(" -–—"), names


def beside(text: str, wiki: Iterable[str] = ()) -> int:
    """Words of such a line that are no name of a principle."""
    plain = without_mentions(tags_spelt(text))
    for link in wiki:
        plain = plain.replace(link, " ")
    return len(re.findall(r"\w+", plain))


def tags_spelt(text: str) -> str:
    """Tags such as "#bias-for-action" as words."""
    spaced = _TAG.sub(lambda found: re.sub(r"[-_/]", " ", found[1]), text)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", spaced)


def linked_names(text: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Principles in a text that is there to name them, such as a wiki link or a list of names."""
    if found := mentioned(text):
        return found
    names: list[str] = []
    for part in split_names(text):
        loose = find_names(part, known) or find_names(part, PUBLISHED)
        if len(loose) == 1:
            names.append(loose[0])
    return tuple(dict.fromkeys(names))


def _same(text: str) -> str | None:
    if not text or len(text.split()) > _LONGEST_NAME:
        return None
    joined = key(text)
    if name := _KEYS.get(joined):
        return name
    label = find_label(text)
    if len(joined) < _CLOSE_FROM or (label and not label.rest):
        return None
    likely = [known for known in _KEYS if abs(len(known) - len(joined)) <= _MOST_ERRORS]
    close = get_close_matches(joined, likely, n=1, cutoff=_CLOSE)
    return _KEYS[close[0]] if close else None


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
