"""The labelled answers: read from text files, cut and varied into what the model is trained on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random
from zlib import crc32

from rehearse.analysis.star.clause_features import features
from rehearse.analysis.star.cues import Cues, builtin_cues
from rehearse.analysis.words.clauses import clauses
from rehearse.analysis.words.fillers import in_transcript, places
from rehearse.analysis.words.lexicon import builtin
from rehearse.model.take import Word
from rehearse.text import bare

FOLDER = Path(__file__).parent / "answers"
HEARD = FOLDER / "heard.txt"
"""Answers as Whisper wrote them down (tools/star/heard.py)."""
LABELS = "STARO"
PARTS = 10
"""Parts that the answers are dealt to by their writers' names or, where a writer told but one, by
their own, so that new answers move no old one: one part is for testing, one for choosing (features,
thresholds), the others for training."""
SIGNPOSTS = {
    "S": ["The situation was that", "Last year,", "To give you some context,"],
    "T": ["My task was this:", "I was responsible for this:", "My goal was clear:"],
    "A": ["So first of all", "I decided that", "What I did was this:", "Then"],
    "R": ["As a result,", "In the end,", "The result was that", "Because of that,"],
}
STARTS = ["So", "Yeah so", "And", "And so", "Okay so", "Well", "Um", "Basically", "Yeah"]
FILLERS = ["um", "uh", "like", "you know", "I mean", "sort of", "kind of", "basically", "actually"]
ARTICLES = frozenset(["a", "an", "the"])
STARTED, SWALLOWED, FILLED, REPEATED, UNMARKED = 0.3, 0.1, 0.06, 0.04, 0.4
"""How often a clause begins with a filler, an article is left out, a filler stands before a word,
a word or two are said twice, and a mark is lost."""
FLUENT, LOOSE = 0.5, 0.2
"""Share of the bare variants without hesitations; chance of one more with some of its marks."""
PARTS_OF_OTHERS = 4
"""Parts taken of what is no story: such answers are fewer, and have no sections to leave out."""
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
    writer: str = ""
    """Empty where the answer is the only one of its writer."""
    speaker: str = ""
    twin: str = ""
    """Of what was heard: the id of the answer as it was typed."""

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
    """As they were typed. Raises ValueError naming the block that is not as it should be."""
    return [answer for answer in _read(folder, labels) if not answer.twin]


def heard_instead(answers: Iterable[Answer]) -> list[Answer]:
    """Each that was heard, in place of what was typed."""
    heard = {answer.twin: answer for answer in _read(FOLDER, LABELS) if answer.twin}
    return [heard.get(answer.id, answer) for answer in answers]


def _read(folder: Path, labels: str) -> list[Answer]:
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
    known = {name: about.get(name, "") for name in ("writer", "speaker", "twin")}
    return Answer(about["id"], about["kind"], traits, lines, **known)


@dataclass(frozen=True)
class Split:
    train: list[Answer]
    validation: list[Answer]
    """What features, settings and thresholds are chosen on."""
    test: list[Answer]
    """Only reported."""


def split(answers: Sequence[Answer]) -> Split:
    dealt: list[list[Answer]] = [[] for _ in range(PARTS)]
    for answer in answers:
        dealt[crc32((answer.writer or answer.id).encode()) % PARTS].append(answer)
    test, validation, *train = dealt
    return Split([answer for part in train for answer in part], validation, test)


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


def part(answer: Answer, random: Random) -> Answer:
    """Two or more neighbouring lines."""
    first = random.randint(0, max(0, len(answer.lines) - 2))
    last = random.randint(min(first + 2, len(answer.lines)), len(answer.lines))
    return replace(answer, id=f"{answer.id}-part", lines=answer.lines[first:last])


def unpunctuated(answer: Answer) -> Answer:
    lines = tuple(
        Line(line.label, line.text.translate(MARKS).replace("-", " ").lower())
        for line in answer.lines
    )
    return replace(answer, id=f"{answer.id}-bare", lines=lines)


def hesitant(answer: Answer, random: Random) -> Answer:
    """As it may be said and transcribed: with fillers, words said twice, articles swallowed, marks
    that come and go."""
    lines = tuple(Line(line.label, _hesitant(line.text, random)) for line in answer.lines)
    return replace(answer, id=f"{answer.id}-said", lines=lines)


def _hesitant(text: str, random: Random) -> str:
    said = [random.choice(STARTS)] if random.random() < STARTED else []
    for word in text.split():
        if word in ARTICLES and random.random() < SWALLOWED:
            continue
        if random.random() < FILLED:
            said.append(random.choice(FILLERS))
        said.append(word.translate(MARKS) if random.random() < UNMARKED else word)
        if random.random() < REPEATED:
            said += said[-random.randint(1, 2) :]
    return " ".join(word for word in said if word)


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
    else:
        told += [part(answer, random) for _ in range(PARTS_OF_OTHERS)]
    for one in told:
        if one.lines:
            yield one
            yield unpunctuated(one if random.random() < FLUENT else hesitant(one, random))
            if random.random() < LOOSE:
                yield hesitant(one, random)


def words_and_labels(answer: Answer) -> tuple[list[Word], list[str]]:
    words = [(Word(token), line.label) for line in answer.lines for token in line.text.split()]
    return [word for word, _ in words], [label for _, label in words]


def sequence(answer: Answer, cues: Cues | None = None) -> Sequence_:
    """Cut by the program's own rules, so that training sees the clauses that practice sees. A
    small letter goes on with the section of the clause before."""
    words, labels = words_and_labels(answer)
    runs = clauses(words)
    steps = features(bare_clauses(words, runs), cues or builtin_cues())
    told = [Counter(labels[i] for i in run).most_common(1)[0][0] for run in runs]
    pairs = pairwise(["", *told])
    return Sequence_(steps, [now.lower() if now == before else now for before, now in pairs])


def bare_clauses(words: Sequence[Word], runs: Sequence[range]) -> list[list[str]]:
    fillers = skipped(words)
    return [
        [word for i in run if i not in fillers and (word := bare(words[i].text))] for run in runs
    ]


def skipped(words: Sequence[Word]) -> frozenset[int]:
    """Indices of the words that fillers are made of."""
    lexicon = builtin("en")
    assert lexicon is not None
    return places(in_transcript(words, lexicon))
