"""A program that is started at once is like one that is started anew."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import ready
from tests.terminal import rehearse

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it forks as Linux does")


def around(home: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "REHEARSE_HOME": str(home), "COLUMNS": "60", **more}


@pytest.mark.parametrize(
    "arguments",
    [["questions", "list"], ["takes", "--json"], ["report"], ["plan", "--interview", "soon"]],
)
def test_it_prints_and_ends_as_one_that_is_started_anew(
    arguments: list[str], tmp_path: Path
) -> None:
    at_once = ready.run(arguments, around(tmp_path), timeout=60)
    anew = subprocess.run(
        [sys.executable, "-m", "rehearse", *arguments],
        env=around(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert (at_once.returncode, at_once.stdout, at_once.stderr) == (
        anew.returncode,
        anew.stdout,
        anew.stderr,
    )


@pytest.mark.parametrize("anew", [False, True])
def test_on_a_terminal_a_signal_ends_it(anew: bool, tmp_path: Path) -> None:
    with rehearse("demo", home=tmp_path, environment=around(tmp_path), anew=anew) as terminal:
        terminal.until("Question 1 of 2.")
        assert isinstance(terminal.process, ready.Program) is not anew
        assert os.getpgid(terminal.process.pid) == terminal.process.pid
        assert terminal.process.poll() is None
        terminal.process.send_signal(signal.SIGKILL)
        assert terminal.ends() == -signal.SIGKILL


@pytest.mark.parametrize("name", ["PYTHONIOENCODING", "LC_ALL", "OMP_NUM_THREADS", "TZ"])
def test_what_python_reads_when_it_starts_makes_it_start_anew(name: str, tmp_path: Path) -> None:
    assert ready.can_start(around(tmp_path))
    assert not ready.can_start(around(tmp_path, **{name: "cp437"}))
