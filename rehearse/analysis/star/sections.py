"""Clause by clause, which section of a story is told, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rehearse.analysis.rules import builtin_text
from rehearse.analysis.star.clause_features import features
from rehearse.analysis.star.crf import Crf, absences, marginals, parse_crf
from rehearse.analysis.star.cues import builtin_cues
from rehearse.analysis.words.clauses import clauses
from rehearse.model.delivery import Pause
from rehearse.model.structure import STAR, Section
from rehearse.model.take import Span, Word
from rehearse.text import bare_words

WEIGHTS = "star_crf.json"
SECTION_OF = {
    "S": Section.SITUATION,
    "T": Section.TASK,
    "A": Section.ACTION,
    "R": Section.RESULT,
    "O": Section.NONE,
}


@dataclass(frozen=True)
class Clause:
    """A run of words, the section it most likely belongs to, and the probability of that."""

    words: range
    section: Section
    probability: float


@dataclass(frozen=True)
class Told:
    clauses: tuple[Clause, ...]
    """They cover every word once, in order."""
    absent: dict[Section, float]
    """For each section the probability that no clause tells it."""
    hinted: frozenset[Section]
    """Sections of which a clause opens with a strong cue phrase."""
    story: float
    """Share of the words that the sections of a story may be expected to have; 0 for no words."""


@cache
def builtin_crf() -> Crf:
    text = builtin_text(WEIGHTS)
    if text is None:
        raise FileNotFoundError(f"rehearse/data/{WEIGHTS} is missing from the package.")
    return parse_crf(text)


def tell(
    words: Sequence[Word],
    crf: Crf,
    *,
    pauses: Sequence[Span | Pause] = (),
    fillers: frozenset[int] = frozenset(),
) -> Told:
    """`fillers`: indices of words that are passed over."""
    runs = clauses(words, pauses)
    said = [bare_words(words[i].text for i in run if i not in fillers) for run in runs]
    cues = builtin_cues()
    steps = features(said, cues)
    hinted = {section for step in steps for section in STAR if f"opens:{section.value}" in step}
    sections = [SECTION_OF[label] for label in crf.names]
    told = []
    expected = 0.0
    for run, row in zip(runs, marginals(crf, steps), strict=True):
        best = row.index(max(row))
        told.append(Clause(run, sections[best], row[best]))
        expected += len(run) * (1 - row[sections.index(Section.NONE)])
    absent = dict(zip(sections, absences(crf, steps), strict=True))
    story = expected / len(words) if words else 0.0
    return Told(tuple(told), absent, frozenset(hinted), story)
