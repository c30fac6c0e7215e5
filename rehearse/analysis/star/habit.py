"""How somebody tells their stories, by those of which they corrected the sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import exp, log

from rehearse.analysis.star.ordered import USUAL, Shares
from rehearse.model.structure import STAR, Section
from rehearse.model.take import Labelled

OTHERS = 2
"""Stories that the usual shares count for, beside a speaker's own."""
IN_ORDER, MOST_IN_ORDER = 1.5, 3.0
"""By how much one story in the usual order speaks for that order in the next, and all together."""


@dataclass(frozen=True)
class Habit:
    shares: Shares = field(default_factory=lambda: USUAL)
    """What each section takes of the words."""
    in_order: float = 0.0
    """How much speaks for the usual order of the sections."""


def habit(stories: Sequence[Sequence[Labelled]]) -> Habit:
    """`stories`: the sections of each, as the speaker corrected them."""
    told = [[label for label in story if label.section in STAR] for story in stories]
    shares = [_shares(story) for story in told if story]
    usual = sum(1 if _in_order(story) else -1 for story in told if story)
    return Habit(_mean(shares), min(max(0.0, usual * IN_ORDER), MOST_IN_ORDER))


def _in_order(story: Sequence[Labelled]) -> bool:
    order = [section for section, _ in groupby(label.section for label in story)]
    return order == sorted(set(order), key=STAR.index)


def _shares(story: Sequence[Labelled]) -> dict[Section, float]:
    whole = sum(label.words for label in story)
    return {s: sum(one.words for one in story if one.section is s) / whole for s in STAR}


def _mean(stories: Sequence[Shares]) -> Shares:
    """The geometric means, with those of other people; a section that a story lacks does not count
    in it."""
    means = {}
    for section, usual in USUAL.items():
        own = [log(shares[section]) for shares in stories if shares[section]]
        means[section] = exp((OTHERS * log(usual) + sum(own)) / (OTHERS + len(own)))
    return {section: mean / sum(means.values()) for section, mean in means.items()}
