"""Spoken commands, which are said to the program and not to an interviewer; see
data/commands.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import cache
from typing import Any

from rehearse.analysis.rules import builtin_table
from rehearse.analysis.star.cues import Sets, phrase_pattern
from rehearse.model.take import Ending
from rehearse.speech.utterance import Utterance
from rehearse.text import bare

MOST_WORDS = 14
"""Words; longer speech is not a command."""
CLOSE = 0.85
"""Likeness of a misheard word to the right one: one letter in six may differ."""
SHORTEST_MISHEARD = 5
"""Letters; shorter words are too similar to each other."""

_PARTS = re.compile(r"[\s\-–—]+")


class Command(Enum):
    NEXT = "next"
    AGAIN = "again"
    REPEAT = "repeat"
    REPLAY = "replay"
    SKIP = "skip"
    FOLLOW_UP = "follow_up"
    MORE = "more"
    STOP = "stop"
    HELP = "help"


@dataclass(frozen=True)
class Rule:
    command: Command
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Commands:
    """The commands between two answers: a phrase, with only easy words around it."""

    rules: tuple[Rule, ...]
    easy: frozenset[str]
    hesitations: frozenset[str]
    vocabulary: frozenset[str]
    """Every word of every phrase."""

    def find(self, text: str) -> Command | None:
        """The command in these words; None where there is none, or more than one."""
        words = [self._meant(word) for word in plain(text) if word not in self.hesitations]
        if len(words) > MOST_WORDS:
            return None
        said = " ".join(words)
        found = [
            (len(match[0]), rule) for rule in self.rules for match in rule.pattern.finditer(said)
        ]
        if not found:
            return None
        longest, meant = max(found, key=lambda one: one[0])
        if any(length == longest and rule is not meant for length, rule in found):
            return None
        around = meant.pattern.sub(" ", said).split()
        return meant.command if all(word in self.easy for word in around) else None

    def _meant(self, word: str) -> str:
        known = word in self.vocabulary or word in self.easy
        if known or len(word) < SHORTEST_MISHEARD:
            return word
        return next(iter(get_close_matches(word, sorted(self.vocabulary), n=1, cutoff=CLOSE)), word)


@dataclass(frozen=True)
class Closing:
    ending: Ending
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Closings:
    """The phrases that end an answer when they stand alone between two pauses."""

    rules: tuple[Closing, ...]
    hesitations: frozenset[str]
    unfinished: frozenset[str]
    """Words after which a sentence goes on."""

    def find(self, said: Utterance) -> Ending | None:
        if said.after and bare(said.after.text) in self.unfinished:
            return None
        return self.read(" ".join(word.text for word in said.words))

    def read(self, text: str) -> Ending | None:
        spoken = " ".join(word for word in plain(text) if word not in self.hesitations)
        return next((rule.ending for rule in self.rules if rule.pattern.fullmatch(spoken)), None)


def plain(text: str) -> list[str]:
    """The bare words; "follow-up" counts as two."""
    return [word for part in _PARTS.split(text) if (word := bare(part))]


@cache
def builtin_commands() -> Commands:
    data = builtin_table("commands.toml")
    sets: Sets = data["sets"]
    rules = tuple(
        Rule(
            Command(rule["command"]),
            phrase_pattern(_longest_first(rule["phrases"]), sets),
        )
        for rule in data["command"]
    )
    return Commands(
        rules, frozenset(sets["easy"]), frozenset(sets["hesitations"]), _vocabulary(data, sets)
    )


@cache
def builtin_closings() -> Closings:
    data = builtin_table("commands.toml")
    sets: Sets = data["sets"]
    return Closings(
        tuple(
            Closing(
                Ending(rule["ending"]),
                _between(rule["phrases"], sets),
            )
            for rule in data["closing"]
        ),
        frozenset(sets["hesitations"]),
        frozenset(sets["unfinished"]),
    )


def _between(phrases: Sequence[str], sets: Sets) -> re.Pattern[str]:
    """A closing phrase with polite words around it; none of them belong to the answer."""
    before, after = (phrase_pattern([f"@{name}"], sets).pattern for name in ("before", "behind"))
    return re.compile(f"(?:{before} )*{phrase_pattern(phrases, sets).pattern}(?: {after})*")


def _longest_first(phrases: Sequence[str]) -> list[str]:
    """A pattern takes the first of its alternatives that fits."""
    return sorted(phrases, key=lambda phrase: -len(phrase.split()))


def _vocabulary(data: dict[str, Any], sets: Sets) -> frozenset[str]:
    phrases = [phrase for rule in data["command"] for phrase in rule["phrases"]]
    items = [item for phrase in phrases for part in phrase.split() for item in part.split("|")]
    plainly = {item.rstrip("?") for item in items if not item.startswith("@")}
    spelled = {word for item in items if item[:1] == "@" for each in sets[item[1:].rstrip("?")]
               for word in each.split()}  # fmt: skip
    return frozenset(plainly | spelled)
