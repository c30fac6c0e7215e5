"""A session that is told to end: by the system, by a closed terminal, by Ctrl-C once and twice."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle, islice, product
from pathlib import Path

from rehearse.errors import UnreadableFile
from rehearse.takes.store import TakeStore
from tools.faults.outcome import Outcome
from tools.faults.phases import AIMS, Phase, reach, spread, struck, watched
from tools.faults.room import Room
from tools.faults.scene import Aftermath, Scene, outcome, room, scene, side_by_side

PATIENCE = 10.0
"""Seconds within which it has to be gone."""


@dataclass(frozen=True)
class Fault:
    name: str
    strike: Callable[[Scene], None]
    codes: tuple[int, ...]
    """How the session may exit."""


def _sent(*numbers: signal.Signals) -> Callable[[Scene], None]:
    def strike(playing: Scene) -> None:
        for number in numbers:
            playing.terminal.process.send_signal(number)

    return strike


def _typed(keys: str) -> Callable[[Scene], None]:
    return lambda playing: playing.terminal.press(keys)


FAULTS = (
    Fault("SIGTERM", _sent(signal.SIGTERM), (143,)),
    Fault("SIGHUP", _sent(signal.SIGHUP), (129,)),
    Fault("terminal closed", lambda playing: playing.terminal.hang_up(), (129,)),
    Fault("Ctrl-C", _typed("\x03"), (130,)),
    Fault("Ctrl-C twice", _typed("\x03\x03"), (130,)),
    Fault("SIGHUP, SIGTERM", _sent(signal.SIGHUP, signal.SIGTERM), (129, 143)),
)
COUNT = len(FAULTS) * len(AIMS)


def tried(work: Path, count: int | None) -> Outcome:
    pairs = islice(cycle(product(AIMS, FAULTS)), count or COUNT)
    with room(work) as one:
        trials = [
            partial(told_to_end, one, work / str(number), fault, aim, random.random())
            for number, (aim, fault) in enumerate(pairs)
        ]
        found = side_by_side(trials)
    return outcome("signals", [end for end, _ in found], spread(phase for _, phase in found))


def told_to_end(
    room: Room, home: Path, fault: Fault, aim: Phase, chance: float
) -> tuple[Aftermath, Phase]:
    with scene(room, home, environment=watched(home)) as playing:
        reach(playing, aim, chance)
        phase = struck(playing)
        if playing.terminal.process.poll() is not None:
            phase = Phase.AFTER
        else:
            fault.strike(playing)
        playing.stops()
        problems = disorder(playing, fault, phase)
        end = playing.aftermath()
        told = tuple(f"{fault.name}, {phase.value}: {text}" for text in [*problems, *end.problems])
        return replace(end, problems=told), phase


def disorder(playing: Scene, fault: Fault, phase: Phase) -> list[str]:
    """What is wrong with how the session ended."""
    process, deadline = playing.terminal.process, time.monotonic() + PATIENCE
    while process.poll() is None:
        if time.monotonic() > deadline:
            return [f"it was still there after {PATIENCE:.0f} s"]
        playing.waits(0.02)
    code = process.returncode
    over = (0, -1, -2, -15) if phase in (Phase.SAVING, Phase.AFTER) else ()
    problems = [] if code in (*fault.codes, *over) else [f"it exited with {code}"]
    return problems + [
        f"{folder.name}: how the recording ended was not noted"
        for folder in TakeStore(playing.home / "recordings").folders()
        if not _ended(folder)
    ]


def _ended(folder: Path) -> bool:
    try:
        return TakeStore(folder.parent).load(folder).ending is not None
    except UnreadableFile:
        return False
