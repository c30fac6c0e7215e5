"""The disk is full: at every file, at every page of what is written, and all at once in the middle
of a session. Then there is room again, and nothing that had reached the disk may be missing."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tests.terminal import OVER
from tools.faults import disks
from tools.faults.aftermath import run
from tools.faults.outcome import Outcome
from tools.faults.room import Room
from tools.faults.scene import (
    ASK,
    KEPT,
    READY,
    Aftermath,
    Scene,
    outcome,
    room,
    scene,
    side_by_side,
)

FULL = "accepts no more data"
ASKS_AGAIN = "Enter asks again"
ANSWER = 1.5
"""Seconds."""
MANY = 1000
PAGES = (0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 17, 18, 19, 20, 21, 22, 24)
"""Sizes of the disk: a second of sound takes eight, everything else six or seven."""
FILES = tuple(range(12))
"""How many files and folders the disk takes; a session makes nine, some of them for a moment."""
PACK = "- Why here?\n- Why now?\n"
TWO = ("practice", "short", "--questions", "2", "--model", "miniature")
PATIENCE = 90.0
"""Seconds that a trial may take."""


@dataclass(frozen=True)
class Fault:
    """`fills` becomes true when the disk is to be full; None where its size alone decides."""

    name: str
    pages: int = MANY
    inodes: int = MANY
    command: tuple[str, ...] = ASK
    fills: Callable[[Scene], object] | None = None


FAULTS = (
    *(Fault(f"{pages} pages", pages=pages) for pages in PAGES),
    *(Fault(f"{files} files", inodes=files) for files in FILES),
    Fault("full from the first word", fills=lambda playing: playing.begun),
    Fault("full when the answer ends", fills=lambda playing: playing.pressed),
    Fault("full before the report", fills=lambda playing: KEPT in playing.terminal.words),
    *(Fault(f"two questions, {files} files", inodes=files, command=TWO) for files in (6, 8, 10)),
    Fault(
        "two questions, full after the first",
        command=TWO,
        fills=lambda playing: "to go." in playing.terminal.words,
    ),
)


def tried(work: Path, count: int | None) -> Outcome:
    if not disks.allowed():
        return Outcome("disk-full", 0, 0, 0, 0.0, "not tried: it takes root")
    faults = FAULTS if count is None else random.sample(FAULTS, min(count, len(FAULTS)))
    with room(work) as one:
        trials = [
            partial(filled, one, work / str(number), fault) for number, fault in enumerate(faults)
        ]
        ends = side_by_side(trials)
    return outcome("disk-full", ends)


def filled(room: Room, disk: Path, fault: Fault) -> Aftermath:
    with disks.small(disk, pages=fault.pages, inodes=fault.inodes):
        home = disk / "home"
        if fault.command is TWO:
            _keep_pack(home)
        with scene(room, home, *fault.command) as playing:
            play(playing, fault)
            problems = disorder(playing)
        problems += _looks(home, room)
        disks.make_room(disk)
        end = playing.aftermath()
        told = tuple(f"{fault.name}: {text}" for text in [*problems, *end.problems])
        return replace(end, problems=told)


def play(playing: Scene, fault: Fault) -> None:
    """Answer whatever is asked, until the session is over."""
    turns = _turns(playing)
    full = False
    deadline = playing.room.now() + PATIENCE
    while playing.terminal.process.poll() is None:
        if playing.room.now() > deadline:
            playing.terminal.process.terminate()
        playing.waits(0.05)
        if fault.fills and not full and fault.fills(playing):
            full = True
            disks.fill(playing.home.parent)
        next(turns, None)


def _turns(playing: Scene) -> Iterator[None]:
    """What somebody does at the keyboard, a look at the screen at a time."""
    asked = over = 0
    while True:
        seen = playing.terminal.words
        if sum(map(seen.count, OVER)) > over:
            over += 1
            playing.terminal.press("\r")
        elif ASKS_AGAIN in seen:
            playing.stops()
            playing.terminal.press("q")
        elif seen.count("to go.") >= asked > 0:
            playing.terminal.press("\r")
        elif seen.count(READY) > asked:
            asked += 1
            playing.begun = playing.begun or playing.room.now()
            until = playing.room.now() + ANSWER
            told = seen.count(FULL)
            while playing.room.now() < until and playing.terminal.words.count(FULL) == told:
                yield
            if asked == 1:
                playing.stops()
            playing.pressed = True
            playing.terminal.press("\r")
            yield
        elif FULL in seen:
            playing.stops()
        yield


def disorder(playing: Scene) -> list[str]:
    code = playing.terminal.process.wait()
    problems = [] if code in (0, 1) else [f"the session exited with {code}"]
    words = playing.terminal.words
    return [*problems, "the page tells of no answer"] if "Answers 0" in words else problems


def _looks(home: Path, room: Room) -> list[str]:
    """A full disk must not keep anybody from looking at what is there."""
    listing = run("takes", home=home, environment=room.environment)
    recovering = run("recover", "--model", "miniature", home=home, environment=room.environment)
    problems = (
        [f"takes ended with {listing.returncode} on a full disk"] if listing.returncode else []
    )
    said = listing.stdout + listing.stderr + recovering.stdout + recovering.stderr
    return problems + (["a traceback on a full disk"] if "Traceback" in said else [])


def _keep_pack(home: Path) -> None:
    (home / "prompts").mkdir(parents=True)
    (home / "prompts" / "short.md").write_text(PACK, "utf-8")
