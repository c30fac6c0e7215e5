"""All tests on every Python, one after the other, and a line on each at the end."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.pythons.found import Failed, Python, environment, found, install, missing

LOCK = "requirements-dev.lock"
_COUNTS = re.compile(r"(\d+) (passed|failed|skipped|errors?)\b")


@dataclass(frozen=True)
class Told:
    """What the tests said on one Python."""

    name: str
    counts: dict[str, int]
    seconds: float
    green: bool
    why: str = ""

    def __str__(self) -> str:
        told = ", ".join(
            f"{self.counts.get(kind, 0)} {kind}" for kind in ("passed", "failed", "skipped")
        )
        end = "green" if self.green else "RED"
        return f"{self.name:<16}{end:<7}{self.why or told}, {self.seconds:.0f} s"


def main(arguments: Sequence[str]) -> int:
    pythons = found()
    told = [_tested(python, arguments) for python in pythons]
    print("\nAll tests, on every Python that is here:")
    for each in told:
        print(each)
    for name in missing(pythons):
        print(f"{name:<16}not on this machine, so not tried")
    return 0 if told and all(each.green for each in told) else 1


def _tested(python: Python, arguments: Sequence[str]) -> Told:
    began = time.monotonic()
    print(f"\n{python.name} ({python.path}): fetching its libraries", flush=True)
    try:
        program = environment(python, "tests")
        install(program, "-c", LOCK, "-e", ".[dev]")
    except Failed as failed:
        print(failed)
        return Told(python.name, {}, time.monotonic() - began, False, "could not be set up")
    print(f"{python.name}: the tests", flush=True)
    code, last = _run([str(program), "-m", "pytest", *arguments])
    return Told(python.name, counted(last), time.monotonic() - began, code == 0)


def counted(last: str) -> dict[str, int]:
    """By the last line of the tests; one that could not be set up has failed."""
    counts = {kind: int(number) for number, kind in _COUNTS.findall(last)}
    errors = counts.pop("errors", 0) + counts.pop("error", 0)
    return counts | {"failed": counts.get("failed", 0) + errors}


def _run(command: Sequence[str]) -> tuple[int, str]:
    """Shows what it says; gives its exit code and its last line of counts."""
    last = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()) as program:
        assert program.stdout is not None
        for line in program.stdout:
            print(line, end="", flush=True)
            last = line if _COUNTS.search(line) and " in " in line else last
    return program.returncode, last
