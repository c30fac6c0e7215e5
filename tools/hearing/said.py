"""What the people in the clips said, where somebody wrote it down, and how much of it was heard."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz.distance import LCSseq

from rehearse.model.take import Span, Word
from tools.questions.spelling import words

CLIPS = Path(__file__).parents[3] / "shared" / "speech"
HESITATIONS = frozenset(["uh", "um", "er", "ah", "mm", "mmm", "hmm", "mmhmm", "uhhuh"])
"""Which Whisper leaves out, and nobody misses."""
REACH = 0.3
"""Seconds by which the time of a word may be off."""


@dataclass(frozen=True)
class Right:
    """Words that were said, those of them that were written, and all others that were."""

    said: int = 0
    right: int = 0
    wrong: int = 0

    def __add__(self, other: Right) -> Right:
        return Right(self.said + other.said, self.right + other.right, self.wrong + other.wrong)


NONE = Right()


def transcripts(folder: Path = CLIPS) -> dict[str, list[str]]:
    """By the clip's name; empty where the clips are not there."""
    index = folder / "index.jsonl"
    if not index.is_file():
        return {}
    clips = map(json.loads, index.read_text(encoding="utf-8").splitlines())
    told = {Path(clip["file"]).stem: _told(clip, folder) for clip in clips}
    return {name: spoken(text) for name, text in told.items() if text}


def _told(clip: dict[str, Any], folder: Path) -> str | None:
    if not clip["words_file"]:
        text: str | None = clip["transcript"]
        return text
    marks = json.loads((folder / clip["words_file"]).read_text(encoding="utf-8"))
    return " ".join(mark["w"] for mark in marks if mark["tag"] == "w")


def spoken(text: str) -> list[str]:
    return [word for word in words(text) if word not in HESITATIONS]


def right(said: Sequence[str], written: Sequence[str]) -> Right:
    common = LCSseq.similarity(said, written)
    return Right(len(said), common, len(written) - common)


def without_speech(written: Sequence[Word], speech: Sequence[Span]) -> int:
    """Words where nobody spoke."""
    return sum(
        not any(s.start < word.end + REACH and word.start - REACH < s.end for s in speech)
        for word in written
        if word.start is not None and word.end is not None
    )
