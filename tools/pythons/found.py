"""Which Pythons there are here, and an environment of each."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

WANTED = ((3, 10), (3, 11), (3, 12), (3, 13), (3, 14))
"""The oldest that must work, up to the newest there is."""
BUILD = Path("build") / "pythons"
_ELSEWHERE = (
    ".pyenv/versions/*/bin",
    ".local/share/uv/python/*/bin",
    ".asdf/installs/python/*/bin",
)
"""Folders in a home in which others keep Pythons that are not on the path."""
_ASK = "import sys, venv, ensurepip; print(*sys.version_info[:3])"


@dataclass(frozen=True, order=True)
class Python:
    version: tuple[int, ...]
    path: str

    @property
    def name(self) -> str:
        return "Python " + ".".join(map(str, self.version))


def found() -> list[Python]:
    """The newest of each kind that is wanted, from old to new."""
    newest = {
        python.version[:2]: python for python in sorted(filter(None, map(_asked, _candidates())))
    }
    return [newest[kind] for kind in WANTED if kind in newest]


def missing(pythons: Sequence[Python]) -> list[str]:
    there = {python.version[:2] for python in pythons}
    return [f"Python {major}.{minor}" for major, minor in WANTED if (major, minor) not in there]


def this() -> tuple[int, int]:
    return sys.version_info[:2]


def environment(python: Python, name: str) -> Path:
    """A new and empty one of this Python; gives its program."""
    folder = BUILD / f"{name}-{python.version[0]}.{python.version[1]}"
    run("venv", "--clear", "--seed", "--python", python.path, folder)
    return folder / "bin" / "python"


def install(program: Path, *what: str | Path) -> None:
    run("pip", "install", "--python", program, *what)


class Failed(Exception):
    """What was said by a program that did not do its work."""


def run(*command: str | Path) -> None:
    """uv, in silence. Raises Failed."""
    uv = Path(sys.prefix) / "bin" / "uv"
    done = subprocess.run([uv, *command, "--quiet"], capture_output=True, text=True)
    if done.returncode:
        raise Failed(done.stderr.strip())


def _candidates() -> Iterator[str]:
    for major, minor in WANTED:
        name = f"python{major}.{minor}"
        if on_path := shutil.which(name):
            yield on_path
        for pattern in _ELSEWHERE:
            yield from map(str, Path.home().glob(f"{pattern}/{name}"))
    yield getattr(sys, "_base_executable", sys.executable)


def _asked(path: str) -> Python | None:
    """None for what only looks like a Python, or lacks the parts that make an environment."""
    try:
        done = subprocess.run([path, "-c", _ASK], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    numbers = tuple(map(int, done.stdout.split())) if done.returncode == 0 else ()
    return Python(numbers, path) if numbers else None
