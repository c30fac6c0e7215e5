"""Ten thousand takes of real size in one home: every command works, within seconds."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from itertools import cycle, islice
from pathlib import Path

from rehearse.analysis.analyze import analyze
from rehearse.model.take import Ending, Question, Sound, Span, Take, Transcript, Word
from rehearse.questions.choose import questions_of
from rehearse.questions.packs import read_packs
from rehearse.takes import take_json
from rehearse.text import slug
from tools.faults.outcome import Outcome
from tools.faults.room import room
from tools.faults.scene import scene
from tools.faults.several import PRACTICE, TO_GO, Several
from tools.star.answers import read_answers

COUNT = 10_000
APART = timedelta(hours=8, minutes=43)
"""Between two takes: nearly three a day, ten years of them."""
FIRST = datetime(2016, 1, 1, 8, tzinfo=timezone.utc)
PACE = 0.4
"""Seconds a word."""
WORDS = 300
"""Of a whole answer: two minutes."""
WORDINGS = 60
"""Different answers; each is told again and again."""
QUICK = 8.0
"""Seconds of one processor that a command may take once the list is remembered: five, and half as
much again where the machine is busy with other things."""
NOWHERE = "0000-00-00T00:00:00"
"""Stands in a text where each take puts its own time."""
ANSWER = 4.0
MEASURED = """
import sys
from rehearse.cli import main
code = main(sys.argv[1:])
status = open("/proc/self/status").read()
sys.stderr.write(" " + status.partition("VmHWM:")[2].split()[0])
sys.exit(code)
"""


@dataclass(frozen=True)
class Ran:
    name: str
    code: int
    seconds: float
    busy: float
    """Seconds of a processor: what a busy machine does not change much."""
    peak: float
    """MB."""
    told: str
    complaints: str

    def line(self) -> str:
        return (
            f"  {self.name:<34} {self.seconds:6.1f} s, {self.busy:5.1f} s of a processor,"
            f" {self.peak:4.0f} MB"
        )


def tried(work: Path, count: int | None) -> Outcome:
    home, made = work / "home", max(count or COUNT, 2 * WORDINGS)
    names = build(home, made)
    cold = [ran(home, *command) for command in (("takes",), ("plan",))]
    warm = [ran(home, *command) for command in commands(names)]
    for one in (*cold, *warm):
        print(one.line() if one.code == 0 else f"{one.line()}: {one.complaints}", flush=True)
    begun = practised(work, home)
    listed = len(ran(home, "takes", "--json").told.splitlines())
    fine = [one.code == 0 and "Traceback" not in one.complaints for one in (*cold, *warm)]
    slow = [one.name for one in warm if one.busy > QUICK]
    worst = max(warm, key=lambda one: one.busy)
    return Outcome(
        "many-takes",
        tried=len(fine) + 1,
        survived=sum(fine) + (not begun.problems) - len(slow),
        takes_lost=made + len(begun.spoken) - listed,
        worst_loss=0.0,
        note=f"{made} takes; slowest {worst.name} {worst.busy:.1f} s of a processor,"
        f" most memory {max(one.peak for one in warm):.0f} MB; slower than {QUICK:.0f} s: "
        f"{', '.join(slow) or 'none'}",
    )


def commands(names: list[str]) -> list[tuple[str, ...]]:
    middle = names[len(names) // 2]
    return [
        ("takes",),
        ("takes", "--all"),
        ("takes", "--json"),
        ("takes", "--said", "the booking site"),
        ("takes", "--said", "my team"),
        ("takes", "--since", "2020-01-01"),
        ("takes", "--prune", "keep", "5"),
        ("takes", "star", middle),
        ("progress",),
        ("progress", "--format", "html"),
        ("plan",),
        ("recover",),
        ("compare",),
        ("compare", middle),
        ("report",),
        ("report", middle),
    ]


def build(home: Path, count: int) -> list[str]:
    """Takes as the program writes them, each with a hole of the right size for its sound."""
    texts = list(wordings())
    names = []
    for number, (name, seconds, text) in enumerate(islice(cycle(texts), count)):
        at = (FIRST + number * APART).isoformat(timespec="seconds")
        stamp = at[:19].replace(":", "-")
        folder = home / "recordings" / f"{stamp}_{name}"
        folder.mkdir(parents=True)
        own = text.replace(NOWHERE.replace(":", "-"), stamp).replace(NOWHERE, at[:19])
        (folder / take_json.TAKE_FILE).write_text(own, "utf-8")
        with (folder / take_json.SOUND_FILE).open("wb") as file:
            size = take_json.offset(seconds)
            file.write(take_json.wav_header(size))
            file.truncate(take_json.HEADER_BYTES + size)
        names.append(folder.name)
    return names


def wordings() -> Iterator[tuple[str, float, str]]:
    """The end of a take's name, its length in seconds, and its `take.json`."""
    tokens = [
        [token for line in answer.lines for token in line.text.split()] for answer in read_answers()
    ]
    questions = cycle(questions_of(read_packs(Path("none"))))
    for number, question in enumerate(islice(questions, WORDINGS)):
        said = [token for one in tokens[2 * number : 2 * number + 4] for token in one][:WORDS]
        yield wording(question, said)


def wording(question: Question, said: list[str]) -> tuple[str, float, str]:
    words = tuple(Word(one, n * PACE, (n + 0.9) * PACE) for n, one in enumerate(said))
    seconds = len(words) * PACE
    sound = Sound(seconds, tuple(Span(n * 4.0, n * 4.0 + 3.5) for n in range(int(seconds / 4))))
    transcript = Transcript(words, "en", "base.en", seconds)
    at, name = f"{NOWHERE}+00:00", slug(question.text)
    take = Take(f"{NOWHERE.replace(':', '-')}_{name}", at, question, Ending.ENDED, sound)
    take = replace(take, transcript=transcript, model="base.en", session=at)
    found = analyze(transcript, sound=sound, question=question, target=question.target)
    return name, seconds, take_json.dump(take, found)


def ran(home: Path, *command: str) -> Ran:
    """It tells its own peak at its end: what `wait4` tells of it begins with ours."""
    begun = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            [sys.executable, "-c", MEASURED, *command, "--home", str(home)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        complaints, _, peak = err.read().decode().rpartition(" ")
        return Ran(
            name=" ".join(command)[:34],
            code=process.returncode,
            seconds=time.monotonic() - begun,
            busy=used.ru_utime + used.ru_stime,
            peak=int(peak) / 1024 if peak.isdecimal() else 0.0,
            told=out.read().decode(),
            complaints=complaints.strip()[-300:],
        )


def practised(work: Path, home: Path) -> Several:
    """One answer among all the others, from the start to the page, and played again."""
    with room(work) as one:
        begun = time.monotonic()
        with scene(one, home, *PRACTICE) as playing:
            held = Several(playing)

            def story() -> None:
                held.opens()
                print(f"  practice: ready after {time.monotonic() - begun:.1f} s", flush=True)
                held.speaks(ANSWER)
                pressed = time.monotonic()
                held.reads(TO_GO)
                print(f"  practice: reported after {time.monotonic() - pressed:.1f} s", flush=True)
                pressed = time.monotonic()
                held.leaves()
                print(f"  practice: its page after {time.monotonic() - pressed:.1f} s", flush=True)

            held.tries(story)
        begun = time.monotonic()
        with scene(one, home, "replay") as playing:
            again = Several(playing)
            again.tries(lambda: again.reads("0:0"))
            print(f"  replay: after {time.monotonic() - begun:.1f} s", flush=True)
        held.problems += again.problems
    for problem in held.problems:
        print(f"  many-takes: {problem}", flush=True)
    return held
