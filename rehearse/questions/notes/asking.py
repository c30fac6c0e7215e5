"""Which texts are questions, of which kind, and which sentences tell something of oneself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from rehearse.model.take import Kind
from rehearse.questions.notes.labels import REMEMBERED, rules, text_rules
from rehearse.questions.notes.naming import without_tail

LONGEST_QUESTION = 70
"""Words; the longest that interviewers are quoted with have some 50."""
_LONGEST_QUOTED = 45
"""Words of a text that only ends as a question: a longer one thinks aloud."""
_NARRATIVE = 40
"""Words from which a text in the first person tells of an event; shorter ones are remarks."""
_EVENT = 15
"""Words of a text with verbs in the past that tells of an event."""
_LONGEST_ACCOMPLISHED = 15
"""Words of a line in a list of stories that is a story's title."""
_ACCOMPLISHED = re.compile(
    r"(\w+ed|taught|found|led|built|ran|made|won|wrote|cut|set|began|brought|bought|caught|drove|"
    r"gave|grew|held|kept|sold|spoke|took|went|saw|chose|came|got)\b",
    re.IGNORECASE,
)
_VERBS_PAST = (
    r"(?:\w{2,}ed|was|were|had|did|went|got|came|saw|found|told|rang|took|gave|made|"
    r"said|sat|let|led|kept|held|left|lost|knew|thought|ran|wrote|sent|brought|bought|caught|taught|built|"
    r"began|spoke|chose|drove|fell|felt|met|paid|read|sold|put|cut|set|shut|won|split|drew|dug)\b"
)
_PAST = re.compile(rf"(?<!used to )\b{_VERBS_PAST}")
_DID = re.compile(rf"\b(?:I|we)\b(?:,? \w+){{0,2}}? {_VERBS_PAST}", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:the|and|was|I|we)\b")
_CJK = re.compile(r"[\u3400-\u9fff]")
_I = re.compile(
    r"\b(?:I|i(?!\.?e\b)|I['’](?:m|ve|d|ll)|my|me|myself)\b|我(?!们)|(?i:\b(?:ich|yo|eu|je|mi|mein\w*|soy|sou|trabajo|trabalho|tengo|tenho)\b|मैं)"
)
_QUOTES = "\"'“”‘’„‚「」«»"
_QUOTE = re.compile('["“„«「][^"“”„«»「」]*["”“»」]?\\W*$')
_NUMBERED = re.compile(
    r"^(?:(?:q|question|frage|pregunta|pergunta)\s?\d*\s?[.:)]|\d+(?:\.\d+)+[.:)]?(?=\s)|#?\d+[.:)、](?!\d))\s*",
    re.IGNORECASE,
)
_STRAY = re.compile(r"^(?:[*_~`»›>|\s]|[-–—•](?=\s))+(?=[^\s*_~`»›>|])|\s*[*_~`|]+$|\s+[*_~«‹]+$")
_WORDS = (
    r"what\w*|how|why|when|where|who\w*|which|in what|in which|on what|to what|at what|"
    r"was|wie|warum|weshalb|wann|wo|wer|welche\w*|qué|cómo|por qué|cuál\w*|cuánt\w*|dónde|"
    r"o que|como|por que|qual|quais|quant\w*|onde|que|qu['’]\w+|comment|pourquoi|quel\w*|combien|où"
)
_VERBS = (
    r"would|will|could|can|should|do|does|did|are|is|were|have|has|had|if|any|may|"
    r"haben|sind|können|würden|möchten|gibt|kennen|wären|hast|bist|tienes?|puede\w*|tem|você|"
    r"avez|êtes|pouvez|est-ce|क्या"
)
_ASKS = re.compile(
    rf"(?:{_WORDS}|would|have you|do you|are you|is there|did you|"
    r"(?:can|could|may|do|will|would) (?:you|i)|is it|are there)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    rf"(?:^|[,;:.?!—–-]\s*|\b(?:and|or|but|so|then|und|y|e|et)\s+)[\"“¿„«]*(?:(?:{_WORDS}|{_VERBS})\b|\W*¿)",
    re.IGNORECASE,
)
"""Where a question begins; "Know your customer's needs?" only reminds."""
_SHORT = 5
"""Words of a question that needs no such beginning, as "Biggest strength?" does not."""
_BEHAVIOURAL = re.compile(
    r"(please )?(tell|describe|give|share|can you tell|talk)\b.{0,40}\b(a|one|any|the last) "
    r"(time|situation|example)\b.{0,20}\byou\b|tell (me|us) about yourself",
    re.IGNORECASE,
)


def words(text: str) -> int:
    """Words; two Chinese characters count as one."""
    return len(_CJK.sub(" ", text).split()) + (len(_CJK.findall(text)) + 1) // 2


def unquoted(text: str) -> str:
    """Without the number in front, stray marks, and quotation marks around the whole."""
    plain = _NUMBERED.sub("", _STRAY.sub("", text.strip())).strip()
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
    is_short = count <= _SHORT or re.search("[\u0900-\u0dff\u3040-\uffef]", plain) is not None
    is_asked = is_short or _CLAUSE.search(plain) is not None
    return ends and is_asked and count <= _LONGEST_QUOTED and not _quotes(plain)


def could_ask(text: str) -> bool:
    """Whether it begins as a question does; in a list of questions it then is one."""
    plain = unquoted(text)
    return _ASKS.match(plain) is not None and not re.search(r"[.?!]\s+\S.*[.!]$", plain)


def is_behavioural(text: str) -> bool:
    """Whether only an interviewer asks so."""
    return _BEHAVIOURAL.match(unquoted(text)) is not None


def kind_of(text: str) -> Kind:
    """Behavioural unless its words say otherwise."""
    return next((kind for kind, rule in kind_rules() if rule.search(text)), Kind.BEHAVIOURAL)


@cache
def kind_rules() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple(
        (Kind(one["kind"]), re.compile(one["pattern"], re.IGNORECASE)) for one in rules("kind")
    )


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


def invites(text: str) -> bool:
    """Whether it is the interviewer's "Any questions for us?"."""
    return any(rule.search(text) for rule in text_rules("inviting"))


def is_preamble(text: str) -> bool:
    return any(rule.match(text) for rule in text_rules("preamble")) and words(text) <= 50


def in_first_person(text: str) -> bool:
    return _I.search(text) is not None


def is_narrative(text: str) -> bool:
    """Whether it tells of an event in which the candidate took part."""
    return words(text) >= _NARRATIVE and len(_I.findall(text)) > 1


def is_accomplishment(text: str) -> bool:
    """Whether it names what was done, as "Led the move of the lab"."""
    return words(text) <= _LONGEST_ACCOMPLISHED and _ACCOMPLISHED.match(text) is not None


def tells_event(text: str) -> bool:
    """Whether it tells of something that the candidate did once; shorter than a narrative."""
    if not _ENGLISH.search(text):
        return is_narrative(text)
    return words(text) >= _EVENT and len(_PAST.findall(text)) > 1 and bool(_DID.search(text))


def _quotes(text: str) -> bool:
    """Whether the question mark belongs to what somebody is quoted with."""
    quote = _QUOTE.search(text)
    return (
        quote is not None
        and quote.start() > 0
        and "?" in quote[0]
        and "?" not in text[: quote.start()]
    )
