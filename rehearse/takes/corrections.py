"""Corrected words of a take; the original words can come back."""

from __future__ import annotations

from dataclasses import replace

from rehearse.errors import TakesUnfit
from rehearse.model.take import Take, Transcript, Word
from rehearse.takes.labels import carried
from rehearse.text import ends_sentence
from rehearse.transcripts.aligned import corrected, fitted_to
from rehearse.transcripts.annotations import without_annotations
from rehearse.transcripts.timed import tokens

LONGEST_LINE = 20
"""Words after which a line is broken if no sentence ends before."""
HEAD = "#"
HELP = """\
# Correct the misheard words, save, and close the editor. You may break the lines as you like.
# Words that you leave as they are keep their times. To change nothing, delete everything.
# These lines at the top are not part of your answer.
"""


def to_edit(transcript: Transcript) -> str:
    """The words to correct, about a sentence per line, below the instructions."""
    lines: list[list[str]] = [[]]
    for word in transcript.words:
        lines[-1].append(word.text)
        if ends_sentence(word.text) or len(lines[-1]) >= LONGEST_LINE:
            lines.append([])
    return HELP + "\n" + "".join(" ".join(line) + "\n" for line in lines if line)


def edited(text: str) -> tuple[Word, ...]:
    """The words in the edited text."""
    lines = text.removeprefix("\ufeff").splitlines()
    while lines and (lines[0].startswith(HEAD) or not lines[0].strip()):
        lines.pop(0)
    words = [Word(token) for token in tokens("\n".join(lines))]
    return tuple(without_annotations(words, strict=True))


def with_words(take: Take, words: tuple[Word, ...]) -> Take:
    """The take with corrected words. Raises TakesUnfit for a take without words."""
    before = words_of(take)
    return _kept(take, replace(before, words=corrected(before, words)))


def with_transcript(take: Take, given: Transcript, *, language: str | None) -> Take:
    """The take with the words of a file; who wrote the first ones down, and in which language,
    stays, unless a language is named."""
    before = take.transcript
    if before is None:
        return replace(take, transcript=given)
    own = fitted_to(before, given)
    return _kept(take, replace(own, language=language or before.language, model=before.model))


def words_of(take: Take) -> Transcript:
    """Raises TakesUnfit."""
    if take.transcript is None or not take.transcript.words:
        raise TakesUnfit(f"{take.id} is not written down yet.", "To do it: rehearse recover")
    return take.transcript


def undone(take: Take) -> Take:
    """The take with its original words. Raises TakesUnfit."""
    if take.original is None:
        raise TakesUnfit(
            f"The words of {take.id} were never corrected.", "There is nothing to undo."
        )
    return _with(take, take.original, original=None)


def _kept(take: Take, transcript: Transcript) -> Take:
    """The original words stay through any number of corrections."""
    original = take.original or take.transcript
    return _with(take, replace(transcript, notes=()), original=original)


def _with(take: Take, transcript: Transcript, *, original: Transcript | None) -> Take:
    """The sections that the user gave stay with the words."""
    labels = carried(take.labels, words_of(take).words, transcript.words)
    return replace(take, transcript=transcript, original=original, labels=labels)
