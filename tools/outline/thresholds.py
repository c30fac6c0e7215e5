"""How sure the models must be to call a part missing: figures to choose PARTS' thresholds from.

Four-fold cross-validation over the training answers alone, so that the held-out ones stay unseen.
One line for each part and threshold.
"""

from __future__ import annotations

from collections.abc import Iterator

from rehearse.analysis.star.crf import Crf, absences, parse_crf
from rehearse.analysis.star.cues import Cues, builtin_cues
from rehearse.analysis.star.outline import PARTS, Part, hinted
from rehearse.analysis.words.clauses import clauses
from rehearse.model.take import Kind
from tools.outline.answers import LABELS, of_kind, training_set
from tools.star.answers import (
    Answer,
    bare_clauses,
    sequence,
    split,
    unpunctuated,
    without,
    words_and_labels,
)
from tools.star.train import train

FOLDS = 4
THRESHOLDS = (0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


def main() -> None:
    for kind in PARTS:
        seen = list(scores(kind))
        for part in PARTS[kind]:
            own = [(there, absent) for code, there, absent in seen if code == part.code]
            with_it = [absent for there, absent in own if there]
            lacking = [absent for there, absent in own if not there]
            for threshold in THRESHOLDS:
                alarms = sum(absent >= threshold for absent in with_it) / len(with_it)
                found = sum(absent >= threshold for absent in lacking) / len(lacking)
                name = f"{kind.value}_{part.code}_at_{threshold:.2f}"
                print(f"{name}_false_alarms {alarms:.3f} ratio (n={len(with_it)})")
                print(f"{name}_found {found:.3f} ratio (n={len(lacking)})")


def scores(kind: Kind) -> Iterator[tuple[str, bool, float]]:
    """A part's code, whether it was told, and how sure the model is that it was not."""
    cues = builtin_cues(f"{kind.value}_cues.toml")
    answers = split(of_kind(kind)).train
    for fold in range(FOLDS):
        kept = [answer for i, answer in enumerate(answers) if i % FOLDS != fold]
        weights = train(training_set(kept, kind), labels=LABELS[kind], signs={})
        crf = parse_crf(weights)
        for answer in answers[fold::FOLDS]:
            for part in PARTS[kind]:
                yield from _of(answer, part, crf, cues)


def _of(answer: Answer, part: Part, crf: Crf, cues: Cues) -> Iterator[tuple[str, bool, float]]:
    for one in (answer, without(answer, part.letter)):
        for said in (one, unpunctuated(one)):
            if said.lines:
                steps = sequence(said, cues).steps
                words, _ = words_and_labels(said)
                told = hinted(bare_clauses(words, clauses(words)), cues)
                absent = absences(crf, steps)[crf.names.index(part.letter)]
                yield part.code, said.has(part.letter), 0.0 if part.code in told else absent


if __name__ == "__main__":
    main()
