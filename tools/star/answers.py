"""The labelled answers: read from text files, cut and varied into what the model is trained on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random

from rehearse.analysis.clause_features import features
from rehearse.analysis.clauses import clauses
from rehearse.analysis.cues import Cues, builtin_cues
from rehearse.analysis.fillers import in_transcript
from rehearse.analysis.lexicon import builtin
from rehearse.model import Word
from rehearse.text import bare

FOLDER = Path(__file__).parent / "answers"
LABELS = "STARO"
HELD_OUT_EVERY = 5
"""Every fifth answer is for validation and never trained on."""
SIGNPOSTS = {
    "S": ["The situation was that", "Last year,", "To give you some context,"],
    "T": ["My task was this:", "I was responsible for this:", "My goal was clear:"],
    "A": ["So first of all", "I decided that", "What I did was this:", "Then"],
    "R": ["As a result,", "In the end,", "The result was that", "Because of that,"],
}
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


def read_answers(folder: Path = FOLDER, labels: str = LABELS) -> list[Answer]:
    """Raises ValueError naming the block that is not as it should be."""
    found = [
        _answer(block, path.name, labels)
        for path in sorted(folder.glob("*.txt"))
        for block in path.read_text("utf-8").split("\n\n")
        if block.strip()
    ]
    twice = [name for name, count in Counter(answer.id for answer in found).items() if count > 1]
    if twice:
        raise ValueError(f"more than one answer is called {twice}")
    return found


def _answer(block: str, where: str, labels: str) -> Answer:
    head, *rest = block.strip().splitlines()
    about = dict(part.strip().split("=", 1) for part in head.removeprefix("##").split(" | "))
    lines = tuple(Line(line[0], line[2:].strip()) for line in rest if line.strip())
    if not lines or any(line.label not in labels or not line.text for line in lines):
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


def signposted(answer: Answer, random: Random) -> Answer:
    """Each section opened by a stock phrase: people who were taught STAR do so, our writers were
    told not to."""
    lines, seen = [], set()
    for line in answer.lines:
        phrases = SIGNPOSTS.get(line.label, [])
        if phrases and line.label not in seen:
            text = f"{random.choice(phrases)} {line.text[:1].lower()}{line.text[1:]}"
            line = Line(line.label, text)
        seen.add(line.label)
        lines.append(line)
    return replace(answer, id=f"{answer.id}-signs", lines=tuple(lines))


def terse(answer: Answer) -> Answer:
    """The first clause of each run of one section, and two of what was done: short answers turn
    from section to section faster than our writers' do."""
    kept: list[Line] = []
    run = 0
    for before, line in pairwise([Line("", ""), *answer.lines]):
        run = run + 1 if line.label == before.label else 1
        if run <= (2 if line.label == "A" else 1):
            kept.append(line)
    return replace(answer, id=f"{answer.id}-terse", lines=tuple(kept))


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
        signs = signposted(answer, random)
        told += [signs, without(signs, random.choice(labels)), without(signs, "R")]
        told += [terse(answer), terse(signs), without(terse(answer), random.choice(labels))]
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


def sequence(answer: Answer, cues: Cues | None = None) -> Sequence_:
    """Cut by the program's own rules, so that training sees the clauses that practice sees."""
    words, labels = words_and_labels(answer)
    runs = clauses(words)
    steps = features(bare_clauses(words, runs), cues or builtin_cues())
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
