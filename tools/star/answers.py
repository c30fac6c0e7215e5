"""The labelled answers: read from text files, cut and varied into what the model is trained on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from rehearse.analysis.clause_features import features
from rehearse.analysis.clauses import clauses
from rehearse.analysis.cues import builtin_cues
from rehearse.analysis.fillers import in_transcript
from rehearse.analysis.lexicon import builtin
from rehearse.model import Word
from rehearse.text import bare

FOLDER = Path(__file__).parent / "answers"
LABELS = "STARO"
HELD_OUT_EVERY = 5
"""Every fifth answer is for validation and never trained on."""
MARKS = str.maketrans("", "", '.,;:!?"“”—–…()')


@dataclass(frozen=True)
class Line:
    label: str
    text: str


@dataclass(frozen=True)
class Answer:
    id: str
    kind: str
    traits: frozenset[str]
    lines: tuple[Line, ...]

    @property
    def is_story(self) -> bool:
        return self.kind == "story" and "never_a_story" not in self.traits

    def has(self, label: str) -> bool:
        return any(line.label == label for line in self.lines)


@dataclass(frozen=True)
class Sequence_:
    """One answer as the CRF sees it."""

    steps: list[list[str]]
    labels: list[str]


def read_answers(folder: Path = FOLDER) -> list[Answer]:
    """Raises ValueError naming the block that is not as it should be."""
    found = [
        _answer(block, path.name)
        for path in sorted(folder.glob("*.txt"))
        for block in path.read_text("utf-8").split("\n\n")
        if block.strip()
    ]
    twice = [name for name, count in Counter(answer.id for answer in found).items() if count > 1]
    if twice:
        raise ValueError(f"more than one answer is called {twice}")
    return found


def _answer(block: str, where: str) -> Answer:
    head, *rest = block.strip().splitlines()
    about = dict(part.strip().split("=", 1) for part in head.removeprefix("##").split(" | "))
    lines = tuple(Line(line[0], line[2:].strip()) for line in rest if line.strip())
    if not lines or any(line.label not in LABELS or not line.text for line in lines):
        raise ValueError(f"{where}: {head}")
    traits = frozenset(trait.strip() for trait in about.get("traits", "").split(","))
    return Answer(about["id"], about["kind"], traits, lines)


def split(answers: Sequence[Answer]) -> tuple[list[Answer], list[Answer]]:
    """For training, and for validation: every fifth of each file."""
    train = [answer for i, answer in enumerate(answers) if i % HELD_OUT_EVERY]
    held_out = [answer for i, answer in enumerate(answers) if not i % HELD_OUT_EVERY]
    return train, held_out


def without(answer: Answer, label: str) -> Answer:
    kept = tuple(line for line in answer.lines if line.label != label)
    return replace(answer, id=f"{answer.id}-no{label}", lines=kept)


def result_first(answer: Answer) -> Answer:
    """The result told first, as in "we saved the client; it began when …"."""
    first = [line for line in answer.lines if line.label == "R"]
    rest = [line for line in answer.lines if line.label != "R"]
    return replace(answer, id=f"{answer.id}-Rfirst", lines=(*first, *rest))


def unpunctuated(answer: Answer) -> Answer:
    lines = tuple(
        Line(line.label, line.text.translate(MARKS).replace("-", " ").lower())
        for line in answer.lines
    )
    return replace(answer, id=f"{answer.id}-bare", lines=lines)


def variants(answer: Answer, random: Random) -> Iterator[Answer]:
    """The answer itself, without a section, with its result first; with marks and without."""
    told = [answer]
    if answer.is_story:
        labels = [label for label in "STAR" if answer.has(label)]
        told += [without(answer, label) for label in labels if len(labels) > 1]
        if answer.lines[0].label != "R" and answer.has("R"):
            told.append(result_first(answer))
            told.append(without(result_first(answer), random.choice("ST")))
        if "T" in labels and "R" in labels:
            told.append(without(without(answer, "T"), "R"))
    for one in told:
        if one.lines:
            yield one
            yield unpunctuated(one)


def words_and_labels(answer: Answer) -> tuple[list[Word], list[str]]:
    words = [(Word(token), line.label) for line in answer.lines for token in line.text.split()]
    return [word for word, _ in words], [label for _, label in words]


def sequence(answer: Answer) -> Sequence_:
    """Cut by the program's own rules, so that training sees the clauses that practice sees."""
    words, labels = words_and_labels(answer)
    runs = clauses(words)
    steps = features(bare_clauses(words, runs), builtin_cues())
    return Sequence_(steps, [Counter(labels[i] for i in run).most_common(1)[0][0] for run in runs])


def bare_clauses(words: Sequence[Word], runs: Sequence[range]) -> list[list[str]]:
    lexicon = builtin("en")
    assert lexicon is not None
    skipped = {
        index
        for item in in_transcript(words, lexicon)
        if item.first_word is not None and item.last_word is not None
        for index in range(item.first_word, item.last_word + 1)
    }
    return [
        [word for i in run if i not in skipped and (word := bare(words[i].text))] for run in runs
    ]
