"""The command line from outside: its exit codes, its streams, and what it loads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import ready

HEAVY = ("numpy", "faster_whisper", "sounddevice", "onnxruntime", "rich", "av", "pyttsx3")
STORY = (
    "Last year our site was, um, failing every night. My task was to find the cause. "
    "I decided to read every log, and so I built a queue. As a result sales went up by 20 percent."
)


def rehearse(
    *arguments: str, home: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one command without a terminal, without a sound server and without a network."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PULSE_")}
    around = {
        **plain,
        "REHEARSE_HOME": str(home),
        "REHEARSE_MODELS": str(home / "models"),
        "HF_HOME": str(home / "hub"),
        "HF_ENDPOINT": "http://127.0.0.1:9",
        "COLUMNS": "60",
        **(environment or {}),
    }
    if ready.can_start(around):
        return ready.run(arguments, around, timeout=120)
    return subprocess.run(
        [sys.executable, "-m", "rehearse", *arguments],
        env=around,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
    )


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["practice", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    program = f"""
import sys
from rehearse.cli import main
try:
    main({arguments!r})
except SystemExit as left:
    code = left.code
print()
print(code, [name for name in {HEAVY!r} if name in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "0 []"


def test_a_transcript_becomes_one_line_of_json(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    done = rehearse("analyze", str(tmp_path / "story.txt"), "--json", home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    value = json.loads(line)
    assert value["schema"] == 1
    assert [word["text"] for word in value["words"]] == STORY.split()
    assert value["timing"]["duration"] is None
    assert value["fillers"]["counts"] == {"um": 1}
    assert value["star"]["missing"] == []
    covered = [
        index
        for segment in value["star"]["segments"]
        for index in range(segment["first_word"], segment["last_word"] + 1)
    ]
    assert covered == list(range(len(value["words"])))


def test_the_language_that_is_named_tells_the_fillers(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("Es ging ähm um die Arbeit.", encoding="utf-8")
    told = []
    for language in ("de", "auto"):
        done = rehearse(
            "analyze",
            str(tmp_path / "story.txt"),
            "--json",
            "--language",
            language,
            home=tmp_path,
        )
        told.append(json.loads(done.stdout)["fillers"]["counts"])
    assert told == [{"ähm": 1}, {"um": 1}]


def test_no_judgement_leaves_the_advice_out_and_the_figures_in(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    arguments = ("analyze", str(tmp_path / "story.txt"), "--json")
    judged, unjudged = (
        json.loads(rehearse(*arguments, *more, home=tmp_path).stdout)
        for more in ((), ("--no-judgement",))
    )
    assert judged["advice"] and not unjudged["advice"]
    assert unjudged["fillers"] == judged["fillers"]
    assert unjudged["star"] == judged["star"]


def test_a_bad_file_among_good_ones_is_told_and_the_rest_still_runs(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("I did this.")
    (tmp_path / "bad.wav").write_bytes(b"no sound at all")
    (tmp_path / "two.txt").write_text("We did that.")
    paths = [str(tmp_path / name) for name in ("one.txt", "bad.wav", "missing.mp3", "two.txt")]
    done = rehearse("analyze", *paths, "--json", home=tmp_path)
    assert done.returncode == 1
    assert [json.loads(line)["source"] for line in done.stdout.splitlines()] == [paths[0], paths[3]]
    assert "bad.wav" in done.stderr
    assert "missing.mp3" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["nonsense"], 2, "invalid choice"),
        (["practice", "--questions", "0"], 2, "a whole number from 1"),
        (["practice", "--target", "soon"], 2, "Write it like 2:00"),
        (["practice", "--auto-stop", "2"], 2, "3 to 10 seconds of silence"),
        (["practice", "--auto-stop", "behavioural"], 2, "not 'behavioural'"),
        (["intro", "--auto-stop", "nan"], 2, "3 to 10 seconds of silence"),
        (["practice", "nowhere"], 1, "No question pack called 'nowhere'"),
        (["practice", "--principle", "Sloth"], 1, "Sloth"),
        (["practice", "--notes", "nowhere.md"], 1, "nowhere.md"),
        (["analyze", "nowhere.txt"], 1, "nowhere.txt"),
        (["analyze", "nowhere"], 1, "No take called 'nowhere'"),
        (["analyze", "a.txt", "b.txt", "--transcript", "c.json"], 2, "one recording"),
        (["analyze", "a.txt", "--kind", "song"], 2, "I don't know the kind of question"),
        (["report"], 1, "no takes yet"),
        (["models", "get", "bace.en"], 1, "base.en"),
        (["models", "get", "base.en"], 1, "Check the connection"),
        (["models", "remove", "base.en"], 1, "is not in"),
        (["questions", "check", "nowhere.md"], 1, "no such file"),
        (["questions", "show", "xyzzy"], 1, "No question contains 'xyzzy'"),
        (["takes", "--config", "nowhere.toml"], 2, "nowhere.toml"),
        (["doctor"], 1, "Practice still needs"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    tmp_path: Path, arguments: list[str], code: int, says: str
) -> None:
    done = rehearse(*arguments, home=tmp_path)
    assert done.returncode == code
    assert says in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [["takes"], ["recover"], ["models", "list"], ["questions", "list"]]
)
def test_commands_that_only_look_work_in_an_empty_home(
    tmp_path: Path, arguments: list[str]
) -> None:
    done = rehearse(*arguments, home=tmp_path / "not" / "made" / "yet")
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "not").exists()


def test_no_line_is_wider_than_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    done = rehearse("analyze", str(tmp_path / "story.txt"), home=tmp_path)
    assert max(len(line) for line in done.stdout.splitlines()) <= 60


def test_output_without_a_terminal_has_no_colour(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    done = rehearse("analyze", str(tmp_path / "story.txt"), home=tmp_path)
    assert "\x1b" not in done.stdout
    assert "[um,]" in done.stdout


def test_text_cannot_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "evil.txt").write_text("I \x1b[31mdid\x07 this [bold]thing[/bold] \x9b2J again.")
    done = rehearse(
        "analyze", str(tmp_path / "evil.txt"), "--question", "\x1b[2JWhy?", home=tmp_path
    )
    assert done.returncode == 0
    assert not {"\x1b", "\x07", "\x9b"} & set(done.stdout)
    assert "[bold]thing[/bold]" in done.stdout


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    command = f"{sys.executable} -m rehearse questions list --home {tmp_path} | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60)
    assert (done.stdout.count("\n"), done.stderr) == (1, "")
