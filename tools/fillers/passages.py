"""Passages with their fillers marked: `I {um} led it, {you know}, _0.6_ alone`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from rehearse.model.take import Span, Word
from rehearse.text import bare

FOLDER = Path(__file__).parent
HALVES = ("look", "kept")
WORD = 0.4
"""Seconds; 150 words a minute."""

_TOKEN = re.compile(r"_(\d+(?:\.\d+)?)_|\S+")


@dataclass(frozen=True)
class Marked:
    """A filler as it was marked; `first` and `last` word are both in it."""

    text: str
    first: int
    last: int


@dataclass(frozen=True)
class Passage:
    half: str
    words: tuple[Word, ...]
    silences: tuple[Span, ...]
    fillers: tuple[Marked, ...]
    place: Marked | None = None
    """Where only these words were looked at."""


def read_passages(path: Path) -> tuple[Passage, ...]:
    """Raises ValueError for a block that is in neither half."""
    half, found = "", []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("##"):
            half = line.removeprefix("##").partition("|")[0].strip()
            if half not in HALVES:
                raise ValueError(f"{path.name}: {line}")
        elif line.strip() and not line.startswith("#"):
            found.append(passage(line, half))
    return tuple(found)


def read_traps(path: Path) -> tuple[Passage, ...]:
    """A sentence a line, each an answer of its own, with its fillers in [brackets]."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    marks = str.maketrans("[]", "{}")
    return tuple(passage(line.translate(marks)) for line in lines if not line.startswith("#"))


def passage(text: str, half: str = "look") -> Passage:
    words: list[Word] = []
    silences: list[Span] = []
    fillers: list[Marked] = []
    now, opened = 0.0, 0
    for token in _TOKEN.finditer(text):
        if token[1]:
            silences.append(Span(now, now + float(token[1])))
            now += float(token[1])
            continue
        if token[0].startswith("{"):
            opened = len(words)
        words.append(Word(token[0].replace("{", "").replace("}", ""), now, now + WORD))
        now += WORD
        if "}" in token[0]:
            said = " ".join(bare(word.text) for word in words[opened:])
            fillers.append(Marked(said, opened, len(words) - 1))
    return Passage(half, tuple(words), tuple(silences), tuple(fillers))
