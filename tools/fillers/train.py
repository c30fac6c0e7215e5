"""Learn how much each neighbour of a word speaks for a filler: `make train-fillers`.

From the places in real meetings that may be looked at, in three spellings, the same half of our own
passages and the examples of the rule. Needs `../shared/fillers`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pycrfsuite

from rehearse.analysis.rules import builtin_text, table
from rehearse.analysis.words.fillers import in_transcript, places
from rehearse.analysis.words.lexicon import Discourse, Lexicon, Sets, parse_lexicon
from rehearse.analysis.words.neighbours import verdict
from rehearse.analysis.words.weights import classes_of, signs
from rehearse.analysis.words.word_run import side_by_side
from rehearse.model.delivery import FillerKind
from rehearse.text import bare
from tools.fillers.evaluate import WAYS
from tools.fillers.meetings import read_meetings
from tools.fillers.passages import FOLDER, Passage, passage, read_passages

WORDS = ("like",)
"""For the others the rules alone were as good on meetings that were kept apart."""
OWN = ("heldout", "natural", "whisper")
L2 = 10.0
ITERATIONS = 150
LEAST = 0.6
"""Probability from which a word is called a filler: rather too few. The rules have seen the
meetings that this learns from, so what it learns trusts them a little too much."""
OF_RULE = 3
"""Times that an example of the rule counts, which is meant to be clear."""
LEAST_WEIGHT = 0.02
"""Smaller ones change nothing and double the file."""
WEIGHTS = Path(__file__).parents[2] / "rehearse" / "data" / "filler_weights" / "en.json"

Example = tuple[list[str], bool]


def main() -> None:
    text = builtin_text("lexicons/en.toml") or ""
    data = table(text)
    lexicon = parse_lexicon(text)
    learned = {}
    for word in WORDS:
        (row,) = [row for row in data["discourse"] if row["text"] == word]
        (rule,) = [rule for rule in lexicon.discourse if rule.text == word]
        passages = [*seen(word), *of_rule(row, word)]
        values = train(examples(lexicon, rule, data["sets"], passages))
        learned[word] = {"least": round(math.log(LEAST / (1 - LEAST)), 3), "values": values}
    WEIGHTS.parent.mkdir(exist_ok=True)
    WEIGHTS.write_text(json.dumps(learned, indent=0, sort_keys=True) + "\n", "utf-8")


def seen(word: str) -> Iterator[Passage]:
    for one in read_meetings():
        if one.half == "look" and one.place and one.place.text == word:
            yield from (spell(one) for spell in WAYS.values())
    for file in OWN:
        yield from (one for one in read_passages(FOLDER / f"{file}.txt") if one.half == "look")


def of_rule(row: dict[str, list[str]], word: str) -> Iterator[Passage]:
    """Its sentences that hold the word once."""
    for key in ("must", "must_not"):
        for text in row[key]:
            tokens = text.split()
            if [bare(token) for token in tokens].count(word) == 1:
                marked = (f"{{{t}}}" if key == "must" and bare(t) == word else t for t in tokens)
                yield from [passage(" ".join(marked))] * OF_RULE


def examples(
    lexicon: Lexicon, rule: Discourse, sets: Sets, passages: Iterable[Passage]
) -> Iterator[Example]:
    """The signs of each place where the word stands, and whether it is a filler there."""
    classes = classes_of(sets)
    (phrase,) = rule.said
    for one in passages:
        found = in_transcript(one.words, lexicon)
        hesitations = places(f for f in found if f.kind is FillerKind.FILLED_PAUSE)
        said = side_by_side(one.words, skipped=hesitations)
        for k, place in enumerate(said.places):
            end = k + len(phrase)
            if said.words[k:end] == phrase and (not one.place or one.place.first == place):
                found_by_rule = verdict(rule, said, k, len(phrase))
                is_filler = any(f.first <= place <= f.last for f in one.fillers)
                yield list(signs(classes, said, k, end, found_by_rule)), is_filler


def train(found: Iterable[Example]) -> dict[str, float]:
    """Logistic regression: a conditional random field over sequences of one step."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c2": L2, "max_iterations": ITERATIONS})
    for steps, is_filler in found:
        trainer.append([steps], [str(is_filler)])
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        state = tagger.info().state_features
    values: dict[str, float] = {}
    for (sign, label), weight in state.items():
        values[sign] = values.get(sign, 0.0) + (weight if label == "True" else -weight)
    return {sign: round(w, 3) for sign, w in values.items() if abs(w) >= LEAST_WEIGHT}


if __name__ == "__main__":
    main()
