"""Whether every line of notes is in an output or among those that found no place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearse.model.codec import Json
from rehearse.questions.notes.asjson import notes as as_json
from rehearse.questions.notes.labels import find_label
from rehearse.questions.notes.notes import Notes
from rehearse.questions.principles import PUBLISHED

_SAID = " ".join((*PUBLISHED, "LPs Situation Task Action Result"))
"""What stands in an output by its published name."""
_TORN = 3
"""Words that are lost from a line before an input that is no notes counts as a finding."""
_MARKS = (
    (r"\]\([^)]*\)|</?\w+[^<>]*>|\[!\w+\]|(?:^| )\^[\w-]+$|\|\d+\]|&\w+;", " "),
    (r"\[\[[^\]|]*\||^---|^title:.*|^\s*(?:```|~~~)\w*\s*$|[*_=`\\]+", ""),
    (
        r"^(?:[>|\s#+●•-]|\[[ x]\]|[(（]?(?:\d+(?:\.\d+)*|[a-hivx])(?:[.)）、．]|/(?=\s))"
        r"|[①-⑳]|\d\ufe0f?\u20e3"
        r"|[一二三四五六七八九十]{1,3}、|\d+(?:\.\d+)+\s)+",
        "",
    ),
)
"""What is no wording: addresses, tags, marks, numbers in front."""


def lost(text: str, notes: Notes) -> dict[int, list[str]]:
    """Words of each line, by its number, that stand in no output."""
    kept = folded(" ".join((*_strings(as_json(notes, "")), _SAID)))
    return {
        number: missing
        for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1)
        if (missing := [word for word in _words(line) if folded(word) not in kept])
    }


def torn_lines(text: str, notes: Notes) -> dict[int, list[str]]:
    """Lines of which most words are lost; marks and labels that an input tore say nothing."""
    missing = lost(text, notes).items()
    lines = re.split(r"\r\n|\r|\n", text)
    return {
        number: words
        for number, words in missing
        if len(words) >= _TORN and 2 * len(words) > len(re.findall(r"\w+", lines[number - 1]))
    }


def folded(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _strings(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, str):
        yield value


def _words(line: str) -> list[str]:
    """Without addresses, tags, marks and the label in front."""
    for pattern, by in _MARKS:
        line = re.sub(pattern, by, line)
    label = find_label(line.replace("|", ":", 1).strip())
    return re.findall(r"\w+", label.rest if label else line)
