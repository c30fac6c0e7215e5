"""Whether words are English at all: a recogniser that was told "en" may be given anything."""

from __future__ import annotations

from collections.abc import Sequence

COMMONEST = frozenset(
    """
    the be to of and a in that have i it for not on with he as you do at this but his by from they
    we say her she or an will my one all would there their what so up out if about who get which go
    me when make can time no just him know take into your some could them other than then now only
    come its over also back after how our well even because any these us was were had did been is
    are has got said went made i'm i'd i've it's that's didn't wasn't don't
    """.split()  # noqa: SIM905  a list of a hundred literals hides that these are words
)
"""Every other word of English speech is one of these."""
LEAST_SHARE = 0.2
"""Of 600 answers of ours the lowest is 0.31; German, Spanish and French stay below 0.14."""


def is_english(words: Sequence[str]) -> bool:
    """`words` are bare; True for none."""
    return sum(word in COMMONEST for word in words) >= LEAST_SHARE * len(words)
