"""A small notation for timed speech: `spoken("I _1.5_ um led it")`.

Words follow each other at an even pace; `_1.5_` is a silence of 1.5 seconds. Voice activity covers
just the words, and the recording ends with the last word or the last silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rehearse.model.take import Sound, Span, Transcript, Word

WORD = 0.4
"""Seconds; 150 words a minute."""

_SILENCE = re.compile(r"_(\d+(?:\.\d+)?)_")


@dataclass(frozen=True)
class Spoken:
    transcript: Transcript
    sound: Sound

    @property
    def words(self) -> tuple[Word, ...]:
        return self.transcript.words


def spoken(notation: str, *, word: float = WORD, language: str = "en") -> Spoken:
    words: list[Word] = []
    speech: list[Span] = []
    now = 0.0
    for token in notation.split():
        if silence := _SILENCE.fullmatch(token):
            now = round(now + float(silence[1]), 6)
            continue
        end = round(now + word, 6)
        words.append(Word(token, now, end))
        joined = speech and speech[-1].end == now
        speech[-1:] = [Span(speech[-1].start, end)] if joined else [*speech[-1:], Span(now, end)]
        now = end
    return Spoken(Transcript(tuple(words), language), Sound(now, tuple(speech)))


def written(text: str, *, language: str = "en") -> Transcript:
    """Words without times, as from a text file."""
    return Transcript(tuple(Word(token) for token in text.split()), language)


def absorbed(speech: Spoken) -> Spoken:
    """The same with each word ending where the next one starts, as recognisers tell it."""
    words = speech.words
    starts = [word.start for word in words[1:]]
    stretched = tuple(
        Word(word.text, word.start, start) for word, start in zip(words, starts, strict=False)
    )
    return Spoken(Transcript((*stretched, words[-1]), speech.transcript.language), speech.sound)
