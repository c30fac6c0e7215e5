"""Two sessions on one home at once, and all that writes to it meanwhile."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from rehearse.schedule.planfile import PLAN_FILE
from rehearse.session.resume import SESSION_FILE
from rehearse.takes import take_json
from rehearse.takes.index import INDEX_FILE
from tools.faults.aftermath import Aftermath, after, folders, run
from tools.faults.outcome import Outcome
from tools.faults.room import Room
from tools.faults.scene import outcome, room, scene
from tools.faults.several import PRACTICE, TO_GO, Several

COUNT = 2
ANSWERS = 3
ANSWER = 3.0
SESSIONS = 2
REFUSED = "is being recorded"
COMMANDS = (
    ("recover", "--model", "miniature"),
    ("takes", "--json"),
    ("plan", "--interview", "2030-01-01"),
    ("takes", "star", "{first}"),
    ("plan", "--rebuild"),
    ("progress",),
    ("takes", "unstar", "{first}"),
    ("plan", "--interview", "2031-01-01"),
)
LOST = ("cannot be written", "Not written down yet", "accepts no more data")
"""What a session says where another took something away from it."""


def tried(work: Path, count: int | None) -> Outcome:
    ends, ran = [], 0
    with room(work) as one:
        for number in range(count or COUNT):
            end, commands = struck(one, work / f"home-{number}")
            ends.append(end)
            ran += commands
    note = f"{SESSIONS} sessions of {ANSWERS} answers each, {ran} commands meanwhile"
    return outcome("two-sessions", ends, note)


def struck(room: Room, home: Path) -> tuple[Aftermath, int]:
    """How it ended, and how many commands ran meanwhile."""
    first = _session(room, home, answers=2, delete_meanwhile=True)
    kept, gone = (folder.name for folder in folders(home))
    meanwhile = _others(room, home, kept=kept, gone=gone)
    with meanwhile as others, ThreadPoolExecutor(SESSIONS) as pool:
        begun = [pool.submit(_session, room, home, ANSWERS) for _ in range(SESSIONS)]
        sessions = [one.result() for one in begun]
    spoken = [*first.spoken[:1], *(span for one in sessions for span in one.spoken)]
    problems = [*others.problems, *(each for one in (first, *sessions) for each in one.problems)]
    if len(folders(home)) != len(spoken):
        problems.append(f"{len(folders(home))} takes for {len(spoken)} answers")
    screen = " ".join(one.playing.terminal.screen for one in (first, *sessions))
    found = after(home, room=room, answers=spoken, screen=screen)
    return replace(found, problems=(*problems, *found.problems)), others.ran


def _session(room: Room, home: Path, answers: int, *, delete_meanwhile: bool = False) -> Several:
    with scene(room, home, *PRACTICE) as playing:
        held = Several(playing)

        def story() -> None:
            for number in range(answers):
                if number:
                    held.presses("\r")
                held.opens()
                if delete_meanwhile:
                    _deletes(held)
                held.speaks(ANSWER)
                held.reads(TO_GO)
            held.leaves()

        held.tries(story)
    said = playing.terminal.words
    for sign in LOST:
        held.expects(
            sign not in said, f"a session said: {said[max(0, said.find(sign) - 80) :][:160]}"
        )
    return held


def _deletes(held: Several) -> None:
    """The take that is being recorded just now: that is refused."""
    name = folders(held.playing.home)[-1].name
    done = run("takes", "delete", name, "--yes", home=held.playing.home, environment=None)
    held.expects(done.returncode == 1 and REFUSED in done.stderr, f"delete said: {done.stderr}")


class Others:
    """What else is done with the home, until it is over."""

    def __init__(self, room: Room, home: Path, *, kept: str, gone: str) -> None:
        self._room, self._home, self._kept, self._gone = room, home, kept, gone
        self._over = threading.Event()
        self.problems: list[str] = []
        self.ran = 0

    def end(self) -> None:
        self._over.set()

    def command(self) -> None:
        self._run("takes", "delete", self._gone, "--yes", "--for-good")
        for command in cycle(COMMANDS):
            if self._over.is_set():
                return
            self._run(*(part.format(first=self._kept) for part in command))

    def _run(self, *command: str) -> None:
        done = self._command(*command)
        if done.returncode or "Traceback" in done.stderr:
            told = (done.stdout + done.stderr).strip()[-300:]
            self.problems.append(f"{' '.join(command)} ended with {done.returncode}: {told}")

    def _command(self, *command: str) -> subprocess.CompletedProcess[str]:
        self.ran += 1
        return run(*command, home=self._home, environment=self._room.environment)

    def read(self) -> None:
        """Every file of the home, again and again: none of them is ever half-written."""
        names = (SESSION_FILE, PLAN_FILE, f"recordings/{INDEX_FILE}")
        while not self._over.wait(0.01):
            takes = [folder / take_json.TAKE_FILE for folder in folders(self._home)]
            for path in (*(self._home / name for name in names), *takes):
                self._whole(path)

    def _whole(self, path: Path) -> None:
        try:
            for text in (
                path.read_text("utf-8").splitlines()
                if "index" in path.name
                else [path.read_text("utf-8")]
            ):
                json.loads(text)
        except FileNotFoundError:
            return
        except ValueError as error:
            self.problems.append(f"{path.name} was torn: {error}")


@contextmanager
def _others(room: Room, home: Path, *, kept: str, gone: str) -> Iterator[Others]:
    others = Others(room, home, kept=kept, gone=gone)
    threads = [threading.Thread(target=work) for work in (others.command, others.read)]
    for thread in threads:
        thread.start()
    try:
        yield others
    finally:
        others.end()
        for thread in threads:
            thread.join()
