"""Principles as notes name them: in headings, in running text, in another language beside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from rehearse.questions.notes.labels import find_label, normalised
from rehearse.questions.principles import PUBLISHED, canonical, find_names, key, split_names

_CUT = re.compile(
    r"\s+[-–—|/]+\s+|\s*[–—|:：(（\[【]\s*|\s*->\s*|[\"“”]|(?=[\u3400-\u9fff])|[)）\]】]\s*"
)
_PREFIX = re.compile(
    r"^(?:leadership )?(?:principle|lp|value|competency)s?\s*#?\d*\s*[:.)–—-]\s*", re.I
)
_NUMBER = re.compile(r"^[\W\d_]*(?:\d+(?:\.\d+)*[.):]?\s+)?[^\w]*")
_CLOSE = 0.87
"""Of the letters in common: one or two typing errors."""
_CLOSE_FROM = 7
"""Letters from which a name may be misspelt; short words resemble each other by chance."""
_LONGEST_NAME = 9
"""Words; the longest published name has seven."""
# What people call a principle by one of its words, where nothing else is called so.
_SHORT = {
    "simplify": "Invent and Simplify",
    "invent": "Invent and Simplify",
    "inventsimplify": "Invent and Simplify",
    "curious": "Learn and Be Curious",
    "curiosity": "Learn and Be Curious",
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
    "deepdive": "Dive Deep",
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
        "Hire and Develop the Best": r"\bhire(?: and| &) +develop(?: +the +best)?|\bdevelop the best",
        "Insist on the Highest Standards": r"\b(?:insist(?:s|ing)? on )?(?:the )?high(?:est)? standards",
        "Think Big": r"\bthink(?:ing)? big\b",
        "Bias for Action": r"\bbias (?:for|to|towards?) action",
        "Frugality": r"\bfrugality\b",
        "Earn Trust": r"\bearn(?:s|ing)? (?:the )?trust",
        "Dive Deep": r"\bdiv(?:e|es|ing) deep|\bdeep dive",
        "Have Backbone; Disagree and Commit": r"\b(?:have )?backbone(?:[;:,/ ]+(?:and )?disagree"
        r"(?: and| &)? commit)?|\bdisagree(?: and| &|,) *commit",
        "Deliver Results": r"\bdeliver(?:s|ing)? results",
        "Strive to be Earth's Best Employer": r"\b(?:strive to be )?earth.{0,2}s best employer",
        "Success and Scale Bring Broad Responsibility": r"\bsuccess (?:and|&) scale ?"
        r"(?:brings? broad responsibility)?|\bbroad responsibility",
    }.items()
)


@dataclass(frozen=True)
class Named:
    name: str
    rest: str
    """What the text says besides."""


def named(text: str) -> Named | None:
    """The principle that a heading or a label names, with or without more behind it."""
    plain = _PREFIX.sub("", _NUMBER.sub("", text, count=1)).strip()
    if name := _same(plain):
        return Named(name, "")
    for cut in _CUT.finditer(plain):
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
    close = [(SequenceMatcher(None, joined, known).ratio(), name) for known, name in _KEYS.items()]
    best, name = max(close)
    return name if best >= _CLOSE and key(normalised(text)) else None


__all__ = ["Named", "canonical", "linked_names", "mentioned", "named", "without_mentions"]
