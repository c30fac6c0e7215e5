"""The home becomes read-only: before a session, and while it goes on, as after a disk error.

An ext4 of its own that is told to have met an error, since the permissions of a folder mean nothing
to root. Where there is none to be mounted, this says so and nothing has survived.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tools.faults.aftermath import Aftermath, after, run
from tools.faults.outcome import Outcome
from tools.faults.room import Room
from tools.faults.scene import outcome, room, scene
from tools.faults.several import PRACTICE, TO_GO, Several, State

ANSWER = 3.0
GOES_ON = 6.0
SIZE = 32 << 20
"""Bytes of the disk; some minutes of sound."""
SAID = ("Read-only file system", "Your recording is saved")
READING = (("takes",), ("progress",), ("plan",), ("report",))
"""Commands that write nothing which they could not do without."""


@dataclass(frozen=True)
class Disk:
    image: Path
    place: Path

    @property
    def home(self) -> Path:
        return self.place / "home"

    def mount(self) -> None:
        options = "loop,errors=remount-ro"
        _done("mount", "-o", options, str(self.image), str(self.place))

    def unmount(self) -> None:
        _done("umount", str(self.place))

    def make_readonly(self) -> None:
        _done("mount", "-o", "remount,ro", str(self.place))

    def meet_error(self) -> None:
        """What ext4 does where it reads nonsense: from now on nothing is written."""
        name = next(
            Path(line.split()[0]).name
            for line in Path("/proc/mounts").read_text().splitlines()
            if line.split()[1] == str(self.place)
        )
        Path(f"/sys/fs/ext4/{name}/trigger_fs_error").write_text("a fault", "utf-8")

    def mend(self) -> None:
        """As the next start of the machine would."""
        self.unmount()
        checked = subprocess.run(["e2fsck", "-p", str(self.image)], capture_output=True)
        assert checked.returncode <= 1, checked.stdout
        self.mount()


def tried(work: Path, count: int | None) -> Outcome:
    if os.geteuid() or subprocess.run(["which", "mkfs.ext4"], capture_output=True).returncode:
        return Outcome("readonly", 1, 0, 0, 0.0, "not tried: it takes root and mkfs.ext4")
    trials = list(TRIALS.items())[:count]
    ends = []
    with room(work) as one:
        for name, trial in trials:
            with disk(work, name) as its:
                ends.append(trial(one, its))
    return outcome("readonly", ends, ", ".join(name for name, _ in trials))


@contextmanager
def disk(work: Path, name: str) -> Iterator[Disk]:
    image, place = work / f"{name}.img", work / name
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(SIZE)
    _done("mkfs.ext4", "-q", str(image))
    made = Disk(image, place)
    made.mount()
    made.home.mkdir()
    try:
        yield made
    finally:
        made.unmount()


def _done(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def before_the_start(room: Room, disk: Disk) -> Aftermath:
    """With a take in it: that can be read, and no session begins."""
    with scene(room, disk.home, *PRACTICE) as playing:
        held = Several(playing)
        held.tries(lambda: (held.answers(ANSWER), held.leaves()))
    disk.make_readonly()
    for command in READING:
        done = run(*command, home=disk.home, environment=room.environment)
        held.expects(done.returncode == 0 and not done.stderr, f"{command}: {done.stderr}")
    for command in (PRACTICE, ("recover",), ("takes", "star", "_")):
        done = run(*command, home=disk.home, environment=room.environment)
        told = done.stderr.strip().splitlines()
        held.expects(
            done.returncode == 1 and len(told) == 1 and SAID[0] in told[0], f"{command}: {told}"
        )
    disk.mend()
    return held.aftermath()


def while_it_goes_on(reach: Callable[[Several], None], room: Room, disk: Disk) -> Aftermath:
    with scene(room, disk.home, *PRACTICE) as playing:
        held = Several(playing)

        def story() -> None:
            held.answers(ANSWER)
            held.presses("\r")
            held.reads("Question 2 of 4")
            reach(held)
            disk.meet_error()
            state = held.settles(GOES_ON)
            if state is State.READY:
                state = held.settles(GOES_ON)
            if state is None:
                held.presses("\r")
                state = held.settles()
            said = playing.terminal.words
            held.expects(any(one in said for one in SAID), f"nothing was said of it: {said[-300:]}")
            if state is State.BETWEEN:
                held.presses("\r")
                state = held.settles()
            held.expects(state is State.DEAF, f"where nothing can be kept it was {state}")
            held.leaves()

        held.tries(story)
    disk.mend()
    found = after(disk.home, room=room, answers=held.spoken, screen=playing.terminal.screen)
    return replace(found, problems=(*held.problems, *found.problems))


def _at_the_question(held: Several) -> None:
    held.playing.waits(0.5)


def _at_the_answer(held: Several) -> None:
    held.opens()
    held.playing.waits(ANSWER)
    held.breaks()


def _at_the_end_of_the_answer(held: Several) -> None:
    held.opens()
    held.speaks(ANSWER)


def _between(held: Several) -> None:
    _at_the_end_of_the_answer(held)
    held.reads(TO_GO)
    held.presses("\r")


TRIALS: dict[str, Callable[[Room, Disk], Aftermath]] = {
    "before": before_the_start,
    "question": partial(while_it_goes_on, _at_the_question),
    "answer": partial(while_it_goes_on, _at_the_answer),
    "writing": partial(while_it_goes_on, _at_the_end_of_the_answer),
    "between": partial(while_it_goes_on, _between),
}
