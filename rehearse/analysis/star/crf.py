"""A linear-chain conditional random field: how likely each label is at each step of a sequence.

Only what is needed to use one; tools/star and tools/outline train them with CRFsuite. Formulas:
Lafferty, McCallum and Pereira 2001; forward and backward sums in logarithms, so that nothing
overflows.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

IMPOSSIBLE = -1e9
"""A score whose exponential is zero."""
Scores = list[list[float]]
"""One row per step, one column per label."""


@dataclass(frozen=True)
class Crf:
    labels: tuple[str, ...]
    """A small letter goes on with what its capital began: a section opens otherwise than it goes
    on. What is told of a label holds for both."""
    features: dict[str, list[float]]
    """For each feature its weight for each label."""
    transitions: tuple[tuple[float, ...], ...]
    """Weight of going from the row's label to the column's."""

    @property
    def names(self) -> tuple[str, ...]:
        """The labels without those that only go on."""
        return tuple(dict.fromkeys(label.upper() for label in self.labels))

    def columns(self, name: str) -> list[int]:
        return [i for i, label in enumerate(self.labels) if label.upper() == name]


def parse_crf(text: str) -> Crf:
    """The weights in JSON as tools/star writes them. Raises ValueError and KeyError."""
    value = json.loads(text)
    transitions = tuple(tuple(row) for row in value["transitions"])
    return Crf(tuple(value["labels"]), value["features"], transitions)


def marginals(crf: Crf, steps: Sequence[Sequence[str]]) -> Scores:
    """Probability of each of `crf.names` at each step; rows sum to 1. `steps` holds names of
    features."""
    if not steps:
        return []
    states = [_state(crf, step) for step in steps]
    ahead = _forward(crf, states)
    behind = _backward(crf, states)
    whole = _log_sum(ahead[-1])
    columns = [crf.columns(name) for name in crf.names]
    return [
        [sum(math.exp(row[i] + back[i] - whole) for i in both) for both in columns]
        for row, back in zip(ahead, behind, strict=True)
    ]


def absences(crf: Crf, steps: Sequence[Sequence[str]]) -> list[float]:
    """For each of `crf.names` the probability that it is at no step: the sum over all sequences
    without it against the sum over all."""
    if not steps:
        return [1.0] * len(crf.names)
    states = [_state(crf, step) for step in steps]
    whole = _log_sum(_forward(crf, states)[-1])
    return [
        math.exp(_log_sum(_forward(crf, _barred(states, crf.columns(name)))[-1]) - whole)
        for name in crf.names
    ]


def _barred(states: Scores, columns: Sequence[int]) -> Scores:
    return [
        [IMPOSSIBLE if i in columns else score for i, score in enumerate(row)] for row in states
    ]


def _state(crf: Crf, step: Sequence[str]) -> list[float]:
    known = [crf.features[name] for name in step if name in crf.features]
    return [sum(weights) for weights in zip(*known, strict=True)] or [0.0] * len(crf.labels)


def _forward(crf: Crf, states: Scores) -> Scores:
    rows = [states[0]]
    columns = list(zip(*crf.transitions, strict=True))
    for state in states[1:]:
        before = rows[-1]
        rows.append(
            [
                state[to] + _log_sum([a + w for a, w in zip(before, columns[to], strict=True)])
                for to in range(len(state))
            ]
        )
    return rows


def _backward(crf: Crf, states: Scores) -> Scores:
    rows = [[0.0] * len(crf.labels)]
    for state in reversed(states[1:]):
        after = [s + b for s, b in zip(state, rows[-1], strict=True)]
        rows.append(
            [
                _log_sum([w + a for w, a in zip(weights, after, strict=True)])
                for weights in crf.transitions
            ]
        )
    return rows[::-1]


def _log_sum(values: Sequence[float]) -> float:
    largest = max(values)
    return largest + math.log(sum(math.exp(value - largest) for value in values))
