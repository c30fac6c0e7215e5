"""What the model has to beat: sections by usual shares alone, and by cue phrases alone."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate

from rehearse.analysis.star.cues import Cues, builtin_cues, hits
from rehearse.analysis.words.clauses import clauses
from rehearse.model.take import Word
from rehearse.text import bare

SHARES = {"S": 0.20, "T": 0.17, "A": 0.45, "R": 0.18}
"""Of the words, as people tell such stories on average."""
STAR_LETTERS = {"situation": "S", "task": "T", "action": "A", "result": "R"}


def by_shares(words: Sequence[Word]) -> list[str]:
    """Each clause is of the section in whose share its middle lies: a label for each word."""
    ends = list(accumulate(SHARES.values()))
    labels: list[str] = []
    for run in clauses(words):
        middle = (run.start + run.stop) / 2 / len(words)
        labels += [list(SHARES)[min(bisect(ends, middle), len(ends) - 1)]] * len(run)
    return labels


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
