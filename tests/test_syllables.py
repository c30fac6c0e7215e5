from __future__ import annotations

import pytest

from rehearse.analysis.analyze import analyze
from rehearse.analysis.rules import builtin_table
from rehearse.analysis.words.pace import pace
from rehearse.analysis.words.syllables import Rule, Syllables, builtin_syllables, spoken_syllables
from tests.examples import Examples, examples
from tests.speech import spoken

ENGLISH = builtin_syllables("en-GB")
assert ENGLISH is not None
RULES: Syllables = ENGLISH


EXAMPLES = examples(RULES.rules, builtin_table("syllables.toml")["rule"])


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case.rule.name)
def test_every_rule_fits_its_examples_and_leaves_the_others_alone(case: Examples[Rule]) -> None:
    assert case.must and case.must_not
    assert [word for word in case.must if not case.rule.pattern.search(word)] == []
    assert [word for word in case.must_not if case.rule.pattern.search(word)] == []


def test_no_exception_is_needless() -> None:
    plain = Syllables(RULES.rules, {})
    by_rule = {word: spoken_syllables(word, plain) for word in RULES.exceptions}
    assert [word for word, count in RULES.exceptions.items() if by_rule[word] == count] == []


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("strengths", 1), ("the", 1), ("worked", 1), ("I've", 1), ("we're", 1), ("player", 2),
        ("wanted", 2), ("table", 2), ("changes", 2), ("didn't", 2), ("business", 2),
        ("someone's", 2), ("idea", 3), ("completely", 3), ("management", 3), ("radio", 3),
        ("continuous", 4), ("experience", 4), ("responsibility", 6),
        ("on-call", 2), ("API", 3), ("AWS", 5), ("7", 2), ("20%", 2), ("105", 5), ("42,310", 10),
        ("1,200", 6), ("200", 3),
        ("4.5", 2), ("1000000000000", 25), ("—", 0), ("'", 0),
    ],
)  # fmt: skip
def test_words_figures_and_initials_are_counted_as_they_are_said(word: str, count: int) -> None:
    assert spoken_syllables(word, RULES) == count
    assert spoken_syllables(f"“{word.title() if word.islower() else word},”", RULES) == count


def test_only_english_is_counted() -> None:
    assert builtin_syllables("de") is None
    speech = spoken("eins zwei", language="de")
    found = analyze(speech.transcript, sound=speech.sound, question=None, target=None)
    assert found.pace and found.pace.syllables_per_second is None


def test_syllables_go_by_the_time_that_is_spoken_and_leave_filled_pauses_out() -> None:
    words = spoken("um complete _3_ management").words
    told = pace(words, duration=10.0, phonation=2.0, hesitations=frozenset({0}), syllables=RULES)
    assert told.syllables_per_second == 2.5
    silent = pace(words, duration=10.0, phonation=0.0, syllables=RULES)
    assert silent.syllables_per_second is None


def test_a_run_is_what_lies_between_two_pauses() -> None:
    speech = spoken("_1_ um I led it _0.2_ well _0.3_ and _1_ they stayed _2_")
    found = analyze(speech.transcript, sound=speech.sound, question=None, target=None)
    assert found.pace and found.pace.mean_run == pytest.approx(7 / 3)
    assert pace((), duration=1.0, phonation=0.0, pauses=0).mean_run is None
    without = analyze(speech.transcript, sound=None, question=None, target=None)
    assert without.pace and without.pace.mean_run is None
