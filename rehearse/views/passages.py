"""The answer as text to read: section by section, in paragraphs, with its fillers marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rehearse.model.delivery import Filler, HeardIn
from rehearse.model.structure import Analysis, Section
from rehearse.model.take import Quote, Span, Word
from rehearse.text import ends_sentence
from rehearse.views.annotate import segments

PARAGRAPH = 80
"""Words after which the next end of a sentence is the end of a paragraph: half a minute."""


@dataclass(frozen=True)
class Unit:
    """One word, or the words of one filler; a filler that is only in the sound has no words."""

    words: tuple[Word, ...]
    filler: Filler | None


@dataclass(frozen=True)
class Passage:
    section: Section
    span: Span | None
    """None where its words have no times."""
    paragraphs: tuple[tuple[Unit, ...], ...]


def passages(analysis: Analysis) -> tuple[Passage, ...]:
    """All words in order; one passage where STAR does not apply."""
    pieces = _pieces(analysis)
    return tuple(
        Passage(
            part.section,
            span_of(analysis.words, part.first_word, part.last_word),
            _paragraphs([piece for at, piece in pieces if part.first_word <= at <= part.last_word]),
        )
        for part in segments(analysis)
    )


def span_of(words: Sequence[Word], first: int, last: int) -> Span | None:
    """From the start of word `first` to the end of word `last`; None where that is not known."""
    start, end = words[first].start, words[last].end
    return None if start is None or end is None else Span(start, end)


def said_at(analysis: Analysis, said: Quote) -> Span | None:
    return span_of(analysis.words, said.first_word, said.last_word)


def _pieces(analysis: Analysis) -> list[tuple[int, Unit]]:
    """The pieces, each with the index of its first word, or of the word that follows it."""
    items = analysis.fillers.counted if analysis.fillers else ()
    said = {item.first_word: item for item in items if item.first_word is not None}
    unwritten = sorted(
        (item for item in items if item.heard_in is HeardIn.SOUND and item.start is not None),
        key=lambda item: -(item.start or 0.0),
    )
    pieces: list[tuple[int, Unit]] = []
    index = 0
    while index < len(analysis.words):
        word = analysis.words[index]
        while unwritten and word.start is not None and (unwritten[-1].start or 0.0) < word.start:
            pieces.append((index, Unit((), unwritten.pop())))
        filler = said.get(index)
        behind = max(index, filler.last_word or index) + 1 if filler else index + 1
        pieces.append((index, Unit(analysis.words[index:behind], filler)))
        index = behind
    pieces += ((index - 1, Unit((), item)) for item in reversed(unwritten))
    return pieces


def _paragraphs(pieces: Sequence[Unit]) -> tuple[tuple[Unit, ...], ...]:
    return tuple(_broken(pieces))


def _broken(pieces: Sequence[Unit]) -> Iterator[tuple[Unit, ...]]:
    paragraph: list[Unit] = []
    for piece in pieces:
        paragraph.append(piece)
        at_end = bool(piece.words) and ends_sentence(piece.words[-1].text)
        if at_end and len(paragraph) >= PARAGRAPH:
            yield tuple(paragraph)
            paragraph = []
    if paragraph:
        yield tuple(paragraph)
