"""What is left of a session that was broken off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearse.errors import NewerFile, UnreadableFile
from rehearse.model.take import Kind, Question
from rehearse.ports import Key
from rehearse.questions.bank import Interviewer
from rehearse.questions.interviews import Round
from rehearse.session import session
from rehearse.session.resume import NOBODY, SESSION_FILE, Unfinished, dump, load, read, remembered
from rehearse.session.steps import Asked, NotSaved, Reported
from tests.fakes import FakeEar, FakeKeys, FakeTranscriber
from tests.test_session import ANSWER, NO_KEY, SPOKEN, WORDS, studio

QUESTIONS = (
    Question("Who are you?", Kind.INTRODUCTION, ("Ownership",), 60.0, ("And now?",), ("two cats",)),
    Question("What did you do?"),
    Question("Why us?"),
)
PRACTICE = Unfinished("2026-05-04T10:30:00+02:00", (Round(NOBODY, QUESTIONS),))
LOOP = Unfinished(
    "2026-05-04T10:30:00+02:00",
    (
        Round(Interviewer("Dana Reyes", ("Ownership",), ("to ask",)), QUESTIONS[:2], ("Why?",)),
        Round(Interviewer("Kim"), QUESTIONS[2:]),
    ),
    plan="Second round",
    place=1,
)


class OnlyBetween(FakeKeys):
    def poll(self, timeout: float) -> Key | None:
        return super().poll(timeout) if timeout > 1 else None


def practised(home: Path, *keys: Key, unfinished: Unfinished = PRACTICE) -> Iterator[int | None]:
    """How many questions are over by the file, after each step; None without a file."""
    count = len(unfinished.left)
    room = studio(
        home,
        ear=FakeEar([SPOKEN] * count),
        transcriber=FakeTranscriber([WORDS] * count),
        keys=OnlyBetween([*[(0, key) for key in keys], (NO_KEY, Key.END)]),
    )
    steps = session.practise(unfinished.left, room, after=unfinished.place)
    for step in remembered(steps, unfinished, home):
        assert not isinstance(step, NotSaved)
        if isinstance(step, Asked | Reported):
            found = read(home)
            yield found.place if found else None


@pytest.mark.parametrize("one", [PRACTICE, LOOP])
def test_what_is_written_is_read_again(one: Unfinished) -> None:
    assert load(dump(one), "session.json") == one


def test_the_file_follows_each_answer_and_goes_with_the_last(tmp_path: Path) -> None:
    places = list(practised(tmp_path, Key.END, Key.END))
    assert places == [None, 1, 1, 2, 2, None]
    assert not (tmp_path / SESSION_FILE).exists()


def test_what_was_left_is_asked_when_it_is_taken_up_again(tmp_path: Path) -> None:
    list(practised(tmp_path, Key.LEAVE))
    found = read(tmp_path)
    assert found is not None
    assert found.left == QUESTIONS[1:]
    assert found.session == PRACTICE.session
    assert list(practised(tmp_path, Key.END, unfinished=found)) == [1, 2, 2, None]


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    list(practised(tmp_path, Key.LEAVE))
    assert (tmp_path / SESSION_FILE).stat().st_mode & 0o077 == 0


def test_a_question_that_was_skipped_is_over(tmp_path: Path) -> None:
    endless = [ANSWER, *[None] * 10**6]
    room = studio(
        tmp_path,
        ear=FakeEar([endless, endless]),
        keys=FakeKeys([(3, Key.SKIP), (3, Key.LEAVE)]),
    )
    for _ in remembered(session.practise(QUESTIONS, room), PRACTICE, tmp_path):
        pass
    found = read(tmp_path)
    assert found is not None
    assert found.place == 1


def test_a_single_question_leaves_another_session_alone(tmp_path: Path) -> None:
    (tmp_path / SESSION_FILE).write_text(dump(LOOP))
    single = Unfinished("now", (Round(NOBODY, QUESTIONS[:1]),))
    list(practised(tmp_path, unfinished=single))
    assert read(tmp_path) == LOOP


def test_a_home_that_takes_no_file_is_told_once(tmp_path: Path) -> None:
    room = studio(
        tmp_path,
        ear=FakeEar([SPOKEN] * 3),
        transcriber=FakeTranscriber([WORDS] * 3),
        keys=OnlyBetween([(0, Key.END), (0, Key.END), (NO_KEY, Key.END)]),
    )
    steps = remembered(session.practise(QUESTIONS, room), PRACTICE, tmp_path / "gone")
    told = [step.why for step in steps if isinstance(step, NotSaved)]
    assert len(told) == 1
    assert "cannot continue this session" in told[0]


def test_without_a_file_nothing_was_broken_off(tmp_path: Path) -> None:
    assert read(tmp_path) is None


def changed(**fields: object) -> str:
    return json.dumps(json.loads(dump(LOOP)) | fields)


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '{"schema": 1}', "[" * 10_000,
        changed(place=3), changed(place=-1), changed(place="x"), changed(parts=[]),
        changed(parts=[{}]), changed(parts=None),
    ],
)  # fmt: skip
def test_damage_costs_one_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / SESSION_FILE).write_text(text)
    with pytest.raises(UnreadableFile, match="is damaged, so I cannot continue"):
        read(tmp_path)


def test_bytes_that_are_no_text_are_damage(tmp_path: Path) -> None:
    (tmp_path / SESSION_FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableFile):
        read(tmp_path)


@pytest.mark.parametrize("schema", [2, "2.0"])
def test_a_newer_file_is_not_called_damaged(tmp_path: Path, schema: object) -> None:
    (tmp_path / SESSION_FILE).write_text(changed(schema=schema))
    with pytest.raises(NewerFile, match="newer version of rehearse"):
        read(tmp_path)
