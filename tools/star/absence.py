"""Fit how likely it is that a section is missing, on answers that the CRF was not trained on.

One logistic regression a section on the signs of `rehearse.analysis.star.absence`, on the
validation answers, each as it is and once more without each of its sections.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from rehearse.analysis.star.absence import signs
from rehearse.analysis.star.crf import Crf
from rehearse.analysis.star.sections import Told, builtin_crf, tell
from rehearse.model.structure import STAR, Section
from tools.star.answers import (
    Answer,
    read_answers,
    skipped,
    split,
    unpunctuated,
    without,
    words_and_labels,
)

WEIGHTS = Path(__file__).parents[2] / "rehearse" / "data" / "star_absence.json"
L2 = 1.0
ROUNDS = 50
"""Of Newton's method, which needs fewer."""


def main() -> None:
    stories = [answer for answer in split(read_answers()).validation if answer.is_story]
    told = [(answer, told_of(answer, builtin_crf())) for answer in edited(stories)]
    weights = {section.value: fitted(section, told) for section in STAR}
    WEIGHTS.write_text(json.dumps(weights) + "\n", encoding="utf-8")
    print(f"star_absence {len(stories)} answers (n={len(told)} variants)")


def edited(stories: Sequence[Answer]) -> Iterator[Answer]:
    """With marks and without; as they are, and without each of their sections."""
    for answer in stories:
        for one in (answer, *(without(answer, label) for label in "STAR" if answer.has(label))):
            if one.lines:
                yield one
                yield unpunctuated(one)


def told_of(answer: Answer, crf: Crf) -> Told:
    words, _ = words_and_labels(answer)
    return tell(words, crf, fillers=skipped(words))


def lacks(answer: Answer, section: Section) -> bool:
    """Whether no line is of it; "ST" is of both."""
    return not any(section.value[0].upper() in line.label for line in answer.lines)


def fitted(section: Section, told: Sequence[tuple[Answer, Told]]) -> list[float]:
    """The weights of its signs, and of nothing."""
    x = np.array([(*signs(one)[section], 1.0) for _, one in told])
    y = np.array([lacks(answer, section) for answer, _ in told], float)
    punished = L2 * np.diag([1.0] * (x.shape[1] - 1) + [0.0])
    weights = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - p) - punished @ weights
        weights += np.linalg.solve((x.T * (p * (1 - p))) @ x + punished, slope)
    return [round(float(weight), 4) for weight in weights]


if __name__ == "__main__":
    main()
