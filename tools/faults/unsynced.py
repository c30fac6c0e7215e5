"""The power goes, and the disk is the worst that may be: it forgets whatever was never synced."""

from __future__ import annotations

import random
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from tools.faults.forgetful import restore
from tools.faults.outcome import Outcome
from tools.faults.phases import AIMS, Phase, reach, spread, struck, watched
from tools.faults.room import Room
from tools.faults.scene import Aftermath, after, outcome, room, scene, side_by_side

COUNT = 15


def tried(work: Path, count: int | None) -> Outcome:
    with room(work) as one:
        trials = [
            partial(cut_off, one, work / str(number), aim, random.random())
            for number, aim in enumerate(islice(cycle(AIMS), count or COUNT))
        ]
        found = side_by_side(trials)
    return outcome("unsynced", [end for end, _ in found], spread(phase for _, phase in found))


def cut_off(room: Room, home: Path, aim: Phase, chance: float) -> tuple[Aftermath, Phase]:
    """Kill a session, and look at nothing but what it had synced."""
    synced, left = home.with_name(f"{home.name}.synced"), home.with_name(f"{home.name}.left")
    home.mkdir()
    surroundings = watched(home) | {"FAULTS_SYNCED": str(synced)}
    with scene(room, home, environment=surroundings) as playing:
        reach(playing, aim, chance)
        playing.terminal.process.kill()
        playing.stops()
        playing.terminal.process.wait()
        phase = struck(playing)
        restore(synced, home.stat().st_ino, left)
        return after(left, room=room, answers=playing.spoken), phase
