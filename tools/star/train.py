"""Train the STAR model on the labelled answers and write its weights: `make train-star`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pycrfsuite

from tools.star.answers import (
    LABELS,
    Answer,
    Sequence_,
    heard_instead,
    read_answers,
    sequence,
    split,
    variants,
)

WEIGHTS = Path(__file__).parents[2] / "rehearse" / "data" / "star_crf.json"
SEED = 7
L1, L2 = 0.3, 1.0
ITERATIONS = 90
NEVER = -30.0
"""Weight of a step that no answer can take, as from S to t."""
SIGNS = {"opens:task": ("T", 1.0), "opens:result": ("R", 1.0)}
"""Added to what was learned: our writers avoided the stock phrases, and people use them."""
OF_ONE_STYLE = 2
"""Variants taken of each answer of the first 919: without them our own answers are read worse, and
with all variants of what is no story, real stories are taken for none."""
LEAST_WEIGHT = 0.06
"""Smaller weights change no label and would double the file."""


def training_set(answers: Iterable[Answer]) -> list[Sequence_]:
    random = Random(SEED)
    return [sequence(one) for answer in answers for one in chosen(answer, random)]


def chosen(answer: Answer, random: Random) -> list[Answer]:
    """All variants of an answer by one of the many; of the others, which are of one style, few."""
    told = list(variants(answer, random))
    if answer.writer:
        return told
    random.shuffle(told)
    return told[:OF_ONE_STYLE]


def train(
    sequences: Sequence[Sequence_],
    *,
    labels: str = LABELS,
    signs: Mapping[str, tuple[str, float]] = SIGNS,
    l1: float = L1,
    l2: float = L2,
) -> str:
    """The weights as JSON. For each of `labels` there is a small letter, which goes on with what
    its capital began."""
    every = labels + labels.lower()
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": l1, "c2": l2, "max_iterations": ITERATIONS})
    for one in sequences:
        trainer.append(one.steps, one.labels)
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
    columns = {label: place for place, label in enumerate(every)}
    weights: dict[str, list[float]] = {}
    for (name, label), weight in info.state_features.items():
        if abs(weight) >= LEAST_WEIGHT:
            weights.setdefault(name, [0] * len(every))[columns[label]] = round(weight, 2)
    for name, (label, extra) in signs.items():
        row = weights.setdefault(name, [0] * len(every))
        row[columns[label]] += extra
        row[columns[label.lower()]] += extra
    transitions = [
        [round(info.transitions.get((before, to), _unseen(before, to)), 3) for to in every]
        for before in every
    ]
    value = {
        "labels": list(every),
        "transitions": transitions,
        "features": dict(sorted(weights.items())),
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _unseen(before: str, to: str) -> float:
    """Going on is only possible within a section, beginning only after another one."""
    return 0.0 if to.islower() == (before.upper() == to.upper()) else NEVER


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--l2", type=float, default=L2)
    parser.add_argument("--heard", action="store_true", help="with the answers that were heard")
    args = parser.parse_args()
    answers = split(read_answers()).train
    if args.heard:
        answers = heard_instead(answers)
    sequences = training_set(answers)
    args.out.write_text(train(sequences, l2=args.l2), encoding="utf-8")
    print(f"star_training {len(answers)} answers (n={len(sequences)} variants)")


if __name__ == "__main__":
    main()
