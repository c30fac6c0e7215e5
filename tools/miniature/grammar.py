"""The sentences that the miniature learns from: grammar.txt expanded, fillers, random words."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "rehearse" / "data" / "demo.json"
SLOT = re.compile(r"\{(\w+)\}")
WORD = re.compile(r"[A-Za-z']+|[,.?]")

STORY = ("situation", "situation", "task", "action", "action", "action", "result", "learned")
FILLERS = ("um", "um", "um", "uh", "uh", "like", "you know", "er", "hmm", "I mean", "sort of",
           "kind of", "actually", "basically", "well")  # fmt: skip
SENTENCES = (*STORY, "intro", "aside", "question", "free")
# Shares: of sentences with fillers, of words exchanged in a sentence, of random words that are
# function words.
FILLED, FEW_RANDOM, FUNCTION_WORDS = 0.5, 0.3, 0.35


Rules = dict[str, tuple[str, ...]]


def read_rules(path: Path = HERE / "grammar.txt") -> Rules:
    lines = (line for line in path.read_text().splitlines() if " = " in line)
    return {
        name.strip(): tuple(alternative.strip() for alternative in body.split("|"))
        for name, body in (line.split(" = ", 1) for line in lines)
    }


@cache
def proper_names() -> frozenset[str]:
    return frozenset(read_rules()["proper"])


def demo_texts() -> list[str]:
    """Every question and answer of the built-in demo."""
    takes = json.loads(DEMO.read_text())["takes"]
    return [take[key] for take in takes for key in ("question", "answer")]


def vocabulary(rules: Rules) -> list[str]:
    """Every word that any text can hold, in lower case but for "I" and its kin, sorted."""
    texts = [*(text for body in rules.values() for text in body), *demo_texts(), *FILLERS]
    words = {w.lower() for text in texts for w in WORD.findall(SLOT.sub(" ", text))}
    return sorted(proper(word) for word in words if word not in ",.?")


def proper(word: str) -> str:
    return word.capitalize() if word.split("'")[0] == "i" or word in proper_names() else word


class Grammar:
    """A source of sentences. Everything it says follows from `seed`."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.rules = read_rules()
        self.words = [w for w in vocabulary(self.rules) if w not in self.rules["homophone"]]
        opening = (self.expand(rule) for rule in SENTENCES for _ in range(300))
        self.openings = sorted({text.split()[0].strip(",.?") for text in opening})

    def expand(self, rule: str) -> str:
        text = self.random.choice(self.rules[rule])
        return SLOT.sub(lambda slot: self.expand(slot.group(1)), text)

    def sentence(self, rule: str) -> str:
        text = self.expand(rule)
        if rule not in ("command", "question") and self.random.random() < FILLED:
            text = self.fill(text)
        return tidy(text)

    def fill(self, text: str) -> str:
        """Put one to three fillers between words, mostly with the commas of a writer."""
        words = text.split()
        for _ in range(self.random.choice((1, 1, 1, 2, 2, 3))):
            place = self.random.randrange(len(words))
            filler = self.random.choice(FILLERS)
            before = "," if place and words[place - 1][-1] not in ",.?" else ""
            commas = self.random.random()
            if place and commas < 0.75:
                words[place - 1] += before
            words.insert(place, filler + ("," if commas < 0.9 else ""))
        return " ".join(words)

    def any_word(self) -> str:
        if self.random.random() < FUNCTION_WORDS:
            return self.expand("function")
        return self.random.choice(self.words)

    def scattered(self) -> str:
        """Random words: nothing to guess from, so that the model has to listen."""
        words = [self.random.choice(self.openings)]
        words += [self.any_word() for _ in range(self.random.randint(2, 12))]
        for place in range(len(words) - 1):
            if self.random.random() < 0.12:
                words[place] += ","
        mark = self.random.choice("....?")
        text = " ".join(words) + mark
        return tidy(self.fill(text) if self.random.random() < 0.3 else text)

    def disturbed(self) -> str:
        """A sensible sentence with a part of its words exchanged for any others."""
        words = self.sentence(self.random.choice(("free", "action", "aside", "situation"))).split()
        for place, word in enumerate(words):
            if place and self.random.random() < FEW_RANDOM:
                marks = word[len(word.rstrip(",.?")) :]
                words[place] = self.any_word() + marks
        return tidy(" ".join(words))

    def free_sentence(self) -> str:
        kind = self.random.random()
        if kind < 0.42:
            return self.scattered()
        return self.disturbed() if kind < 0.65 else self.sentence("free")

    def take(self, sentences: int) -> list[str]:
        """The sentences that one voice speaks in a row."""
        kind = self.random.random()
        if kind < 0.10:
            return [self.sentence("command") for _ in range(2 * sentences)]
        if kind < 0.55:
            return [self.free_sentence() for _ in range(sentences)]
        if kind < 0.63:
            return [self.sentence("intro") for _ in range(sentences)]
        if kind < 0.70:
            return [self.sentence("question") for _ in range(sentences)]
        return self.story(sentences)

    def story(self, sentences: int, strays: float = 0.25) -> list[str]:
        """An answer in STAR order; that share of its sentences is of any other kind."""
        rules = sorted(self.random.choices(STORY, k=sentences), key=STORY.index)
        told = [self.sentence(rule) for rule in rules]
        for place in range(len(told)):
            if self.random.random() < strays:
                told[place] = self.random.choice(
                    (self.free_sentence, lambda: self.sentence("aside"))
                )()
        return told


def tidy(text: str) -> str:
    """Capitals where a sentence begins and for "I"; lower case elsewhere; one mark at a time."""
    tokens = [proper(t.lower()) for t in WORD.findall(text)]
    out: list[str] = []
    for token in tokens:
        if token in ",.?" and (not out or out[-1] in ",.?"):
            continue
        begins = not out or out[-1] in ".?"
        out.append(token[:1].upper() + token[1:] if begins else token)
    return re.sub(r" ([,.?])", r"\1", " ".join(out))
