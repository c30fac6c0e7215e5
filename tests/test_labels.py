"""Sections that the user corrects: in an editor or by a file, counted again, used later."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rehearse.analysis.coaching import PLAIN
from rehearse.analysis.star.habit import habit
from rehearse.analysis.star.ordered import USUAL
from rehearse.analysis.star.star import covers
from rehearse.errors import WrongUsage
from rehearse.model.take import STAR, Ending, Kind, Labelled, Question, Section, Take, Word
from rehearse.session.analyze_take import analyze_with_history
from rehearse.takes.history import habit_of
from rehearse.takes.labels import HELP, edited, to_edit
from rehearse.takes.store import TakeStore
from tests import inprocess
from tests.speech import spoken

S, T, A, R = STAR
STORY = (
    "The lift in our house broke in May. I wanted my neighbour to get home. "
    "I carried her bags and I rang the landlord. She was home by six."
)
VAGUE = (
    "The lift in our house broke in May. My task was to help her. The stairs and bags. "
    "The rain and the cat. The key and the lamp. The hall and the cellar. I carried her bags. "
    "As a result she was home by six."
)
QUESTION = Question("When did you help?", Kind.BEHAVIOURAL)
RIGHT = """\
S The lift in our house broke in May.
T I wanted my neighbour to get home.
A I carried her bags and
I rang the landlord.
R: She was home by six.
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "true")

    def command(*arguments: str) -> tuple[int, str, str]:
        code = inprocess.main(*arguments, home=tmp_path)
        out, err = capsys.readouterr()
        return code, out, err

    return command


def told(home: Path, when: str, **changes: Any) -> Take:
    store = TakeStore(home / "recordings")
    take = store.begin(QUESTION, f"2026-05-{when}T10:30:00+02:00", {})
    changes = {"transcript": spoken(STORY).transcript, **changes}
    take = replace(take, ending=Ending.ENDED, **changes)
    store.save(take)
    return take


def words(text: str) -> list[Word]:
    return [Word(token) for token in text.split()]


def labels(letters: str) -> tuple[Labelled, ...]:
    """A label of ten words for each letter."""
    of = {"S": S, "T": T, "A": A, "R": R}
    return tuple(Labelled(of[x], 10 * i, 10 * i + 9) for i, x in enumerate(letters))


def on_disk(home: Path, take: Take) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((home / "recordings" / take.id / "take.json").read_text())
    return value


def test_letters_and_line_breaks_say_which_words_are_of_which_section() -> None:
    found = edited(HELP + "\n" + RIGHT, words(STORY))
    assert [label.section for label in found] == [S, T, A, R]
    assert covers(found, len(words(STORY)))


def test_a_word_that_is_a_letter_stays_a_word() -> None:
    said = words("A man fell. A boy called.")
    assert edited("S A man fell.\nA boy called.", said) == (Labelled(S, 0, 5),)
    assert edited("S A man fell.\nA A boy called.", said) == (Labelled(S, 0, 2), Labelled(A, 3, 5))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (RIGHT.replace("lift", "list"), "Line 1"),
        ("X" + RIGHT[1:], "Line 1"),
        (RIGHT.splitlines()[0], "The last 21 words"),
        (RIGHT + "R And more.", "Line 6"),
    ],
)
def test_what_is_not_the_answer_is_refused(text: str, told: str) -> None:
    with pytest.raises(WrongUsage, match=told):
        edited(text, words(STORY))


@pytest.mark.parametrize(
    ("given", "count", "whole"),
    [
        (labels("SA"), 20, True),
        (labels("SA"), 21, False),
        (labels("SA")[1:], 20, False),
        ((), 3, False),
        ((Labelled(S, 0, -1), Labelled(A, 0, 19)), 20, False),
    ],
)
def test_labels_of_a_file_count_where_they_hold_every_word_once(
    given: tuple[Labelled, ...], count: int, whole: bool
) -> None:
    assert covers(given, count) is whole


def test_the_report_follows_and_the_old_sections_come_back(tmp_path: Path, run: Run) -> None:
    take = told(tmp_path, "04")
    file = tmp_path / "right.txt"
    file.write_text(RIGHT.replace("R: ", "- "))
    assert run("takes", "label", take.id, "--from", str(file))[0] == 0
    star = on_disk(tmp_path, take)["analysis"]["star"]
    assert [part["section"] for part in star["segments"]] == ["situation", "task", "action", "none"]
    assert (star["missing"], star["thin"]) == (["result"], [])
    assert "is unchanged" in run("takes", "label", take.id)[1]
    assert run("takes", "label", take.id, "--undo")[0] == 0
    assert on_disk(tmp_path, take)["labels"] == []
    code, _, said = run("takes", "label", take.id, "--undo")
    assert (code, "never corrected" in said) == (1, True)


def test_labels_stay_with_words_that_are_corrected(tmp_path: Path, run: Run) -> None:
    take = told(tmp_path, "04", labels=edited(RIGHT, words(STORY)))
    file = tmp_path / "words.txt"
    file.write_text(STORY.replace("The lift", "The old grey lift"))
    assert run("takes", "correct", take.id, "--from", str(file))[0] == 0
    found = on_disk(tmp_path, take)["labels"]
    assert [(one["section"], one["first_word"]) for one in found] == [
        ("situation", 0), ("task", 10), ("action", 17), ("result", 26),
    ]  # fmt: skip


def test_the_next_story_is_read_with_the_shares_of_the_last_ones(tmp_path: Path) -> None:
    long_task = (Labelled(S, 0, 0), Labelled(T, 1, 26), Labelled(A, 27, 27), Labelled(R, 28, 28))
    for day in ("01", "02", "03"):
        told(tmp_path, day, labels=long_task)
    store, stranger = TakeStore(tmp_path / "recordings"), TakeStore(tmp_path / "elsewhere")
    new = told(tmp_path, "04", transcript=spoken(VAGUE).transcript)
    assert habit_of(store, new).shares[T] > 2 * USUAL[T]
    after, before = (
        analyze_with_history(new, one, PLAIN, notes=None).star for one in (store, stranger)
    )
    assert after and before
    assert after.sections[1].words > before.sections[1].words


def test_a_story_in_the_usual_order_speaks_for_it_and_another_against_it() -> None:
    usual, other = labels("STAR"), labels("RSTA")
    weights = [habit(told).in_order for told in ([], [usual], [usual, other], [usual] * 9)]
    assert weights == [0.0, 1.5, 0.0, 3.0]


def test_without_a_story_of_ones_own_the_usual_shares_count() -> None:
    whole = sum(USUAL.values())
    assert habit([]).shares == pytest.approx({s: v / whole for s, v in USUAL.items()})


def test_what_is_edited_and_left_alone_reads_as_before() -> None:
    said = words(STORY)
    assert edited(to_edit(said, None), said) == (Labelled(Section.NONE, 0, len(said) - 1),)
