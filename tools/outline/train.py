"""Train the outline models on the labelled answers, write their weights: `make train-outline`."""

from __future__ import annotations

import argparse
from pathlib import Path

from rehearse.analysis.star.outline import PARTS
from tools.outline.answers import LABELS, of_kind, training_set
from tools.star.answers import split
from tools.star.train import train

FOLDER = Path(__file__).parents[2] / "rehearse" / "data"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER, help="the folder for the weights")
    args = parser.parse_args()
    for kind in PARTS:
        answers = split(of_kind(kind)).train
        sequences = training_set(answers, kind)
        weights = train(sequences, labels=LABELS[kind], signs={})
        (args.out / f"{kind.value}_crf.json").write_text(weights, encoding="utf-8")
        print(f"{kind.value}_training {len(answers)} answers (n={len(sequences)} variants)")


if __name__ == "__main__":
    main()
