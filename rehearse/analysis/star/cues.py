"""Phrases that tell the sections of an answer; the rules are in data/*_cues.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from rehearse.analysis.rules import builtin_text, table

Sets = dict[str, list[str]]


@dataclass(frozen=True)
class Cue:
    section: str
    """As the file names it: "situation", "who", "design"; "none" is part of no section."""
    weak: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Cues:
    rules: tuple[Cue, ...]
    weak_after: dict[str, frozenset[str]]
    """From which sections a weak cue may lead on; "" is the start of the answer."""
    implied: tuple[Cue, ...] = ()
    """Phrases that tell a section in passing, within another."""


@dataclass(frozen=True)
class Hit:
    section: str
    weak: bool
    place: int
    """Which of the words given the phrase begins with."""


@cache
def builtin_cues(name: str = "star_cues.toml") -> Cues:
    text = builtin_text(name)
    if text is None:
        raise FileNotFoundError(f"rehearse/data/{name} is missing from the package.")
    return parse_cues(text)


def parse_cues(text: str) -> Cues:
    """Raises ValueError or KeyError for what is no table of cues."""
    data = table(text)
    rules, implied = (_cues(data, name) for name in ("cue", "implied"))
    after = {name: frozenset(items) for name, items in data["weak_after"].items()}
    return Cues(rules, after, implied)


def _cues(data: dict[str, Any], name: str) -> tuple[Cue, ...]:
    sets: Sets = data.get("sets", {})
    return tuple(
        Cue(
            section=rule["section"],
            weak=rule.get("weak", False),
            pattern=phrase_pattern(rule["phrases"], sets),
        )
        for rule in data.get(name, ())
    )


def hits(words: Sequence[str], cues: Cues) -> tuple[Hit, ...]:
    """Every cue in bare words, strong ones first, then as they come."""
    text = " ".join("0" if word[:1].isdigit() else word for word in words)
    found = [
        Hit(cue.section, cue.weak, text.count(" ", 0, match.start()))
        for cue in cues.rules
        for match in cue.pattern.finditer(text)
    ]
    return tuple(sorted(found, key=lambda hit: (hit.weak, hit.place)))


def phrase_pattern(phrases: Sequence[str], sets: Sets) -> re.Pattern[str]:
    """Any of the phrases, as whole words in a text of bare words with single blanks."""
    alternatives = (_phrase(phrase, sets) for phrase in phrases)
    return re.compile(r"(?<!\S)(?:" + "|".join(alternatives) + r")(?!\S)")


def _phrase(phrase: str, sets: Sets) -> str:
    """Words with blanks between, as a pattern; an optional word takes its blank with it."""
    pattern = ""
    for item in phrase.split():
        word = "(?:" + "|".join(_words(item.rstrip("?"), sets)) + ")"
        pattern += f"(?:{word} )?" if item.endswith("?") else f"{word} "
    return pattern.removesuffix(" ")


def _words(item: str, sets: Sets) -> list[str]:
    found: list[str] = []
    for word in item.split("|"):
        if word == "*":
            found.append(r"\S+")
        elif word.startswith("@"):
            found += [re.escape(each).replace(r"\ ", " ") for each in sets[word[1:]]]
        else:
            found.append(re.escape(word))
    return found
