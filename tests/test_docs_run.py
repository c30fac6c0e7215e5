"""Every command line in the documents does what they say: it is run, and ends as it should.

What answers at once is run in this process. What speaks, listens or draws a screen is run in a
pseudo-terminal, with a microphone, until its screen is there, and is then left by a key. What the
words in capitals stand for is in `tests/documented.py`.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from rehearse.adapters.catalogue import known_model
from rehearse.adapters.models import MINIATURE
from tests import documented, documents
from tests.documented import Place, filled
from tests.hub import Hub, served
from tests.inprocess import main
from tests.pulse import Pulse
from tests.spoken import needs_miniature
from tests.terminal import rehearse

NOT_RUN = {
    "sudo apt install libportaudio2": "installs a package on the system",
    "sudo apt install python3-venv": "installs a package on the system",
}
"""Command lines of other programs, each with the reason why no test runs it."""


@dataclass(frozen=True)
class Screen:
    """What a command that stays shows at first, how it is left, and its exit code then."""

    shown: str
    leave: str | signal.Signals
    code: int = 0


READY = Screen("Speak when you are ready.", "q")
STAYS = {
    "rehearse practice": READY,
    "rehearse intro": READY,
    "rehearse loop": READY,
    "rehearse replay": Screen("q leaves", "q"),
    "rehearse demo": Screen("Question 1 of 2.", signal.SIGINT, 130),
    "rehearse takes delete": Screen("[y/N]", "n\r", 1),
}
"""By the beginning of the line, but for those that ask for help only; and `rehearse` by itself."""
DEVICES = ("rehearse doctor", "rehearse demo --fast", "rehearse report --open", "rehearse recover")
"""Run in a process of their own: they use the sound devices, the browser, or all of the models."""
SHELL = re.compile(r"[|<>&;$*]")
PATIENCE = 120.0

LINES = sorted({line for path in documents.TYPED for line in documents.lines(path)})
OURS = [line for line in LINES if documents.is_ours(line)]
OTHERS = [line for line in LINES if not documents.is_ours(line)]

pytestmark = needs_miniature


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return documented.furnish(tmp_path_factory.mktemp("documented"))


@pytest.fixture
def place(furnished: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A copy for one line, which is the current folder."""
    folder = tmp_path / "here"
    shutil.copytree(furnished.folder, folder, symlinks=True)
    monkeypatch.chdir(folder)
    for name, value in Place(folder).environment().items():
        monkeypatch.setenv(name, value)
    return Place(folder)


def stays(line: str) -> Screen | None:
    if "--help" in line or line in DEVICES:
        return None
    if line == "rehearse" or line.startswith("rehearse --"):
        return READY if line != "rehearse --version" else None
    return next((screen for start, screen in STAYS.items() if _begins(line, start)), None)


def _begins(line: str, start: str) -> bool:
    return line == start or line.startswith(f"{start} ")


STAYING = [line for line in OURS if stays(line)]
ANSWERING = [line for line in OURS if not stays(line)]


@pytest.mark.parametrize("line", STAYING)
def test_a_command_that_stays_shows_its_screen_and_is_left(
    line: str, place: Place, pulse: Pulse
) -> None:
    screen = stays(line)
    assert screen is not None
    if "--resume" in line:
        documented.break_off(place)
    environment = pulse.environment | place.environment() | {"PYTHONPATH": str(documents.ROOT)}
    with rehearse(*filled(line)[1:], home=place.home, environment=environment) as terminal:
        terminal.until(screen.shown)
        if isinstance(screen.leave, str):
            terminal.press(screen.leave)
        else:
            terminal.process.send_signal(screen.leave)
        assert terminal.ends() == screen.code, terminal.screen
        assert "Traceback" not in terminal.screen


@pytest.mark.parametrize("line", ANSWERING)
def test_a_command_that_answers_does_so(
    line: str,
    place: Place,
    pulse: Pulse,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with hub(line, place, monkeypatch):
        if line in DEVICES or SHELL.search(line):
            code, told = in_a_shell(line, place, pulse)
        else:
            code = here(filled(line)[1:], place)
            told = "".join(capsys.readouterr())
    assert code == 0, told


def here(words: list[str], place: Place) -> int:
    """In this process; a name of a command that wants more is asked what it wants."""
    try:
        return main(*words, home=place.home)
    except SystemExit as left:
        if left.code == 0 or "-" in " ".join(words):
            return int(left.code or 0)
    with pytest.raises(SystemExit) as told:
        main(*words, "--help", home=place.home)
    return int(told.value.code or 0)


def in_a_shell(line: str, place: Place, pulse: Pulse) -> tuple[int, str]:
    programs = place.folder / "bin"
    programs.mkdir()
    program = programs / "rehearse"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m rehearse "$@"\n')
    program.chmod(0o755)
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", line],
        env=pulse.environment
        | place.environment()
        | {"PYTHONPATH": str(documents.ROOT), "PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    return done.returncode, done.stdout + done.stderr


@contextmanager
def hub(line: str, place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stands in for the network where a line fetches something; others reach nothing."""
    if not line.startswith("rehearse models get "):
        yield
        return
    name = filled(line)[-1]
    shutil.rmtree(place.models / name)
    files = {path.name: path.read_bytes() for path in MINIATURE.iterdir() if path.is_file()}
    with served(Hub(known_model(name).repository, files)) as there:
        monkeypatch.setenv("HF_ENDPOINT", there.address)
        yield


@pytest.mark.parametrize("line", OTHERS)
def test_a_line_for_another_program_is_a_target_of_make_or_named_with_a_reason(line: str) -> None:
    if not line.startswith("make "):
        assert NOT_RUN.get(line)
        return
    targets = [word for word in line.split()[1:] if "=" not in word and not word.startswith("-")]
    known = re.findall(r"^([a-z-]+):", (documents.ROOT / "Makefile").read_text("utf-8"), re.M)
    assert set(targets) <= set(known)
    asked = subprocess.run(
        ["make", "-n", *targets], cwd=documents.ROOT, capture_output=True, text=True
    )
    assert asked.returncode == 0, asked.stderr


def test_no_line_is_excused_that_is_told_nowhere() -> None:
    assert set(NOT_RUN) <= set(LINES)


@pytest.mark.parametrize("line", ["report --sing", "plan --rate TAKE", "remarks --help-me"])
def test_a_line_that_is_wrong_is_noticed(line: str, place: Place) -> None:
    assert here(filled(f"rehearse {line}")[1:], place) == 2


def test_a_word_in_capitals_without_meaning_is_noticed() -> None:
    with pytest.raises(KeyError, match="WHATEVER"):
        filled("rehearse report WHATEVER")
