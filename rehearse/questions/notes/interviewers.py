"""Who interviews, about which principles and which other themes, from one line of a schedule."""

from __future__ import annotations

import re
from dataclasses import replace

from rehearse.questions.bank import Interviewer
from rehearse.questions.notes.asking import words
from rehearse.questions.notes.holder import Place, Walk
from rehearse.questions.notes.labels import Role
from rehearse.questions.notes.naming import linked_names, mentioned, named, without_mentions
from rehearse.questions.notes.parts import Block
from rehearse.questions.notes.texts import head
from rehearse.questions.notes.titles import ask
from rehearse.questions.notes.tree import Form

_TIME = re.compile(
    r"\b\d{1,2}(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:-|–|—|to)\s*\d{1,2}(?::\d\d)?\s*(?:[ap]\.?m\.?)?"
    r"(?!\w)|\b\d{1,2}:\d\d\s*(?:[ap]\.?m\.?)?(?!\w)|\b\d{1,2}\s*[ap]m\b|\b\d+\s*(?:min(?:ute)?s?|hours?|hrs?|h)\b"
    r"|\b(?:P|E|C|M)[SD]?T\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\s*\d+[.)]\s+")
_SPLIT = re.compile(
    r"\s+[-–—]+\s+|\s*[–—:;|,()（），、：\[\]/]\s*|\s+&\s+|\s+\+\s+|\s+and\s+|->|→|\bwith\b"
)
_FILLER = re.compile(
    r"(?:(?:leadership )?(?:principles?|lps?)|focus(?:es|ing)?(?: on| area)?|themes?|topics?|"
    r"questions?|interview(?:er)?s?|asks?(?: about)?|covers?|covering|about|on|the|and|on ?site|"
    r"loop|area|areas)",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:(?:Dr|Mr|Ms|Mrs)\.? )?[A-ZÀ-Þ][\w'’.-]*"
    r"(?: (?:[A-ZÀ-Þ][\w'’.-]*|de|da|van|von|der|la|bin|al))*"
    r"|[\u3400-\u9fff]{2,4}"
)
_LONGEST_NAME = 4
_NOT_NAMES = re.compile(
    r"\b(?:day|round|morning|afternoon|lunch|break|loop|virtual|phone|screen|interview|session|slot|"
    r"system|design|coding|code|technical|behaviou?ral|leadership|principles?|writing|project|people|"
    r"management|operational|excellence|data|structures?|algorithms?|online|assessment|software|"
    r"senior|engineer|manager|sde|sdm|questions?|tell|what|how|why|describe|prepare|notes?|amazon|google|"
    r"meta|team|role|chime|zoom|teams|recruiter|team match|week|part|process|"
    r"closing|introductions?|tbd|hr|phone|call|"
    r"answers?|stor(?:y|ies)|examples?|logistics|overview|tips|summary|resources)\b",
    re.IGNORECASE,
)
_HEAD = re.compile(r"^[A-Z]\w+(?: \w+)?\s*[:：]\s*")
"""A label such as "Format:"."""
_LONGEST_LINE = 30
"""Words of a line that names an interviewer."""


def looks_like_interviewer(part: Block) -> bool:
    """Whether the line begins with somebody's name and goes on with principles."""
    if part.label and part.role is not Role.INTERVIEWER:
        return False
    if named(part.text) or part.form is Form.ASIDE or words(part.text) > _LONGEST_LINE:
        return False
    texts = [part.text, *(child.text for child in part.children)]
    return _name(part) is not None and any(mentioned(text) for text in texts)


def has_name(part: Block) -> bool:
    return words(part.text) <= _LONGEST_LINE and (
        part.role is Role.INTERVIEWER or _name(part) is not None
    )


def names_somebody(part: Block) -> bool:
    """Whether "Round 1 - Ann Lee" says who asks, not only "Round 1 - phone"."""
    return bool(mentioned(part.rest)) or any(map(is_name, _pieces(part.rest)[:2]))


def interviewer(part: Block) -> Interviewer:
    """From the line itself; `with_details` adds what stands below it."""
    text, numbered = part.text, None
    if part.role is Role.INTERVIEWER and part.label:
        text, numbered = part.label.rest, part.label.head
    pieces = _pieces(text)
    name = next((piece for piece in pieces if is_name(piece)), None)
    themes = tuple(piece for piece in pieces if piece != name)
    return Interviewer(name or " ".join((numbered or text).split()), mentioned(text), themes)


def with_line(one: Interviewer, part: Block) -> Interviewer:
    """The interviewer with what stands on a line below the name, and below that."""
    texts = [part.rest or part.text, *(below.text for below in part.below())]
    if part.label and part.label.role in (Role.LINKED, Role.PRINCIPLES):
        texts = [part.rest, *texts[1:]]
        names = tuple(name for text in texts for name in linked_names(text))
        return _with(one, names, ())
    if part.role is Role.HEAD and part.children:
        texts = texts[1:]
    for text in filter(None, texts):
        one = _with(one, mentioned(text), _themes(text))
    return one


def _with(one: Interviewer, names: tuple[str, ...], themes: tuple[str, ...]) -> Interviewer:
    return replace(
        one,
        principles=tuple(dict.fromkeys(one.principles + names)),
        themes=tuple(dict.fromkeys(one.themes + themes)),
    )


def is_name(text: str) -> bool:
    return (
        _NAME.fullmatch(text) is not None
        and len(text.split()) <= _LONGEST_NAME
        and not _NOT_NAMES.search(text)
    )


def _name(part: Block) -> str | None:
    pieces = _pieces(part.text)
    return next((piece for piece in pieces[:2] if is_name(piece)), None)


def _themes(text: str) -> tuple[str, ...]:
    text = _HEAD.sub("", text)
    if not mentioned(text) and "," not in text and not re.search(r"[:：]", text):
        return (text,)
    return tuple(_pieces(text))


def _pieces(text: str) -> list[str]:
    """What a line says besides times and principles, divided."""
    plain = without_mentions(_TIME.sub(" | ", _NUMBER.sub("", text)))
    found = (piece.strip(" .-–—*_\"'“”") for piece in _SPLIT.split(plain))
    kept = (
        re.sub(r"^(?:and|on|the|interview with|meet(?:ing)?(?: with)?)\s+", "", one, flags=re.I)
        for one in found
    )
    return [one for one in kept if re.search(r"\w", one) and not _FILLER.fullmatch(one)]


def person(walk: Walk, part: Block, place: Place) -> bool:
    is_person = has_name(part) or looks_like_interviewer(part)
    if part.role not in (Role.TEXT, Role.HEAD, Role.INTERVIEWER) or not is_person:
        return False
    one_interviewer(walk, part, place)
    return True


def one_interviewer(walk: Walk, part: Block, place: Place) -> None:
    """With what stands below the name. Times find no place in a plan, so the lines are kept."""
    people = [one for one in part.children if one.role is Role.INTERVIEWER and one.rest]
    if part.role is Role.INTERVIEWER and len(people) == 1 and not part.rest:
        walk.outputs.sort_by(part)
        others = [one for one in part.children if one is not people[0]]
        part = replace(people[0], children=[*people[0].children, *others])
    elif part.label and place.area is not Role.SCHEDULE and not names_somebody(part):
        head(walk, part, place)
        return
    walk.outputs.sort_by(part)
    one = interviewer(part)
    for child in part.children:
        if child.role is Role.ASKED:
            ask(walk, child, Place(names=one.principles))
        else:
            one = with_line(one, child)
            walk.outputs.sort_by(child, below=True)
    walk.outputs.plan(place.plan, one)
