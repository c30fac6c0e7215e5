"""What the STAR model gets right, one figure a line, with its baselines beside it.

On our own answers that were never trained on, and, where they lie beside the project, on real ones
(16 labelled answers: far too few to claim more than a direction).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from rehearse.analysis.sections import builtin_crf
from rehearse.analysis.star import star
from rehearse.model import STAR, Kind, Section, Word
from tools.star.answers import (
    Answer,
    Line,
    read_answers,
    result_first,
    split,
    unpunctuated,
    without,
    words_and_labels,
)
from tools.star.baselines import by_cues, by_place

SHARED = Path(__file__).parents[3] / "shared" / "star"


@dataclass(frozen=True)
class Judged:
    """One label a word, and the sections called missing; None where STAR does not apply."""

    labels: list[str]
    missing: frozenset[str] | None


Judge = Callable[[Sequence[Word]], Judged]


def by_model(words: Sequence[Word]) -> Judged:
    """As the program does it, for a question that asks for a story."""
    found = star(words, builtin_crf(), kind=Kind.BEHAVIOURAL)
    labels = ["O"] * len(words)
    for part in found.segments:
        label = "O" if part.section is Section.NONE else part.section.value[0].upper()
        labels[part.first_word : part.last_word + 1] = [label] * (
            part.last_word - part.first_word + 1
        )
    missing = frozenset(section.value[0].upper() for section in found.missing)
    return Judged(labels, missing if found.applies else None)


def plain(label: Callable[[Sequence[Word]], list[str]]) -> Judge:
    """A baseline calls missing what it labelled nowhere."""

    def judge(words: Sequence[Word]) -> Judged:
        labels = label(words)
        return Judged(labels, frozenset("STAR") - set(labels))

    return judge


JUDGES: dict[str, Judge] = {
    "model": by_model,
    "place_baseline": plain(by_place),
    "cue_baseline": plain(by_cues),
}


def main() -> None:
    _, held_out = split(read_answers())
    for name, judge in JUDGES.items():
        for way, spell in (("punctuated", _as_is), ("unpunctuated", unpunctuated)):
            figures(f"star_{name}_{way}", [spell(answer) for answer in held_out], judge)
    for file in ("visible", "visible_spoken"):
        path = SHARED / f"{file}.jsonl"
        if not path.exists():
            print(f"star_real_{file}: ../shared/star is not there, left out")
            continue
        for name, judge in JUDGES.items():
            figures(f"star_real_{file}_{name}", read_shared(path), judge)


def figures(name: str, answers: Sequence[Answer], judge: Judge) -> None:
    stories = [answer for answer in answers if answer.is_story]
    complete = [a for a in stories if all(map(a.has, "STAR"))]
    accuracies = [_accuracy(answer, judge) for answer in stories]
    line(f"{name}_accuracy", mean(accuracies), len(stories))
    first = [result_first(answer) for answer in complete if answer.lines[0].label != "R"]
    line(f"{name}_result_first_accuracy", mean(_accuracy(a, judge) for a in first), len(first))
    line(f"{name}_share_error", mean(_share_error(a, judge) for a in complete), len(complete))
    for label in "STAR":
        _missing(name, label, stories, judge)
    alarms = [bool(_judged(answer, judge).missing) for answer in complete]
    line(f"{name}_false_alarms_on_complete", mean(alarms), len(complete))
    others = [answer for answer in answers if not answer.is_story]
    taken = [_judged(answer, judge).missing is not None for answer in others]
    if taken:
        line(f"{name}_others_taken_for_stories", mean(taken), len(taken))


def line(name: str, value: float, count: int) -> None:
    print(f"{name} {value:.3f} ratio (n={count})")


def read_shared(path: Path) -> list[Answer]:
    """The real answers; a sentence that its source calls Situation and Task is S here."""
    rows = [json.loads(row) for row in path.read_text("utf-8").splitlines() if row.strip()]
    return [
        Answer(
            row["id"],
            "story" if row["kind"] == "star" else row["kind"],
            frozenset(),
            tuple(Line(s["label"][0], s["text"]) for s in row["sentences"]),
        )
        for row in rows
    ]


def _as_is(answer: Answer) -> Answer:
    return answer


def _judged(answer: Answer, judge: Judge) -> Judged:
    words, _ = words_and_labels(answer)
    return judge(words)


def _accuracy(answer: Answer, judge: Judge) -> float:
    """Share of the answer's clauses whose words are mostly labelled right."""
    labels = _judged(answer, judge).labels
    right, first = 0, 0
    for clause in answer.lines:
        count = len(clause.text.split())
        said = labels[first : first + count]
        right += max(set(said), key=said.count) == clause.label
        first += count
    return right / len(answer.lines)


def _share_error(answer: Answer, judge: Judge) -> float:
    """Mean over the sections of how far their share of the words is off."""
    _, gold = words_and_labels(answer)
    labels = _judged(answer, judge).labels
    return mean(abs(gold.count(x) - labels.count(x)) / len(gold) for x in "STAR")


def _missing(name: str, label: str, stories: Sequence[Answer], judge: Judge) -> None:
    """Precision, recall and F1 of "this section is missing", over the answers as they are and
    each once more without the section."""
    with_it = [answer for answer in stories if answer.has(label)]
    lacking = [a for a in stories if not a.has(label)] + [without(a, label) for a in with_it]
    lacking = [answer for answer in lacking if answer.lines]
    hits = sum(_calls(answer, label, judge) for answer in lacking)
    alarms = sum(_calls(answer, label, judge) for answer in with_it)
    precision = hits / (hits + alarms) if hits + alarms else 0.0
    recall = hits / len(lacking)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    section = next(section for section in STAR if section.value[0].upper() == label).value
    line(f"{name}_missing_{section}_precision", precision, hits + alarms)
    line(f"{name}_missing_{section}_recall", recall, len(lacking))
    line(f"{name}_missing_{section}_f1", f1, len(lacking) + len(with_it))


def _calls(answer: Answer, label: str, judge: Judge) -> bool:
    missing = _judged(answer, judge).missing
    return missing is not None and label in missing


if __name__ == "__main__":
    main()
