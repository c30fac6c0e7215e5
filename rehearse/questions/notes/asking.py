"""Which texts are questions, of which kind, and which sentences tell something of oneself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rehearse.model.take import Kind
from rehearse.questions.notes.labels import REMEMBERED, text_rules
from rehearse.questions.notes.naming import without_tail

LONGEST_QUESTION = 70
"""Words; the longest that interviewers are quoted with have some 50."""
_LONGEST_QUOTED = 45
"""Words of a text that only ends as a question: a longer one thinks aloud."""
_NARRATIVE = 40
"""Words from which a text in the first person tells of an event; shorter ones are remarks."""
_ANSWER_WORDS = 20
"""Words from which what is written below a question is an answer, not a hint."""
_CJK = re.compile(r"[\u3400-\u9fff]")
_I = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|my|me|myself)\b|我(?!们)")
_QUOTES = "\"'“”‘’「」«»"
_NUMBERED = re.compile(r"^(?:(?:q|question)\s?\d*\s?[.:)]|#?\d+[.):])\s*", re.IGNORECASE)
_KINDS = (
    (
        Kind.INTRODUCTION,
        r"about (yourself|you\b|your background)|introduce yourself|your (resume|résumé|cv)\b"
        r"|who are you|自我介绍|介绍.{0,4}自己",
    ),
    (
        Kind.SYSTEM_DESIGN,
        r"\bdesign (a|an|the|amazon|twitter|uber|url|netflix|instagram|youtube)\b"
        r"|would you (design|architect)|system design",
    ),
    (
        Kind.MOTIVATION,
        r"\bwhy (do|did|are|should|would) (you|we)\b.{0,40}\b"
        r"(work|join|appl|hire|leav|interest|want|choose)|\bwhy (us|amazon|aws|google|meta|"
        r"microsoft|apple|netflix|this (company|role|job|position|team))\b"
        r"|five years|5 years|your (biggest |greatest |main )?(strength|weakness)"
        r"|what motivates|为什么.{0,6}(公司|我们|加入|离)",
    ),
)


def words(text: str) -> int:
    """Words; two Chinese characters count as one."""
    return len(_CJK.sub(" ", text).split()) + (len(_CJK.findall(text)) + 1) // 2


def unquoted(text: str) -> str:
    """Without the number in front and the quotation marks around the whole."""
    plain = _NUMBERED.sub("", text.strip())
    if len(plain) > 1 and plain[0] in _QUOTES and plain[-1] in _QUOTES:
        inner = plain[1:-1]
        return inner.strip() if not set(inner) & set('"“”「」«»') else plain
    return plain


@lru_cache(maxsize=REMEMBERED)
def is_question(text: str) -> bool:
    plain = unquoted(without_tail(text)[0])
    count = words(plain)
    if not plain or count > LONGEST_QUESTION or not re.search(r"[^\W\d_]", plain):
        return False
    if any(rule.match(plain) for rule in text_rules("opening")):
        return True
    ends = plain.rstrip(_QUOTES + " )）").endswith(("?", "？"))
    return ends and count <= _LONGEST_QUOTED and not _tells(plain)


def kind_of(text: str) -> Kind:
    """Behavioural unless its words say otherwise."""
    for kind, pattern in _KINDS:
        if re.search(pattern, text, re.IGNORECASE):
            return kind
    return Kind.BEHAVIOURAL


def asks_back(texts: Iterable[str]) -> bool:
    """Whether most of the questions are the candidate's own."""
    asked = [text for text in texts if is_question(text)]
    back = [
        text
        for text in asked
        if any(rule.search(text) for rule in text_rules("asking_back"))
        and not re.search(r"\b(a|any|the last) time\b", text, re.IGNORECASE)
    ]
    return len(back) * 2 > len(asked)


def is_preamble(text: str) -> bool:
    return any(rule.match(text) for rule in text_rules("preamble")) and words(text) <= 50


def in_first_person(text: str) -> bool:
    return _I.search(text) is not None


def is_narrative(text: str) -> bool:
    """Whether it tells of an event in which the candidate took part."""
    return words(text) >= _NARRATIVE and len(_I.findall(text)) > 1


def is_answer(text: str) -> bool:
    return words(text) >= _ANSWER_WORDS


def _tells(text: str) -> bool:
    """Of a text that ends with a question mark: whether a statement about oneself comes first."""
    first, _, rest = text.partition(". ")
    return bool(rest) and in_first_person(first) and not first.endswith("?") and words(first) > 20
