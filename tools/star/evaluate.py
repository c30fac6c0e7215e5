"""What the STAR model gets right, one figure a line, with its baselines beside it.

Real people and our own answers apart. Real ones, where they lie beside the project: sixty answers
of twelve people, on which limits were chosen, and sixteen that were only looked at. Our own: those
that were never trained on. The interval is of as many writers, drawn anew.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from random import Random
from statistics import mean

from rehearse.analysis.star.habit import Habit, habit
from rehearse.analysis.star.sections import SECTION_OF, builtin_crf
from rehearse.analysis.star.star import EVERYBODY, star
from rehearse.model.structure import STAR, Section
from rehearse.model.take import Kind, Labelled, Word
from tools.star.answers import (
    Answer,
    Line,
    read_answers,
    result_first,
    skipped,
    split,
    unpunctuated,
    without,
    words_and_labels,
)
from tools.star.baselines import by_cues, by_shares

CORRECTED = 2
"""Answers; most of the real writers have three."""
DRAWN = 3
"""Times that those are drawn."""
DRAWS = 1000
"""Times that the writers are drawn anew; the interval printed holds 95 of 100 such draws."""
REASONS = ("motivation", "opinion")
SEED = 7
SHARED = Path(__file__).parents[3] / "shared" / "star"


@dataclass(frozen=True)
class Judged:
    """One label a word, and the sections called missing; None where STAR does not apply."""

    labels: list[str]
    missing: frozenset[str] | None


Judge = Callable[[Sequence[Word]], Judged]


def by_model(words: Sequence[Word], own: Habit = EVERYBODY) -> Judged:
    """As the program does it, for a question that asks for a story."""
    found = star(words, builtin_crf(), kind=Kind.BEHAVIOURAL, fillers=skipped(words), habit=own)
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
    "shares_baseline": plain(by_shares),
    "cue_baseline": plain(by_cues),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("test", "validation"), default="test")
    parser.add_argument("--weakest", type=int, default=0, help="print so many answers with text")
    args = parser.parse_args()
    for file in ("public_dev_spoken", "public_dev", "visible_spoken", "visible"):
        path = SHARED / f"{file}.jsonl"
        if not path.exists():
            print(f"star_real_{file}: ../shared/star is not there, left out")
            continue
        real = read_shared(path)
        for name, judge in JUDGES.items():
            figures(f"star_real_{file}_{name}", real, judge)
        for count in (0, CORRECTED):
            line(f"star_real_{file}_accuracy_with_{count}_corrected", corrected(real, count))
        stories = [answer for answer in real if answer.is_story]
        line(f"star_real_{file}_pointed_out_where_why_is_asked", pointed_out(stories))
    parts = split(read_answers())
    held_out = parts.test if args.part == "test" else parts.validation
    for name, judge in JUDGES.items():
        for way, spell in (("punctuated", _as_is), ("unpunctuated", unpunctuated)):
            figures(f"star_own_{name}_{way}", [spell(answer) for answer in held_out], judge)
    reasons = [one for one in parts.validation + parts.test if one.kind in REASONS]
    for way, spell in (("punctuated", _as_is), ("unpunctuated", unpunctuated)):
        line(f"star_own_reasons_{way}_called_stories", pointed_out([*map(spell, reasons)]))
    weakest([answer for answer in held_out if answer.is_story], args.weakest)


def figures(name: str, answers: Sequence[Answer], judge: Judge) -> None:
    """The worst error first: a complete story of which something is said to be missing."""
    stories = [answer for answer in answers if answer.is_story]
    complete = [a for a in stories if all(map(a.has, "STAR"))]
    alarms = [(a, float(bool(_judged(a, judge).missing))) for a in complete]
    line(f"{name}_false_alarms_on_complete", alarms)
    line(f"{name}_stories_refused", [(a, float(_refused(a, judge))) for a in stories])
    line(f"{name}_accuracy", [(a, _accuracy(a, judge)) for a in stories])
    first = [result_first(answer) for answer in complete if answer.lines[0].label != "R"]
    line(f"{name}_result_first_accuracy", [(a, _accuracy(a, judge)) for a in first])
    line(f"{name}_share_error", [(a, _share_error(a, judge)) for a in complete])
    for label in "STAR":
        _missing(name, label, stories, judge)
    others = [answer for answer in answers if not answer.is_story]
    if others:
        taken = [(a, float(not _refused(a, judge))) for a in others]
        line(f"{name}_others_taken_for_stories", taken)


def corrected(answers: Sequence[Answer], count: int) -> list[tuple[Answer, float]]:
    """How well an answer is read when its writer has corrected so many of their others; of writers
    who have them."""
    found = []
    for answer in answers:
        others = [o for o in answers if o.writer == answer.writer and o is not answer]
        if answer.writer and answer.is_story and len(others) >= CORRECTED:
            random = Random(SEED)
            samples = [random.sample(others, count) for _ in range(DRAWN)]
            judges = [partial(by_model, own=habit([*map(_labels, one)])) for one in samples]
            found.append((answer, mean(_accuracy(answer, judge) for judge in judges)))
    return found


def pointed_out(answers: Sequence[Answer]) -> list[tuple[Answer, float]]:
    """Which are said to be stories where the question asks for a reason."""
    found = []
    for answer in answers:
        words, _ = words_and_labels(answer)
        told = star(words, builtin_crf(), kind=Kind.MOTIVATION, fillers=skipped(words))
        found.append((answer, float(told.unasked)))
    return found


def _labels(answer: Answer) -> list[Labelled]:
    _, labels = words_and_labels(answer)
    return [Labelled(SECTION_OF[label[-1]], i, i) for i, label in enumerate(labels)]


def line(name: str, values: Sequence[tuple[Answer, float]]) -> None:
    """The mean, and between which figures it lies when other writers had been asked."""
    if not values:
        return
    by_writer: dict[str, list[float]] = {}
    for answer, value in values:
        by_writer.setdefault(answer.writer or answer.id, []).append(value)
    low, high = drawn(list(by_writer.values()))
    whole = mean(value for _, value in values)
    print(f"{name} {whole:.3f} ratio (n={len(values)}) between {low:.3f} and {high:.3f}")


def drawn(groups: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Between what the mean lies in 95 of 100 draws of as many groups, each put back."""
    random = Random(SEED)
    means = []
    for _ in range(DRAWS):
        chosen = random.choices(groups, k=len(groups))
        means.append(sum(map(sum, chosen)) / sum(map(len, chosen)))
    means.sort()
    return means[DRAWS // 40], means[-DRAWS // 40]


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
            row.get("writer", ""),
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
        read.append(Counter(said).most_common(1)[0][0])
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
    each once more without one of its sections."""
    asked = [*stories, *(without(a, x) for a in stories for x in "STAR" if a.has(x))]
    asked = [answer for answer in asked if answer.lines]
    lacking = [a for a in asked if not any(label in line.label for line in a.lines)]
    hits = sum(_calls(answer, label, judge) for answer in lacking)
    calls = sum(_calls(answer, label, judge) for answer in asked)
    section = next(section for section in STAR if section.value[0].upper() == label).value
    precision, recall = hits / max(1, calls), hits / max(1, len(lacking))
    f1 = 2 * hits / max(1, calls + len(lacking))
    print(f"{name}_missing_{section}_precision {precision:.3f} ratio (n={calls})")
    print(f"{name}_missing_{section}_recall {recall:.3f} ratio (n={len(lacking)})")
    print(f"{name}_missing_{section}_f1 {f1:.3f} ratio (n={len(asked)})")


def _refused(answer: Answer, judge: Judge) -> bool:
    return _judged(answer, judge).missing is None


def _calls(answer: Answer, label: str, judge: Judge) -> bool:
    missing = _judged(answer, judge).missing
    return missing is not None and label in missing


if __name__ == "__main__":
    main()
