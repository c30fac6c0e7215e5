"""Everything that a replay shows: words with their times, sections, and marks to jump to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from rehearse.model.delivery import Filler
from rehearse.model.structure import STAR, Analysis, Section
from rehearse.model.take import Span
from rehearse.takes.remarks import Remark
from rehearse.text import ends_sentence

TAIL = 0.15
"""Seconds behind a looped sentence: recognisers end a word too early rather than too late."""
REMARK_SHOWN = 5.0
"""Seconds; a longer remark stays for as long as it takes to read."""
READING = 0.35
"""Seconds for reading a word."""


class MarkKind(Enum):
    """The marks that "next" and "previous" jump to."""

    FILLER = "filler"
    PAUSE = "pause"
    SECTION = "section"
    REMARK = "remark"


@dataclass(frozen=True)
class Token:
    """A word of the transcript, or a filler that is only in the sound."""

    text: str
    start: float | None
    end: float | None
    filler: bool = False
    written: bool = True


@dataclass(frozen=True)
class Stretch:
    """A run of tokens of one section of a story, or of one part of an outline."""

    name: str
    """ "" for words of none."""
    place: int | None
    """In the usual order, from 0; None for words of none."""
    first: int
    last: int
    start: float | None


@dataclass(frozen=True)
class Track:
    """The contents of a replay."""

    title: str
    duration: float
    tokens: tuple[Token, ...] = ()
    parts: tuple[Stretch, ...] = ()
    """They cover every token once, in order."""
    fillers: tuple[float, ...] = ()
    """Where each begins."""
    pauses: tuple[Span, ...] = ()
    remarks: tuple[Remark, ...] = ()
    is_story: bool = False
    """Whether the parts are STAR sections."""
    judged: bool = True
    note: str = ""
    """Why there are no words."""

    @cached_property
    def marks(self) -> dict[MarkKind, tuple[float, ...]]:
        """Where there is something to jump to; a kind without any is left out."""
        found = {
            MarkKind.FILLER: self.fillers,
            MarkKind.PAUSE: (pause.start for pause in self.pauses),
            MarkKind.SECTION: (part.start for part in self.parts if part.name),
            MarkKind.REMARK: (remark.start for remark in self.remarks),
        }
        known = {
            kind: sorted(at for at in times if at is not None) for kind, times in found.items()
        }
        return {kind: tuple(times) for kind, times in known.items() if times}

    @cached_property
    def _starts(self) -> tuple[tuple[float, int], ...]:
        """Of the tokens whose time is known, never stepping back."""
        latest = 0.0
        starts = []
        for index, token in enumerate(self.tokens):
            if token.start is not None:
                latest = max(latest, token.start)
                starts.append((latest, index))
        return tuple(starts)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """In order; stretches between pauses where there are no words."""
        return tuple(_sentences(self.tokens)) or tuple(_between(self.pauses, self.duration))

    def current(self, position: float) -> int | None:
        """Index of the token that was begun last; None before the first."""
        at = bisect_right(self._starts, (position, len(self.tokens)))
        return self._starts[at - 1][1] if at else None

    def until_next(self, position: float) -> float | None:
        """Seconds of the recording to the next token."""
        at = bisect_right(self._starts, (position, len(self.tokens)))
        return self._starts[at][0] - position if at < len(self._starts) else None

    def remark(self, position: float) -> Remark | None:
        """The latest whose time it is."""
        shown = [one for one in self.remarks if one.start <= position < _shown_until(one)]
        return max(shown, key=lambda one: one.start, default=None)


def track_of(
    analysis: Analysis, *, title: str, duration: float, remarks: Sequence[Remark] = ()
) -> Track:
    tokens, moved = _tokens(analysis)
    fillers = analysis.fillers.counted if analysis.fillers else ()
    pauses = analysis.pauses.items if analysis.pauses else ()
    return Track(
        title,
        duration,
        tokens,
        tuple(_parts(analysis, tokens, moved)),
        tuple(filler.start for filler in fillers if filler.start is not None),
        tuple(Span(pause.start, pause.end) for pause in pauses),
        tuple(remarks),
        is_story=bool(analysis.star and analysis.star.applies),
        judged=analysis.judged,
    )


def _shown_until(remark: Remark) -> float:
    """Seconds from the start of the recording: its end, or later where it takes longer to read."""
    read = remark.start + max(REMARK_SHOWN, READING * len(remark.text.split()))
    return max(read, remark.end or 0.0)


def _tokens(analysis: Analysis) -> tuple[tuple[Token, ...], list[int]]:
    """With the place of each word among them."""
    items = analysis.fillers.counted if analysis.fillers else ()
    said = {
        index
        for item in items
        if item.first_word is not None and item.last_word is not None
        for index in range(item.first_word, item.last_word + 1)
    }
    unwritten = sorted(
        (item for item in items if item.first_word is None and item.start is not None),
        key=lambda item: -(item.start or 0.0),
    )
    tokens: list[Token] = []
    moved: list[int] = []
    for index, word in enumerate(analysis.words):
        while unwritten and word.start is not None and (unwritten[-1].start or 0.0) < word.start:
            tokens.append(_unwritten(unwritten.pop()))
        moved.append(len(tokens))
        tokens.append(Token(word.text, word.start, word.end, filler=index in said))
    tokens += (_unwritten(item) for item in reversed(unwritten) if analysis.words)
    return tuple(tokens), moved


def _unwritten(item: Filler) -> Token:
    return Token(item.text, item.start, item.end, filler=True, written=False)


def _parts(analysis: Analysis, tokens: Sequence[Token], moved: Sequence[int]) -> Iterator[Stretch]:
    """Sections where STAR applies, parts of an outline where there is one, else one of no name."""
    runs = list(_runs(analysis))
    for number, (name, place, first_word) in enumerate(runs):
        behind = moved[runs[number + 1][2]] if number + 1 < len(runs) else len(tokens)
        first = moved[first_word] if number else 0
        starts = (token.start for token in tokens[first:behind])
        yield Stretch(
            name, place, first, behind - 1, next((at for at in starts if at is not None), None)
        )


def _runs(analysis: Analysis) -> Iterator[tuple[str, int | None, int]]:
    """Name, place in the usual order and first word."""
    if analysis.outline is not None and analysis.outline.segments:
        codes = [part.code for part in analysis.outline.parts]
        for run in analysis.outline.segments:
            place = codes.index(run.part) if run.part in codes else None
            name = "" if place is None else analysis.outline.parts[place].name
            yield name, place, run.first_word
    elif analysis.star and analysis.star.applies:
        for part in analysis.star.segments:
            told = part.section is not Section.NONE
            name = part.section.value.capitalize() if told else ""
            yield name, STAR.index(part.section) if told else None, part.first_word
    elif analysis.words:
        yield "", None, 0


def _sentences(tokens: Sequence[Token]) -> Iterator[Span]:
    timed = [(token, token.start, token.end) for token in tokens]
    begin: float | None = None
    end: float | None = None
    for number, (token, start, stop) in enumerate(timed):
        begin = start if begin is None else begin
        end = stop if stop is not None else end
        last = number + 1 == len(timed)
        if begin is not None and end is not None and (last or ends_sentence(token.text)):
            following = timed[number + 1][1] if not last else None
            latest = end + TAIL if following is None else max(end, min(end + TAIL, following))
            yield Span(begin, latest)
            begin = end = None


def _between(pauses: Sequence[Span], duration: float) -> Iterator[Span]:
    begin = 0.0
    for pause in pauses:
        if pause.start > begin:
            yield Span(begin, pause.start)
        begin = pause.end
    if duration > begin:
        yield Span(begin, duration)
