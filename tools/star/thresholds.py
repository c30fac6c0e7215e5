"""What each threshold of "this section is missing" would bring, on the validation answers alone.

For each section and threshold: F1, and the share of complete answers that would be told wrongly.
"""

from __future__ import annotations

from dataclasses import dataclass

from rehearse.analysis.star.sections import builtin_crf, tell
from rehearse.model.structure import STAR, Section
from tools.star.answers import (
    Answer,
    read_answers,
    split,
    unpunctuated,
    without,
    words_and_labels,
)

TRIED = (0.2, 0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.92, 0.94, 0.96, 0.98)


@dataclass(frozen=True)
class Doubts:
    """Probabilities that the section is absent; 0 where it is told or hinted at, as in `star`."""

    lacking: list[float]
    having: list[float]


def main() -> None:
    stories = [answer for answer in split(read_answers()).validation if answer.is_story]
    told = [spell for answer in stories for spell in (answer, unpunctuated(answer))]
    for section in STAR:
        found = doubts(section, told)
        for limit in TRIED:
            hits = sum(value >= limit for value in found.lacking)
            alarms = sum(value >= limit for value in found.having)
            f1 = 2 * hits / (hits + alarms + len(found.lacking))
            share = alarms / len(found.having)
            print(f"{section.value} {limit:.2f} f1 {f1:.3f} false alarms {share:.3f}")


def doubts(section: Section, stories: list[Answer]) -> Doubts:
    label = section.value[0].upper()
    having = [answer for answer in stories if answer.has(label)]
    lacking = [answer for answer in stories if not answer.has(label)]
    lacking += [short for answer in having if (short := without(answer, label)).lines]
    return Doubts([_doubt(section, a) for a in lacking], [_doubt(section, a) for a in having])


def _doubt(section: Section, answer: Answer) -> float:
    words, _ = words_and_labels(answer)
    told = tell(words, builtin_crf())
    there = any(clause.section is section for clause in told.clauses)
    return 0.0 if there or section in told.hinted else told.absent[section]


if __name__ == "__main__":
    main()
