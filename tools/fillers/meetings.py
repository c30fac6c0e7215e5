"""Places in real meetings (AMI, ICSI), each labelled: was the word a filler there?

The text stays outside the project, in `../shared/fillers/meetings.tsv`; `meetings.toml` holds our
labels by line of that file. Lines of a third of the meetings, drawn by name, are "kept": rules and
settings have not seen them.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rehearse.analysis.rules import table
from rehearse.model.take import Word
from rehearse.text import bare, ends_sentence
from tools.fillers.passages import FOLDER, WORD, Marked, Passage

SHARED = Path("../shared/fillers/meetings.tsv")
FIRST_LINE = 2
"""Of the file that holds a place; the one before has the names of the columns."""
HESITATIONS = frozenset(["um", "uh", "eh", "mm", "hmm", "mmm", "mm-hmm"])

_JOINED = re.compile(r"(?<=\w) - (?=\w)")
_SPACED = re.compile(r" +(?=['’]\w|[.,?!;:])")
"""The transcribers write "well - known , it 's" with spaces."""
_MARKS = re.compile(r"([.,?!;:\s]*)(.*)")


def read_meetings(path: Path = SHARED, labels: Path = FOLDER / "meetings.toml") -> list[Passage]:
    """One passage a place; its `place` is the word in question. Raises FileNotFoundError."""
    fillers = table(labels.read_text("utf-8"))["fillers"]
    marked = {line for lines in fillers.values() for line in lines}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[FIRST_LINE - 1 :]
    return [_passage(row, line in marked) for line, row in enumerate(rows, FIRST_LINE)]


def half(meeting: str) -> str:
    return "look" if int(hashlib.sha256(meeting.encode()).hexdigest(), 16) % 3 else "kept"


def _passage(row: Sequence[str], is_filler: bool) -> Passage:
    word, meeting, before, said, after = row
    opened, asked = _tokens(before), _tokens(said)
    rest = _MARKS.match(after)
    asked[-1] += "".join(rest[1].split()) if rest else ""
    tokens = [*opened, *asked, *_tokens(rest[2] if rest else after)]
    place = Marked(word, len(opened), len(opened) + len(asked) - 1)
    return Passage(half(meeting), _words(tokens), (), (place,) if is_filler else (), place)


def _tokens(text: str) -> list[str]:
    return _SPACED.sub("", _JOINED.sub("-", text)).split()


def _words(tokens: Sequence[str]) -> tuple[Word, ...]:
    return tuple(Word(token, i * WORD, (i + 1) * WORD) for i, token in enumerate(tokens))


def as_whisper(passage: Passage) -> Passage:
    """As Whisper writes it: hardly a comma, hesitations left out."""
    words = [
        word.text if ends_sentence(word.text) else word.text.rstrip(",;:") for word in passage.words
    ]
    return _without(passage, words, HESITATIONS)


def unmarked(passage: Passage) -> Passage:
    """Small letters and no mark at all, as plain recognisers write."""
    return _without(passage, [bare(word.text) for word in passage.words], frozenset([""]))


def _without(passage: Passage, texts: Sequence[str], left_out: frozenset[str]) -> Passage:
    kept = [i for i, text in enumerate(texts) if bare(text) not in left_out]
    moved = {old: new for new, old in enumerate(kept)}

    def shifted(mark: Marked) -> Marked:
        return replace(mark, first=moved[mark.first], last=moved[mark.last])

    return replace(
        passage,
        words=_words([texts[i] for i in kept]),
        fillers=tuple(map(shifted, passage.fillers)),
        place=shifted(passage.place) if passage.place else None,
    )
