"""What headings and labels say: rules from `data/notes.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from rehearse.analysis.rules import builtin_table
from rehearse.model.structure import STAR, Section

REMEMBERED = 1024
"""Texts: each is looked at several times in a row, from above and from beside."""
_LANGUAGES = ("de", "es", "pt", "fr", "hi")
_LONGEST_LABEL = 70
"""Characters before a colon; what is longer is a sentence."""
_LONGEST_BEFORE_DASH = 40
_CLOSE = 75
"""Of 100, the letters in common: one error in "task", two in "situation"."""
_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f\u0900-\u0963])+")
"""With the vowel signs of Hindi, which are no letters to `\\w`."""
_BRACKETED = re.compile(r"[\[(（【]([^\[\]()（）【】]+)[\])）】]\s*[:：.–—-]?\s*(.*)", re.DOTALL)
_COLON = re.compile(r"([^:：]+)[:：]{1,2}(?!//|\d\d\b)\s*(.*)", re.DOTALL)
_DASH = re.compile(r"(.+?)(?:\s+[-–—]+\s+|\s*[–—]\s*|\s*->\s*)(.*)", re.DOTALL)
_NUMBER = re.compile(
    r"^\s*(?:\d+(?:\.\d+)*\s*[.)、:]?|[a-z][.)]|[ivx]+[.)])\s*(?=\D)", re.IGNORECASE
)
_NUMBERED_QUESTION = re.compile(
    r"(Q(?:uestion)? ?\d*(?:\s?[).:]|(?<=\d) (?=\w)))\s*(.*)", re.DOTALL
)
_ASIDE = re.compile(r"^\s*[(（][^()（）]*[)）]\s*(?=[:：])")
_IN_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_JOINED = re.compile(r"\s*(?:/|\+|&|,|、|\band\b)\s*", re.IGNORECASE)
_INLINE = re.compile(
    r"(?:(?<=^)|(?<=[\s(（。；]))"
    r"((?:(?:situation|task|action|result)s?(?:\s*/\s*(?:task|action|result)s?)?"
    r"|情境|情景|背景|任务|行动|结果)\s*(?:[(（][^()（）]*[)）]\s*)?|(?-i:[STAR])\s?)[:：]",
    re.IGNORECASE,
)


class Role(Enum):
    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"
    LETTER_A = "letter_a"
    QUESTION = "question"
    ANSWER = "answer"
    FOLLOW_UPS = "follow_ups"
    POINTS = "points"
    EXAMPLE = "example"
    STORY = "story"
    GUIDANCE = "guidance"
    DESCRIPTION = "description"
    LINKED = "linked"
    PRINCIPLES = "principles"
    STORIES = "stories"
    TO_ASK = "to_ask"
    QUESTIONS = "questions"
    INTRODUCTION = "introduction"
    CLOSING = "closing"
    MOTIVATION = "motivation"
    SYSTEM_DESIGN = "system_design"
    TECHNICAL = "technical"
    SCHEDULE = "schedule"
    INTERVIEWER = "interviewer"
    THEMES = "themes"
    TITLE = "title"
    TARGET = "target"
    TOLD_IN = "told_in"
    CONTENTS = "contents"
    READER = "reader"
    # What no label says, but the shape or the words of a part.
    SECTION = "section"
    ASKED = "asked"
    PRINCIPLE = "principle"
    HEAD = "head"
    TEXT = "text"
    ASIDE = "aside"
    ANCHOR = "anchor"


AREAS = frozenset(
    {
        Role.PRINCIPLES,
        Role.STORIES,
        Role.TO_ASK,
        Role.QUESTIONS,
        Role.INTRODUCTION,
        Role.CLOSING,
        Role.MOTIVATION,
        Role.SYSTEM_DESIGN,
        Role.TECHNICAL,
        Role.SCHEDULE,
        Role.READER,
        Role.CONTENTS,
    }
)
"""Labels of whole areas of the notes."""


_SECTIONS = {Role(section.value): section for section in STAR}


@dataclass(frozen=True)
class Label:
    role: Role
    rest: str
    """What stands behind it on the same line."""
    sections: tuple[Section, ...] = ()
    """Parts of a story that it begins."""
    weak: bool = False
    head: str = ""
    """The label itself, as written."""


@dataclass(frozen=True)
class LabelRule:
    role: Role
    patterns: tuple[re.Pattern[str], ...]
    weak: tuple[re.Pattern[str], ...]


@cache
def label_rules() -> tuple[LabelRule, ...]:
    return tuple(
        LabelRule(
            Role(one["role"]),
            _compiled(one, "patterns", *_LANGUAGES),
            _compiled(one, "weak", "weak_others"),
        )
        for one in rules("label")
    )


@cache
def text_rules(name: str) -> tuple[re.Pattern[str], ...]:
    """Patterns for whole sentences, those under `name`: "opening", "asking_back" or "preamble"."""
    return tuple(re.compile(one["pattern"], re.IGNORECASE) for one in rules(name))


@cache
def rules(name: str) -> list[dict[str, Any]]:
    return list(_table()[name])


@lru_cache(maxsize=REMEMBERED)
def find_label(text: str, bold: int = 0) -> Label | None:
    """The label that the text begins with; its first `bold` characters are bold."""
    for head, rest in _heads(text, bold):
        if found := _named(head, rest, colon=":" in text or "：" in text):
            return found
    return None


def section_starts(text: str) -> list[int]:
    """Where labels of the parts of a story stand in a running text."""
    return [match.start(1) for match in _INLINE.finditer(text)]


def tells_inline(text: str) -> bool:
    """Whether a running text tells at least two parts of a story under labels."""
    return len({match[1].strip().casefold()[:1] for match in _INLINE.finditer(text)}) > 1


def normalised(head: str) -> str:
    """Lower case, single blanks, without numbers in front, marks and what is in brackets."""
    plain = _NUMBER.sub("", _IN_BRACKETS.sub(" ", head.casefold().replace("&", " and ")))
    return " ".join(_WORD.findall(plain))


def _heads(text: str, bold: int) -> Iterator[tuple[str, str]]:
    if match := _NUMBERED_QUESTION.fullmatch(text):
        yield match[1].rstrip(" ).:"), match[2]
    if match := _BRACKETED.fullmatch(text):
        yield match[1], match[2]
    if 0 < bold < len(text) and not text[bold - 1 : bold + 1].isalpha():
        head = text[:bold].rstrip(" :：(（\"“„«'‘[-–—")
        yield head, _ASIDE.sub("", text[len(head) :]).lstrip(" :：-–—")
    match = _COLON.fullmatch(text)
    if match and len(match[1]) <= _LONGEST_LABEL:
        yield match[1], match[2]
    if len(text) <= _LONGEST_LABEL:
        yield text, ""
    match = _DASH.fullmatch(text)
    if match and len(match[1]) <= _LONGEST_BEFORE_DASH:
        yield match[1], match[2]


def _named(head: str, rest: str, *, colon: bool) -> Label | None:
    parts = [part for part in _JOINED.split(_IN_BRACKETS.sub("", head)) if part.strip()]
    if len(parts) > 1:
        labels = [_role(part) for part in parts]
        sections = tuple(_SECTIONS[one[0]] for one in labels if one and one[0] in _SECTIONS)
        if len(sections) == len(parts):
            role = next(one[0] for one in labels if one)
            return Label(role, rest, sections, head=head)
    if found := _role(head):
        role, weak = found
        if role is Role.LETTER_A and not rest and not colon:
            return None
        return Label(role, rest, (_SECTIONS[role],) if role in _SECTIONS else (), weak, head)
    return None


def _role(head: str) -> tuple[Role, bool] | None:
    """The role, and whether it is a weak one."""
    plain = normalised(head) or head.casefold().strip(" ()[]")
    for rule in label_rules():
        for patterns, weak in ((rule.patterns, False), (rule.weak, True)):
            if any(pattern.fullmatch(plain) for pattern in patterns):
                return rule.role, weak
    return _misspelt(plain)


def _misspelt(plain: str) -> tuple[Role, bool] | None:
    """A part of a story with a typing error, as weak as it is unsure."""
    if " " in plain or not plain.isascii():
        return None
    known = [f"{role.value}{end}" for role in _SECTIONS for end in ("", "s")]
    close = process.extractOne(plain, known, scorer=fuzz.ratio, score_cutoff=_CLOSE)
    if close is None or close[0][0] != plain[0]:
        return None
    return Role(close[0].removesuffix("s")), True


def _compiled(rule: dict[str, Any], *names: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for name in names for pattern in rule.get(name, ()))


@cache
def _table() -> dict[str, Any]:
    return builtin_table("notes.toml")
