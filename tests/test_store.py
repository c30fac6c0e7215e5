"""A take is sacred: what was written to the disk is there, whatever happens next."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
import wave
from dataclasses import replace
from pathlib import Path

import pytest

from rehearse import __version__
from rehearse.errors import DiskFull, HomeNotWritable, NewerFile, TakeNotFound, UnreadableFile
from rehearse.model.take import Ending, Question, Take
from rehearse.takes.files import said_by_disk, write_whole
from rehearse.takes.mend import mend, sweep
from rehearse.takes.store import TakeStore
from tests.pulse import until

NOW = "2026-05-04T10:30:00+02:00"
SECOND = b"\x01\x00" * 16_000
QUESTION = Question("Tell me about a time you failed.")


@pytest.fixture
def store(tmp_path: Path) -> TakeStore:
    return TakeStore(tmp_path / "recordings")


def a_take(store: TakeStore, *, seconds: int = 2, now: str = NOW) -> Take:
    take = store.begin(QUESTION, now, {})
    with store.recorder(take) as recorder:
        for _ in range(seconds):
            recorder.write(SECOND)
    return take


def output_of(program: str) -> str:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def frames(path: Path) -> int:
    with wave.open(str(path), "rb") as file:
        return file.getnframes()


def test_a_take_has_a_folder_that_tells_when_and_what(store: TakeStore) -> None:
    take = a_take(store)
    assert take.id == "2026-05-04T10-30-00_tell-me-about-a-time-you-failed"
    assert sorted(p.name for p in (store.folder / take.id).iterdir()) == ["answer.wav", "take.json"]


def test_two_takes_of_one_second_have_two_folders(store: TakeStore) -> None:
    assert a_take(store).id != a_take(store).id


def test_takes_are_private(store: TakeStore) -> None:
    folder = store.folder / a_take(store).id
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_the_sound_is_playable_while_it_is_being_recorded(store: TakeStore) -> None:
    take = store.begin(QUESTION, NOW, {})
    with store.recorder(take) as recorder:
        assert frames(store.sound_path(take)) == 0
        for second in range(1, 4):
            recorder.write(SECOND)
            assert frames(store.sound_path(take)) == 16_000 * second


def test_half_a_sample_breaks_nothing(store: TakeStore) -> None:
    take = store.begin(QUESTION, NOW, {})
    with store.recorder(take) as recorder:
        recorder.write(SECOND + b"\x01")
    assert frames(store.sound_path(take)) == 16_000
    assert len(store.samples(take)) == 16_000


def test_samples_are_between_minus_one_and_one(store: TakeStore) -> None:
    take = store.begin(QUESTION, NOW, {})
    with store.recorder(take) as recorder:
        recorder.write(b"\x00\x80\xff\x7f\x00\x00")
    assert store.samples(take).tolist() == [-1.0, 32767 / 32768, 0.0]


@pytest.mark.parametrize("name", [None, "2026-05-04T10-31-00", "10-31", "/"])
def test_a_take_goes_by_any_part_of_its_name(store: TakeStore, name: str | None) -> None:
    a_take(store)
    later = a_take(store, now="2026-05-04T10:31:00+02:00")
    wanted = str(store.folder / later.id) if name == "/" else name
    assert store.find(wanted).name == later.id


@pytest.mark.parametrize(("name", "why"), [("2026", "fits 2 takes"), ("tomorrow", "No take")])
def test_a_name_that_fits_none_or_many_is_refused(store: TakeStore, name: str, why: str) -> None:
    a_take(store)
    a_take(store)
    with pytest.raises(TakeNotFound, match=why):
        store.find(name)


def test_an_empty_store_says_how_to_begin(store: TakeStore) -> None:
    with pytest.raises(TakeNotFound, match="no takes yet"):
        store.find(None)


def test_what_was_never_recorded_is_not_kept(store: TakeStore) -> None:
    empty = a_take(store, seconds=0)
    kept = a_take(store)
    store.discard(empty)
    store.discard(kept)
    assert [folder.name for folder in store.folders()] == [kept.id]


def test_a_home_that_is_no_folder_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "recordings").write_text("a file")
    with pytest.raises(HomeNotWritable, match="recordings cannot be written to"):
        TakeStore(tmp_path / "recordings").begin(QUESTION, NOW, {})


def test_a_full_disk_ends_the_recording_and_keeps_what_was_heard(store: TakeStore) -> None:
    """A limit on the file's size stands for the disk: both take the first half of a write."""
    program = f"""
import resource, signal, sys
from pathlib import Path
from rehearse.errors import DiskFull
from rehearse.takes.store import TakeStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = TakeStore(Path({str(store.folder)!r}))
take = store.begin(None, {NOW!r}, {{}})
resource.setrlimit(resource.RLIMIT_FSIZE, (80_044, 80_044))
try:
    with store.recorder(take) as recorder:
        for _ in range(10):
            recorder.write({SECOND!r})
except DiskFull as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "accepts no more data" in done.stdout
    assert frames(store.sound_path(store.load(store.find(None)))) == 40_000


def test_a_full_disk_leaves_the_old_take_file_whole(store: TakeStore, tmp_path: Path) -> None:
    path = tmp_path / "take.json"
    write_whole(path, b"old")
    program = f"""
import resource, signal
from pathlib import Path
from rehearse.takes.files import write_whole
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
try:
    write_whole(Path({str(path)!r}), b"new" * 10)
except OSError:
    print("refused")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "refused\n"
    assert path.read_bytes() == b"old"
    assert [left.name for left in tmp_path.iterdir()] == ["take.json"]


RECORD_FOR_EVER = """
import sys
from pathlib import Path
from rehearse.takes.store import TakeStore
store = TakeStore(Path(sys.argv[1]))
take = store.begin(None, "2026-05-04T10:30:00+02:00", {})
with store.recorder(take) as recorder:
    while True:
        recorder.write(b"\\x01\\x00" * 1600)
"""


@pytest.mark.parametrize("after", [44, 40_000, 300_000, 5_000_000])
def test_kill_9_loses_nothing_that_was_written(store: TakeStore, after: int) -> None:
    recording = subprocess.Popen([sys.executable, "-c", RECORD_FOR_EVER, str(store.folder)])
    until(lambda: any(p.stat().st_size > after for p in store.folder.glob("*/answer.wav")))
    (folder,) = store.folders()
    assert store.is_being_recorded(folder)
    recording.send_signal(signal.SIGKILL)
    recording.wait()
    assert not store.is_being_recorded(folder)
    there = (folder / "answer.wav").stat().st_size
    take = mend(store, folder)
    assert take.ending is Ending.CUT_SHORT
    assert frames(folder / "answer.wav") == (there - 44) // 2
    assert store.samples(take).any()


@pytest.mark.parametrize("damage", ["", "{", None])
def test_a_damaged_take_file_is_made_anew_from_what_is_there(
    store: TakeStore, damage: str | None
) -> None:
    folder = store.folder / a_take(store).id
    (folder / "take.json").unlink()
    if damage is not None:
        (folder / "take.json").write_text(damage)
    with pytest.raises(UnreadableFile):
        store.load(folder)
    take = mend(store, folder)
    assert (take.id, take.recorded_at) == (folder.name, "2026-05-04T10:30:00")
    assert store.load(folder) == replace(take, version=__version__)
    aside = folder / "take.json.damaged"
    assert (aside.read_text() if aside.exists() else None) == damage


def test_a_whole_take_is_left_alone(store: TakeStore) -> None:
    take = replace(a_take(store), ending=Ending.ENDED)
    store.save(take)
    folder = store.folder / take.id
    (folder / "answer.wav").write_bytes(b"a WAV of another program, header and all" + bytes(90))
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    mend(store, folder)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_a_take_of_a_newer_version_is_not_taken_for_a_damaged_one(store: TakeStore) -> None:
    path = store.folder / a_take(store).id / "take.json"
    newer = path.read_text().replace('"schema": 1', '"schema": 2')
    path.write_text(newer)
    with pytest.raises(NewerFile):
        mend(store, path.parent)
    assert path.read_text() == newer


@pytest.mark.parametrize("name", ["\ud800", "a\0b", "nowhere", ".."])
def test_a_take_that_follows_none_follows_none(store: TakeStore, name: str) -> None:
    assert store.followed(replace(a_take(store), follows=name)) is None


def test_a_sound_file_that_is_gone_or_empty_is_said(store: TakeStore) -> None:
    take = a_take(store)
    store.sound_path(take).write_bytes(b"RIFF")
    assert mend(store, store.folder / take.id).ending is Ending.CUT_SHORT
    assert frames(store.sound_path(take)) == 0
    assert len(store.samples(take)) == 0
    store.sound_path(take).unlink()
    with pytest.raises(UnreadableFile, match=r"answer\.wav cannot be read"):
        store.samples(take)


def test_an_error_of_the_disk_is_told_from_one_of_the_home(tmp_path: Path) -> None:
    full = OSError(28, "No space left on device")
    assert isinstance(said_by_disk(full, tmp_path), DiskFull)
    refused = OSError(30, "Read-only file system")
    assert isinstance(said_by_disk(refused, tmp_path), HomeNotWritable)


def test_a_take_that_cannot_be_begun_leaves_nothing(store: TakeStore) -> None:
    program = f"""
import resource, signal
from pathlib import Path
from rehearse.errors import HomeNotWritable
from rehearse.takes.store import TakeStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
try:
    TakeStore(Path({str(store.folder)!r})).begin(None, {NOW!r}, {{}})
except HomeNotWritable:
    print("refused")
"""
    assert output_of(program) == "refused\n"
    assert list(store.folder.iterdir()) == []


def test_a_lock_that_cannot_be_made_is_said(store: TakeStore) -> None:
    take = store.begin(QUESTION, NOW, {})
    (store.folder / take.id / ".recording").mkdir()
    with pytest.raises(HomeNotWritable), store.recorder(take):
        raise AssertionError("it was recorded")


def test_what_a_crash_left_beside_a_take_is_swept(store: TakeStore) -> None:
    folder = store.folder / a_take(store).id
    for name in (".recording", ".take.json.abc.part", "remarks.md"):
        (folder / name).touch()
    sweep(store, folder)
    assert sorted(file.name for file in folder.iterdir()) == [
        "answer.wav",
        "remarks.md",
        "take.json",
    ]
