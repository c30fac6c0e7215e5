"""The scripts of `rehearse completion`, in the shells that they are for."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from rehearse.commands.completion import script
from rehearse.options.prepare import SHELLS
from tests import inprocess, terminal

TYPED = [
    ("rehearse prac", "practice"),
    ("rehearse report --form", "--format"),
    ("rehearse report --format s", "srt"),
    ("rehearse takes del", "delete"),
    ("rehearse takes delete --for", "--for-good"),
    ("rehearse questions import answ", "answer.txt"),
    ("rehearse analyze --notes answ", "answer.txt"),
]
"""What stands before the cursor when Tab is pressed, and what comes of its last word."""


def shell(name: str) -> str:
    return shutil.which(name) or pytest.skip(f"{name} is not installed")


def told(command: list[str], folder: Path) -> list[str]:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.split()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("typed")
    (made / "answer.txt").write_text("I did this.")
    for name in SHELLS:
        (made / f"script.{name}").write_text(script(name), encoding="utf-8")
    (made / "script.zsh").rename(made / "_rehearse")
    return made


@pytest.mark.parametrize(("typed", "completed"), TYPED)
def test_bash_completes(typed: str, completed: str, folder: Path) -> None:
    words = typed.split()
    program = f"""
source ./script.bash
COMP_WORDS=({shlex.join(words)})
COMP_CWORD={len(words) - 1}
$(complete -p rehearse | sed 's/.*-F \\([^ ]*\\).*/\\1/') rehearse {words[-1]} {words[-2]}
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    assert told([shell("bash"), "--norc", "-c", program], folder) == [completed]


@pytest.mark.parametrize(("typed", "completed"), TYPED)
def test_fish_completes(typed: str, completed: str, folder: Path) -> None:
    program = f"source script.fish; complete -C '{typed}'"
    command = [shell("fish"), "--no-config", "-c", program]
    assert told(command, folder)[0] == completed


@pytest.mark.parametrize(("typed", "completed"), TYPED)
def test_zsh_completes(typed: str, completed: str, folder: Path) -> None:
    """On a terminal: after Tab, Enter runs the line as it now stands."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "TERM": "dumb"}
    with terminal.on_terminal([shell("zsh"), "-f", "-i"], environment, folder=folder) as zsh:
        zsh.press("fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D\n")
        zsh.press("rehearse() { print -r -- typed$'\\x3a' $*; }; print rea''dy\n")
        zsh.until("ready")
        zsh.press(f"{typed}\t\n")
        zsh.until(" ".join(["typed:", *typed.split()[1:-1], completed]))


@pytest.mark.parametrize("name", SHELLS)
def test_a_script_is_all_that_is_printed(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert inprocess.main("completion", name, home=tmp_path) == 0
    given = capfd.readouterr()
    assert (given.out, given.err) == (script(name), "")
    assert all(command in given.out for command in ("practice", "hands-free", "import"))
