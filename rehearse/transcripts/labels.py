"""Names of speakers at the starts of lines: "Ana Diaz: …", "[Speaker 1] …", ">> BEN: …".

A colon alone names nobody ("One thing: I failed"). A label counts where it looks like a name and
comes back, or where all lines together look like talk between people.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from rehearse.analysis.rules import builtin_table
from rehearse.transcripts.annotations import is_event

_LEAD = r"\s*(?:(?:>>+|&gt;&gt;)\s*|[-–—]\s+)?"
_LABEL = re.compile(
    rf"{_LEAD}(?:\[(?P<boxed>[^\[\]\n]{{1,50}})\]\s*(?P<mark>[:：])?|"
    r"\((?P<round>speaker[ _]?\w{1,3})\)\s*:?|"
    r"(?P<bare>[^\s:：\[\]<>][^:：\[\]<>\n]{0,50}?)(?P<side>\s*[\[(][^\[\]()]{1,20}[\])])?"
    r"\s*(?P<colon>[:：]))(?P<gap>\s*)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_TURN = re.compile(r"\s*(?:>>+|&gt;&gt;)\s*")
_DASH = re.compile(r"\s*[-–—]\s+")
_NUMBERED = re.compile(
    r"(?:unknown |unidentified )?(?:speaker|spk|spkr|sprecher(?:in)?|participant|teilnehmer(?:in)?"
    r"|person|voice|channel|guest|locuteur|intervenant|interlocuteur|hablante|orador|falante|user)"
    r"[ _#-]*(?:\d{1,3}|[a-z])|s\d{1,2}|(?:unknown|unidentified) speaker",
    re.IGNORECASE,
)
_USER_NAME = re.compile(r"[a-z][a-z0-9]*(?:[.@+_-][a-z0-9]+)*")
_ASKS = re.compile(
    r"[?？]\s*$|^\W*(?:please )?(?:tell|describe|give|walk|talk|explain|share)\b", re.IGNORECASE
)
_DIALOGUES = ({"q", "a"}, {"question", "answer"}, {"frage", "antwort"}, {"f", "a"})
_MOST_PARTS = 5
"""Words of a name; more make a sentence."""
_HEADING = 8
"""Words of a line before the first speaker that is the name of a meeting, or a date."""
_MOST_LINES = 0.8
"""Share of lines that begin with a label where all lines are somebody's."""


class Likeness(Enum):
    """How likely a label is a name."""

    NUMBERED = "numbered"
    ROLE = "role"
    FULL_NAME = "full name"
    ONE_WORD = "one word"


@dataclass(frozen=True)
class Label:
    name: str
    look: Likeness
    rest: str
    """The line without the label."""
    boxed: bool = False
    """In brackets and without a colon."""


def names_in(lines: Sequence[str], *, cues: bool = False) -> frozenset[str]:
    """Names of speakers, folded, that begin lines of a text; `cues`: it is made of subtitles."""
    said = without_heading([line for line in lines if line.strip()])
    found = [label for line in said if (label := label_of(line))]
    counts = Counter(folded(label.name) for label in found)
    looks = {folded(label.name): label for label in found}
    names = {name for name, label in looks.items() if label.look is Likeness.NUMBERED}
    opens = bool(found) and label_of(said[0]) is not None
    all_lines = bool(found) and len(found) >= _MOST_LINES * len(said)
    for name, label in looks.items():
        sure = label.look is not Likeness.ONE_WORD or opens or len(found) * 2 >= len(said)
        if counts[name] > 1 and sure:
            names.add(name)
    talk = _is_talk(found, opens=opens, all_lines=all_lines, cues=cues)
    if names or talk:
        names |= {
            name
            for name, label in looks.items()
            if not label.boxed and (talk or all_lines or label.look is not Likeness.ONE_WORD)
        }
    elif opens and found[0].look is Likeness.ROLE and len(looks) == 1:
        names |= looks.keys()
    return frozenset(names | _asked_and_answered(said))


def without_heading(lines: Sequence[str]) -> list[str]:
    """The lines from the first label on, if the lines before it are not sentences: the name of a
    meeting, a date, who was there."""
    first = next((i for i, line in enumerate(lines) if label_of(line)), 0)
    return list(lines[first if all(map(is_heading, lines[:first])) else 0 :])


def is_heading(line: str) -> bool:
    return len(line.split()) <= _HEADING and not line.rstrip().endswith((".", "?", "!", "…", ","))


def _is_talk(found: Sequence[Label], *, opens: bool, all_lines: bool, cues: bool) -> bool:
    """Each name once, but one of them asks, or they are called interviewer and candidate, or all
    subtitles begin with full names; captions name who begins to speak in capitals."""
    different = {folded(label.name) for label in found if not label.boxed}
    roles = any(label.look is Likeness.ROLE for label in found)
    asks = any(_ASKS.search(label.rest) for label in found)
    full = cues and all(label.look is Likeness.FULL_NAME for label in found)
    captions = asks and all(label.name.isupper() for label in found)
    if not opens or len(different) < 2:
        return False
    return (all_lines and (roles or asks or full)) or (cues and captions)


def _asked_and_answered(lines: Sequence[str]) -> set[str]:
    """ "Q:" and "A:", where both are there; alone they are the parts of something else."""
    heads = [match[1].casefold() for line in lines if (match := re.match(r"\s*(\w+)\s*:", line))]
    for pair in _DIALOGUES:
        if pair <= set(heads) and set(heads) <= pair | {"q", "a", "question", "answer"}:
            return pair
    return set()


def split(line: str, names: Iterable[str]) -> tuple[str | None, str]:
    """Who begins to speak in a line, and what is left of it."""
    if (match := _LABEL.match(line)) and names:
        name = _text(match)
        if folded(name) in names:
            return name, match["rest"]
    return None, line


def unmarked(line: str) -> tuple[bool, str]:
    """A line without the marks that somebody else speaks (">>"), and whether there was one."""
    match = _TURN.match(line)
    return bool(match), line[match.end() :] if match else line


def undashed(line: str) -> str:
    """Without the dash that subtitles put before each of two speakers."""
    return _DASH.sub("", line, count=1) if _DASH.match(line) else line


def label_of(line: str) -> Label | None:
    """The speaker's label at the start of a line, by its looks alone; None where there is none."""
    match = _LABEL.match(line)
    if match is None:
        return None
    name = _text(match)
    boxed = bool(match["boxed"]) and not match["mark"]
    if match["colon"] == ":" and not match["gap"] and match["rest"]:
        return None  # "10:30", "http://"
    look = look_of(name)
    if look is None or (match["boxed"] and is_event(name)):
        return None
    if boxed and look in (Likeness.ONE_WORD, Likeness.ROLE):
        return None
    return Label(name, look, match["rest"], boxed)


def _text(match: re.Match[str]) -> str:
    name = match["boxed"] or match["round"] or match["bare"] or ""
    return " ".join(name.split())


def folded(name: str) -> str:
    return name.casefold()


def look_of(name: str) -> Likeness | None:
    """The kind of name; None where it is not a name."""
    if _NUMBERED.fullmatch(name):
        return Likeness.NUMBERED
    lower = name.casefold()
    if lower.replace(" ", "_") in _words("roles"):
        return Likeness.ROLE
    parts = name.replace(",", " ").split()
    if not 0 < len(parts) <= _MOST_PARTS or not all(map(_may_be_in_name, parts)):
        return None
    inner = [part for part in parts[1:-1] if part in _words("particles")]
    if any(part.casefold().strip(".") in _common() for part in parts if part not in inner):
        return None
    if len(parts) == 1:
        lowly = name[0].islower() and not _USER_NAME.fullmatch(name)
        return None if lowly or len(name) < 2 else Likeness.ONE_WORD
    capitals = all(not part.islower() or part in _words("particles") for part in parts)
    return Likeness.FULL_NAME if capitals and not parts[-1].islower() else None


def _may_be_in_name(part: str) -> bool:
    """Letters with what names hold beside them; a full stop only behind an initial or a title."""
    bare = part.strip('()"“”')
    if not any(letter.isalpha() for letter in bare):
        return False
    dotted = bare.endswith(".") and len(bare) > len("Prof.")
    return not dotted and all(letter.isalnum() or letter in ".'’_-·&@+" for letter in _plain(bare))


def _plain(text: str) -> str:
    """The name without accents and other marks on letters."""
    import unicodedata

    return "".join(letter for letter in text if not unicodedata.category(letter).startswith("M"))


def _common() -> frozenset[str]:
    return _words("headings") | _words("words")


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(str(builtin_table("labels.toml")[kind]).split())
