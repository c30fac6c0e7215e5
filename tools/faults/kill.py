"""kill -9 at random moments of a session, in every phase of it."""

from __future__ import annotations

import random
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from tools.faults.outcome import Outcome
from tools.faults.phases import AIMS, Phase, reach, spread, struck, watched
from tools.faults.room import Room
from tools.faults.scene import Aftermath, outcome, room, scene, side_by_side

COUNT = 50


def tried(work: Path, count: int | None) -> Outcome:
    aims = islice(cycle(AIMS), count or COUNT)
    with room(work) as one:
        trials = [
            partial(killed, one, work / str(number), aim, random.random())
            for number, aim in enumerate(aims)
        ]
        found = side_by_side(trials)
    return outcome("kill", [end for end, _ in found], spread(phase for _, phase in found))


def killed(room: Room, home: Path, aim: Phase, chance: float) -> tuple[Aftermath, Phase]:
    with scene(room, home, environment=watched(home)) as playing:
        reach(playing, aim, chance)
        playing.terminal.process.kill()
        playing.stops()
        playing.terminal.process.wait()
        phase = struck(playing)
        return playing.aftermath(), phase
