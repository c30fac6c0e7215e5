"""What is printed into a file or to another program: whole lines, and a sentence where it ends."""

from __future__ import annotations

import csv
import fcntl
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from rehearse.options.parser import COMMANDS
from tests.documented import MINE
from tests.pulse import Pulse
from tests.spoken import needs_miniature
from tests.takes import Told, keep

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/dev/full and small pipes")

PAGE = 4096
"""Bytes: the smallest pipe of Linux."""
FULL = "The output could not be written: No space left on device. Free some space"
CLOSED = "The output is closed, so I cannot print anything."
TAKES = 120
STORY = "Last year our site failed every night. I read every log and found the cause. "


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with enough in it that each answer of the program is longer than a small pipe."""
    home = tmp_path_factory.mktemp("desk")
    keep(home, *(Told(after=timedelta(days=number), said=STORY) for number in range(TAKES)))
    asked = (f"- Tell me about time number {number} that you failed.\n" for number in range(200))
    (home / "notes.md").write_text("".join(["# Ownership\n\n", *asked]))
    (home / "remarks.md").write_text("- 0:01 well begun\n")
    (home / "prompts").mkdir()
    (home / "prompts" / "mine.md").write_text(MINE)
    (home / "story.txt").write_text(STORY * 10)
    (home / "other.txt").write_text(STORY * 10)
    return home


def command(*arguments: str, home: Path) -> list[str]:
    return [sys.executable, "-m", "rehearse", *arguments, "--home", str(home)]


class Pipe:
    """A program that prints into the smallest pipe there is, and a reader that reads when told."""

    def __init__(self, arguments: Sequence[str], home: Path) -> None:
        self._end, theirs = os.pipe()
        fcntl.fcntl(theirs, fcntl.F_SETPIPE_SZ, PAGE)
        self.program = subprocess.Popen(
            command(*arguments, home=home), stdout=theirs, stderr=subprocess.PIPE, text=True
        )
        self._theirs = theirs
        self._takes_more = select.poll()
        self._takes_more.register(theirs, select.POLLOUT)

    def fill(self) -> None:
        """Wait until the pipe takes nothing more, so that the program waits with half a line."""
        while self._takes_more.poll(0):
            assert self.program.poll() is None, "it printed less than a pipe holds"
            select.select([], [], [], 0.01)
        while not self._waits():
            assert self.program.poll() is None
            select.select([], [], [], 0.01)
        os.close(self._theirs)

    def _waits(self) -> bool:
        """Whether it sleeps, as a program in the middle of a write does; between two lines it
        runs."""
        status = Path(f"/proc/{self.program.pid}/status").read_text()
        return "State:\tS" in status

    def rest(self) -> str:
        with open(self._end, encoding="utf-8", closefd=False) as reader:
            return reader.read()

    def close(self) -> None:
        self.program.kill()
        self.program.communicate()
        os.close(self._end)


@contextmanager
def stuck(*arguments: str, home: Path) -> Iterator[Pipe]:
    pipe = Pipe(arguments, home)
    try:
        pipe.fill()
        yield pipe
    finally:
        pipe.close()


JSON_LINES = {
    "analyze": ["analyze", "story.txt", "other.txt", "--json"],
    "analyze --jobs": ["analyze", "story.txt", "other.txt", "--json", "--jobs", "2"],
    "takes": ["takes", "--json"],
    "plan": ["plan", "--json"],
    "progress": ["progress", "--format", "json"],
    "import": ["questions", "import", "notes.md", "--json", "--dry-run"],
    "questions": ["questions", "list", "--json"],
}


def answered(arguments: Sequence[str], home: Path, signals: Sequence[signal.Signals]) -> str:
    """What is read after these signals, from a program that was in the middle of a line."""
    named = [str(home / word) if (home / word).is_file() else word for word in arguments]
    with stuck(*named, home=home) as pipe:
        for number in signals:
            pipe.program.send_signal(number)
        printed = pipe.rest()
        told = pipe.program.communicate(timeout=60)[1]
    assert pipe.program.returncode == 128 + signals[0]
    assert "Traceback" not in told
    return printed


@pytest.mark.parametrize(
    ("name", "number"),
    [
        *((name, signal.SIGINT) for name in JSON_LINES),
        ("analyze", signal.SIGTERM),
        ("analyze --jobs", signal.SIGTERM),
        ("takes", signal.SIGHUP),
    ],
)
def test_a_line_that_waits_for_its_reader_is_finished_before_the_program_leaves(
    desk: Path, name: str, number: signal.Signals
) -> None:
    printed = answered(JSON_LINES[name], desk, [number])
    assert printed.endswith("\n")
    assert all(isinstance(json.loads(line), dict) for line in printed.splitlines())


def test_a_table_that_waits_for_its_reader_is_whole(desk: Path) -> None:
    printed = answered(["progress", "--format", "csv"], desk, [signal.SIGINT])
    rows = [*csv.reader(printed.splitlines())]
    assert printed.endswith("\n")
    assert len(rows) == TAKES + 1
    assert {len(row) for row in rows} == {len(rows[0])}


def test_a_shutdown_that_sends_two_signals_tears_nothing(desk: Path) -> None:
    printed = answered(["takes", "--json"], desk, [signal.SIGHUP, signal.SIGTERM])
    assert all(json.loads(line)["id"] for line in printed.splitlines())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_same_signal_once_more_ends_at_once(desk: Path, number: signal.Signals) -> None:
    with stuck("takes", "--json", home=desk) as pipe:
        pipe.program.send_signal(number)
        with pytest.raises(subprocess.TimeoutExpired):
            pipe.program.wait(timeout=1)
        pipe.program.send_signal(number)
        assert pipe.program.wait(timeout=60) == 128 + number


SHORT = {
    "help": ["--help"],
    "version": ["--version"],
    "practice --help": ["practice", "--help"],
    "analyze": ["analyze", "story.txt"],
    "analyze --json": ["analyze", "story.txt", "--json"],
    "takes": ["takes"],
    "takes --json": ["takes", "--json"],
    "plan": ["plan"],
    "compare": ["compare", "2026-05-04", "2026-05-05"],
    "compare --json": ["compare", "2026-05-04", "2026-05-05", "--json"],
    "progress": ["progress"],
    "progress --format": ["progress", "--format", "csv"],
    "report": ["report"],
    "report --format": ["report", "--format", "md"],
    "share": ["share", "-o", "made.zip"],
    "remarks": ["remarks", "remarks.md", "2026-05-04"],
    "stories": ["stories"],
    "questions": ["questions", "list"],
    "questions show": ["questions", "show", "nobody had asked"],
    "questions check": ["questions", "check", "notes.md"],
    "questions import": ["questions", "import", "notes.md", "--dry-run"],
    "models": ["models", "list"],
    "doctor": ["doctor"],
    "recover": ["recover"],
    "forget": ["forget", "--before", "2001-01-01", "--yes"],
    "completion": ["completion", "bash"],
    "replay": ["replay", "--help"],
    "intro": ["intro", "--help"],
    "loop": ["loop", "--help"],
    "practice": ["practice", "--help"],
    "web": ["web", "--help"],
    "class": ["class", "--help"],
}
"""All that can be done without a microphone."""


def printed(
    arguments: Sequence[str], redirected: str, home: Path
) -> subprocess.CompletedProcess[str]:
    """By a shell, which can close a stream and bind it to a full disk."""
    words = [str(home / word) if (home / word).is_file() else word for word in arguments]
    line = f'cd "$0" && exec "$@" {redirected}'
    return subprocess.run(
        ["sh", "-c", line, str(home), *command(*words, home=home)],
        env=os.environ | {"REHEARSE_MODELS": str(home / "models"), "PULSE_SERVER": "none"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_every_command_has_a_row() -> None:
    assert {row[0] for row in SHORT.values()} | {"demo"} >= set(COMMANDS)


@pytest.mark.parametrize(
    ("name", "redirected", "says"),
    [
        *((name, "> /dev/full", FULL) for name in SHORT),
        *((name, ">&-", CLOSED) for name in ("help", "takes", "takes --json", "completion")),
    ],
)
def test_an_output_that_takes_nothing_is_told_in_a_sentence(
    desk: Path, name: str, redirected: str, says: str
) -> None:
    done = printed(SHORT[name], redirected, desk)
    assert done.returncode == 1
    assert done.stderr.startswith(says)
    assert done.stderr.count("\n") == 1


@needs_miniature
def test_the_demo_ends_with_a_sentence_too(desk: Path) -> None:
    done = printed(["demo", "--fast", "--plain"], "> /dev/full", desk)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(FULL)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("redirected", ["2> /dev/full", "2>&-"])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["takes", "--json"], 0),
        (["analyze", "story.txt", "other.txt"], 0),
        (["analyze", "story.txt", "nowhere.txt"], 1),
        (["report", "nowhere"], 1),
        (["nonsense"], 2),
    ],
)
def test_where_nobody_can_be_told_the_exit_code_is_right(
    desk: Path, arguments: list[str], code: int, redirected: str
) -> None:
    done = printed(arguments, redirected, desk)
    assert (done.returncode, done.stderr) == (code, "")
    assert bool(done.stdout) == (arguments[0] in ("takes", "analyze"))


@pytest.mark.parametrize("redirected", ["> /dev/full 2> /dev/full", "<&- >&- 2>&-"])
def test_where_both_take_nothing_the_exit_code_says_it(desk: Path, redirected: str) -> None:
    assert printed(["takes"], redirected, desk).returncode == 1


def test_what_needs_no_output_works_without_one(desk: Path, tmp_path: Path) -> None:
    results = tmp_path / "results.jsonl"
    done = printed(["analyze", "story.txt", "-o", str(results)], ">&-", desk)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(results.read_text())["schema"] == 1


@pytest.mark.parametrize("name", ["help", "takes", "takes --json", "questions", "completion"])
def test_a_reader_that_goes_away_is_told_to_nobody(desk: Path, name: str) -> None:
    program = subprocess.Popen(
        command(*SHORT[name], home=desk), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert program.stdout and program.stderr
    program.stdout.close()
    assert (program.stderr.read(), program.wait(timeout=60)) == (b"", 141)
    program.stderr.close()


@needs_miniature
def test_a_session_on_a_full_disk_leaves_in_order(desk: Path, pulse: Pulse, tmp_path: Path) -> None:
    line = 'exec "$@" > /dev/full'
    done = subprocess.run(
        ["sh", "-c", line, "sh", *command("practice", "--model", "miniature", home=tmp_path)],
        env=pulse.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(FULL)
    assert "Traceback" not in done.stderr
