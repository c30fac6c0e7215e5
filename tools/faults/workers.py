"""The process that writes down is struck while a session goes on: once, or each one that begins.

The recording goes on to its end every time; the first answer has its words at once or after
`recover`, and the second has them at once.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import cycle, islice, product
from pathlib import Path

from tools.faults.aftermath import Aftermath, run
from tools.faults.outcome import Outcome
from tools.faults.phases import ASKING, LONGEST_ANSWER, WRITING
from tools.faults.room import Room
from tools.faults.scene import KEPT, outcome, room, scene, side_by_side
from tools.faults.several import PRACTICE, TO_GO, Several

Strike = Callable[[int], None]
"""What is done to a process, by its number."""

COMMAND = b"rehearse.speech.transcription_child"
WAITING = "Not written down yet"
ANSWER = 4.0
LONGEST_WHY = 200
"""Characters of the screen that say why a take waited."""
LOOK = 0.01
TIMES = ("once", "each")


def tried(kind: str, strike: Strike, moments: tuple[str, ...], work: Path, count: int) -> Outcome:
    wanted = islice(cycle(product(moments, TIMES)), count)
    with room(work) as one:
        ends = side_by_side(
            [partial(struck, one, work / str(n), strike, *both) for n, both in enumerate(wanted)]
        )
    waited = sum(count for _, count in ends)
    note = f"{', '.join(moments)}; {waited} takes waited for recover"
    return outcome(kind, [end for end, _ in ends], note)


def struck(
    room: Room, home: Path, strike: Strike, moment: str, times: str
) -> tuple[Aftermath, int]:
    """How it ended, and how many takes had to wait for their words."""
    with scene(room, home, *PRACTICE) as playing:
        held = Several(playing)
        held.tries(partial(_story, held, strike, moment, times))
        left = workers(playing.terminal.process.pid)
        held.expects(not left, "a process was left behind")
        held.problems = [f"{moment}, {times}: {each}" for each in held.problems]
        end = held.aftermath()
        words = playing.terminal.words
    waited = words.count(WAITING)
    listed = run("takes", "--json", home=home, environment=room.environment).stdout.splitlines()
    silent = [take["id"] for take in map(json.loads, listed) if not take["words"]]
    if len(listed) != 2 or silent:
        problem = f"{moment}, {times}: of {len(listed)} takes {len(silent)} have no words"
        end = Aftermath((*end.problems, problem), end.takes_lost, end.loss)
    if times == "once" and waited:
        why = " ".join(words.partition(WAITING)[2].split())[:LONGEST_WHY]
        problem = f"{moment}: struck once, and a take waited. {why}"
        end = Aftermath((*end.problems, problem), end.takes_lost, end.loss)
    return end, waited


def _story(held: Several, strike: Strike, moment: str, times: str) -> None:
    """Two answers; the process is struck at one moment, and left alone from the first report on."""
    pid = held.playing.terminal.process.pid
    hits = {"once": _once, "each": _each}[times]
    held.reads("Question 1 of 4")
    if moment in ("loading", "question"):
        held.playing.waits(0.0 if moment == "loading" else random.random() * ASKING)
        with hits(pid, strike):
            _answer(held)
    elif moment == "answer":
        held.opens()
        held.playing.waits(random.random() * LONGEST_ANSWER)
        with hits(pid, strike):
            held.speaks(ANSWER)
            held.reads(KEPT)
    else:
        held.opens()
        held.speaks(ANSWER)
        held.playing.waits(random.random() * WRITING)
        with hits(pid, strike):
            held.reads(KEPT)
    held.reads(TO_GO)
    held.expects(not models_in(pid), "the recorder has a model in its own process")
    held.presses("\r")
    held.answers(ANSWER)
    held.leaves()


def _answer(held: Several) -> None:
    held.opens()
    held.speaks(ANSWER)
    held.reads(KEPT)


@contextmanager
def _once(pid: int, strike: Strike) -> Iterator[None]:
    deadline = time.monotonic() + ASKING
    while not (found := workers(pid)) and time.monotonic() < deadline:
        time.sleep(LOOK)
    for one in found:
        _hit(one, strike)
    yield


@contextmanager
def _each(pid: int, strike: Strike) -> Iterator[None]:
    """As soon as it is seen, until the context is left."""
    over = threading.Event()

    def hunt() -> None:
        seen: set[int] = set()
        while not over.wait(LOOK):
            new = set(workers(pid)) - seen
            seen |= new
            for one in new:
                _hit(one, strike)

    hunter = threading.Thread(target=hunt, daemon=True)
    hunter.start()
    try:
        yield
    finally:
        over.set()
        hunter.join()


def _hit(pid: int, strike: Strike) -> None:
    with suppress(ProcessLookupError):
        strike(pid)


def models_in(pid: int) -> list[str]:
    """Libraries that run models, among those that a process has in its memory."""
    maps = Path(f"/proc/{pid}/maps").read_text()
    return [name for name in ("ctranslate2", "onnxruntime") if name in maps]


def workers(parent: int) -> list[int]:
    """The processes of a session that write down. Linux only, as all of this."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            state, above = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            if (
                int(above) == parent
                and state != "Z"
                and COMMAND in (folder / "cmdline").read_bytes()
            ):
                found.append(int(folder.name))
    return found
