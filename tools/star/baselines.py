"""What the model has to beat: sections by place alone, and by cue phrases alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rehearse.analysis.star.cues import Cues, builtin_cues, hits
from rehearse.analysis.words.clauses import clauses
from rehearse.model.take import Word
from rehearse.text import bare

LAST_QUARTER = 0.75
STAR_LETTERS = {"situation": "S", "task": "T", "action": "A", "result": "R"}


def by_place(words: Sequence[Word]) -> list[str]:
    """The first sentence S, the second T, the last quarter R, the rest A: a label for each word."""
    runs = clauses(words)
    labels = [
        "S",
        "T",
        *("A" if i < LAST_QUARTER * len(runs) else "R" for i in range(2, len(runs))),
    ]
    return [label for run, label in zip(runs, labels, strict=False) for _ in run]


def by_cues(
    words: Sequence[Word], cues: Cues | None = None, letters: Mapping[str, str] = STAR_LETTERS
) -> list[str]:
    """A clause with a cue is of the cue's section, one without of the section before it."""
    cues = cues or builtin_cues()
    now = ""
    labels: list[str] = []
    for run in clauses(words):
        now = _next(now, [bare(words[i].text) for i in run], cues)
        labels += [letters.get(now, "O")] * len(run)
    return labels


def _next(now: str, words: Sequence[str], cues: Cues) -> str:
    found = hits([word for word in words if word], cues)
    hit = found[0] if found else None
    return hit.section if hit and (not hit.weak or now in cues.weak_after[hit.section]) else now
