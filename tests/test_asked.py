"""Takes of one question, found among others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.model.take import Ending, Question, Take
from rehearse.takes.history import earlier, takes_of
from rehearse.takes.store import TakeStore
from tests.speech import spoken


@pytest.fixture
def store(tmp_path: Path) -> TakeStore:
    return TakeStore(tmp_path / "recordings")


def answer(store: TakeStore, minute: int, question: str, said: str | None) -> Take:
    take = store.begin(Question(question), f"2026-05-04T10:{minute:02}:00+02:00", {})
    take = replace(take, ending=Ending.ENDED)
    if said is not None:
        take = replace(take, transcript=spoken(said).transcript)
    store.save(take)
    return take


def texts(store: TakeStore, take: Take) -> list[str]:
    return [transcript.text for transcript in earlier(store, take)]


def test_the_last_three_answers_to_the_same_question_the_latest_last(store: TakeStore) -> None:
    for minute, said in enumerate(("one", "two", "three", "four")):
        answer(store, minute, "Why us?", said)
        answer(store, minute, "Why now?", "other")
    now = answer(store, 30, "Why us?", "five")
    answer(store, 40, "Why us?", "six")
    assert texts(store, now) == ["two", "three", "four"]


def test_takes_that_wait_for_their_words_do_not_count(store: TakeStore) -> None:
    answer(store, 0, "Why us?", "one")
    answer(store, 1, "Why us?", None)
    assert texts(store, answer(store, 2, "Why us?", "two")) == ["one"]


def test_questions_that_share_a_folders_name_are_told_apart(store: TakeStore) -> None:
    long = "Tell me about a time when you did a thing that "
    answer(store, 0, long + "worked", "one")
    answer(store, 1, long + "failed", "two")
    assert texts(store, answer(store, 2, long + "failed", "now")) == ["two"]
    assert texts(store, answer(store, 3, "Part 2", "now")) == []


def test_takes_of_the_same_second_are_all_found(store: TakeStore) -> None:
    for said in ("one", "two"):
        answer(store, 0, "Why part 2?", said)
    found = [take.transcript.text for take in takes_of(store, ["why part 2"]) if take.transcript]
    assert found == ["one", "two"]


def test_damaged_takes_and_takes_without_a_question_are_passed_over(store: TakeStore) -> None:
    damaged = answer(store, 0, "Why us?", "one")
    (store.folder / damaged.id / "take.json").write_text("{")
    now = answer(store, 1, "Why us?", "two")
    assert texts(store, now) == []
    assert texts(store, replace(now, question=None)) == []


def test_nothing_was_recorded_yet(store: TakeStore) -> None:
    assert takes_of(store, ["Why us?"]) == ()
