"""The labelled introductions and system designs, varied into what the models are trained on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from random import Random

from rehearse.analysis.star.cues import builtin_cues
from rehearse.analysis.star.outline import PARTS
from rehearse.model.take import Kind
from tools.star.answers import (
    Answer,
    Sequence_,
    read_answers,
    sequence,
    terse,
    unpunctuated,
    without,
)

FOLDER = Path(__file__).parent / "answers"
SEED = 7
LETTERS = {kind: "".join(part.letter for part in parts) for kind, parts in PARTS.items()}
LABELS = {kind: f"{letters}O" for kind, letters in LETTERS.items()}


def of_kind(kind: Kind) -> list[Answer]:
    every = read_answers(FOLDER, "".join(LABELS.values()))
    return [answer for answer in every if answer.kind == kind.value]


def training_set(answers: Iterable[Answer], kind: Kind) -> list[Sequence_]:
    cues = builtin_cues(f"{kind.value}_cues.toml")
    random = Random(SEED)
    return [sequence(one, cues) for answer in answers for one in variants(answer, kind, random)]


def variants(answer: Answer, kind: Kind, random: Random) -> Iterator[Answer]:
    """The answer itself, without a part or two, in another order; with marks and without."""
    letters = [letter for letter in LETTERS[kind] if answer.has(letter)]
    told = [answer, terse(answer), *(moved(answer, letter) for letter in letters)]
    if len(letters) > 1:
        told += [without(answer, letter) for letter in letters]
        told.append(without(terse(answer), random.choice(letters)))
    if len(letters) > 2:
        first, second = random.choice(list(combinations(letters, 2)))
        told.append(without(without(answer, first), second))
    for one in told:
        if one.lines:
            yield one
            yield unpunctuated(one)


def moved(answer: Answer, letter: str) -> Answer:
    """One part told first, wherever it was told: an order to come from what is said."""
    first = tuple(line for line in answer.lines if line.label == letter)
    rest = tuple(line for line in answer.lines if line.label != letter)
    return replace(answer, id=f"{answer.id}-{letter}first", lines=(*first, *rest))
