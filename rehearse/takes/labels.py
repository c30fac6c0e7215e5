"""The sections of a take as the user says they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from rehearse.analysis.star.opening_and_ending import sentences
from rehearse.analysis.star.star import covers
from rehearse.errors import TakesUnfit, WrongUsage
from rehearse.model.structure import Star
from rehearse.model.take import Labelled, Section, Take, Word
from rehearse.transcripts.aligned import places

LETTERS = {
    "S": Section.SITUATION,
    "T": Section.TASK,
    "A": Section.ACTION,
    "R": Section.RESULT,
    "-": Section.NONE,
}
HEAD = "#"
HELP = """\
# Change the letter at the beginning of a line, save, and close the editor.
# S situation   T task   A action   R result   - none of them
# You may break a line in two; give each part its letter. To change nothing, delete everything.
"""


def to_edit(words: Sequence[Word], star: Star | None) -> str:
    """Each sentence on a line, behind the letter of its section, below the instructions."""
    of = sections(words, star)
    letter = {section: name for name, section in LETTERS.items()}
    lines = [
        f"{letter[section]} {' '.join(words[i].text for i in run)}\n"
        for sentence in sentences(words)
        for section, run in groupby(sentence, key=of.__getitem__)
    ]
    return HELP + "\n" + "".join(lines)


def sections(words: Sequence[Word], star: Star | None) -> list[Section]:
    """The section of each word."""
    of = [Section.NONE] * len(words)
    for part in star.segments if star else ():
        length = part.last_word - part.first_word + 1
        of[part.first_word : part.last_word + 1] = [part.section] * length
    return of[: len(words)]


def edited(text: str, words: Sequence[Word]) -> tuple[Labelled, ...]:
    """The labels in an edited text, none where it holds no line. A line without a letter goes on
    with the section before it. Raises WrongUsage for other words than those of the answer."""
    of: list[Section] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        said = line.split()
        if not said or line.startswith(HEAD):
            continue
        expected = [word.text for word in words[len(of) :]]
        section = LETTERS.get(said[0].rstrip(":").upper())
        if section is not None and said[1:] == expected[: len(said) - 1]:
            of += [section] * (len(said) - 1)
        elif of and said == expected[: len(said)]:
            of += [of[-1]] * len(said)
        else:
            raise WrongUsage(
                f"Line {number} does not begin with S, T, A, R or -, or its words are not those of"
                " the answer.",
                "Change only the letters and the line breaks.",
            )
    if of and len(of) < len(words):
        raise WrongUsage(
            f"The last {len(words) - len(of)} words of the answer have no letter.",
            "Keep all lines, and give what is no part of the story a '-'.",
        )
    return joined(of)


def joined(of: Sequence[Section]) -> tuple[Labelled, ...]:
    """Neighbours of one section together."""
    runs = [list(run) for _, run in groupby(range(len(of)), key=of.__getitem__)]
    return tuple(Labelled(of[run[0]], run[0], run[-1]) for run in runs)


def carried(
    labels: Sequence[Labelled], old: Sequence[Word], new: Sequence[Word]
) -> tuple[Labelled, ...]:
    """The labels of the words in place of which the new ones stand."""
    if not covers(labels, len(old)):
        return ()
    of = [label.section for label in labels for _ in range(label.words)]
    return joined([of[place] for place in places(old, new)])


def undone(take: Take) -> Take:
    """The take with the sections that were found. Raises TakesUnfit."""
    if not take.labels:
        raise TakesUnfit(
            f"The sections of {take.id} were never corrected.", "There is nothing to undo."
        )
    return replace(take, labels=())
