"""The passages that the rules are measured on, and the ruler itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.analysis.rules import builtin_text, table
from rehearse.analysis.words.lexicon import Lexicon, builtin
from rehearse.text import bare
from tools.fillers.evaluate import (
    Ratio,
    by_rules,
    every_term,
    main,
    outcomes,
    part_of_words,
    term,
    wilson,
)
from tools.fillers.meetings import as_whisper, read_meetings, unmarked
from tools.fillers.passages import FOLDER, Marked, passage, read_passages

TERMS = (
    "like",
    "so",
    "right",
    "well",
    "okay",
    "yeah",
    "you know",
    "i mean",
    "kind of",
    "sort of",
    "basically",
    "actually",
    "literally",
    "just",
    "or something",
    "and stuff",
)
LEAST = 8
"""Of each term as a filler, and as a word."""


@pytest.fixture(scope="module")
def english() -> Lexicon:
    found = builtin("en")
    assert found is not None
    return found


def test_the_notation_tells_words_silences_and_fillers() -> None:
    found = passage("I {um}, _0.6_ led it, {you know}, alone")
    assert [word.text for word in found.words] == [
        "I",
        "um,",
        "led",
        "it,",
        "you",
        "know,",
        "alone",
    ]
    assert found.fillers == (Marked("um", 1, 1), Marked("you know", 4, 5))
    (silence,) = found.silences
    assert [silence.start, silence.duration] == pytest.approx([0.8, 0.6])


def test_a_block_belongs_to_a_half(tmp_path: Path) -> None:
    path = tmp_path / "passages.txt"
    path.write_text("# why\n\n## kept | me\nI {um} did.\n")
    assert [one.half for one in read_passages(path)] == ["kept"]
    path.write_text("## other | me\nI {um} did.\n")
    with pytest.raises(ValueError, match="other"):
        read_passages(path)


def test_places_in_meetings_are_read_as_they_were_labelled(tmp_path: Path) -> None:
    rows = [
        ["# word", "meeting", "before", "it", "after"],
        ["like", "M1", "Yeah . It 's um well - known ,", "like", ", a barn , uh ?"],
        ["so", "M1", "", "So", "uh no"],
    ]
    path, labels = tmp_path / "places.tsv", tmp_path / "labels.toml"
    path.write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")
    labels.write_text("[fillers]\nso = [3]\n", "utf-8")
    one, other = read_meetings(path, labels)
    assert [word.text for word in one.words] == [
        "Yeah.", "It's", "um", "well-known,", "like,", "a", "barn,", "uh?",
    ]  # fmt: skip
    assert (one.place, one.fillers) == (Marked("like", 4, 4), ())
    assert other.fillers == (Marked("so", 0, 0),) == (other.place,)
    assert one.half == other.half
    whisper, plain = as_whisper(one), unmarked(one)
    assert [word.text for word in whisper.words] == [
        "Yeah.",
        "It's",
        "well-known",
        "like",
        "a",
        "barn",
    ]
    assert whisper.place == Marked("like", 3, 3)
    assert "".join(word.text for word in plain.words) == "yeahit'sumwell-knownlikeabarnuh"


def test_our_labels_stand_for_places_of_both_kinds() -> None:
    labels = table((FOLDER / "meetings.toml").read_text("utf-8"))["fillers"]
    lines = [line for some in labels.values() for line in some]
    assert len(lines) == len(set(lines)) > 700
    assert min(lines) >= 2


def test_only_the_place_that_was_labelled_counts() -> None:
    one = replace(passage("um like that like this"), place=Marked("like", 3, 3))
    found, _ = outcomes([one], lambda _: [Marked("um", 0, 0), Marked("like", 1, 1)])
    assert found == []
    found, _ = outcomes([one], lambda _: [Marked("like", 3, 3)])
    assert found == [("like", False)]


def test_hundreds_of_passages_hold_every_term_as_filler_and_as_word() -> None:
    passages = read_passages(FOLDER / "heldout.txt")
    assert len(passages) >= 300
    assert len({" ".join(word.text for word in one.words) for one in passages}) >= 300
    as_filler = Counter(term(filler.text) for one in passages for filler in one.fillers)
    as_word: Counter[str] = Counter()
    for one in passages:
        inside = {i for filler in one.fillers for i in range(filler.first, filler.last + 1)}
        bares = [bare(word.text) for word in one.words]
        for name in TERMS:
            phrase = name.split()
            as_word[name] += sum(
                bares[i : i + len(phrase)] == phrase and i not in inside for i in range(len(bares))
            )
    assert {name: as_filler[name] for name in TERMS if as_filler[name] < LEAST} == {}
    assert {name: as_word[name] for name in TERMS if as_word[name] < LEAST} == {}


def test_no_passage_is_an_example_of_a_rule() -> None:
    rows = table(builtin_text("lexicons/en.toml") or "")["discourse"]
    examples = {
        " ".join(map(bare, text.split()))
        for row in rows
        for text in (*row["must"], *row["must_not"])
        if len(text.split()) > 2
    }
    said = {
        " ".join(bare(word.text) for word in one.words)
        for one in read_passages(FOLDER / "heldout.txt")
    }
    assert said & examples == set()


def test_a_ruler_that_is_told_what_to_find() -> None:
    one = passage("I {um} led it like this")
    found, marked = outcomes([one], lambda _: [Marked("um", 1, 1), Marked("like", 4, 4)])
    assert found == [("um", True), ("like", False)]
    assert marked == [("um", True)]
    found, marked = outcomes([one], lambda _: [])
    assert (found, marked) == ([], [("um", False)])


def test_baselines_find_what_the_rules_leave_alone(english: Lexicon) -> None:
    one = passage("The number of umbrellas was likely what I like, {um}.")
    assert {mark.text for mark in part_of_words(english)(one)} >= {"um", "like", "er"}
    assert [mark.text for mark in every_term(english)(one)] == ["like", "um"]
    assert [mark.text for mark in by_rules(english)(one)] == ["um"]


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [(0, 0, 0.0, 1.0), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (50, 100, 0.404, 0.596)],
)
def test_the_interval_is_wilsons(hits: int, count: int, low: float, high: float) -> None:
    assert wilson(hits, count) == pytest.approx((low, high), abs=1e-3)


def test_a_figure_tells_what_it_rests_on() -> None:
    assert str(Ratio(50, 100)) == "0.500 ratio (n=100, 95% 0.40-0.60)"


def test_figures_come_one_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    lines = capsys.readouterr().out.splitlines()
    assert all(line.split()[2] == "ratio" and 0 <= float(line.split()[1]) <= 1 for line in lines)
    values = {line.split()[0]: float(line.split()[1]) for line in lines}
    for file in ("heldout", "natural", "whisper"):
        for half in ("look", "kept"):
            rules, baseline = (
                values[f"fillers_own_{file}_{half}_{judge}_precision"]
                for judge in ("rules", "every_term")
            )
            assert rules > baseline
