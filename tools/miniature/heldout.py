"""Write the held-out texts: sentences that no training take holds, and the voices to say them."""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import numpy as np

from .corpus import MARKS
from .grammar import WORD, Grammar, read_rules, tidy, vocabulary
from .voices import PLAIN

HERE = Path(__file__).parent
SENTENCES, ANSWERS = 40, 8
RATES = (150, 165, 180, 195, 210)


@dataclass(frozen=True)
class HeldOut:
    kind: str
    text: str
    voice: str
    rate: int


def trained_sentences(folder: Path) -> set[str]:
    """Every sentence of the training takes, in lower case, without marks."""
    found: set[str] = set()
    for path in sorted(folder.glob("takes-*.npz")):
        shard = np.load(path)
        ends = np.flatnonzero(shard["marks"] >= MARKS.index(".")) + 1
        words = np.char.lower(shard["words"])
        found |= {" ".join(words[a:b]) for a, b in itertools.pairwise([0, *ends.tolist()])}
    return found


def plain(text: str) -> str:
    return " ".join(word for word in WORD.findall(text.lower()) if word not in MARKS)


def fresh(grammar: Grammar, trained: set[str]) -> Iterator[str]:
    """Endless sentences of grammar stories that were never trained on."""
    while True:
        yield from (s for s in grammar.story(8, strays=0.0) if plain(s) not in trained)


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    grammar = Grammar(seed=77)
    trained = trained_sentences(folder)
    unseen = fresh(grammar, trained)
    yield from (("grammar", next(unseen)) for _ in range(SENTENCES))
    known = set(vocabulary(read_rules()))
    for line in (HERE / "freeform.txt").read_text().splitlines():
        strange = {w for w in WORD.findall(tidy(line)) if w not in MARKS}
        strange = {w for w in strange if not {w, w.lower()} & known}
        if strange or plain(line) in trained:
            raise ValueError(f"not usable as held-out text: {line} {sorted(strange)}")
        yield "free-form", tidy(line)
    for _ in range(ANSWERS):
        yield "long answer", " ".join(next(unseen) for _ in range(14))
    commands = sorted({tidy(text) for text in grammar.rules["command"]})
    yield from (("command", text) for text in commands)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("build/miniature"))
    parser.add_argument("--out", type=Path, default=Path("tests/data/miniature_heldout.jsonl"))
    options = parser.parse_args()
    random = Random(5)
    items = [
        HeldOut(kind, text, random.choice(PLAIN), random.choice(RATES))
        for kind, text in texts(options.folder)
    ]
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text("".join(json.dumps(asdict(item)) + "\n" for item in items))


if __name__ == "__main__":
    main()
