"""A question and what was written down of it, word by word: what counts as the same and what as
an error. Nothing that the ear cannot tell is an error: case, marks, digits, British spelling, and
whether two words are written as one."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from rehearse.views.spoken import for_the_ear

SAME = {"ok": "okay", "practise": "practice", "programme": "program", "learnt": "learned"}
AMERICAN = (
    (r"is(e[ds]?|ing|ations?)$", r"iz\1"),
    (r"(?<=\w{3})our", "or"),
    (r"tre(s?)$", r"ter\1"),
)
"""Both texts are written so; "four" and "hour" are too short to be meant."""

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_WORD = re.compile(r"[a-z0-9]+")


def words(text: str) -> list[str]:
    """In lower case, without marks and accents, with numbers in words."""
    digits = _THOUSANDS.sub("", text.replace("&", " and ").replace("’", "'"))
    plain = unicodedata.normalize("NFKD", for_the_ear(digits)).casefold()
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign) and sign != "'")
    return [_american(word) for word in _WORD.findall(bare)]


def errors(said: str, written: str) -> int:
    """Words that are wrong, missing or too many."""
    first, second = words(said), words(written)
    steps = Levenshtein.opcodes(first, second)
    total = 0
    for equal, run in groupby(steps, key=lambda step: step.tag == "equal"):
        if not equal:
            parts = list(run)
            left = first[parts[0].src_start : parts[-1].src_end]
            right = second[parts[0].dest_start : parts[-1].dest_end]
            total += 0 if "".join(left) == "".join(right) else max(len(left), len(right))
    return total


def _american(word: str) -> str:
    for british, american in AMERICAN:
        word = re.sub(british, american, word)
    return SAME.get(word, word)
