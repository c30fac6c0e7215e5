"""kill -9 of the process that writes down, in each phase of a session."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tools.faults.outcome import Outcome
from tools.faults.workers import TIMES
from tools.faults.workers import tried as tried_on

MOMENTS = ("loading", "question", "answer", "writing")
COUNT = 2 * len(MOMENTS) * len(TIMES)


def tried(work: Path, count: int | None) -> Outcome:
    return tried_on("worker-killed", kill, MOMENTS, work, count or COUNT)


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
