from __future__ import annotations

import pytest

from rehearse.analysis.rules import builtin_table
from rehearse.analysis.star.opening_and_ending import (
    EdgeKind,
    EdgeRule,
    builtin_edge_rules,
    edges,
    sentences,
)
from rehearse.model.structure import Edges
from tests.examples import Examples, examples
from tests.speech import spoken, written

RULES = examples(builtin_edge_rules(), builtin_table("edges.toml")["edge"])


def read(text: str, fillers: frozenset[int] = frozenset()) -> Edges:
    found = edges(written(text).words, builtin_edge_rules(), fillers=fillers)
    assert found is not None
    return found


def holds(rule: EdgeRule, text: str) -> bool:
    found = read(text)
    said = found.trails_off if rule.kind is EdgeKind.TRAILS_OFF else found.reflection
    return said is not None


@pytest.mark.parametrize("case", RULES, ids=lambda case: case.rule.kind.value)
def test_every_rule_finds_its_examples_and_leaves_the_others_alone(
    case: Examples[EdgeRule],
) -> None:
    assert case.must and case.must_not
    assert [text for text in case.must if not holds(case.rule, text)] == []
    assert [text for text in case.must_not if holds(case.rule, text)] == []


def test_the_first_and_the_last_sentence_are_quoted_with_their_words() -> None:
    found = read("We were late. Then I called them all. They forgave us.")
    assert (found.first.text, found.first.first_word, found.first.last_word) == (
        "We were late.", 0, 2,
    )  # fmt: skip
    assert (found.last.text, found.last.first_word, found.last.last_word) == (
        "They forgave us.", 8, 10,
    )  # fmt: skip
    assert found.trails_off is None


def test_trailing_words_are_the_longest_that_end_the_answer() -> None:
    found = read("They signed it in May. So, yeah, that's it.")
    assert found.trails_off is not None
    assert (found.trails_off.text, found.trails_off.first_word) == ("So, yeah, that's it.", 5)


def test_an_um_at_the_end_hides_no_trailing_off() -> None:
    found = read("They signed it in May so yeah um", frozenset({7}))
    assert found.trails_off is not None
    assert found.trails_off.text == "so yeah"


def test_what_was_learned_is_quoted_as_a_sentence() -> None:
    found = read("We lost them. Looking back, I waited too long. That was all.")
    assert found.reflection is not None
    assert found.reflection.text == "Looking back, I waited too long."


@pytest.mark.parametrize("text", ["", "— . ,"])
def test_where_nothing_was_said_there_are_no_edges(text: str) -> None:
    assert edges(written(text).words, builtin_edge_rules()) is None


def test_without_marks_clauses_are_joined_until_they_say_enough() -> None:
    speech = spoken("last year we were late _1_ and then I called them one by one _1_ it worked")
    runs = sentences(speech.words)
    assert [i for run in runs for i in run] == list(range(len(speech.words)))
    assert all(len(run) >= 8 for run in runs)


@pytest.mark.parametrize("text", ["yeah", "so", "um"])
def test_a_single_word_is_first_and_last(text: str) -> None:
    found = read(text)
    assert found.first == found.last
