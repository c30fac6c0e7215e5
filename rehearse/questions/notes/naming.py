"""Principles as notes name them: in headings, in lines that link, in another language beside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from rapidfuzz import fuzz, process

from rehearse.questions.notes.labels import REMEMBERED, find_label, rules
from rehearse.questions.principles import PUBLISHED, key

_CUT = re.compile(
    r"\s+[-–—|/]+\s+|\s*[–—|:：(（\[【]\s*|\s*->\s*|[\"“”]|(?=[\u3400-\u9fff])|[)）\]】]\s*"
)
_PREFIX = re.compile(
    r"^(?:leadership )?(?:principle|lp|value|competency)s?\s*#?\d*\s*[:.)–—-]\s*", re.I
)
_NUMBER = re.compile(r"^[\W\d_]*(?:\d+(?:\.\d+)*(?:[.):]\s*|\s+))?[^\w]*")
_TAIL = re.compile(
    r"\s*[(（\[]([^()（）\[\]]+)[)）\]][\s:：]*$"
    r"|\s*(?:=>|->|→|\s[-–—]|:|：)\s*([^()（）\[\]=>→:：]+)$"
)
_CLOSE = 87
"""Of 100, letters in common: one or two typing errors."""
_CLOSE_FROM = 7
"""Letters from which a name may be misspelt; short words resemble each other by chance."""
_MOST_CUTS = 4
"""Places where a name may end; what comes later is text."""
_LONGEST_NAME = 9
"""Words; the longest published name has seven."""
_KEYS: dict[str, str] = {key(name): name for name in PUBLISHED} | {
    key(short): one["name"] for one in rules("principle") for short in one.get("short", ())
}
_ANYWHERE = tuple(
    (re.compile(one["pattern"], re.IGNORECASE), one["name"]) for one in rules("principle")
)
_VERB = re.compile(
    r"^[^\w→]*(?:→\W*|=>\W*|对应\w*|(?:(?:this|it|that|which|also|the|my|story|answer|example|and|can|be)\s+){0,5}"
    r"(?:well |closely |strongly |clearly |mainly )*"
    r"(?:relat(?:es|ed|ing) (?:back )?to|"
    r"align(?:s|ed|ing)? (?:well |closely |strongly )?(?:with|to)|"
    r"(?:ties?|tied|maps?|mapped|links?|linked|corresponds?|speaks?|belongs?|connect(?:s|ed)|"
    r"applies|apply)(?: in| back)? (?:to|with)|demonstrat(?:es|ing)|exemplif(?:ies|ied)|"
    r"embod(?:ies|ied)|reflects?|illustrates?|showcases?|highlights?|shows?|covers?|fits?|"
    r"(?:good|great|useful|used|works|best) (?:for|with|as)|see(?: also)?|"
    r"(?:leadership )?principles?\b|lps?\b))",
    re.IGNORECASE,
)
_TAG = re.compile(r"#([A-Za-z][\w/-]+)")
_LONGEST_LINK = 30
"""Words of a line that links; a longer one tells something besides."""
_MOST_BESIDE = 2
"""Words besides the names on a line of nothing but names."""


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
    found = [(hit.start(), name) for rule, name in _ANYWHERE if (hit := rule.search(text))]
    return tuple(name for _, name in sorted(found))


def without_mentions(text: str) -> str:
    """The text with the names of principles taken out."""
    for pattern, _ in _ANYWHERE:
        text = pattern.sub(" ", text)
    return text


@lru_cache(maxsize=REMEMBERED)
def linking(text: str, wiki: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Principles of a line that is there to name them: "This aligns with ...", tags, bare names.

    Prose that only happens to use such a word names none."""
    if len(text.split()) > _LONGEST_LINK:
        return ()
    linked = [name for link in wiki for name in linked_names(link)]
    spelt = tags_spelt(text)
    names = tuple(dict.fromkeys([*mentioned(spelt), *linked]))
    is_bare = beside(text, wiki) <= _MOST_BESIDE and (linked or spelt != text or text[:1].isupper())
    return names if names and (_VERB.search(text) or is_bare) else ()


def linking_line(text: str) -> bool:
    """Whether a short line ends with names of principles, behind a dash or a colon."""
    head, mark, names = re.sub(r"\d:\d", "", text).rpartition(" - ")
    if not mark:
        head, mark, names = text.partition(":")
    return bool(head and mark and mentioned(names) and beside(names) <= _MOST_BESIDE)


@lru_cache(maxsize=REMEMBERED)
def without_tail(text: str) -> tuple[str, tuple[str, ...]]:
    """A question or a title without the principles in brackets behind it, and those."""
    found = _TAIL.search(text)
    inner = (found[1] or found[2]) if found else ""
    names = mentioned(tags_spelt(inner))
    if found is None or not names or beside(inner) > _MOST_BESIDE - (found[1] is None):
        return text, ()
    rest, more = without_tail(text[: found.start()].rstrip(" -–—_*"))
    return rest, (*more, *names)


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


def linked_names(text: str) -> tuple[str, ...]:
    """Principles in a text that is there to name them, such as a wiki link or a list of names."""
    return mentioned(text)


def _same(text: str) -> str | None:
    if not text or len(text.split()) > _LONGEST_NAME:
        return None
    joined = key(text)
    if name := _KEYS.get(joined):
        return name
    label = find_label(text)
    if len(joined) < _CLOSE_FROM or (label and not label.rest):
        return None
    close = process.extractOne(joined, _KEYS.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return _KEYS[close[0]] if close and close[0][0] == joined[0] else None
