"""The index saves time and nothing else: the takes are always told as they are."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zlib import crc32

import pytest

from rehearse.model.take import Ending, Kind, Question
from rehearse.takes.index import INDEX_FILE, summaries
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import State
from tests.takes import QUESTION, Told, keep, summary

ODD = Question("Why?\n\x1b[2J “Ü”", None, ("a", "b"), None, ("And then?",))
TALES = (
    Told(),
    Told(after=timedelta(days=1), missing=("task", "result"), labels=(("title", "T"),)),
    Told(after=timedelta(days=2), question=None, fillers=None, pace=None, applies=False),
    Told(after=timedelta(days=3), question=ODD, ending=Ending.SKIPPED, written=False),
    Told(after=timedelta(days=4), ending=None, written=False, seconds=0.0),
    Told(after=timedelta(days=5), labels=(("starred", True), ("note", "n"), ("follows", "f"))),
)


def entries(home: Path) -> bytes:
    return (home / "recordings" / INDEX_FILE).read_bytes()


def spoil(path: Path, old: bytes, new: bytes) -> None:
    """Change a file behind the index's back: size and time stay."""
    before = path.stat()
    content = path.read_bytes()
    assert old in content
    assert len(old) == len(new)
    path.write_bytes(content.replace(old, new))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_what_is_remembered_is_what_was_found(tmp_path: Path) -> None:
    keep(tmp_path, *TALES)
    found = summaries(tmp_path / "recordings")
    written = entries(tmp_path)
    assert summaries(tmp_path / "recordings") == found
    assert entries(tmp_path) == written
    assert [take.id for take in found] == [summary(told).id for told in TALES]
    assert found[3].question == ODD


def test_takes_that_did_not_change_are_not_read_again(tmp_path: Path) -> None:
    (folder,) = keep(tmp_path, Told())
    summaries(folder.parent)
    spoil(folder / "take.json", b"failed", b"danced")
    assert summaries(folder.parent)[0].asked == QUESTION.text
    (folder / "take.json").touch()
    assert summaries(folder.parent)[0].asked == "Tell me about a time you danced."


def test_a_change_of_either_file_is_noticed(tmp_path: Path) -> None:
    (folder,) = keep(tmp_path, Told(seconds=60.0))
    store = TakeStore(folder.parent)
    assert store.summaries()[0].duration == 60.0
    (folder / "answer.wav").write_bytes(bytes(44 + 32_000))
    assert store.summaries()[0].duration == 1.0
    store.save(store.load(folder))
    assert store.summaries()[0].fillers is None


def test_takes_come_go_and_are_renamed(tmp_path: Path) -> None:
    first, second = keep(tmp_path, *TALES[:2])
    store = TakeStore(first.parent)
    store.summaries()
    shutil.rmtree(first)
    second.rename(second.with_name("mine"))
    assert [take.id for take in store.summaries()] == ["mine"]
    keep(tmp_path, TALES[0])
    assert [take.id for take in store.summaries()] == [first.name, "mine"]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", State.DAMAGED),
        ("[" * 100_000, State.DAMAGED),
        ('{"schema": 99}', State.NEWER),
        ('{"schema": 1, "id": "x", "recorded_at": "2026"}', State.OPEN),
        (None, State.DAMAGED),
    ],
)
def test_takes_that_cannot_be_read_are_listed_all_the_same(
    tmp_path: Path, text: str | None, state: State
) -> None:
    (folder,) = keep(tmp_path, Told())
    (folder / "take.json").unlink()
    if text is not None:
        (folder / "take.json").write_text(text)
    for _ in ("read", "remembered"):
        (take,) = summaries(folder.parent)
        assert (take.id, take.state, take.duration) == (folder.name, state, 90.0)


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: whole[:-5],
        lambda whole: whole.replace(b"failed", b"danced"),
        lambda whole: whole.replace(b'"schema": 1', b'"schema": 0'),
        lambda whole: whole.replace(b'"turn"', b'"torn"'),
        lambda whole: b"\xff\xfe" + whole,
        lambda whole: b"[]\n[]",
    ],
)
def test_an_index_that_is_damaged_or_of_another_version_is_made_anew(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    keep(tmp_path, *TALES)
    found = summaries(tmp_path / "recordings")
    whole = entries(tmp_path)
    (tmp_path / "recordings" / INDEX_FILE).write_bytes(damage(whole))
    assert summaries(tmp_path / "recordings") == found
    assert entries(tmp_path) == whole


def test_it_is_private_and_no_take(tmp_path: Path) -> None:
    keep(tmp_path, Told())
    store = TakeStore(tmp_path / "recordings")
    store.summaries()
    assert stat.S_IMODE((store.folder / INDEX_FILE).stat().st_mode) == 0o600
    assert len(store.folders()) == len(store.summaries()) == 1


def test_a_home_where_it_cannot_be_kept_is_listed_all_the_same(tmp_path: Path) -> None:
    """A folder in the index's place refuses it to every user, root too."""
    keep(tmp_path, *TALES)
    (tmp_path / "recordings" / INDEX_FILE).mkdir()
    assert len(summaries(tmp_path / "recordings")) == len(TALES)
    left = [path.name for path in (tmp_path / "recordings").iterdir() if path.is_file()]
    assert left == []


def test_nothing_is_written_where_nothing_was_recorded(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Takes lie here.")
    assert summaries(tmp_path) == summaries(tmp_path / "nowhere") == []
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


READ_OFTEN = """
import sys
from pathlib import Path
from rehearse.takes.index import summaries
for _ in range(20):
    found = summaries(Path(sys.argv[1]))
    assert len(found) == 40, len(found)
    (Path(sys.argv[1]) / found[int(sys.argv[2])].id / "take.json").touch()
"""


def test_sessions_at_once_do_each_other_no_harm(tmp_path: Path) -> None:
    keep(tmp_path, *(Told(after=timedelta(minutes=number)) for number in range(40)))
    folder = tmp_path / "recordings"
    running = [
        subprocess.Popen([sys.executable, "-c", READ_OFTEN, str(folder), str(number)])
        for number in range(3)
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    found = summaries(folder)
    head, _, body = entries(tmp_path).partition(b"\n")
    assert json.loads(head)["crc32"] == crc32(body)
    assert [take.fillers for take in found] == [6] * 40


def test_five_thousand_takes_are_each_told_as_they_are(tmp_path: Path) -> None:
    kinds = (Question("Why us?", Kind.MOTIVATION), QUESTION, None)
    tales = [
        Told(
            question=kinds[number % 3],
            after=timedelta(minutes=number),
            seconds=float(20 + number % 100),
            fillers=number % 13 / 2,
            missing=("result",) if number % 7 == 0 else (),
        )
        for number in range(5000)
    ]
    keep(tmp_path, *tales)
    for _ in ("read", "remembered"):
        found = summaries(tmp_path / "recordings")
        assert [take.id for take in found] == sorted(summary(told).id for told in tales)
        by_id = {take.id: take for take in found}
        for told in tales[::97]:
            expected = summary(told)
            take = by_id[expected.id]
            assert (take.question, take.duration) == (expected.question, expected.duration)
            assert (take.fillers, take.missing) == (expected.fillers, expected.missing)
