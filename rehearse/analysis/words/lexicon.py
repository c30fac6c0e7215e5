"""Which words are fillers, and where: rules from `data/lexicons/<language>.toml`.

A filled pause is a pattern for a whole word and counts wherever it stands, but for its `unless`. A
discourse word counts only in one of its contexts, `where`; `unless` outranks them. So do hedges.
What is `meant_twice` is no slip of the tongue when it is repeated; what is `given_up` is one when
the same start follows, and what is `unfinished` where nothing follows that it belongs to. One of
the `corrections` takes back a word that is `alike` what follows. The keys of a context, which must
all hold:

    first         true: no word of the answer comes before
    last          true: none comes after; false: one does
    break_before  true: a mark, a filled pause or, without marks, a silence comes before; false: not
    break_after   the same behind it
    break_within  the same between its words
    stop_before   true: a sentence begins with it; false: none does
    stop_after    the same where one ends with it
    after         it comes after one of these words; "@name" is one of `[sets]`
    before        it comes before one of these; "0" is any number, "*ing" any word in "-ing"
    asks          true: a question ends with it
    answers       true: a question ends right before it; false: none does
    earlier       in the same sentence one of these came at some time before
    after_only    its sentence begins with one or more of these, and no other word before it
    not_after     it comes after none of these
    not_before    it comes before none of these

A `softener` is a discourse word that is counted apart and never advised against.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from rehearse.analysis.rules import builtin_text, table
from rehearse.analysis.words.weights import Weights, parse_weights
from rehearse.text import bare

Phrase = tuple[str, ...]
Sets = dict[str, list[str]]
ENDING = "*"
"""Begins what stands for every word that ends so."""


@dataclass(frozen=True)
class Context:
    first: bool | None = None
    last: bool | None = None
    break_before: bool | None = None
    break_after: bool | None = None
    break_within: bool | None = None
    stop_before: bool | None = None
    stop_after: bool | None = None
    asks: bool | None = None
    answers: bool | None = None
    after: frozenset[Phrase] | None = None
    before: frozenset[Phrase] | None = None
    after_only: frozenset[Phrase] | None = None
    earlier: frozenset[Phrase] | None = None
    not_after: frozenset[Phrase] = frozenset()
    not_before: frozenset[Phrase] = frozenset()


@dataclass(frozen=True)
class FilledPause:
    text: str
    pattern: re.Pattern[str]
    unless: tuple[Context, ...] = ()


@dataclass(frozen=True)
class Discourse:
    text: str
    said: tuple[Phrase, ...]
    where: tuple[Context, ...]
    unless: tuple[Context, ...] = ()
    softener: bool = False
    weights: Weights | None = None
    """Where the contexts are only one sign among others."""


@dataclass(frozen=True)
class Lexicon:
    language: str
    filled_pauses: tuple[FilledPause, ...]
    discourse: tuple[Discourse, ...]
    hedges: tuple[Discourse, ...] | None = None
    meant_twice: tuple[Discourse, ...] | None = None
    """None where nobody wrote down yet what the language says twice on purpose."""
    given_up: tuple[Discourse, ...] = ()
    unfinished: tuple[Discourse, ...] = ()
    """Words that something must follow, where nothing does."""
    corrections: frozenset[Phrase] = frozenset()
    """What is said between a slip and its correction."""
    alike: tuple[frozenset[str], ...] = ()
    """Words that correct each other: one number another, "in" "on"."""
    counted: tuple[frozenset[str], ...] = ()
    """Those that do so without a mark."""
    never_slips: frozenset[str] = frozenset()
    """Words that are no names, and that sound like others by chance."""
    joiners: frozenset[str] = frozenset()
    """Words behind a hyphen that is no slip: "short- and long-term"."""

    def with_own(self, own: tuple[str, ...]) -> Lexicon:
        """The user's own words added: they count everywhere."""
        added = tuple(
            Discourse(" ".join(phrase), (phrase,), (Context(),))
            for phrase in (_phrase(text) for text in own)
            if phrase
        )
        return replace(self, discourse=added + self.discourse)


@cache
def builtin(language: str) -> Lexicon | None:
    """The package's lexicon for an ISO 639-1 code, with or without region; None for others:
    a filler of one language is a word of another."""
    code = re.split(r"[-_]", language.lower())[0]
    text = builtin_text(f"lexicons/{code}.toml") if code.isalpha() else None
    return (
        None if text is None else parse_lexicon(text, builtin_text(f"filler_weights/{code}.json"))
    )


def parse_lexicon(text: str, weights: str | None = None) -> Lexicon:
    """`weights` in JSON, for words whose contexts do not decide alone. Raises ValueError, KeyError
    or re.error for what is no lexicon."""
    data = table(text)
    sets: Sets = data.get("sets", {})
    known = parse_weights(weights, sets) if weights else {}
    discourse = _rules(data, "discourse", sets) or ()
    return Lexicon(
        language=data["language"],
        filled_pauses=tuple(_filled_pause(rule, sets) for rule in data["filled_pause"]),
        discourse=tuple(replace(rule, weights=known.get(rule.text)) for rule in discourse),
        hedges=_rules(data, "hedge", sets),
        meant_twice=_rules(data, "meant_twice", sets),
        given_up=_rules(data, "given_up", sets) or (),
        unfinished=_rules(data, "unfinished", sets) or (),
        corrections=_phrases(data.get("corrections", []), sets),
        alike=tuple(_words(each, sets) for each in data.get("alike", ())),
        counted=tuple(_words(each, sets) for each in data.get("counted", ())),
        never_slips=_words(data.get("never_slips", []), sets),
        joiners=frozenset(data.get("joiners", ())),
    )


def _rules(data: dict[str, Any], name: str, sets: Sets) -> tuple[Discourse, ...] | None:
    return tuple(_discourse(rule, sets) for rule in data[name]) if name in data else None


def _filled_pause(rule: dict[str, Any], sets: Sets) -> FilledPause:
    return FilledPause(
        text=rule["text"],
        pattern=re.compile(rule["pattern"]),
        unless=_contexts(rule.get("unless", []), sets),
    )


def _discourse(rule: dict[str, Any], sets: Sets) -> Discourse:
    return Discourse(
        text=rule["text"],
        said=tuple(_phrase(said) for said in rule.get("said", [rule["text"]])),
        where=_contexts(rule.get("where", [{}]), sets),
        unless=_contexts(rule.get("unless", []), sets),
        softener=rule.get("softener", False),
    )


def _contexts(rules: list[dict[str, Any]], sets: Sets) -> tuple[Context, ...]:
    return tuple(_context(rule, sets) for rule in rules)


def _context(rule: dict[str, Any], sets: Sets) -> Context:
    read: dict[str, Any] = {
        key: _phrases(value, sets) if isinstance(value, list) else value
        for key, value in rule.items()
    }
    return Context(**read)


def _phrases(items: list[str], sets: Sets) -> frozenset[Phrase]:
    spelled = (sets[item[1:]] if item.startswith("@") else [item] for item in items)
    return frozenset(_phrase(text) for texts in spelled for text in texts)


def _words(items: list[str], sets: Sets) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in _phrases(items, sets) if len(phrase) == 1)


def _phrase(text: str) -> Phrase:
    words = (
        f"{ENDING}{bare(token)}" if token[0] == ENDING else bare(token) for token in text.split()
    )
    return tuple(filter(None, words))
