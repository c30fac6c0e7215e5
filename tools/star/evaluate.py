"""What the STAR model gets right, one figure a line, with its baselines beside it.

On our own answers that were never trained on, and, where they lie beside the project, on real ones
(16 labelled answers: far too few to claim more than a direction).
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import mean

from rehearse.analysis.star.sections import builtin_crf
from rehearse.analysis.star.star import star
from rehearse.model.structure import STAR, Section
from rehearse.model.take import Kind, Word
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

CERTAIN = 1.96
"""Standard deviations: the interval printed holds the true ratio 95 times of 100."""
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("test", "validation"), default="test")
    parser.add_argument("--weakest", type=int, default=0, help="print so many answers with text")
    args = parser.parse_args()
    parts = split(read_answers())
    held_out = parts.test if args.part == "test" else parts.validation
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
    weakest([answer for answer in held_out if answer.is_story], args.weakest)


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
    ratio(f"{name}_false_alarms_on_complete", sum(alarms), len(alarms))
    others = [answer for answer in answers if not answer.is_story]
    taken = [_judged(answer, judge).missing is not None for answer in others]
    if taken:
        ratio(f"{name}_others_taken_for_stories", sum(taken), len(taken))


def line(name: str, value: float, count: int) -> None:
    print(f"{name} {value:.3f} ratio (n={count})")


def ratio(name: str, hits: int, count: int) -> None:
    """With Wilson's interval, which holds for few answers and for none of them."""
    low, high = wilson(hits, count)
    print(f"{name} {hits / max(1, count):.3f} ratio (n={count}) between {low:.3f} and {high:.3f}")


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Wilson 1927; between 0 and 1 where nothing was counted."""
    if not count:
        return 0.0, 1.0
    share, square = hits / count, CERTAIN**2 / count
    middle = (share + square / 2) / (1 + square)
    half = CERTAIN * math.sqrt(share * (1 - share) / count + square / count / 4) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)


def weakest(stories: Sequence[Answer], count: int) -> None:
    """The answers with the most clauses read wrongly: the label, what was read, the text."""
    for answer in sorted(stories, key=lambda answer: _accuracy(answer, by_model))[:count]:
        found = _judged(answer, by_model)
        gaps = "".join(sorted(found.missing or ()))
        print(f"\n{answer.id} {_accuracy(answer, by_model):.2f} missing: {gaps or 'none'}")
        for one, read in zip(answer.lines, _read(answer, by_model), strict=True):
            print(f"{one.label} {read} {one.text}")


def read_shared(path: Path) -> list[Answer]:
    """The real answers; "ST" is a sentence in which the source merges Situation and Task."""
    rows = [json.loads(row) for row in path.read_text("utf-8").splitlines() if row.strip()]
    return [
        Answer(
            row["id"],
            "story" if row["kind"] == "star" else row["kind"],
            frozenset(),
            tuple(Line(s["label"], s["text"]) for s in row["sentences"]),
        )
        for row in rows
    ]


def _as_is(answer: Answer) -> Answer:
    return answer


@cache
def _judged(answer: Answer, judge: Judge) -> Judged:
    words, _ = words_and_labels(answer)
    return judge(words)


def _read(answer: Answer, judge: Judge) -> list[str]:
    """For each line the label that most of its words got."""
    labels = _judged(answer, judge).labels
    read, first = [], 0
    for one in answer.lines:
        said = labels[first : first + len(one.text.split())]
        read.append(max(set(said), key=said.count))
        first += len(said)
    return read


def _accuracy(answer: Answer, judge: Judge) -> float:
    """Share of the answer's lines whose words are mostly labelled right; where the source merges
    Situation and Task, either is."""
    read = _read(answer, judge)
    return mean(label in one.label for one, label in zip(answer.lines, read, strict=True))


def _share_error(answer: Answer, judge: Judge) -> float:
    """Mean over the sections of how far their share of the words is off."""
    _, gold = words_and_labels(answer)
    labels = _judged(answer, judge).labels
    return mean(abs(gold.count(x) - labels.count(x)) / len(gold) for x in "STAR")


def _missing(name: str, label: str, stories: Sequence[Answer], judge: Judge) -> None:
    """Precision, recall and F1 of "this section is missing", over the answers as they are and
    each once more without the section."""
    with_it = [answer for answer in stories if answer.has(label)]
    never = [a for a in stories if not any(label in line.label for line in a.lines)]
    lacking = never + [without(a, label) for a in with_it]
    lacking = [answer for answer in lacking if answer.lines]
    hits = sum(_calls(answer, label, judge) for answer in lacking)
    alarms = sum(_calls(answer, label, judge) for answer in with_it)
    f1 = 2 * hits / (hits + alarms + len(lacking))
    section = next(section for section in STAR if section.value[0].upper() == label).value
    ratio(f"{name}_missing_{section}_precision", hits, hits + alarms)
    ratio(f"{name}_missing_{section}_recall", hits, len(lacking))
    line(f"{name}_missing_{section}_f1", f1, len(lacking) + len(with_it))


def _calls(answer: Answer, label: str, judge: Judge) -> bool:
    missing = _judged(answer, judge).missing
    return missing is not None and label in missing


if __name__ == "__main__":
    main()
