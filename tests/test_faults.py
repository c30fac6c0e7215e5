"""Faults in small: a few real ones, and the proof that the one who counts losses can find them."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from rehearse.model.take import Ending, Question, Span, Transcript, Word
from rehearse.takes import files, store, take_json
from rehearse.takes.store import TakeStore
from rehearse.takes.take_json import BYTES_PER_SECOND
from tests.spoken import needs_miniature
from tools.faults import aftermath, forgetful, worker_killed, workers
from tools.faults.kill import killed
from tools.faults.outcome import Outcome, total
from tools.faults.phases import Phase
from tools.faults.room import Room, found
from tools.faults.room import room as make_room
from tools.faults.signals import FAULTS, told_to_end

NOW = "2026-05-04T10:30:00+02:00"
SAID = random.Random(1).randbytes(10 * BYTES_PER_SECOND)
"""Ten seconds into an open microphone; no two moments of them are alike."""
ANSWER = Span(2.0, 8.0)


def sound(start: float, end: float) -> bytes:
    return SAID[round(start * BYTES_PER_SECOND) : round(end * BYTES_PER_SECOND)]


def keep(home: Path, content: bytes) -> Path:
    """A whole take of this sound; gives its folder."""
    takes = TakeStore(home / "recordings")
    take = takes.begin(Question("Why?"), NOW, {})
    with takes.recorder(take) as recorder:
        recorder.write(content)
    takes.save(replace(take, ending=Ending.ENDED, transcript=Transcript((Word("so"),))))
    return takes.folder / take.id


def losses(home: Path) -> tuple[int, float, list[str]]:
    problems: list[str] = []
    lost, loss = aftermath.losses(home, partial(found, everything=SAID), [ANSWER], problems)
    return lost, round(loss, 3), problems


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with make_room(tmp_path_factory.mktemp("room")) as one:
        yield one


# The one who counts


def test_a_home_that_is_whole_has_no_problems(home: Path) -> None:
    keep(home, sound(1.9, 8.1))
    end = aftermath.after(home)
    assert end.problems == ()
    assert losses(home) == (0, 0.0, [])


def test_an_answer_without_a_take_is_lost(home: Path) -> None:
    assert losses(home) == (1, 6.0, [])


@pytest.mark.parametrize(
    ("left", "lost"),
    [
        (sound(2.0, 6.5), 1.5),
        (sound(3.5, 8.0), 1.5),
        (sound(2.0, 4.0) + sound(5.5, 8.0), 1.5),
        (sound(2.0, 8.0)[:-1], 0.0),
    ],
    ids=["its end", "its beginning", "its middle", "half a sample"],
)
def test_seconds_are_missed_wherever_they_are_missing(home: Path, left: bytes, lost: float) -> None:
    keep(home, left)
    assert losses(home) == (0, lost, [])


def test_sound_that_nobody_made_is_noticed(home: Path) -> None:
    folder = keep(home, bytes(BYTES_PER_SECOND))
    assert losses(home) == (1, 6.0, [f"{folder.name}: holds sound that nobody made"])


def test_sound_that_is_gone_after_recover_is_noticed(home: Path) -> None:
    folder = keep(home, sound(2.0, 8.0))
    before = {folder.name: aftermath.sound_of(folder)}
    assert aftermath.lost_since(before, home) == []
    (folder / take_json.SOUND_FILE).write_bytes(take_json.wav_header(4) + sound(2.0, 7.9))
    assert aftermath.lost_since(before, home) == [
        f"{folder.name}: sound that reached the disk is gone or changed"
    ]


def spoil_json(folder: Path) -> None:
    path = folder / take_json.TAKE_FILE
    path.write_bytes(path.read_bytes()[:-20])


def spoil_ending(folder: Path) -> None:
    path = folder / take_json.TAKE_FILE
    path.write_text(path.read_text("utf-8").replace('"ended"', "null"), "utf-8")


def spoil_header(folder: Path) -> None:
    with (folder / take_json.SOUND_FILE).open("r+b") as file:
        file.write(take_json.wav_header(2))


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (spoil_json, "take.json cannot be read"),
        (spoil_ending, "still being recorded"),
        (spoil_header, "the header of its sound tells 1 samples"),
        (lambda folder: (folder / take_json.SOUND_FILE).unlink(), "is listed with 6.0 s"),
    ],
)
def test_a_take_that_is_half_written_is_noticed(
    home: Path, spoil: Callable[[Path], None], problem: str
) -> None:
    folder = keep(home, sound(2.0, 8.0))
    listed = {folder.name: {"duration": 6.0}}
    assert aftermath.half_written(folder, listed) == []
    spoil(folder)
    assert problem in " ".join(aftermath.half_written(folder, listed))


def test_a_list_that_lacks_a_take_or_has_one_too_many_is_noticed(home: Path) -> None:
    folder = keep(home, sound(2.0, 8.0))
    assert aftermath.half_written(folder, {}) == [f"{folder.name}: is not listed"]
    assert aftermath.strangers(home, {"another": {}}) == ["another: is listed, and has no folder"]


def test_files_that_are_left_behind_are_noticed(home: Path) -> None:
    folder = keep(home, sound(2.0, 8.0))
    (folder / ".take.json.x.part").touch()
    (folder.parent / ".index.json.y.part").touch()
    assert aftermath.strangers(home, {}) == [
        f"{folder.name}: .take.json.x.part was left behind",
        "recordings/.index.json.y.part was left behind",
    ]


@pytest.mark.parametrize(
    ("outcome", "held"),
    [
        (Outcome("kill", 5, 5, 0, 1.0), True),
        (Outcome("kill", 5, 4, 0, 0.0), False),
        (Outcome("kill", 5, 5, 1, 0.0), False),
        (Outcome("kill", 5, 5, 0, 1.01), False),
    ],
)
def test_what_was_promised_is_held_or_not(outcome: Outcome, held: bool) -> None:
    assert outcome.held is held
    assert total([outcome, Outcome("power", 1, 1, 0, 0.5)]).held is held


# A disk that forgets


def left_of(home: Path, synced: Path, number: int) -> Path:
    folder = home.with_name(f"left{number}")
    forgetful.restore(synced, home.stat().st_ino, folder)
    return folder


def recorded_on_a_forgetful_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the disk would hold after each tenth of a second of a take, and after its end."""
    monkeypatch.setattr(os, "open", os.open)  # put back afterwards
    monkeypatch.setattr(os, "fsync", os.fsync)
    home, synced = folder / "home", folder / "synced"
    home.mkdir()
    forgetful.remember(synced)
    takes = TakeStore(home / "recordings")
    take = takes.begin(Question("Why?"), NOW, {})
    cuts = []
    with takes.recorder(take) as recorder:
        for number in range(20):
            cuts.append(left_of(home, synced, number))
            recorder.write(sound(number / 10, (number + 1) / 10))
    takes.save(replace(take, ending=Ending.ENDED))
    return [*cuts, left_of(home, synced, len(cuts))]


def test_a_power_cut_takes_neither_a_take_nor_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cuts = recorded_on_a_forgetful_disk(tmp_path, monkeypatch)
    endings = []
    for number, cut in enumerate(cuts):
        (folder,) = aftermath.folders(cut)
        endings.append(TakeStore(folder.parent).load(folder).ending)
        kept = aftermath.sound_of(folder)
        assert sound(0, number / 10).startswith(kept)
        assert len(kept) >= (number / 10 - 0.5) * BYTES_PER_SECOND
    assert endings == [None] * (len(cuts) - 1) + [Ending.ENDED]


def test_a_disk_forgets_a_take_whose_name_was_never_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "sync_names", lambda folder: None)
    monkeypatch.setattr(files, "sync_names", lambda folder: None)
    *_, last = recorded_on_a_forgetful_disk(tmp_path, monkeypatch)
    assert aftermath.folders(last) == []


# Real ones


@needs_miniature
def test_kill_9_in_the_middle_of_an_answer(room: Room, tmp_path: Path) -> None:
    end, phase = killed(room, tmp_path / "home", Phase.RECORDING, 0.3)
    assert phase is Phase.RECORDING
    assert end.problems == ()
    assert end.whole


@needs_miniature
@pytest.mark.parametrize(("times", "waits"), [("once", 0), ("each", 1)])
def test_kill_9_of_the_process_that_writes_down(
    room: Room, tmp_path: Path, times: str, waits: int
) -> None:
    end, waited = workers.struck(room, tmp_path / "home", worker_killed.kill, "answer", times)
    assert end.problems == ()
    assert end.whole
    assert waited == waits


def test_a_process_of_another_kind_is_no_writer() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        assert workers.workers(os.getpid()) == []
        assert workers.models_in(other.pid) == []
        other.kill()


@needs_miniature
@pytest.mark.parametrize("name", ["terminal closed", "Ctrl-C"])
def test_leaving_while_the_answer_is_written_down(room: Room, tmp_path: Path, name: str) -> None:
    (fault,) = [one for one in FAULTS if one.name == name]
    end, _ = told_to_end(room, tmp_path / "home", fault, Phase.TRANSCRIPTION, 0.3)
    assert end.problems == ()
    assert end.whole
