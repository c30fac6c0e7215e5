"""What is different on Windows and macOS, tried here with their parts in their places."""

from __future__ import annotations

import importlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rehearse.audio.devices import Device
from rehearse.audio.streams import shared
from rehearse.questions import notes_file
from rehearse.takes import files, take_json
from rehearse.takes.store import TakeStore
from rehearse.terminal import console_encoding
from rehearse.text import slug
from tests.test_cli import rehearse

FEW_LETTERS = [
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "cp437"},
    {"PYTHONIOENCODING": "cp1252"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
]
WIDE_STORY = "Am Ende sagte ich “nein” … und 你好, naïve €5. Um, we won."
AS_ON_WINDOWS = """
import pkgutil, signal, sys
import concurrent.futures.process, multiprocessing.connection, multiprocessing.queues
import asyncio
import ctypes, filelock, jinja2, markdown_it, platformdirs, rich.progress, rich.table, subprocess

for name in ("fcntl", "termios", "tty", "pwd", "grp", "resource"):
    sys.modules[name] = None
for name in ("SIGHUP", "SIGCONT", "SIGPIPE", "SIGTSTP", "SIGKILL", "SIGSTOP", "SIGALRM"):
    delattr(signal, name)
for name in ("geteuid", "getuid", "fork", "setsid", "killpg"):
    delattr(__import__("os"), name)
sys.platform = "win32"
import rehearse
for found in pkgutil.walk_packages(rehearse.__path__, "rehearse."):
    if found.name != "rehearse.__main__":
        __import__(found.name)
from rehearse.cli import main
raise SystemExit(main(sys.argv[1:]))
"""
LONGEST_PATH = 260
"""Characters that Windows takes unless it was told to take more."""


class Sound:
    """sounddevice, as far as it is asked for the settings of WASAPI."""

    class WasapiSettings:
        def __init__(self, *, auto_convert: bool = False) -> None:
            self.auto_convert = auto_convert


@pytest.mark.parametrize(
    ("system", "converts"),
    [("Windows WASAPI", True), ("MME", False), ("Core Audio", False), ("ALSA", False)],
)
def test_only_wasapi_is_asked_to_convert(system: str, converts: bool) -> None:
    device = Device(0, "Microphone", system, channels=1, rate=48_000, default=True)
    settings = shared(Sound, device)
    assert bool(settings) is converts
    assert not settings or settings.auto_convert


class Held:
    """A file that somebody reads: it cannot be replaced until they let go."""

    def __init__(self, times: int) -> None:
        self.times = times
        self._replace = Path.replace

    def replace(self, temporary: Path, path: Path) -> Path:
        if self.times:
            self.times -= 1
            raise PermissionError(13, "The process cannot access the file")
        return self._replace(temporary, path)


def test_a_file_that_somebody_reads_is_replaced_when_they_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "take.json"
    path.write_text("old")
    held = Held(times=2)
    monkeypatch.setattr(Path, "replace", lambda one, other: held.replace(one, other))
    files.write_whole(path, b"new")
    assert path.read_text() == "new"
    assert [each.name for each in tmp_path.iterdir()] == ["take.json"]


def test_a_file_that_is_never_let_go_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "take.json"
    path.write_text("old")
    held = Held(times=100)
    monkeypatch.setattr(files, "HELD", (0.0, 0.0))
    monkeypatch.setattr(Path, "replace", lambda one, other: held.replace(one, other))
    with pytest.raises(PermissionError):
        files.write_whole(path, b"new")
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["take.json"]


def test_sound_is_written_as_bytes_where_windows_would_write_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    real = os.open
    binary = 0x8000

    def opened(path: Path, flags: int, mode: int = 0o777) -> int:
        if path.is_dir():  # what is synced, and no sound
            return real(path, flags)
        asked.append(flags)
        return real(path, flags & ~binary, mode)

    with monkeypatch.context() as windows:
        windows.setattr(os, "O_BINARY", binary, raising=False)
        on_windows = importlib.reload(files)
        windows.setattr(os, "open", opened)
        on_windows.WavRecorder(tmp_path / "answer.wav").close()
    importlib.reload(files)
    assert all(flags & binary for flags in asked) and asked


def test_every_part_loads_and_works_without_what_only_posix_has(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("I did, um, this.")
    done = subprocess.run(
        [sys.executable, "-c", AS_ON_WINDOWS, "analyze", str(tmp_path / "story.txt"), "--json"],
        env=os.environ | {"REHEARSE_HOME": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["fillers"]["counts"] == {"um": 1}


@pytest.mark.parametrize("environment", FEW_LETTERS, ids=lambda each: "-".join(each.values()))
def test_a_terminal_of_few_letters_shows_what_it_can(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / "story.txt").write_text(WIDE_STORY, encoding="utf-8")
    for arguments in (["analyze", str(tmp_path / "story.txt")], ["questions", "list"], ["takes"]):
        done = rehearse(*arguments, home=tmp_path, environment=environment)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("environment", FEW_LETTERS, ids=lambda each: "-".join(each.values()))
def test_json_keeps_every_letter(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "story.txt").write_text(WIDE_STORY, encoding="utf-8")
    done = rehearse(
        "analyze", str(tmp_path / "story.txt"), "--json", home=tmp_path, environment=environment
    )
    assert done.returncode == 0
    words = [word["text"] for word in json.loads(done.stdout)["words"]]
    assert words == WIDE_STORY.split()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no text")
def test_a_name_that_is_no_text_is_told_all_the_same(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    done = rehearse("analyze", str(tmp_path / name), home=tmp_path)
    assert done.returncode == 1
    assert "caf?.txt" in "".join(done.stderr.split())


@pytest.mark.parametrize(
    ("shown", "encoding", "written"),
    [
        ("“No…” – naïve ▮▯", "ascii", '"No..." - naive #-'),
        ("“No…” – naïve", "cp1252", "“No…” – naïve"),
        ("★ café → 你", "cp437", "* café > ?"),
    ],
)
def test_the_nearest_letters_stand_for_those_that_are_missing(
    shown: str, encoding: str, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    console_encoding.accept_any_text()
    stream.write(shown)
    stream.flush()
    assert stream.buffer.getvalue().decode(encoding) == written


@pytest.mark.parametrize("name", ["con.md", "AUX.md", "nul.old.md", "Com1.md", "lpt9.md"])
def test_a_pack_is_not_called_like_a_device_of_windows(tmp_path: Path, name: str) -> None:
    kept, _ = notes_file.keep_pack("- Why us?\n", Path(name), tmp_path)
    assert kept.name == f"notes-{name}"


def test_a_pack_may_be_called_like_the_beginning_of_a_device(tmp_path: Path) -> None:
    kept, _ = notes_file.keep_pack("- Why us?\n", Path("console.md"), tmp_path)
    assert kept.name == "console.md"


@pytest.mark.parametrize("question", ["Con", "aux: why?", "What is a/b\\c?", "…", "Who. "])
def test_a_take_has_a_name_that_every_system_takes(question: str) -> None:
    name = slug(question)
    assert name == name.lower()
    assert not set(name) & set('<>:"/\\|?*. ')


def test_the_longest_path_of_a_take_fits_windows() -> None:
    home = r"C:\Users\a-name-of-twenty-chars\AppData\Local\rehearse\recordings"
    folder = f"2026-11-21T18-30-05_{slug('word ' * 100)}-999"
    temporary = f".{take_json.TAKE_FILE}.abcdefgh"
    assert len("\\".join((home, folder, temporary))) < LONGEST_PATH - 50


def test_a_home_may_have_blanks_and_letters_of_any_kind(tmp_path: Path) -> None:
    home = tmp_path / "Ännchens home 你好"
    store = TakeStore(home / "recordings")
    take = store.begin(None, "2026-11-21T18:30:05+01:00", {})
    done = rehearse("takes", "--json", home=home)
    assert (done.returncode, json.loads(done.stdout)["id"]) == (0, take.id)
