"""The demo is the real pipeline: real voice, real transcription, real report, no network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rehearse.cli import parser
from rehearse.commands import demo, start
from rehearse.config import Settings
from rehearse.text import bare
from tests.spoken import needs_miniature

pytestmark = needs_miniature

FILLERS = [{"um": 2, "uh": 1}, {"um": 3, "you know": 1, "uh": 1, "like": 1}]
"""What the built-in candidate says, counted by hand in rehearse/data/demo.json."""


def play(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PULSE_")}
    return subprocess.run(
        [sys.executable, "-m", "rehearse", "demo", "--fast", *arguments],
        env=plain | {"TMPDIR": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
    )


def takes(tmp_path: Path) -> list[dict[str, Any]]:
    (folder,) = tmp_path.glob("rehearse-demo-*")
    files = sorted(folder.glob("*/take.json"))
    return [json.loads(file.read_text("utf-8")) for file in files]


def test_two_answers_are_written_down_as_they_were_spoken(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = play(tmp_path, "--home", str(home))
    assert (done.returncode, done.stderr) == (0, "")
    script = demo.read_script()
    for take, question, answer, counts in zip(
        takes(tmp_path), script.questions, script.answers, FILLERS, strict=True
    ):
        words = [bare(word["text"]) for word in take["transcript"]["words"]]
        assert words == [bare(word) for word in answer.split()]
        assert take["analysis"]["fillers"]["counts"] == counts
        assert take["question"]["text"] == question.text
        assert (take["model"], take["settings"]["demo"]) == ("miniature", "yes")
    assert not home.exists(), "the demo is no part of the user's history"


def test_the_story_has_its_seconds(tmp_path: Path) -> None:
    play(tmp_path)
    introduction, story = takes(tmp_path)
    assert not introduction["analysis"]["star"]["applies"]
    star = story["analysis"]["star"]
    assert star["order"] == ["situation", "task", "action", "result"]
    assert all(section["seconds"] > 1 for section in star["sections"].values())
    assert sum(section["share"] for section in star["sections"].values()) == pytest.approx(
        1, abs=0.01
    )


def test_it_says_that_it_is_a_demo_with_a_miniature_model(tmp_path: Path) -> None:
    text = " ".join(play(tmp_path).stdout.split())
    assert "which understands only these voices" in text
    assert "Good" in text and "Next" in text
    assert "Traceback" not in text


def test_without_a_microphone_and_a_terminal_rehearse_shows_the_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    played: list[Settings] = []

    def play(chosen: Settings, *, hurry: bool) -> int:
        played.append(chosen)
        return 0

    monkeypatch.setattr(demo, "play", play)
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path))
    arguments = ["--home", str(tmp_path), "--model", str(tmp_path / "nowhere")]
    assert start.run(parser().parse_args(arguments)) == 0
    assert len(played) == 1
    assert "You cannot practise yet." in capsys.readouterr().err
