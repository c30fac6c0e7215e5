"""How likely it is that a section is nowhere in a story: decided on signs of the whole answer,
apart from which clause is of which section."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import log

from rehearse.analysis.rules import builtin_text
from rehearse.analysis.star.ordered import best_path
from rehearse.analysis.star.sections import Told
from rehearse.model.structure import STAR, Section

WEIGHTS = "star_absence.json"
CERTAIN = 1e-4
"""No probability counts as more certain than this."""
FARTHEST = 15.0
"""A larger difference between two ways through the answer tells nothing more."""
NO_ROOM = -5.0
"""The difference where there are fewer clauses than sections."""
SITUATION, TASK, ACTION, RESULT = STAR
TELLINGS = (STAR, (RESULT, SITUATION, TASK, ACTION))
"""In order, and the result first."""
Model = Mapping[Section, Sequence[float]]
"""For each section the weights of `signs` and, last, of nothing."""


@cache
def builtin_absence() -> Model:
    text = builtin_text(WEIGHTS)
    if text is None:
        raise FileNotFoundError(f"rehearse/data/{WEIGHTS} is missing from the package.")
    return {Section(name): row for name, row in json.loads(text).items()}


def doubts(told: Told, model: Model) -> dict[Section, float]:
    """For each section the logarithm of the odds that it is nowhere."""
    found = signs(told)
    return {
        section: sum(w * x for w, x in zip(model[section], (*found[section], 1.0), strict=True))
        for section in STAR
    }


def signs(told: Told) -> dict[Section, tuple[float, ...]]:
    """The log-odds that no clause tells it, and what the best way through the answer loses without
    it."""
    whole = _best(told, STAR)
    found: dict[Section, tuple[float, ...]] = {}
    for section in STAR:
        absent = min(max(told.absent[section], CERTAIN), 1 - CERTAIN)
        without = _best(told, [other for other in STAR if other is not section])
        lost = NO_ROOM if whole is None or without is None else whole - without
        lost = min(max(lost, -FARTHEST), FARTHEST)
        found[section] = (log(absent / (1 - absent)), lost)
    return found


def _best(told: Told, sections: Sequence[Section]) -> float | None:
    """The score of the best way through these sections, in order or with the result first."""
    return max(_scores(told, sections), default=None)


def _scores(told: Told, sections: Sequence[Section]) -> Iterator[float]:
    orders = {tuple(s for s in telling if s in sections) for telling in TELLINGS}
    for order in orders:
        if path := best_path(told.rows, told.lengths, order, within=told.within):
            yield path.score
