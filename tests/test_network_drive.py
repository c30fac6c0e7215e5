"""A home on a drive that knows no locks or no syncing: answers are recorded there all the same, and
whoever looks still knows a recording from what a crash left."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rehearse.takes import held
from rehearse.takes.shelf import LOCK_FILE
from rehearse.takes.store import TakeStore
from tests.drive import Drive, drive, refusing
from tests.pulse import Pulse, until
from tests.spoken import Spoken, needs_miniature
from tests.terminal import rehearse
from tests.test_practice import ASK, answer, said, takes

__all__ = ["drive", "refusing"]

RECORDS = """
import sys
from pathlib import Path
from rehearse.takes.store import TakeStore
store = TakeStore(Path(sys.argv[1]))
take = store.begin(None, "2026-05-04T10:30:00+02:00", {})
with store.recorder(take) as recorder:
    recorder.write(b"\\x01\\x00" * 32_000)
    print("recording", flush=True)
    sys.stdin.readline()
print(store.weakness())
"""
LOOKS = """
import sys
from pathlib import Path
from rehearse.takes.store import TakeStore
store = TakeStore(Path(sys.argv[1]))
print([store.is_being_recorded(folder) for folder in store.folders()], len(store.summaries()))
"""


def looks(folder: Path, drive: Drive) -> str:
    command = [sys.executable, "-W", "error", "-c", LOOKS, str(folder)]
    done = subprocess.run(
        command, env=drive.environment, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout.strip()


@contextmanager
def recording(folder: Path, drive: Drive) -> Iterator[subprocess.Popen[str]]:
    """Another session, in the middle of an answer."""
    command = [sys.executable, "-W", "error", "-c", RECORDS, str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=drive.environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "recording\n"
        try:
            yield process
        finally:
            process.kill()


def test_an_answer_is_recorded_and_seen_to_be(tmp_path: Path, drive: Drive) -> None:
    with recording(tmp_path, drive) as session:
        assert looks(tmp_path, drive) == "[True] 1"
        out, err = session.communicate("\n")
    assert (session.returncode, err) == (0, "")
    assert "Recording works" in out
    assert looks(tmp_path, drive) == "[False] 1"
    store = TakeStore(tmp_path)
    (folder,) = store.folders()
    assert store.duration(folder) == 2.0
    assert sorted(path.name for path in folder.iterdir()) == ["answer.wav", "take.json"]


def test_what_a_crash_leaves_there_is_no_recording(tmp_path: Path, drive: Drive) -> None:
    with recording(tmp_path, drive) as session:
        session.send_signal(signal.SIGKILL)
        session.wait()
    assert looks(tmp_path, drive) == "[False] 1"


def test_recover_leaves_a_recording_alone(tmp_path: Path, drive: Drive) -> None:
    home = tmp_path / "home"
    command = [sys.executable, "-m", "rehearse", "recover", "--home", str(home)]
    with recording(home / "recordings", drive) as session:
        done = subprocess.run(
            command, env=drive.environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert "Nothing to do: every take is complete." in done.stdout
        session.communicate("\n")
    (take,) = takes(home)
    assert take["ending"] is None


@needs_miniature
def test_a_practice_says_once_what_the_drive_cannot_do(
    pulse: Pulse, brief: Spoken, tmp_path: Path, drive: Drive
) -> None:
    """The sound system's own locks are of no concern."""
    environment = drive.environment | pulse.environment
    with rehearse(*ASK, home=tmp_path, environment=environment) as terminal:
        answer(terminal, pulse, brief)
        terminal.until("Saved in")
        assert terminal.ends() == 0
        assert terminal.words.count("is on a drive that cannot lock files") == 1
        assert "Warning" not in terminal.words
    (take,) = takes(tmp_path)
    assert said(take)[: len(brief.words)] == list(brief.words) and take["ending"] == "ended"


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / LOCK_FILE


def sign(lock: Path, who: str, *, seconds_ago: float = 0.0) -> None:
    lock.write_text(who)
    then = time.time() - seconds_ago
    os.utime(lock, (then, then))


HERE = platform.node()


@pytest.mark.parametrize(
    ("machine", "number", "seconds_ago", "alive"),
    [
        ("another-machine", 7, 1.0, True),
        ("another-machine", 7, held.STALE + 60, False),
        (HERE, os.getppid(), 1.0, True),
        (HERE, os.getppid(), held.STALE + 60, True),  # paused for a while, or stopped by Ctrl-Z
        (HERE, os.getppid(), held.GONE + 60, False),  # the number is another program's by now
        (HERE, 2**22 + 7, 1.0, False),
        (HERE, 10**30, 1.0, False),
    ],
)
def test_signs_of_life(
    lock: Path, machine: str, number: int, seconds_ago: float, alive: bool
) -> None:
    sign(lock, f"{number} {machine}\n", seconds_ago=seconds_ago)
    assert held.is_held(lock) is alive


@pytest.mark.parametrize("text", ["", "\n", "no number", "\0\0", "7", "x" * 10_000])
def test_a_lock_that_names_nobody_is_held_by_its_lock_alone(lock: Path, text: str) -> None:
    sign(lock, text, seconds_ago=held.STALE + 60)
    assert not held.is_held(lock)
    with held.hold(lock):
        assert held.is_held(lock)
        with pytest.raises(held.Taken), held.hold(lock):
            pass
    assert not held.is_held(lock)


def test_a_lock_that_is_a_link_or_a_pipe_is_none(lock: Path, tmp_path: Path) -> None:
    lock.symlink_to(tmp_path / "elsewhere")
    assert not held.is_held(lock)
    with pytest.raises(OSError, match="symbolic link"), held.hold(lock):
        pass
    lock.unlink()
    os.mkfifo(lock)
    assert not held.is_held(lock)


HOLDS_TWICE = """
import sys
from pathlib import Path
from rehearse.takes import held
with held.hold(Path(sys.argv[1])):
    try:
        with held.hold(Path(sys.argv[1])):
            print("twice")
    except held.Taken:
        print("once")
"""


def test_nobody_takes_what_another_holds(tmp_path: Path, drive: Drive) -> None:
    command = [sys.executable, "-c", HOLDS_TWICE, str(tmp_path / "lock")]
    done = subprocess.run(
        command, env=drive.environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "once\n"


BEATS = """
import os, sys
from pathlib import Path
from rehearse.takes import held
held.BEAT = 0.01
path = Path(sys.argv[1])
with held.hold(path):
    os.utime(path, (1, 1))
    print("aged", flush=True)
    sys.stdin.readline()
"""


def test_a_writer_gives_signs_of_life_while_nothing_is_written(
    tmp_path: Path, refusing: Path
) -> None:
    path = tmp_path / "lock"
    environment = os.environ | {"LD_PRELOAD": str(refusing), "REFUSES_LOCKS": "95"}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", BEATS, str(path)],
        env=environment,
        stdin=pipe,
        stdout=pipe,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "aged\n"
        until(lambda: path.stat().st_mtime > 1)
        process.communicate("\n")
    assert process.returncode == 0


def test_a_good_drive_needs_no_word(tmp_path: Path) -> None:
    assert TakeStore(tmp_path / "not there yet").weakness() is None
