"""How an answer begins and ends: its first and last sentence, "so, yeah", what was learned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from rehearse.analysis.rules import builtin_table
from rehearse.analysis.star.cues import phrase_pattern
from rehearse.analysis.words.clauses import clauses, sentences_marked
from rehearse.model.delivery import Pause
from rehearse.model.structure import Edges
from rehearse.model.take import Quote, Span, Word
from rehearse.text import bare, ends_sentence

LEAST_WORDS = 8
"""Of a quoted sentence where sentences are not marked: shorter clauses are joined."""
TAIL = 8
"""Words; an answer trails off in its last breath."""


class EdgeKind(Enum):
    TRAILS_OFF = "trails_off"
    REFLECTION = "reflection"


@dataclass(frozen=True)
class EdgeRule:
    kind: EdgeKind
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    """What the answer may end on all the same."""


@cache
def builtin_edge_rules() -> tuple[EdgeRule, ...]:
    data = builtin_table("edges.toml")
    sets = data["sets"]
    return tuple(
        EdgeRule(
            EdgeKind(rule["kind"]),
            phrase_pattern(rule["phrases"], sets),
            phrase_pattern(rule["unless"], sets) if "unless" in rule else None,
        )
        for rule in data["edge"]
    )


def edges(
    words: Sequence[Word],
    rules: Sequence[EdgeRule],
    *,
    pauses: Sequence[Span | Pause] = (),
    fillers: frozenset[int] = frozenset(),
) -> Edges | None:
    """None where nothing was said. `fillers`: indices of filled pauses, which are passed over."""
    said = [i for i in range(len(words)) if i not in fillers and bare(words[i].text)]
    if not said:
        return None
    runs = sentences(words, pauses)
    return Edges(
        first=quote(words, runs[0]),
        last=quote(words, runs[-1]),
        trails_off=_trailing(words, said, rules),
        reflection=_reflection(words, said, rules, runs),
    )


def sentences(words: Sequence[Word], pauses: Sequence[Span | Pause] = ()) -> tuple[range, ...]:
    """Runs of word indices that cover every word once, in order: by the marks where there are any,
    else clauses joined until they say enough to be quoted."""
    marked = sentences_marked(words)
    runs: list[range] = []
    for run in clauses(words, pauses):
        if runs and not _ended(words, runs[-1], marked=marked):
            runs[-1] = range(runs[-1].start, run.stop)
        else:
            runs.append(run)
    if len(runs) > 1 and not marked and len(runs[-1]) < LEAST_WORDS:
        runs[-2:] = [range(runs[-2].start, runs[-1].stop)]
    return tuple(runs)


def quote(words: Sequence[Word], run: range) -> Quote:
    return Quote(" ".join(words[i].text for i in run), run.start, run.stop - 1)


def _ended(words: Sequence[Word], run: range, *, marked: bool) -> bool:
    return ends_sentence(words[run.stop - 1].text) if marked else len(run) >= LEAST_WORDS


def _trailing(
    words: Sequence[Word], said: Sequence[int], rules: Sequence[EdgeRule]
) -> Quote | None:
    tail = said[-TAIL:]
    text = " ".join(bare(words[i].text) for i in tail)
    for rule in rules:
        if rule.kind is not EdgeKind.TRAILS_OFF or (rule.unless and _at_end(rule.unless, text)):
            continue
        if match := _at_end(rule.pattern, text):
            first = tail[text.count(" ", 0, match.start())]
            return quote(words, range(first, tail[-1] + 1))
    return None


def _at_end(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The longest match that ends with the text."""
    starts = (match.start() for match in re.finditer(r"(?<!\S)\S", text))
    return next((found for at in starts if (found := pattern.fullmatch(text, at))), None)


def _reflection(
    words: Sequence[Word], said: Sequence[int], rules: Sequence[EdgeRule], whole: Sequence[range]
) -> Quote | None:
    """The first sentence that holds one."""
    text = " ".join(bare(words[i].text) for i in said)
    for rule in rules:
        if rule.kind is EdgeKind.REFLECTION and (match := rule.pattern.search(text)):
            first = said[text.count(" ", 0, match.start())]
            return quote(words, next(run for run in whole if first in run))
    return None
