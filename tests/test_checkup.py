"""rehearse takes --check: what is not as it was recorded is found, and nothing else is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rehearse.model.take import Ending, Question, Sound, Span, Take, Transcript, Word
from rehearse.takes import held
from rehearse.takes.mend import mend
from rehearse.takes.shelf import LOCK_FILE
from rehearse.takes.store import TakeStore
from tests import inprocess
from tests.takes import Told, keep

SOUND = bytes(range(256)) * 125
"""A second."""
WORDS = Transcript((Word("So."),))


def whole(home: Path, minute: int = 30, *, ending: Ending | None = Ending.ENDED) -> Path:
    store = TakeStore(home / "recordings")
    take = store.begin(Question("Why?"), f"2026-05-04T10:{minute}:00+02:00", {})
    with store.recorder(take) as recorder:
        for start in range(0, len(SOUND), 3200):
            recorder.write(SOUND[start : start + 3200])
    sound = Sound(1.0, (Span(0.0, 1.0),))
    store.save(
        replace(store.recorded(take).take, ending=ending, transcript=WORDS, sound=sound), None
    )
    return store.folder / take.id


Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: str) -> tuple[int, str]:
        code = inprocess.main(*arguments, home=tmp_path)
        out, err = capsys.readouterr()
        assert err == ""
        return code, out

    return command


def faults(run: Run) -> list[tuple[str, str]]:
    """Ids and what is wrong with them; the screen tells the same in a line each."""
    code, out = run("takes", "--check", "--json")
    found: dict[str, Any] = json.loads(out)
    listed = [(one["id"], one["fault"]) for one in found["faults"]]
    assert code == (1 if listed else 0)
    code, out = run("takes", "--check")
    assert code == (1 if listed else 0)
    assert len(out.splitlines()) == len(listed) + 1
    for line, (take, fault) in zip(out.splitlines(), listed, strict=False):
        assert line.startswith(f"{take} {fault}: ")
    return listed


def rewrite(folder: Path, **fields: Any) -> None:
    path = folder / "take.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def edit(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def test_the_checksum_is_of_the_sound_and_not_of_its_header(tmp_path: Path) -> None:
    folder = whole(tmp_path)
    value = json.loads((folder / "take.json").read_text())
    assert value["sound_sha256"] == hashlib.sha256(SOUND).hexdigest()
    assert (folder / "answer.wav").read_bytes()[44:] == SOUND


def test_whole_takes_are_well(tmp_path: Path, run: Run) -> None:
    whole(tmp_path)
    whole(tmp_path, 31, ending=Ending.SKIPPED)
    assert faults(run) == []
    assert run("takes", "--check")[1] == "2 takes checked: no problems.\n"


def test_without_takes_there_is_nothing_wrong(run: Run) -> None:
    assert faults(run) == []


def a_folder_for_a_file(take: Path) -> None:
    (take / "answer.wav").unlink()
    (take / "answer.wav").mkdir()


def nothing_left(take: Path) -> None:
    for file in take.iterdir():
        file.unlink()


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte of the sound": (lambda take: edit(take / "answer.wav", 20_000, b"?"), "changed"),
    "the end of the sound": (
        lambda take: (take / "answer.wav").open("r+b").truncate(200),
        "changed",
    ),
    "more behind the sound": (
        lambda take: (take / "answer.wav").open("ab").write(b"??"),
        "changed",
    ),
    "the header": (lambda take: edit(take / "answer.wav", 22, b"\2"), "damaged"),
    "no sound": (lambda take: (take / "answer.wav").unlink(), "missing"),
    "no take.json": (lambda take: (take / "take.json").unlink(), "missing"),
    "half a take.json": (lambda take: edit(take / "take.json", 0, b"["), "damaged"),
    "a newer one": (lambda take: rewrite(take, schema=99), "newer"),
    "cut short": (lambda take: rewrite(take, ending=None), "unfinished"),
    "no words yet": (lambda take: rewrite(take, transcript=None), "unfinished"),
    "a folder for a file": (a_folder_for_a_file, "damaged"),
    "nothing left": (nothing_left, "missing"),
}


@pytest.mark.parametrize(("damage", "fault"), DAMAGE.values(), ids=DAMAGE)
def test_what_is_wrong_is_found(
    tmp_path: Path, run: Run, damage: Callable[[Path], object], fault: str
) -> None:
    whole(tmp_path)
    broken = whole(tmp_path, 31)
    whole(tmp_path, 32)
    damage(broken)
    assert faults(run) == [(broken.name, fault)]


def test_takes_of_before_checksums_are_read_and_measured(tmp_path: Path, run: Run) -> None:
    whole(tmp_path)
    old = whole(tmp_path, 31)
    value = json.loads((old / "take.json").read_text())
    del value["sound_sha256"]
    (old / "take.json").write_text(json.dumps(value))
    assert faults(run) == []
    assert "1 take from before checksums" in run("takes", "--check")[1]
    with (old / "answer.wav").open("r+b") as file:
        file.truncate(4_000)
    assert faults(run) == [(old.name, "damaged")]


def test_a_take_that_is_being_recorded_is_left_alone(tmp_path: Path, run: Run) -> None:
    folder = whole(tmp_path, ending=None)
    with held.hold(folder / LOCK_FILE):
        assert faults(run) == []
        assert "1 take being recorded now" in run("takes", "--check")[1]
    assert faults(run) == [(folder.name, "unfinished")]


def test_a_recording_that_was_cut_short_is_well_once_it_is_mended(tmp_path: Path, run: Run) -> None:
    """The header is written anew then; half a sample may stand at the end."""
    folder = whole(tmp_path, ending=None)
    rewrite(folder, sound_sha256=None)
    with (folder / "answer.wav").open("ab") as file:
        file.write(b"\1")
    edit(folder / "answer.wav", 40, bytes(4))
    store = TakeStore(folder.parent)
    take = mend(store, folder)
    assert take.sha256 == hashlib.sha256(SOUND + b"\1").hexdigest()
    store.save(replace(take, transcript=WORDS))
    assert faults(run) == []


def test_labels_and_cuts_change_no_checksum(tmp_path: Path, run: Run) -> None:
    folder = whole(tmp_path)
    assert run("takes", "star", folder.name)[0] == 0
    rewrite(folder, cut=0.5, sound={"duration": 0.5, "speech": []})
    assert faults(run) == []


def test_nothing_else_in_the_folder_is_a_take(tmp_path: Path, run: Run) -> None:
    whole(tmp_path)
    (tmp_path / "recordings" / "README.md").write_text("Takes lie here.")
    (tmp_path / "recordings" / "old plans").mkdir()
    assert faults(run) == []


def test_what_goes_to_a_coach_has_no_checksum_of_what_stays(tmp_path: Path) -> None:
    from rehearse.commands.share import _stripped

    take = replace(Take("x", "2026-05-04", None, Ending.ENDED), sha256="ab")
    assert _stripped(take).sha256 is None


def test_holes_of_thousands_of_bytes_are_no_trouble(tmp_path: Path, run: Run) -> None:
    keep(tmp_path, Told(), Told(question=None, seconds=3.0))
    assert faults(run) == []
