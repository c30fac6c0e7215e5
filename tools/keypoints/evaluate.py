"""Which points of notes are rightly called said, one figure a line, with the first cut by words
alone beside it. The cases are ours; half of them were kept apart while the rules were made."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rehearse.analysis.keypoints.alike import builtin_spelling
from rehearse.analysis.keypoints.keypoints import key_points
from rehearse.analysis.keypoints.points import points
from rehearse.analysis.keypoints.speech import Speech
from rehearse.analysis.keypoints.tokens import pieces
from rehearse.analysis.rules import table
from rehearse.model.structure import KeyPoints
from rehearse.model.take import Word
from tools.keypoints import meaning
from tools.keypoints.by_words import by_words
from tools.star.answers import read_answers

CASES = Path(__file__).with_name("cases.toml")

Judge = Callable[[Sequence[Word], str], "KeyPoints | None"]
JUDGES: dict[str, Judge] = {"rules": key_points, "word_baseline": by_words}


@dataclass(frozen=True)
class Case:
    said: str
    covered: tuple[str, ...]
    missed: tuple[str, ...]
    held_out: bool

    @property
    def notes(self) -> str:
        return "\n".join(f"- {point}" for point in (*self.covered, *self.missed))


@dataclass(frozen=True)
class Counts:
    hits: int
    alarms: int
    """Points called said that were not."""
    overlooked: int
    rightly_missed: int


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--wrong", action="store_true", help="print what is judged wrongly")
    wanted = options.parse_args()
    cases = read_cases()
    for name, held_out in (("held_out", True), ("tuning", False)):
        chosen = [case for case in cases if case.held_out is held_out]
        for judge_name, judge in JUDGES.items():
            _print(f"keypoints_{name}_{judge_name}", count(chosen, judge))
    _print_names()
    meaning.main()
    if wanted.wrong:
        _print_wrong(cases)


def read_cases() -> tuple[Case, ...]:
    rules = table(CASES.read_text("utf-8"))["case"]
    return tuple(
        Case(
            rule["said"],
            tuple(rule["covered"]),
            tuple(rule["missed"]),
            rule.get("held_out", False),
        )
        for rule in rules
    )


def called_said(case: Case, judge: Judge) -> frozenset[str]:
    found = judge([Word(token) for token in case.said.split()], case.notes)
    return frozenset(point.text for point in found.covered) if found else frozenset()


def count(cases: Sequence[Case], judge: Judge) -> Counts:
    pairs = [(case, called_said(case, judge)) for case in cases]
    hits = sum(point in said for case, said in pairs for point in case.covered)
    alarms = sum(point in said for case, said in pairs for point in case.missed)
    covered = sum(len(case.covered) for case in cases)
    missed = sum(len(case.missed) for case in cases)
    return Counts(hits, alarms, covered - hits, missed - alarms)


def _print(name: str, counts: Counts) -> None:
    called, covered = counts.hits + counts.alarms, counts.hits + counts.overlooked
    everything = covered + counts.alarms + counts.rightly_missed
    print(f"{name}_precision {counts.hits / called if called else 0:.3f} ratio (n={called})")
    print(f"{name}_recall {counts.hits / covered:.3f} ratio (n={covered})")
    right = counts.hits + counts.rightly_missed
    print(f"{name}_accuracy {right / everything:.3f} ratio (n={everything})")


def _print_names() -> None:
    """How often a name is heard in an answer that does not have it."""
    spelling = builtin_spelling()
    names: list[str] = table(CASES.read_text("utf-8"))["names"]
    heard = absent = 0
    for answer in read_answers():
        words = [Word(token) for line in answer.lines for token in line.text.split()]
        plain = "".join(piece.text for piece in pieces([word.text for word in words]))
        speech = Speech(words, spelling)
        for name in names:
            if name.lower() not in plain:
                (point,) = points(f"- it was {name}", spelling)
                absent += 1
                heard += speech.says(point) is not None
    print(f"keypoints_names_heard_where_absent {heard / absent:.5f} ratio (n={absent})")


def _print_wrong(cases: Sequence[Case]) -> None:
    for case in cases:
        if case.held_out:
            continue
        said = called_said(case, key_points)
        for point in case.covered:
            if point not in said:
                print(f"OVERLOOKED {point!r} in {case.said!r}")
        for point in case.missed:
            if point in said:
                print(f"NOT SAID {point!r} in {case.said!r}")


if __name__ == "__main__":
    main()
