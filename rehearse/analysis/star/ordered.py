"""The best way through a story that is told in a given order, one run of clauses a section.

A section takes about the share of the words that it takes with most people, or with this one. So
the score of a way is the weighed sum of the clauses' log-probabilities less a penalty for each
section. The penalty is half the square of how many standard deviations the logarithm of its share
is from the usual one, up to a limit.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil, log

from rehearse.model.structure import Section

USUAL = {
    Section.SITUATION: 0.245,
    Section.TASK: 0.154,
    Section.ACTION: 0.362,
    Section.RESULT: 0.240,
}
"""Mean shares of the words in the stories of real people; those of the sections told are scaled to
sum to one."""
SPREAD = {
    Section.SITUATION: 0.375,
    Section.TASK: 0.400,
    Section.ACTION: 0.294,
    Section.RESULT: 0.358,
}
"""Standard deviations of the logarithms of those shares."""
LEAST, SURE = 0.01, 0.95
"""A clause of which the model is sure costs nothing, and of the contrary only so much: one strange
clause must not move a section."""
EVIDENCE = 0.6
"""How much a clause counts: neighbours tell the same twice, and people tell otherwise than our
writers. At 0.5 real people are read a little better; at 0.6 very short and very long sections are
still found (tests/test_advice.py)."""
STRANGE = 4.0
"""The most that an unusual share costs: what is clearly told of one section, however short or long,
stays so."""
OUTSIDE = 1.0
"""Cost of a clause before or after the story."""
WITHIN = 0.5
"""Cost of a section that begins within a sentence."""
MOST_PLACES = 120
"""Where a section may begin, in an answer of any length: more of them take too long."""
Shares = Mapping[Section, float]
Rows = Sequence[Mapping[Section, float]]
"""For each clause the probability of each section."""


@dataclass(frozen=True)
class Path:
    score: float
    sections: tuple[Section, ...]
    """One a clause."""


Ways = dict[int, tuple[float, tuple[int, ...]]]
"""For each place that is reached: the best score so far, and where the sections began."""


def best_path(
    rows: Rows,
    lengths: Sequence[int],
    order: Sequence[Section],
    *,
    within: Container[int] = (),
    usual: Shares = USUAL,
) -> Path | None:
    """`lengths`: words of each clause; `within`: the clauses that begin within a sentence; `usual`:
    this speaker's shares. A section that `order` holds twice takes its share in two halves. None
    where there are fewer clauses than sections."""
    count = len(rows)
    places = [*range(0, count, ceil(count / MOST_PLACES) or 1), count]
    if len(places) <= len(order):
        return None
    words = [0, *accumulate(lengths)]
    outside = _summed(rows, Section.NONE, OUTSIDE)
    told = sum(usual[section] for section in set(order))
    ways: Ways = {place: (outside[place], ()) for place in places}
    for section in order:
        ways = {
            place: (score - WITHIN if place in within else score, cuts)
            for place, (score, cuts) in ways.items()
        }
        share = usual[section] / told / order.count(section)
        costs = _costs(words[-1], share, SPREAD[section])
        ways = _one_more(ways, _summed(rows, section, 0.0), words, costs)
    rest = {place: score + outside[-1] - outside[place] for place, (score, _) in ways.items()}
    last = max(rest, key=rest.__getitem__)
    return Path(rest[last], _sections(order, (*ways[last][1], last), count))


def _summed(rows: Rows, section: Section, cost: float) -> list[float]:
    """The score of the section from the start up to each clause."""
    scores = (EVIDENCE * log(SURE * row[section] + LEAST) - cost for row in rows)
    return [0.0, *accumulate(scores)]


def _costs(whole: int, share: float, spread: float) -> list[float]:
    """What a section of so many words costs, for each number of words."""
    usual = log(share * max(1, whole))
    away = ((log(max(1, words)) - usual) / spread for words in range(whole + 1))
    return [min(z * z / 2, STRANGE) for z in away]


def _one_more(
    ways: Ways, scores: Sequence[float], words: Sequence[int], costs: Sequence[float]
) -> Ways:
    """The ways with one more section behind them, which is at least one clause long."""
    starts = sorted(ways)
    gains = [(ways[start][0] - scores[start], words[start], start) for start in starts]
    longer: Ways = {}
    for reached, end in enumerate(starts[1:], 1):
        best, start = max(
            (gain - costs[words[end] - first], start) for gain, first, start in gains[:reached]
        )
        longer[end] = (best + scores[end], (*ways[start][1], start))
    return longer


def _sections(order: Sequence[Section], cuts: Sequence[int], count: int) -> tuple[Section, ...]:
    """One a clause; `cuts` are where each section begins, and where the last one ends."""
    found = [Section.NONE] * count
    for section, (start, end) in zip(order, pairwise(cuts), strict=True):
        found[start:end] = [section] * (end - start)
    return tuple(found)
