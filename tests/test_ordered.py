"""The best way through a story in a given order."""

from __future__ import annotations

import pytest

from rehearse.analysis.star.ordered import best_path
from rehearse.model.structure import STAR, Section

S, T, A, R = STAR
NONE = Section.NONE
LETTERS = {"S": S, "T": T, "A": A, "R": R, "-": NONE}
TEN = 10
"""Words of each clause."""


def rows(letters: str, sure: float = 0.9) -> list[dict[Section, float]]:
    """A clause for each letter, of whose section the model is so sure; "?" is any."""
    rest = (1 - sure) / 4
    return [
        {one: 0.2 if letter == "?" else sure if LETTERS[letter] is one else rest for one in Section}
        for letter in letters
    ]


def way(letters: str, order: tuple[Section, ...] = STAR, sure: float = 0.9) -> str:
    path = best_path(rows(letters, sure), [TEN] * len(letters), order)
    assert path is not None
    return "".join({section: name for name, section in LETTERS.items()}[s] for s in path.sections)


@pytest.mark.parametrize("letters", ["STAR", "SSTTAAAARR", "SSSTTAAARR"])
def test_what_is_told_in_order_stays_as_it_is(letters: str) -> None:
    assert way(letters) == letters


def test_one_strange_clause_moves_no_section() -> None:
    assert way("SSTAARAARR") == "SSTAAAAARR"


def test_clauses_that_tell_nothing_go_by_the_usual_shares() -> None:
    found = way("????????????")
    assert [found.count(letter) for letter in "STAR"] == [3, 2, 4, 3]


def test_talk_before_and_after_the_story_is_none_of_it() -> None:
    assert way("--SSTAAARR--", sure=0.96) == "--SSTAAARR--"


def test_a_section_that_is_left_out_gets_no_clause() -> None:
    assert way("SSSAAAARR", (S, A, R)) == "SSSAAAARR"


def test_a_result_told_first_and_last_is_told_twice() -> None:
    assert way("RSSTAAAR", (R, S, T, A, R)) == "RSSTAAAR"


def test_the_right_order_scores_best() -> None:
    said = rows("RRSSTAAAA")
    scores = {
        order: path.score
        for order in (STAR, (R, S, T, A), (T, S, A, R))
        if (path := best_path(said, [TEN] * 9, order))
    }
    assert max(scores, key=scores.__getitem__) == (R, S, T, A)


def test_fewer_clauses_than_sections_have_no_way() -> None:
    assert best_path(rows("SAR"), [TEN] * 3, STAR) is None
    assert best_path([], [], STAR) is None


def test_no_section_is_left_where_all_are_missing() -> None:
    path = best_path(rows("??"), [TEN] * 2, ())
    assert path is not None
    assert path.sections == (NONE, NONE)


def test_a_very_long_answer_is_read_to_its_end() -> None:
    found = way("S" * 250 + "T" * 150 + "A" * 360 + "R" * 240)
    assert len(found) == 1000
    assert [found.index(letter) for letter in "STAR"] == pytest.approx([0, 250, 400, 760], abs=9)
