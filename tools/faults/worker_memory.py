"""The process that writes down may have no more memory than it has: before its model is loaded, and
in the middle of an answer. Most often the model's library aborts then."""

from __future__ import annotations

import resource
from pathlib import Path

from tools.faults.outcome import Outcome
from tools.faults.workers import TIMES
from tools.faults.workers import tried as tried_on

MOMENTS = ("loading", "answer")
COUNT = 4 * len(MOMENTS) * len(TIMES)
MORE = 1 << 20
"""Bytes: a little, so that it fails in the middle of something."""


def tried(work: Path, count: int | None) -> Outcome:
    return tried_on("worker-memory", _starve, MOMENTS, work, count or COUNT)


def _starve(pid: int) -> None:
    """As `prlimit --as` does."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + MORE
    resource.prlimit(pid, resource.RLIMIT_AS, (most, most))
