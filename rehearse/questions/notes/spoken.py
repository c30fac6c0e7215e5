"""What running text says of an interview: questions quoted, reported or expected, stories named.

"She said the panel will ask "Why us?".", "He asked: What do you regret?", "They may ask about
money: ...", "Story for the failure question: the antibody. For eight months I ..."
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rehearse.questions.notes.asking import (
    is_behavioural,
    is_question,
    tells_event,
)
from rehearse.questions.notes.labels import Label, Role
from rehearse.questions.notes.parts import Block
from rehearse.questions.notes.tree import Form

_EXPECTED = (
    r"(?:will|['’]ll|might|may|could|can|always|usually|often|probably|surely|certainly|likely|"
    r"definitely|sometimes|are going|is going|['’]re going)"
)
_WHO = r"(?:they|he|she|you|(?:the )?(?:panel|board|interviewers?|managers?|recruiters?|committee))"
_TOPIC = re.compile(
    r"((?:[^.?!]{20,}\. )?"
    rf"(?:(?:I|we)(?: \w+)? (?:that )?)?{_WHO}(?: |(?=['’]))(?:\w+ )??{_EXPECTED} "
    r"(?:(?:also|probably|surely|certainly|likely|want|like|to|be|love) )*"
    r"(?:ask|asks|know|hear|bring up)(?: me)?(?: about| for)?"
    r"|(?:expect|be ready for|prepare for|there (?:will|may|might) be) (?:an? |the |some )?"
    r"questions? (?:about|on)) "
    r"([^.:?!\"“”]{3,120}?)(?:[.:?!]\s+|, (?=(?:and|so|but) I\b)|[.:?!]?$)(.*)",
    re.IGNORECASE | re.DOTALL,
)
_ASKED_SO = re.compile(
    r"(.*?\b(?:asks?|asked|question)(?: me| us| was| is)?)\s?[:：]\s*([^.?!]+[?？])\s*(.*)",
    re.DOTALL,
)
_ASKING = re.compile(rf"{_EXPECTED}[^.?!\"“]*\bask|\basks?\b|\bquestions?\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{5,}?)[\"”“»]")
_STORY = re.compile(
    r"([^:.?!]{0,50}\b(?:stor(?:y|ies)|example)\b[^:.?!]{0,50}:\s+[^:.?!]{2,60}"
    r"|(?:the )?story (?:about|of|with) [^:.?!]{2,60})[.:]\s+(.+)",
    re.IGNORECASE | re.DOTALL,
)
_ANSWERED = re.compile(r"([^.?!？]{6,}[.?？][\"”]?)\s+(\S.*)", re.DOTALL)


def divided(part: Block) -> Iterator[Block]:
    """The part, or in its place the questions and the story that it speaks of."""
    if part.form not in (Form.TEXT, Form.ITEM) or part.label or part.bold:
        yield part
    elif found := _expected(part) or _asked_so(part) or _quoted(part) or _named(part):
        yield from found
    elif part.form is Form.ITEM and (match := _ANSWERED.fullmatch(part.text)):
        asked, answer = match.groups()
        is_answer = _is_asked(asked) and not re.search(r"\byour?\b|\?", answer, re.IGNORECASE)
        yield _question(part, "", asked, answer) if is_answer else part
    else:
        yield part


def _expected(part: Block) -> list[Block]:
    match = _TOPIC.fullmatch(part.text)
    return [_question(part, match[1], match[2], match[3], closed=True)] if match else []


def _asked_so(part: Block) -> list[Block]:
    match = _ASKED_SO.fullmatch(part.text)
    if match is None or not is_question(match[2]):
        return []
    return [_question(part, match[1], match[2], match[3], closed=True)]


def _quoted(part: Block) -> list[Block]:
    """The text without the questions goes first, as it belongs to none of them."""
    quotes = [one for one in _QUOTED.finditer(part.text) if _is_asked(one[1])]
    rest = _QUOTED.sub("…", part.text)
    is_said = _ASKING.search(rest) or any(is_behavioural(one[1]) for one in quotes)
    if not quotes or not is_said or tells_event(rest) or is_question(rest):
        return []
    around = replace(part, text=rest, closed=True)
    return [around, *(_question(part, "", one[1], "", closed=True) for one in quotes)]


def _named(part: Block) -> list[Block]:
    match = _STORY.fullmatch(part.text)
    if match is None or not tells_event(match[2]):
        return []
    told = Block(Form.TEXT, match[2], part.line)
    return [Block(part.form, match[1], part.line, bold=True, closed=True, children=[told])]


def _is_asked(text: str) -> bool:
    return is_question(text) and not re.search(r"\b(?:I|my)\b", text)


def _question(part: Block, lead: str, asked: str, answer: str, *, closed: bool = False) -> Block:
    label = Label(Role.QUESTION, asked, head=lead)
    told = [Block(Form.TEXT, answer, part.line)] if answer else []
    made = replace(part, text=asked, label=label, closed=closed, children=[*told, *part.children])
    made.role = Role.ASKED
    return made
