"""Hours of sessions in one process on a microphone without hardware: what grows, what drifts.

Figures compare the first tenth of the sessions behind the warm-up with the last tenth. Ends with 1
where memory grew by more than 5 %, a file or a thread stayed, a take is missing, or words drifted.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rehearse.commands.demo import read_script
from rehearse.takes.store import TakeStore
from tests.pulse import Pulse, running
from tests.terminal import Terminal, on_terminal
from tools.bench.figures import line
from tools.miniature.speak import Speaker
from tools.soak.sessions import OVER
from tools.soak.spoken import Drift, Said, drift, say

PACK = "- Tell me about a time when you took ownership of a problem.\n- Why do you want this job?\n"
SHORT = "I decided to read every log, and I saw that one report was locking the database."
READY = "Speak when you are ready."
LONG_EVERY = 8
"""Sessions; between them, those with keys and those led by voice take turns."""
LONG_ANSWERS = 10
"""Answers of the demo strung together: four to five minutes."""
FIRST_LONG = 3
WARM_UP = 4
"""Sessions, of each kind at least one: they load what stays loaded."""
ONE_ARENA = {"MALLOC_ARENA_MAX": "1"}
"""Each session loads the model anew in threads of its own. With an arena for each of them, up to
eight a core, the memory that the C library keeps for later sways by a tenth and hides any leak."""
FEWEST = 8
"""Sessions behind the warm-up, however short the soak."""
MOST_GROWTH = 0.05
MOST_DRIFT = 0.05
"""Seconds between the first and the last tenth, and from the begin of an answer to its end."""


@dataclass(frozen=True)
class Rest:
    """The process between two sessions. Memory in MB."""

    memory: float
    files: int
    threads: int
    children: int


@dataclass(frozen=True)
class Session:
    kind: str
    answers: tuple[Said, ...]
    drifts: tuple[Drift, ...]
    rest: Rest

    @property
    def offset(self) -> float:
        return statistics.median([offset for one in self.drifts for offset in one.words])

    @property
    def growing(self) -> float:
        """Seconds that words at the end of an answer are later than those at its begin."""
        halves = [
            statistics.median(one.words[-20:]) - statistics.median(one.words[:20])
            for one in self.drifts
        ]
        return max(halves, key=abs)


class Soak:
    """Talks to the process; one method for each kind of session gives the answers it told."""

    def __init__(self, terminal: Terminal, pulse: Pulse, folder: Path) -> None:
        self._terminal, self._pulse, self._seen = terminal, pulse, 0
        self.home = folder / "home"
        (self.home / "prompts").mkdir(parents=True)
        (self.home / "prompts" / "soak.md").write_text(PACK, "utf-8")
        speaker, answers = Speaker(), list(read_script().answers)
        self._intro, self._story = (
            say(speaker, [text], folder / f"answer{number}.wav")
            for number, text in enumerate(answers)
        )
        self._short = say(speaker, [SHORT], folder / "short.wav")
        done = [SHORT, "That's my answer."]
        self._short_and_done = say(speaker, done, folder / "done.wav", pause=1.5)
        self._stop = say(speaker, ["Stop."], folder / "stop.wav")
        self._long = say(speaker, (answers * LONG_ANSWERS)[:LONG_ANSWERS], folder / "long.wav")
        terminal.until("Ready.")

    def keys(self) -> tuple[Said, ...]:
        self._type("practice soak --questions 2 --random")
        self._answer(self._story)
        self._until("Enter continues")
        self._terminal.press("\r")
        self._answer(self._intro)
        self._over()
        return (self._story, self._intro)

    def by_voice(self) -> tuple[Said, ...]:
        self._type("intro --hands-free --auto-stop 3")
        self._until(READY)
        self._pulse.say(self._short_and_done.wav)
        self._until("listening")
        self._pulse.say(self._stop.wav)
        self._over()
        return (self._short,)

    def long(self) -> tuple[Said, ...]:
        self._type("intro")
        self._answer(self._long)
        self._over()
        return (self._long,)

    def rest(self) -> Rest:
        process = Path("/proc") / str(self._terminal.process.pid)
        status = dict(
            row.split(":\t", 1)
            for row in (process / "status").read_text().splitlines()
            if ":" in row
        )
        task = process / "task" / process.name / "children"
        return Rest(
            int(status["VmRSS"].split()[0]) / 1024,
            len(list((process / "fd").iterdir())),
            int(status["Threads"]),
            len(task.read_text().split()),
        )

    def _type(self, command: str) -> None:
        self._terminal.raw, self._seen = "", 0
        home = f"--home {self.home} --model miniature --rate 300"
        self._terminal.press(f"{command} {home}\n")

    def _answer(self, said: Said) -> None:
        self._until(READY)
        talking = self._pulse.say(said.wav, wait=False)
        while talking.poll() is None:
            self._terminal.look(0.5)
            self._terminal.raw = self._terminal.raw[-4000:]
            self._seen = 0
        self._terminal.press("\r")

    def _until(self, text: str) -> None:
        self._seen = self._terminal.until(text, after=self._seen)

    def _over(self) -> None:
        self._until(f"{OVER} 0.")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=120.0)
    args = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running() as pulse,
        on_terminal(
            [sys.executable, "-m", "tools.soak.sessions"],
            pulse.environment | ONE_ARENA,
        ) as terminal,
    ):
        sessions = soaked(Soak(terminal, pulse, Path(folder)), minutes=args.minutes)
    return judged(sessions)


def soaked(soak: Soak, *, minutes: float) -> list[Session]:
    end = time.monotonic() + minutes * 60
    sessions: list[Session] = []
    while time.monotonic() < end or len(sessions) < WARM_UP + FEWEST:
        hold = _kind(soak, len(sessions) + 1)
        before = set(TakeStore(soak.home / "recordings").folders())
        answers = hold()
        drifts = _drifts(soak.home / "recordings", before, answers)
        sessions.append(Session(hold.__name__, answers, drifts, soak.rest()))
        _tell(len(sessions), sessions[-1])
    return sessions


def _kind(soak: Soak, number: int) -> Callable[[], tuple[Said, ...]]:
    if number % LONG_EVERY == FIRST_LONG:
        return soak.long
    return soak.keys if number % 2 else soak.by_voice


def _drifts(recordings: Path, before: set[Path], answers: Sequence[Said]) -> tuple[Drift, ...]:
    store = TakeStore(recordings)
    takes = [store.load(folder) for folder in store.folders() if folder not in before]
    assert len(takes) == len(answers), f"{len(takes)} takes of {len(answers)} answers"
    return tuple(
        drift(said, store.samples(take), take.transcript.words if take.transcript else ())
        for said, take in zip(answers, takes, strict=True)
    )


def _tell(number: int, session: Session) -> None:
    rest = session.rest
    print(
        f"session {number:3} {session.kind:9} {rest.memory:6.1f} MB {rest.files} files"
        f" {rest.threads} threads {rest.children} children"
        f" words {session.offset:+.3f} s, end against begin {session.growing:+.3f} s,"
        f" sound {max((one.sound for one in session.drifts), key=abs):+.4f} s",
        file=sys.stderr,
        flush=True,
    )


def judged(sessions: Sequence[Session]) -> int:
    warm = sessions[WARM_UP:]
    tenth = max(1, len(warm) // 10)
    first, last = warm[:tenth], warm[-tenth:]
    count, rests = len(sessions), [session.rest for session in warm]
    growth = _middle([s.rest.memory for s in last]) / _middle([s.rest.memory for s in first]) - 1
    files = rests[-1].files - rests[0].files
    threads = rests[-1].threads - rests[0].threads
    sound = max(abs(one.sound) for s in sessions for one in s.drifts)
    shifted = _middle([s.offset for s in last]) - _middle([s.offset for s in first])
    growing = _middle([s.growing for s in sessions if s.kind == "long"])
    line("soak_sessions", count, "in one process", n=count)
    line("soak_memory_growth", growth, "of the first tenth", n=len(warm))
    line("soak_files_stayed", files, "open files", n=len(warm))
    line("soak_threads_stayed", threads, "threads", n=len(warm))
    line("soak_children_stayed", rests[-1].children, "processes", n=len(warm))
    line("soak_sound_stretched", sound, "s, the most of any answer", n=count)
    line("soak_words_shifted", shifted, "s, last tenth against first", n=count)
    line("soak_words_drift_in_long", growing, "s, end of an answer against begin", n=count)
    steady = growth <= MOST_GROWTH and not (files > 0 or threads > 0 or rests[-1].children)
    drifted = max(sound, abs(shifted), abs(growing)) > MOST_DRIFT
    return 0 if steady and not drifted else 1


def _middle(values: Sequence[float]) -> float:
    return statistics.median(values)


if __name__ == "__main__":
    raise SystemExit(main())
