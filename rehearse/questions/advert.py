"""Questions for one job: those that fit what an advert asks for, and those about a CV's own lines.
Nothing of either leaves this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.analysis.keypoints.actors import is_past
from rehearse.analysis.keypoints.alike import builtin_spelling
from rehearse.analysis.keypoints.points import split
from rehearse.model.take import Kind, Question
from rehearse.questions.kinds import default_target
from rehearse.text import bare

if TYPE_CHECKING:
    from rehearse.ports import Meaning

MOST = 12
"""Questions of an advert; more would not be practised before the interview."""
MOST_LINES = 60
"""Demands of an advert that are read, and lines of a CV that become questions."""
LEAST = 0.2
"""Of likeness beyond that to the other lines, chosen on three adverts of ours: what has less is
about holidays or the salary."""
LEAST_WORDS, MOST_WORDS = 3, 40
"""Of a line that says something."""
_OWN = {"my": "your", "our": "your", "i": "you", "we": "you", "me": "you", "us": "you"}
_ASKED = frozenset({Kind.BEHAVIOURAL, Kind.MOTIVATION, Kind.TECHNICAL, Kind.SYSTEM_DESIGN})
_IS = frozenset({"was", "were", "is", "are"})
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Wanted:
    question: Question
    line: str
    """Of the advert, the one that the question fits."""


def lines(text: str) -> tuple[str, ...]:
    """Those of an advert or a CV that say something."""
    found = (" ".join(_LINK.sub(r"\1", line).split()) for line in split(text))
    kept = (line for line in found if LEAST_WORDS <= len(line.split()) <= MOST_WORDS)
    return tuple(dict.fromkeys(kept))[:MOST_LINES]


def wanted(
    questions: Sequence[Question], demands: Sequence[str], meaning: Meaning
) -> tuple[Wanted, ...]:
    """The questions that fit the demands of an advert, nearest first, at most one for each."""
    asked = [question for question in questions if question.kind in _ASKED]
    near, far = meaning.vectors([one.text for one in asked]), meaning.vectors(demands)
    if near is None or far is None or not asked or not demands:
        return ()
    alike = near @ far.T
    # A question that is a little like everything fits nothing.
    beyond = alike - alike.mean(axis=1, keepdims=True)
    found: list[Wanted] = []
    seen: set[int] = set()
    for flat in (-beyond).argsort(axis=None):
        question, line = divmod(int(flat), len(demands))
        if len(found) == MOST or beyond[question, line] < LEAST:
            break
        if question in seen or any(one.line == demands[line] for one in found):
            continue
        seen.add(question)
        found.append(Wanted(asked[question], demands[line]))
    return tuple(found)


def about(cv: Sequence[str]) -> Iterator[Question]:
    """ "Led a team of 5" becomes "Tell me about the time when you led a team of 5."."""
    for line in cv:
        first, *rest = line.rstrip(" .;").split()
        if bare(first) not in _IS and is_past(bare(first), builtin_spelling()):
            words = [first.lower(), *(_OWN.get(word.lower(), word) for word in rest)]
            text = f"Tell me about the time when you {' '.join(words)}."
            yield Question(text, Kind.BEHAVIOURAL, target=default_target(Kind.BEHAVIOURAL))
