"""Turns stretches of text with times, such as cues, into turns of speakers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from rehearse.transcripts import labels
from rehearse.transcripts.timed import probability as known
from rehearse.transcripts.timed import spread, tokens
from rehearse.transcripts.turns import Turn

UNNAMED = (
    "The file marks where somebody else speaks (>>) without a name, so all of its words count."
)
FASTEST = 900.0
"""Words a minute, far more than anybody says; hours and minutes that are read as minutes and
seconds make thousands."""


@dataclass(frozen=True)
class Passage:
    text: str
    start: float | None = None
    end: float | None = None
    """None: until the next one begins."""
    speaker: str | None = None
    probability: float | None = None


def turns_of(passages: Sequence[Passage]) -> tuple[tuple[Turn, ...], tuple[str, ...]]:
    """The turns, and what the user should know. Names at the starts of lines are only looked for
    where the format names nobody itself."""
    lines = [line for passage in passages for line in passage.text.split("\n")]
    named = any(passage.speaker for passage in passages)
    names = frozenset[str]() if named else labels.names_in(lines, cues=_are_cues(passages))
    turns = tuple(turn for passage in passages for turn in _turns(passage, names))
    nameless = not named and not names and any(labels.unmarked(line)[0] for line in lines)
    return turns, (UNNAMED,) if nameless else ()


def _are_cues(passages: Sequence[Passage]) -> bool:
    return any(passage.start is not None for passage in passages)


def _turns(passage: Passage, names: frozenset[str]) -> Iterator[Turn]:
    """The turns of a passage; its time is spread over all words."""
    parts = [_part(line, names) for line in passage.text.split("\n")]
    words = spread(
        " ".join(text for _, text in parts), passage.start, passage.end, known(passage.probability)
    )
    place = 0
    for name, text in parts:
        count = len(tokens(text))
        if count:
            yield Turn(tuple(words[place : place + count]), name or passage.speaker)
        place += count


def _part(line: str, names: frozenset[str]) -> tuple[str | None, str]:
    name, rest = labels.split(line, names)
    return name, labels.undashed(labels.unmarked(rest)[1])


def ended(passages: Sequence[Passage]) -> list[Passage]:
    """Those without an end last until the next begins. The last one lasts as long as its words
    would take at the pace of the others; where there are no others, it has no times."""
    starts = [passage.start for passage in passages[1:]]
    whole = [
        replace(passage, end=passage.end if passage.end is not None else following)
        for passage, following in zip_longest(passages, starts)
    ]
    if not whole or whole[-1].end is not None or whole[-1].start is None:
        return whole
    pace = _letters_a_second(whole[:-1])
    last = whole.pop()
    if pace is None or last.start is None:
        return [*whole, replace(last, start=None)]
    return [*whole, replace(last, end=last.start + _letters(last) / pace)]


def fit(passages: Sequence[Passage]) -> bool:
    """Whether the times never go back and are long enough for the words."""
    starts = [passage.start for passage in passages if passage.start is not None]
    if starts != sorted(starts):
        return False
    timed = [(p, p.end - p.start) for p in passages if p.start is not None and p.end is not None]
    seconds = sum(length for _, length in timed)
    words = sum(len(passage.text.split()) for passage, _ in timed)
    return bool(timed) and 60 * words <= FASTEST * seconds


def _letters_a_second(passages: Sequence[Passage]) -> float | None:
    timed = [
        (_letters(p), p.end - p.start)
        for p in passages
        if p.start is not None and p.end is not None and p.text.strip()
    ]
    letters, seconds = sum(n for n, _ in timed), sum(length for _, length in timed)
    return letters / seconds if letters > 0 and seconds > 0 else None


def _letters(passage: Passage) -> int:
    return sum(map(len, passage.text.split()))
