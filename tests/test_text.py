from __future__ import annotations

import pytest

from rehearse.errors import WrongUsage
from rehearse.text import (
    bare,
    bare_words,
    clock,
    counted,
    ends_clause,
    ends_sentence,
    listed,
    printable,
    seconds,
    slug,
)


@pytest.mark.parametrize(
    ("token", "word"),
    [
        ("Um,", "um"),
        ("“Don’t", "don't"),
        ("end.", "end"),
        ("—", ""),
        ("20%", "20"),
        ("u-um", "u-um"),
        ("तो,", "तो"),
        ("है।", "है"),
        ("那个，", "那个"),
    ],
)
def test_a_word_is_compared_without_marks(token: str, word: str) -> None:
    assert bare(token) == word


def test_lone_marks_are_no_words() -> None:
    assert bare_words(["—", "So,", "那个，", "I", "…", "led!"]) == ["so", "那个", "i", "led"]


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 stories"), (1, "1 story"), (2, "2 stories"), (1200, "1,200 stories")],
)
def test_one_is_counted_otherwise_than_many(number: int, said: str) -> None:
    assert counted(number, "story", "stories") == said
    assert counted(number, "take").endswith(" take" if number == 1 else " takes")


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_names_are_listed_as_people_list_them(names: list[str], said: str) -> None:
    assert listed(names) == said
    assert listed(names, "or") == said.replace("and", "or")


@pytest.mark.parametrize(
    ("text", "value"),
    [("2:00", 120), ("1:02:03", 3723), ("90", 90), ("90s", 90), ("2m", 120), ("1.5 min", 90)],
)
def test_a_length_of_time_is_read_as_people_write_it(text: str, value: float) -> None:
    assert seconds(text) == value


@pytest.mark.parametrize("text", ["", "soon", "0", "0:00", "-5", "2:0", "nan", "inf", "1e9"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(WrongUsage, match="Write it like"):
        seconds(text)


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0:00"), (59.99, "0:59"), (72.4, "1:12"), (3601, "1:00:01")]
)
def test_a_clock_runs_in_whole_seconds(value: float, text: str) -> None:
    assert clock(value) == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tell me about a time you failed.", "tell-me-about-a-time-you-failed"),
        ("Why us?", "why-us"),
        ("../../etc/passwd", "etc-passwd"),
        ("Größe & Führung", "groe-fuhrung"),
        ("介绍一下", "take"),
        ("", "take"),
        ("a" * 300, "take"),
    ],
)
def test_a_slug_is_a_safe_part_of_a_file_name(text: str, name: str) -> None:
    assert slug(text) == name


def test_a_slug_has_an_end() -> None:
    assert (
        slug("one two three four five six seven eight nine ten")
        == "one-two-three-four-five-six-seven-eight"
    )


def test_marks_end_clauses_and_sentences() -> None:
    assert ends_sentence('done."')
    assert not ends_sentence("done,")
    assert ends_clause("done,")
    assert not ends_clause("done")


def test_nothing_steers_the_terminal() -> None:
    assert printable("a\x1b[31mb\x07\x9bc\nd\te") == "a[31mbc\nd\te"
