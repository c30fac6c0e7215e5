"""The clock of the machine is set back and forward while a session goes on.

Debian's `faketime` tells the program another time, read from a file once a second, and leaves the
monotonic clock alone. Where it is not installed, this says so and nothing has survived.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from tools.faults.aftermath import Aftermath, run
from tools.faults.outcome import Outcome
from tools.faults.room import Room
from tools.faults.scene import outcome, room, scene, side_by_side
from tools.faults.several import PRACTICE, TO_GO, Several

ANSWER = 3.0
OFF = 3.0
"""Seconds by which a take's length may differ from how long the microphone was open, as far as a
busy machine shows when; a clock that is believed would put an hour into it."""
SEEN = 1.5
"""Seconds until the program knows of another time: it looks once a second."""
FAKED = Path(__file__).parent / "faked"
ZONE = "Europe/Berlin"
AUTUMN = datetime(2026, 10, 25, 2, 59, 50)
SPRING = datetime(2026, 3, 29, 1, 59, 50)
"""Ten seconds before the hour that comes twice, and before the one that is left out."""


@dataclass(frozen=True)
class Setting:
    """`start` is the wall clock at the beginning, `steps` by how much it is set off before the
    second, during the second and before the third answer."""

    name: str
    steps: tuple[timedelta, timedelta, timedelta]
    start: datetime | None = None


HOUR, YEARS, NONE = timedelta(hours=1), timedelta(days=3652), timedelta()
SETTINGS = (
    Setting("an hour back", (-HOUR, NONE, NONE)),
    Setting("an hour back while speaking", (NONE, -HOUR, NONE)),
    Setting("an hour forward while speaking", (NONE, HOUR, NONE)),
    Setting("ten years forward", (NONE, YEARS, NONE)),
    Setting("ten years back", (NONE, -YEARS, NONE)),
    Setting("forward and back again", (YEARS, NONE, -YEARS)),
    Setting("three seconds back before each", (timedelta(seconds=-3), NONE, timedelta(seconds=-9))),
    Setting("summer time begins", (NONE, NONE, NONE), SPRING),
    Setting("summer time ends", (NONE, NONE, NONE), AUTUMN),
)


class Faked:
    """The time that a program is told."""

    def __init__(self, file: Path, library: Path, start: datetime | None) -> None:
        self._file = file
        self._library = library
        begin = datetime.now()
        self._off = (start - begin) if start else timedelta()
        self.sets_off(timedelta())

    def sets_off(self, by: timedelta) -> None:
        self._off += by
        temporary = self._file.with_suffix(".new")
        temporary.write_text(f"{self._off.total_seconds():+.0f}\n", "utf-8")
        temporary.replace(self._file)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(self._library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
            "PYTHONPATH": os.pathsep.join(
                [str(FAKED), *filter(None, [os.environ.get("PYTHONPATH")])]
            ),
            "TZ": ZONE,
        }


def tried(work: Path, count: int | None) -> Outcome:
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
    if library is None:
        return Outcome("clock", 1, 0, 0, 0.0, "not tried: faketime is not installed")
    settings = SETTINGS[:count]
    with room(work) as one:
        trials = [
            partial(struck, one, work / str(number), library, setting)
            for number, setting in enumerate(settings)
        ]
        ends = side_by_side(trials)
    return outcome("clock", ends, ", ".join(setting.name for setting in settings))


def struck(room: Room, work: Path, library: Path, setting: Setting) -> Aftermath:
    work.mkdir()
    home = work / "home"
    faked = Faked(work / "time", library, setting.start)
    with scene(room, home, *PRACTICE, environment=faked.environment) as playing:
        held = Several(playing)
        held.tries(partial(_three_answers, held, faked, setting))
    _look_back(held, home, {**room.environment, **faked.environment})
    held.problems = [f"{setting.name}: {each}" for each in held.problems]
    return held.aftermath()


def _three_answers(held: Several, faked: Faked, setting: Setting) -> None:
    before, during, between = setting.steps
    held.answers(ANSWER)
    _sets_off(held, faked, before)
    held.presses("\r")
    held.opens()
    held.playing.waits(ANSWER / 2)
    _sets_off(held, faked, during)
    held.speaks(ANSWER / 2)
    held.reads(TO_GO)
    _sets_off(held, faked, between)
    held.presses("\r")
    held.answers(ANSWER)
    held.leaves()


def _sets_off(held: Several, faked: Faked, by: timedelta) -> None:
    faked.sets_off(by)
    held.passes(SEEN)


def _look_back(held: Several, home: Path, surroundings: dict[str, str]) -> None:
    """All is found, sorted and as long as it was; nothing stumbles over what is yet to come."""
    listing = run("takes", "--json", home=home, environment=surroundings)
    takes = [json.loads(line) for line in listing.stdout.splitlines()]
    held.expects(len(takes) == len(held.spoken), f"{len(takes)} takes are listed")
    ids = [take["id"] for take in takes]
    held.expects(ids == sorted(ids, reverse=True), f"not in order: {ids}")
    lengths = sorted(take["duration"] for take in takes)
    spoken = sorted(span.duration for span in held.spoken)
    for length, span in zip(lengths, spoken, strict=False):
        held.expects(abs(length - span) <= OFF, f"a take of {length} s for {span:.1f} s")
    for command in LOOKS:
        done = run(*command, home=home, environment=surroundings)
        fine = done.returncode == 0 and "Traceback" not in done.stderr
        held.expects(fine, f"{' '.join(command)}: {done.returncode} {done.stderr.strip()[-200:]}")


LOOKS = (
    ("takes",),
    ("takes", "--since", "1d"),
    ("takes", "--before", "today"),
    ("takes", "--prune", "older-than", "1d"),
    ("plan",),
    ("plan", "--why"),
    ("progress",),
    ("progress", "--format", "html"),
    ("progress", "--format", "csv"),
    ("report",),
)
