"""What the outline models get right, one figure a line, with a cue baseline beside them.

On our own answers that were never trained on: a fifth of the first ones, and a third of those that
were written as many different people ("voices"), by voice. The interval is of as many, drawn anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rehearse.analysis.star.crf import Crf
from rehearse.analysis.star.cues import Cues, builtin_cues
from rehearse.analysis.star.outline import PARTS, outline
from rehearse.model.take import Kind, Word
from tools.outline.answers import LETTERS, moved, of_kind
from tools.star.answers import (
    Answer,
    skipped,
    split,
    unpunctuated,
    without,
    words_and_labels,
)
from tools.star.baselines import by_cues
from tools.star.evaluate import line


@dataclass(frozen=True)
class Judged:
    """One label a word, and the letters of the parts called missing."""

    labels: list[str]
    missing: frozenset[str]


Judge = Callable[[Sequence[Word]], Judged]


def by_model(kind: Kind, model: tuple[Crf, Cues] | None = None) -> Judge:
    """As the program does it."""
    letter = {part.code: part.letter for part in PARTS[kind]}

    def judge(words: Sequence[Word]) -> Judged:
        found = outline(words, kind, fillers=skipped(words), model=model)
        if found is None:
            return Judged(["O"] * len(words), frozenset())
        labels = [
            letter[one.part] if one.part else "O"
            for one in found.segments
            for _ in range(one.first_word, one.last_word + 1)
        ]
        return Judged(labels, frozenset(letter[code] for code in found.missing))

    return judge


def by_cue_phrases(kind: Kind) -> Judge:
    """A baseline; it calls missing what it labelled nowhere."""
    cues = builtin_cues(f"{kind.value}_cues.toml")
    letter = {part.code: part.letter for part in PARTS[kind]}

    def judge(words: Sequence[Word]) -> Judged:
        labels = by_cues(words, cues, letter)
        return Judged(labels, frozenset(LETTERS[kind]) - set(labels))

    return judge


def main() -> None:
    for kind in PARTS:
        parts = split(of_kind(kind))
        judges = {"model": by_model(kind), "cue_baseline": by_cue_phrases(kind)}
        for group, voices in (("own", False), ("voices", True)):
            held_out = [a for a in parts.validation + parts.test if bool(a.writer) is voices]
            for name, judge in judges.items():
                for way, spell in (("punctuated", as_is), ("unpunctuated", unpunctuated)):
                    answers = [spell(answer) for answer in held_out]
                    figures(f"{kind.value}_{group}_{name}_{way}", kind, answers, judge)


def figures(name: str, kind: Kind, answers: Sequence[Answer], judge: Judge) -> None:
    """Clauses right, mean of the answers; precision, recall and F1 of "this part is missing";
    answers that are told so of a part that they have."""
    letters = LETTERS[kind]
    line(f"{name}_accuracy", [(a, accuracy(a, judge)) for a in answers])
    last = [moved(answer, _last(answer, letters)) for answer in answers]
    line(f"{name}_last_first_accuracy", [(a, accuracy(a, judge)) for a in last])
    for part in PARTS[kind]:
        _missing(f"{name}_missing_{part.code}", part.letter, answers, judge)
    alarms = [(a, float(any(map(a.has, judged(a, judge).missing)))) for a in answers]
    line(f"{name}_false_alarms", alarms)
    complete = [(a, alarm) for a, alarm in alarms if all(map(a.has, letters))]
    line(f"{name}_false_alarms_on_complete", complete)


def as_is(answer: Answer) -> Answer:
    return answer


def judged(answer: Answer, judge: Judge) -> Judged:
    words, _ = words_and_labels(answer)
    return judge(words)


def accuracy(answer: Answer, judge: Judge) -> float:
    """Share of the answer's clauses that have most of their words labelled right."""
    labels = judged(answer, judge).labels
    count, first = 0, 0
    for clause in answer.lines:
        said = labels[first : first + len(clause.text.split())]
        count += max(sorted(set(said)), key=said.count) == clause.label
        first += len(said)
    return count / len(answer.lines)


def _last(answer: Answer, letters: str) -> str:
    return next(one.label for one in reversed(answer.lines) if one.label in letters)


def _missing(name: str, letter: str, answers: Sequence[Answer], judge: Judge) -> None:
    """Over the answers as they are and each once more without the part."""
    with_it = [answer for answer in answers if answer.has(letter)]
    lacking = [a for a in answers if not a.has(letter)] + [without(a, letter) for a in with_it]
    lacking = [answer for answer in lacking if answer.lines]
    hits = sum(letter in judged(answer, judge).missing for answer in lacking)
    alarms = sum(letter in judged(answer, judge).missing for answer in with_it)
    precision = hits / (hits + alarms) if hits + alarms else 0.0
    recall = hits / len(lacking)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    print(f"{name}_precision {precision:.3f} ratio (n={hits + alarms})")
    print(f"{name}_recall {recall:.3f} ratio (n={len(lacking)})")
    print(f"{name}_f1 {f1:.3f} ratio (n={len(lacking) + len(with_it)})")


if __name__ == "__main__":
    main()
