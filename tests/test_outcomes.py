from __future__ import annotations

import pytest

from rehearse.analysis.rules import builtin_table
from rehearse.analysis.star.outcomes import Outcome, OutcomeKind, builtin_outcomes, results
from rehearse.model.structure import Results, Section, Segment, Star
from tests.examples import Examples, examples
from tests.speech import written


def read(text: str, star: Star | None = None) -> Results:
    words = written(text).words
    return results(words, star, outcomes=builtin_outcomes())


def holds(rule: Outcome, text: str) -> bool:
    found = read(text)
    return bool(found.comparisons if rule.kind is OutcomeKind.COMPARISON else found.effects)


RULES = examples(builtin_outcomes(), builtin_table("outcomes.toml")["outcome"])


@pytest.mark.parametrize("case", RULES, ids=lambda case: case.rule.kind.value)
def test_every_rule_finds_its_examples_and_leaves_the_others_alone(case: Examples[Outcome]) -> None:
    assert case.must and case.must_not
    assert [text for text in case.must if not holds(case.rule, text)] == []
    assert [text for text in case.must_not if holds(case.rule, text)] == []


def test_only_the_result_of_a_story_is_read() -> None:
    text = "It was faster than before. They renewed the contract."
    segments = (
        Segment(Section.SITUATION, 0, 4, None, None, 1.0),
        Segment(Section.RESULT, 5, 8, None, None, 1.0),
    )
    found = read(text, Star(True, segments, (), (), ()))
    assert found.comparisons == ()
    (effect,) = found.effects
    assert (effect.text, effect.first_word, effect.last_word) == ("They renewed", 5, 6)
    assert not found.quantified


def test_another_answer_is_read_whole() -> None:
    found = read("It was faster than before, by 20 percent, and they renewed it.")
    assert found.quantified
    assert [each.text for each in found.comparisons] == ["faster than"]
    assert [each.text for each in found.effects] == ["they renewed"]
