"""Clause by clause, which section of a story is told, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rehearse.analysis.rules import builtin_text
from rehearse.analysis.star.clause_features import features
from rehearse.analysis.star.crf import Crf, absences, marginals, parse_crf
from rehearse.analysis.star.cues import builtin_cues
from rehearse.analysis.star.opening_and_ending import sentences
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
class Told:
    runs: tuple[range, ...]
    """The clauses; they cover every word once, in order."""
    rows: tuple[Mapping[Section, float], ...]
    """For each clause the probability of each section."""
    absent: Mapping[Section, float]
    """For each section the probability that no clause tells it."""
    hinted: frozenset[Section]
    """Sections of which a clause opens with a strong cue phrase."""
    within: frozenset[int] = frozenset()
    """Clauses that begin within a sentence."""

    @property
    def lengths(self) -> list[int]:
        return [len(run) for run in self.runs]

    @property
    def story(self) -> float:
        """Share of the words that the sections of a story may be expected to have; 0 for none."""
        both = zip(self.lengths, self.rows, strict=True)
        told = sum(words * (1 - row[Section.NONE]) for words, row in both)
        return told / max(1, sum(self.lengths))

    @property
    def likeliest(self) -> tuple[Section, ...]:
        """For each clause its own, whatever the others are."""
        return tuple(max(row, key=row.__getitem__) for row in self.rows)


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
    steps = features(said, builtin_cues())
    hinted = {section for step in steps for section in STAR if f"opens:{section.value}" in step}
    sections = [SECTION_OF[label] for label in crf.names]
    rows = tuple(dict(zip(sections, row, strict=True)) for row in marginals(crf, steps))
    absent = dict(zip(sections, absences(crf, steps), strict=True))
    begins = {sentence.start for sentence in sentences(words, pauses)}
    within = frozenset(i for i, run in enumerate(runs) if run.start not in begins)
    return Told(runs, rows, absent, frozenset(hinted), within)
