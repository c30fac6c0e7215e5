"""The sound server dies, freezes or loses its microphone; for good, or until it is back.

The microphone must work again for the next answer once it is back; while it is not, the session
says so, in a bounded time, and is left in order.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path

from tests.pulse import again
from tools.faults.outcome import Outcome
from tools.faults.room import Room, people
from tools.faults.scene import Aftermath, outcome, room, scene, side_by_side
from tools.faults.several import BOUND, PRACTICE, Several, State

ANSWER = 3.0
ASKING = 0.7
FROZEN = 3.0
"""Seconds; longer than the program is patient with a microphone that gives nothing."""
BLINK = 0.7
"""Seconds; shorter than that."""
GOES_ON = 6.0
"""Seconds after which an answer that has not ended by itself is ended with Enter."""
HEADSET = "headset"
SENTENCES = ("I found no microphone.", "does not answer.", "could not be opened")
"""One of them is what a session without a microphone says."""


class Moment(Enum):
    QUESTION = "question"
    ANSWER = "answer"
    BETWEEN = "between"


@dataclass(frozen=True)
class Fault:
    name: str
    strike: Callable[[Room, ExitStack], None]
    heals: bool
    """Whether there is a microphone again when it is over."""


def tried(work: Path, count: int | None) -> Outcome:
    wanted = [(fault, moment) for fault in FAULTS for moment in Moment][:count]
    trials = [partial(struck, work / str(n), *one) for n, one in enumerate(wanted)]
    ends = side_by_side(trials)
    return outcome("sound-server", ends, ", ".join(fault.name for fault in FAULTS))


def struck(work: Path, fault: Fault, moment: Moment) -> Aftermath:
    work.mkdir()
    with ExitStack() as around:
        one = around.enter_context(room(work))
        surroundings = around.enter_context(headset(one))
        playing = around.enter_context(
            scene(one, work / "home", *PRACTICE, environment=surroundings)
        )
        held = Several(playing)

        def story() -> None:
            _reach(held, moment)
            fault.strike(one, around)
            _after(held, moment, fault)

        held.tries(story)
        held.problems = [f"{fault.name} at {moment.value}: {each}" for each in held.problems]
        return held.aftermath()


def _reach(held: Several, moment: Moment) -> None:
    held.answers(ANSWER)
    if moment is Moment.BETWEEN:
        return
    held.presses("\r")
    held.reads("Question 2 of 4")
    if moment is Moment.QUESTION:
        held.playing.waits(ASKING)
    else:
        held.opens()
        held.playing.waits(ANSWER)
        held.breaks()


def _after(held: Several, moment: Moment, fault: Fault) -> None:
    """From the fault to the end of the session."""
    if moment is Moment.BETWEEN:
        held.presses("\r")
    state = held.settles(GOES_ON if moment is Moment.ANSWER else BOUND)
    if state is None and moment is Moment.ANSWER:
        held.presses("\r")
        state = held.settles()
    if state is State.BETWEEN:
        held.presses("\r")
        state = held.settles()
    if state is State.DEAF:
        last = held.playing.terminal.words[-300:]
        held.expects(any(one in last for one in SENTENCES), f"it said: {last}")
        held.presses("\r")
        state = held.settles()
    if fault.heals:
        held.expects(state is State.READY, "the next answer could not be recorded")
        if state is State.READY:
            held.begins()
            held.speaks(ANSWER)
            held.expects(held.settles() is State.BETWEEN, "the next answer was not reported")
    else:
        held.expects(state is State.DEAF, f"without a microphone the session was {state}")
    held.leaves()


@contextmanager
def headset(room: Room) -> Iterator[dict[str, str]]:
    """A microphone that can be unplugged, while the witness goes on listening to the room."""
    _plug(room)
    yield {"PULSE_SOURCE": HEADSET}


def _plug(room: Room) -> None:
    _pactl(room, "load-module", "module-remap-source", f"source_name={HEADSET}",
           "master=mic_in.monitor", "remix=no")  # fmt: skip


def _pactl(room: Room, *arguments: str) -> str:
    done = subprocess.run(
        ["pactl", *arguments], env=room.environment, capture_output=True, text=True, timeout=10
    )
    return done.stdout


def _unplug(room: Room, _around: ExitStack) -> None:
    _pactl(room, "unload-module", "module-remap-source")


def _unplug_and_back(room: Room, around: ExitStack) -> None:
    _unplug(room, around)
    time.sleep(BLINK)
    _plug(room)


def _kill(room: Room, _around: ExitStack) -> None:
    room.pulse.kill()


def _kill_and_back(room: Room, around: ExitStack) -> None:
    room.pulse.kill()
    around.enter_context(again(room.pulse))
    around.enter_context(people(room.pulse, room.heard, seed=os.getpid()))
    _plug(room)


def _freeze(room: Room, _around: ExitStack) -> None:
    room.pulse.freeze()


def _freeze_for(seconds: float, room: Room, _around: ExitStack) -> None:
    room.pulse.freeze()
    time.sleep(seconds)
    room.pulse.server.send_signal(signal.SIGCONT)


FAULTS = (
    Fault("killed", _kill, heals=False),
    Fault("killed and back", _kill_and_back, heals=True),
    Fault("frozen", _freeze, heals=False),
    Fault("frozen and back", partial(_freeze_for, FROZEN), heals=True),
    Fault("frozen for a blink", partial(_freeze_for, BLINK), heals=True),
    Fault("unplugged", _unplug, heals=False),
    Fault("unplugged and back", _unplug_and_back, heals=True),
)
