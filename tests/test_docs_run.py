"""Every command line in the documents does what they say: it is run, and ends as it should.

What answers at once is run in this process. What speaks, listens or draws a screen is run in a
pseudo-terminal, with a microphone, until its screen is there, and is then left by a key. What the
words in capitals stand for is in `tests/documented.py`.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from rehearse.commands.demo import read_script
from rehearse.speech import natural
from rehearse.speech.catalogue import known_model
from rehearse.speech.models import MINIATURE
from tests import documented, documents
from tests.cluster import worker
from tests.documented import Place, filled
from tests.hub import Hub, served
from tests.inprocess import main
from tests.pulse import Pulse
from tests.spoken import Candidate, needs_miniature
from tests.terminal import rehearse

AS_IT_STANDS = ("grep -rn '\"audacity\"' rehearse",)
"""Lines of other programs that are run in the project's folder; those of make are looked up."""
NOT_RUN = {
    "sudo": "changes the system",
    "apt": "changes the system",
    "brew": "changes the system",
    "winget": "changes the system",
    "pip": "installs from the network",
    "pip3": "installs from the network",
    "pipx": "installs from the network",
    "uv": "installs from the network",
    "uvx": "installs from the network",
    "git": "fetches from the network",
    "curl": "fetches from the network",
    "eval": "changes the reader's own shell",
    "source": "changes the reader's own shell",
    "dask": "runs on machines that lend their cores; tests/cluster.py starts one here",
    "unshare": "needs a kernel that lets users make networks of their own",
    "strace": "records the reader's own practice",
    "find": "looks at the reader's own takes",
    "grep": "reads what the line before it wrote",
}
"""Programs whose lines no test runs, each with the reason."""
MAKES = set(re.findall(r"^([a-z-]+):", (documents.ROOT / "Makefile").read_text("utf-8"), re.M))


@dataclass(frozen=True)
class Screen:
    """What a command that stays shows at first, how it is left, and its exit code then."""

    shown: str
    leave: str | signal.Signals
    code: int = 0


READY = Screen("Speak when you are ready.", "q")
THINKS = Screen("then your answer begins", "q")
STAYS = {
    "rehearse practice": READY,
    "rehearse intro": READY,
    "rehearse loop": READY,
    "rehearse replay": Screen("q leaves", "q"),
    "rehearse web": Screen("http://127.0.0.1:", signal.SIGINT, 130),
    "rehearse demo": Screen("Question 1 of 2.", signal.SIGINT, 130),
}
"""By the beginning of the line, but for those that ask for help only; and `rehearse` by itself."""
ASKS = Screen("[y/N]", "n\r", 1)
"""What deletes something, where there is a terminal to ask on."""
NOBODY = "I can't ask"
DEVICES = ("rehearse doctor", "rehearse demo --fast", "rehearse report --open", "rehearse recover")
"""Run in a process of their own: they use the sound devices, the browser, or all of the models."""
WRONG_USAGE = 2
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
    if "--prepare" in line:
        return THINKS
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
    on_a_terminal(line, screen, place, pulse.environment)


def on_a_terminal(line: str, screen: Screen, place: Place, around: Mapping[str, str]) -> None:
    environment = {**around, **place.environment(), "PYTHONPATH": str(documents.ROOT)}
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
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with hub(line, place, monkeypatch):
        if "--cluster" in line:
            with worker(request.getfixturevalue("scheduler"), place.folder) as (_, address):
                code = here(filled(line.replace("ADDRESS", address))[1:], place)
            told = "".join(capsys.readouterr())
        elif line in DEVICES:
            pulse: Pulse = request.getfixturevalue("pulse")
            candidate: Candidate = request.getfixturevalue("candidate")
            with pulse.saying(candidate.say(read_script().answers[0]).wav):
                code, told = in_a_shell(line, place, pulse.environment)
        elif SHELL.search(line):
            code, told = in_a_shell(line, place, os.environ)
        else:
            code = here(filled(line)[1:], place)
            told = "".join(capsys.readouterr())
    if NOBODY in told:
        on_a_terminal(line, ASKS, place, os.environ)
    else:
        assert code == 0, told


def here(words: list[str], place: Place) -> int:
    """In this process; a name of a command that wants more is asked what it wants."""
    try:
        code = main(*words, home=place.home)
    except SystemExit as left:
        code = int(left.code or 0)
    if code != WRONG_USAGE or not all(word.isalpha() and word.islower() for word in words):
        return code
    with pytest.raises(SystemExit) as told:
        main(*words, "--help", home=place.home)
    return int(told.value.code or 0)


def in_a_shell(line: str, place: Place, around: Mapping[str, str]) -> tuple[int, str]:
    """As it stands, with what a shell makes of it."""
    programs = place.folder / "bin"
    programs.mkdir()
    program = programs / "rehearse"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m rehearse "$@"\n')
    program.chmod(0o755)
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", documented.filled_text(line)],
        env=dict(around) | place.environment() | {"PYTHONPATH": str(documents.ROOT), "PATH": path},
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
    shutil.rmtree(place.models / name, ignore_errors=True)
    files = {path.name: path.read_bytes() for path in MINIATURE.iterdir() if path.is_file()}
    with served(Hub(known_model(name).repository, files)) as there:
        monkeypatch.setenv("HF_ENDPOINT", there.address)
        yield


@pytest.mark.parametrize("line", OTHERS)
def test_a_line_for_another_program_is_one_of_make_or_named_with_a_reason(line: str) -> None:
    words = shlex.split(line)
    if words[0] == "make":
        targets = [word for word in words[1:] if "=" not in word]
        assert set(targets) <= MAKES
        run = ["make", "-n", *words[1:]]
        paths = [path for word in words if word.startswith("ARGS=") for path in word[5:].split()]
        assert all((documents.ROOT / path).exists() for path in paths if "/" in path)
    elif line in AS_IT_STANDS:
        run = words
    else:
        assert words[0] in NOT_RUN, f"run it, or say in NOT_RUN why not: {line}"
        return
    done = subprocess.run(run, cwd=documents.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("line", ["report --sing", "plan --rate TAKE", "remarks --help-me"])
def test_a_line_that_is_wrong_is_noticed(line: str, place: Place) -> None:
    assert here(filled(f"rehearse {line}")[1:], place) == 2


def test_a_line_for_a_shell_is_filled_as_well(place: Place) -> None:
    code, told = in_a_shell("rehearse takes --json --question TEXT | wc -l", place, os.environ)
    assert (code, told.strip()) == (0, "1")


def test_a_word_in_capitals_without_meaning_is_noticed() -> None:
    with pytest.raises(KeyError, match="WHATEVER"):
        filled("rehearse report WHATEVER")


# What the documents show is what is printed.


def plain(line: str) -> str:
    """Without figures and drawings, which differ a little from time to time."""
    return " ".join(re.sub(r"\d+(?:[:.]\d+)*", "0", re.sub(r"[█▮▯─●]+", "", line)).split())


def shown_in(page: str) -> list[str]:
    path = documents.ROOT / "docs" / page
    return [line for fence in documents.fences(path, "text") for line in fence.splitlines()]


def missing(page: str, printed: str) -> list[str]:
    """Lines of the page's examples that are not printed like that."""
    there = {plain(line) for line in printed.splitlines()}
    return [line for line in shown_in(page) if not any(is_shown(line, one) for one in there)]


def is_shown(line: str, printed: str) -> bool:
    """At the end of a line, "..." leaves out the rest."""
    begun, dots, _ = plain(line).partition("...")
    return printed.startswith(begun.strip()) if dots else printed == begun


def test_the_guide_to_the_report_shows_what_the_demo_prints(place: Place) -> None:
    code, printed = in_a_shell("rehearse demo --fast --plain", place, os.environ)
    assert code == 0
    assert missing("reading-the-report.md", printed) == []


def test_the_first_practice_shows_what_a_first_practice_prints(
    place: Place, pulse: Pulse, candidate: Candidate
) -> None:
    """As a new user sees it, who says what the demo's candidate says."""
    if natural.is_installed():
        pytest.skip("the page shows a first practice without the extra 'natural'")
    shutil.rmtree(place.home)
    answer = candidate.say(read_script().answers[0])
    environment = pulse.environment | place.environment() | {"PYTHONPATH": str(documents.ROOT)}
    with pulse.saying(answer.wav):
        _, printed = in_a_shell("rehearse doctor", place, pulse.environment)
    with rehearse(home=place.home, environment=environment) as terminal:
        terminal.until(READY.shown)
        pulse.say(answer.wav)
        terminal.press("\r")
        terminal.until("q stops")
        terminal.press("q")
        assert terminal.ends() == 0
        printed += terminal.screen
    assert missing("first-practice.md", printed) == []
