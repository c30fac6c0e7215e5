"""Hedges, words that soften what is said ("I think", "maybe"). They are counted, not judged."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rehearse.analysis.words.clauses import paused_before, punctuated
from rehearse.analysis.words.lexicon import Lexicon
from rehearse.analysis.words.neighbours import matched
from rehearse.analysis.words.word_run import side_by_side
from rehearse.model.delivery import Hedge, Hedges, Pause
from rehearse.model.take import Span, Word


def hedges(
    words: Sequence[Word],
    lexicon: Lexicon,
    *,
    fillers: Collection[int] = frozenset(),
    pauses: Sequence[Span | Pause] = (),
) -> Hedges | None:
    """`fillers`: indices of words that are passed over. None where the language has no list."""
    if lexicon.hedges is None:
        return None
    silent = {} if punctuated(words) else paused_before(words, pauses)
    said = side_by_side(words, skipped=fillers, silent=silent)
    return Hedges(
        tuple(
            Hedge(
                text=match.rule.text,
                first_word=match.first,
                last_word=match.last,
                start=words[match.first].start,
                end=words[match.last].end,
            )
            for match in matched(lexicon.hedges, said)
        )
    )
