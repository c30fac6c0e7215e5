"""kill -9 while answers are recorded."""

from __future__ import annotations

import random
from pathlib import Path

from tools.faults.outcome import Outcome
from tools.faults.scene import outcome, room, scene

COUNT = 50


def tried(work: Path, count: int | None) -> Outcome:
    ends = []
    with room(work) as one:
        for number in range(count or COUNT):
            with scene(one, work / str(number)) as playing:
                playing.hears(random.uniform(0, 5))
                playing.terminal.process.kill()
                playing.stops()
                ends.append(playing.aftermath())
    return outcome("kill", ends)
