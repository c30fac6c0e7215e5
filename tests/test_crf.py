"""The chain against brute force: every possible sequence of labels, weighed one by one."""

from __future__ import annotations

import json
import math
from itertools import pairwise, product
from random import Random

import pytest

from rehearse.analysis.star.crf import Crf, absences, marginals, parse_crf


def some_crf(random: Random) -> Crf:
    labels = ["S", "A", "R"]
    value = {
        "labels": labels,
        "transitions": [[random.uniform(-2, 2) for _ in labels] for _ in labels],
        "features": {name: [random.uniform(-2, 2) for _ in labels] for name in "abcde"},
    }
    return parse_crf(json.dumps(value))


def some_steps(random: Random) -> list[list[str]]:
    return [random.sample("abcdefg", k=random.randint(0, 4)) for _ in range(random.randint(1, 5))]


def weight(crf: Crf, steps: list[list[str]], path: tuple[int, ...]) -> float:
    states = sum(
        crf.features[name][label]
        for step, label in zip(steps, path, strict=True)
        for name in step
        if name in crf.features
    )
    return states + sum(crf.transitions[a][b] for a, b in pairwise(path))


@pytest.mark.parametrize("seed", range(20))
def test_marginals_and_absences_are_sums_over_all_sequences(seed: int) -> None:
    random = Random(seed)
    crf, steps = some_crf(random), some_steps(random)
    weights = {path: weight(crf, steps, path) for path in product(range(3), repeat=len(steps))}
    whole = sum(math.exp(value) for value in weights.values())
    for place, row in enumerate(marginals(crf, steps)):
        for label, probability in enumerate(row):
            those = (math.exp(value) for path, value in weights.items() if path[place] == label)
            assert probability == pytest.approx(sum(those) / whole)
    for label, probability in enumerate(absences(crf, steps)):
        those = (math.exp(value) for path, value in weights.items() if label not in path)
        assert probability == pytest.approx(sum(those) / whole)


def test_nothing_has_no_labels() -> None:
    crf = some_crf(Random(1))
    assert marginals(crf, []) == []
    assert absences(crf, []) == [1.0, 1.0, 1.0]


def test_a_very_long_answer_does_not_overflow() -> None:
    crf = some_crf(Random(2))
    rows = marginals(crf, [["a", "b"]] * 5000)
    assert all(sum(row) == pytest.approx(1) for row in rows[::500])


def test_a_small_letter_goes_on_with_its_capital() -> None:
    crf = Crf(("S", "A", "s", "a"), {"x": [1.0, 0.0, 2.0, 0.5]}, ((0.0,) * 4,) * 4)
    plain = sum(math.exp(weight) for weight in (1.0, 2.0))
    other = sum(math.exp(weight) for weight in (0.0, 0.5))
    ((situation, action),) = marginals(crf, [["x"]])
    assert crf.names == ("S", "A")
    assert situation == pytest.approx(plain / (plain + other))
    assert absences(crf, [["x"]]) == pytest.approx([action, situation])
