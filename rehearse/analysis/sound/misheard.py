"""Words that a recogniser makes of a hesitation: "Bum.", "Furn." or "fun" for "um"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rehearse.model.take import Hesitation, Word
from rehearse.text import bare

LIKE_ONE = re.compile(r"[bfhp]?[aeouäöü]{1,2}(?:r?[mn]+|[hr]+)")
"""What a hesitation sounds like to somebody who takes it for a word."""
DOUBTFUL = 0.5
"""Probability below which such a word is believed less than the hesitation."""
SHARED = 0.5
"""Share of the word, and of the hesitation, that lies in the other."""


def mended(words: Sequence[Word], hesitations: Sequence[Hesitation]) -> tuple[Word, ...]:
    """With "um" or "uh" where a doubtful word stands for one; it stays as doubtful as it was."""
    return tuple(_mended(word, hesitations) for word in words)


def _mended(word: Word, hesitations: Sequence[Hesitation]) -> Word:
    if word.probability is None or word.probability >= DOUBTFUL:
        return word
    if not LIKE_ONE.fullmatch(bare(word.text)):
        return word
    for one in hesitations:
        if _covers(word, one):
            said = "um" if one.nasal else "uh"
            tail = word.text[len(word.text.rstrip(".,;:!?…")) :]
            text = said.capitalize() if word.text[:1].isupper() else said
            return replace(word, text=text + tail)
    return word


def _covers(word: Word, one: Hesitation) -> bool:
    if word.start is None or word.end is None:
        return False
    common = min(word.end, one.end) - max(word.start, one.start)
    return common >= SHARED * max(word.end - word.start, one.duration)
