"""Where clauses begin: by punctuation where there is any, else by pauses and connectives."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from rehearse.model.delivery import Pause
from rehearse.model.take import Span, Word
from rehearse.text import bare, ends_clause, ends_sentence

WORDS_PER_MARK = 40
"""Speech has a clause every 8-10 words; with fewer marks than this they are strays."""
LEAST_WORDS = 4
"""A connective closer than this to the last cut joins words, not clauses ("fast and simple")."""
CLAUSE_PAUSE = 0.5
"""Seconds. Shorter silences also fall within clauses."""
CONNECTIVES = frozenset(
    [
        "and",
        "but",
        "so",
        "because",
        "then",
        "which",
        "when",
        "while",
        "after",
        "before",
        "although",
        "though",
        "however",
        "since",
        "until",
        "if",
        "where",
        "who",
        "eventually",
        "finally",
        "afterwards",
        "therefore",
    ]
)
"""Words that open a clause more often than not."""
SUBJECTS = frozenset(
    """
    i we you he she they it my our your there i'd i'm i've we'd we've we're you'd he'd she'd they'd
    it's there's that's nobody everybody everyone
    """.split()  # noqa: SIM905  a list of literals hides that these are words
)
LATE_OPENERS = frozenset(
    """
    the this these in as at on for during within by last now every all both one two what next
    """.split()  # noqa: SIM905
)
"""Words that open a clause as well, but stand within one as often: believed only where the clause
before them is long enough to be whole."""
WHOLE_CLAUSE = 10
"""Words."""
BINDING = frozenset(
    """
    that what how as than to of for with in on at by from about like the a an all whether i we
    was were is are
    """.split()  # noqa: SIM905  a list of literals hides that these are words
)
"""Words after which a subject begins no clause of its own ("what I did", "to my manager")."""


def punctuated(words: Sequence[Word]) -> bool:
    """Whether the marks can be relied on; speech recognisers often leave them out."""
    return sum(ends_clause(word.text) for word in words) * WORDS_PER_MARK >= max(1, len(words))


def sentences_marked(words: Sequence[Word]) -> bool:
    """Whether the ends of sentences are written, which is more than commas."""
    return sum(ends_sentence(word.text) for word in words) * WORDS_PER_MARK >= len(words)


def words_after(words: Sequence[Word], pauses: Sequence[Span | Pause]) -> tuple[int | None, ...]:
    """For each pause the index of the word behind it; None before the first or after the last.

    Compares midpoints, because a recogniser lets each word end where the next one starts: the
    pause then lies within one of its neighbours, and the midpoints still tell the sides apart.
    Words without times are passed over.
    """
    timed = [
        (i, (word.start + word.end) / 2)
        for i, word in enumerate(words)
        if word.start is not None and word.end is not None
    ]
    middles = [middle for _, middle in timed]
    places = (bisect_left(middles, (pause.start + pause.end) / 2) for pause in pauses)
    return tuple(timed[place][0] if 0 < place < len(timed) else None for place in places)


def paused_before(words: Sequence[Word], pauses: Sequence[Span | Pause]) -> dict[int, float]:
    """Index of each word that follows a pause → the longest such pause in seconds."""
    found: dict[int, float] = {}
    for place, pause in zip(words_after(words, pauses), pauses, strict=True):
        if place is not None:
            found[place] = max(found.get(place, 0.0), pause.duration)
    return found


def opens_clause(words: Sequence[Word], index: int, *, marks: bool) -> bool:
    """Whether a clause begins at `index`, by the mark before it or, without marks, its word."""
    if index <= 0 or index >= len(words):
        return True
    if marks:
        return ends_clause(words[index - 1].text)
    return bare(words[index].text) in CONNECTIVES


def clauses(words: Sequence[Word], pauses: Sequence[Span | Pause] = ()) -> tuple[range, ...]:
    """Runs of word indices that cover every word once, in order; none for no words.

    Cut at the ends of sentences, at commas before a new clause and at long pauses; where sentences
    are not marked, also at connectives and at new subjects. Rather too short than across two
    sections: neighbours of one section are joined again.
    """
    silence = paused_before(words, pauses)
    marked = sentences_marked(words)
    bares = [bare(word.text) for word in words]
    starts = [0]
    for i in range(1, len(words)):
        ended = ends_sentence(words[i - 1].text) or silence.get(i, 0.0) >= CLAUSE_PAUSE
        long_enough = i - starts[-1] >= LEAST_WORDS
        comma = ends_clause(words[i - 1].text)
        whole = not marked and i - starts[-1] >= WHOLE_CLAUSE
        opens = bares[i] in CONNECTIVES | SUBJECTS or (whole and bares[i] in LATE_OPENERS)
        joined = bares[i - 1] in CONNECTIVES or bares[i - 1] in BINDING
        if ended or (long_enough and opens and (comma or not marked) and (comma or not joined)):
            starts.append(i)
    ends = [*starts[1:], len(words)]
    return tuple(range(start, end) for start, end in zip(starts, ends, strict=True) if end > start)
