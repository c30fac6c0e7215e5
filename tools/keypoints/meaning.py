"""Points of whole answers that were said in other words: what is found by words alone, and with
the model of meaning. Settings were chosen on our own answers and on half of the shared ones; the
other half was kept apart; it was looked at once before the last choice, of `NEAR`."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from rehearse.analysis.keypoints.keypoints import key_points
from rehearse.analysis.rules import table
from rehearse.model.take import Word
from rehearse.ports import Meaning
from rehearse.speech import models
from rehearse.speech.meaning import SentenceModel

OWN = Path(__file__).with_name("answers.toml")
SHARED = Path("../shared/meaning/dev.jsonl")
NUMBER = "C"
"""How the shared answers mark a point that was said with another number."""


@dataclass(frozen=True)
class Case:
    said: str
    covered: tuple[str, ...]
    absent: tuple[str, ...]
    changed: frozenset[str] = frozenset()
    """Those of `absent` that were said with another number."""

    @property
    def words(self) -> list[Word]:
        return [Word(token) for token in self.said.split()]

    @property
    def notes(self) -> str:
        return "\n".join(f"- {point}" for point in (*self.covered, *self.absent))


def main() -> None:
    files = models.reads_meaning()
    readers: dict[str, Meaning | None] = {"words": None}
    if files:
        readers["meaning"] = SentenceModel(files)
    else:
        print("keypoints_meaning skipped: rehearse models get meaning")
    shared = tuple(_shared())
    half = len(shared) // 2
    for name, cases in (("own", _own()), ("seen", shared[:half]), ("kept", shared[half:])):
        for reader, meaning in readers.items():
            if cases:
                _print(f"keypoints_{name}_{reader}", cases, meaning)
    if files and shared:
        _print_time(SentenceModel(files), max(shared, key=lambda case: len(case.said)))


def _own() -> tuple[Case, ...]:
    rules = table(OWN.read_text("utf-8"))["case"]
    return tuple(Case(r["said"], tuple(r["covered"]), tuple(r["absent"])) for r in rules)


def _shared() -> Iterator[Case]:
    """In the order of a hash; none where they are not on this machine."""
    lines = SHARED.read_text("utf-8").splitlines() if SHARED.exists() else []
    found = [json.loads(line) for line in lines]
    for one in sorted(found, key=lambda one: sha256(one["id"].encode()).hexdigest()):
        points = list(zip(one["notes"], one["said"], one["kind"], strict=True))
        yield Case(
            one["answer"],
            tuple(text for text, said, _ in points if said),
            tuple(text for text, said, _ in points if not said),
            frozenset(text for text, _, kind in points if kind == NUMBER),
        )


def _print(name: str, cases: Sequence[Case], meaning: Meaning | None) -> None:
    hits = alarms = differs = rightly = 0
    for case in cases:
        found = key_points(case.words, case.notes, meaning)
        if found:
            said = {point.text for point in (*found.covered, *found.close)}
            hits += len(said & set(case.covered))
            alarms += len(said & set(case.absent))
            differs += len(found.differs)
            rightly += sum(point.text in case.changed for point in found.differs)
    covered = sum(len(case.covered) for case in cases)
    called, changed = hits + alarms, sum(len(case.changed) for case in cases)
    print(f"{name}_precision {hits / called if called else 0:.3f} ratio (n={called})")
    print(f"{name}_recall {hits / covered:.3f} ratio (n={covered})")
    if meaning and changed:
        print(f"{name}_differs_precision {rightly / max(1, differs):.3f} ratio (n={differs})")
        print(f"{name}_differs_recall {rightly / changed:.3f} ratio (n={changed})")


def _print_time(model: SentenceModel, case: Case) -> None:
    """With the model loaded, and nothing known of the answer yet; in the time of the processor."""
    model.vectors(["loaded"])
    began = time.process_time()
    key_points(case.words, case.notes, model)
    spent = 1000 * (time.process_time() - began)
    print(f"keypoints_meaning_time {spent:.0f} ms (n={len(case.words)} words)")
