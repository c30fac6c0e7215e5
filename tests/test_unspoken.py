"""An answer in which nobody spoke: said at once, asked again, counted nowhere."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rehearse.commands.recover import _waits
from rehearse.model.take import Question
from rehearse.ports import Key
from rehearse.schedule.history import questions_asked
from rehearse.session import session
from rehearse.session.steps import Asked, OnceMore, Reported, Speaking, Step, Unspoken
from rehearse.session.studio import Aloud, Studio
from rehearse.takes.history import answers_of
from rehearse.takes.take_json import TAKE_FILE
from tests.fakes import FakeEar, FakeTranscriber, pcm
from tests.test_session import SPOKEN, WORDS, saved, story, studio
from tests.test_world import Keyboard

ROOM = pcm(np.random.default_rng(1).normal(0, 0.001, 16_000).astype(np.float32))
SILENT = [ROOM, b""]
QUESTIONS = [Question("Who are you?"), Question("Why here?")]


def room(folder: Path, *keys: Key, heard: list[list[bytes]], said: int) -> Studio:
    return studio(
        folder,
        ear=FakeEar(heard),
        transcriber=FakeTranscriber([WORDS] * said),
        keys=Keyboard([(0, key) for key in keys]),
    )


def test_it_is_said_and_the_question_asked_again(tmp_path: Path) -> None:
    here = room(tmp_path, Key.END, heard=[SILENT, SPOKEN], said=1)
    steps = list(session.practise(QUESTIONS[:1], here))
    assert story(steps) == [
        "Asked", "RecordingEnded", "Unspoken", "OnceMore", "Asked", "RecordingEnded", "Reported",
        "Between",
    ]  # fmt: skip
    (kept,) = saved(here)
    assert kept.transcript and kept.transcript.words, "the next one has taken its place"


@pytest.mark.parametrize(("key", "asked"), [(Key.SKIP, 2), (Key.LEAVE, 1)])
def test_it_can_be_skipped_and_left(tmp_path: Path, key: Key, asked: int) -> None:
    here = room(tmp_path, key, heard=[SILENT, SPOKEN], said=1)
    steps = list(session.practise(QUESTIONS, here))
    assert sum(isinstance(step, Asked) for step in steps) == asked


def silent(folder: Path) -> tuple[Studio, list[Step]]:
    here = room(folder, Key.LEAVE, heard=[SILENT], said=0)
    return here, list(session.practise(QUESTIONS[:1], here))


def test_only_its_sound_is_kept_until_the_next_one(tmp_path: Path) -> None:
    here, steps = silent(tmp_path)
    assert isinstance(steps[-1], OnceMore)
    (take,) = saved(here)
    folder = here.store.folders()[0]
    value = json.loads((folder / TAKE_FILE).read_text("utf-8"))
    assert value["analysis"] is None
    assert here.store.duration(folder) == pytest.approx(1.0)
    assert not _waits(take), "there is nothing to write down"
    here.store.begin(QUESTIONS[0], "2026-05-04T11:30:00+02:00", {})
    assert not folder.exists()


def test_one_that_somebody_labelled_stays(tmp_path: Path) -> None:
    here, _ = silent(tmp_path)
    (take,) = saved(here)
    here.store.save(replace(take, note="The microphone was off."))
    here.store.begin(QUESTIONS[0], "2026-05-04T11:30:00+02:00", {})
    assert here.store.place(take.id).exists()


def test_it_counts_nowhere(tmp_path: Path) -> None:
    here, steps = silent(tmp_path)
    assert not any(isinstance(step, Reported) for step in steps)
    (take,) = saved(here)
    (summary,) = here.store.summaries()
    assert summary.silent and not summary.is_answer and summary.spoken == 0.0
    assert answers_of(here.store, take.session or "") == ()
    assert questions_asked([summary]) == []


def test_without_hands_the_choices_are_offered_as_after_any_answer(tmp_path: Path) -> None:
    here = replace(
        room(tmp_path, heard=[SILENT], said=0),
        hands_free=Aloud(lambda _: "I heard no speech.", lambda _: ""),
    )
    steps = session.practise(QUESTIONS[:1], here)
    assert any(isinstance(step, Unspoken) for step in steps), "and the session goes on"
    assert next(steps) == Speaking("I heard no speech.")
