"""A whole interview from the command line: the page at its end, and a session taken up again."""

from __future__ import annotations

import json
from argparse import Namespace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from rehearse.cli import parser
from rehearse.commands import intro, loop, sitting
from rehearse.commands.manner import Manner
from rehearse.config import Settings
from rehearse.errors import NothingToAsk, RehearseError, UnreadableFile
from rehearse.model.take import Question
from rehearse.questions.interviews import Round
from rehearse.session.resume import NOBODY, SESSION_FILE, Unfinished, dump, read
from tests.pulse import Pulse
from tests.spoken import Spoken, needs_miniature
from tests.terminal import Terminal, rehearse

PLAN = """\
# My interview

## Plan: Two chats

- Dana Reyes
  - principles: Juggling
  - questions: 1
- Kim Lee
  - themes: to ask

## Questions

- How did you learn to juggle?
  - principles: Juggling
  - target: 0:30

## Questions to ask

- What does an ordinary week look like?
"""
READY = "Speak when you are ready."
LEFT = Unfinished("2026-05-04T10:30:00+02:00", (Round(NOBODY, (Question("A?"), Question("B?"))),))


def plan(folder: Path, text: str = PLAN) -> Path:
    path = folder / "mine.md"
    path.write_text(text)
    return path


def chosen(home: Path) -> Settings:
    return Settings(home, plain=True)


def takes(home: Path) -> list[dict[str, Any]]:
    found = sorted((home / "recordings").glob("*/take.json"))
    return [json.loads(path.read_text("utf-8")) for path in found]


def answer(terminal: Terminal, pulse: Pulse, spoken: Spoken, *, after: int = 0) -> int:
    terminal.until(READY, after=after)
    pulse.say(spoken.wav)
    terminal.press("\r")
    return terminal.until("Your answer is saved.", after=after)


@needs_miniature
def test_two_people_ask_and_the_session_ends_with_its_page(
    pulse: Pulse, brief: Spoken, tmp_path: Path
) -> None:
    arguments = ("loop", str(plan(tmp_path)), "--no-follow-ups", "--model", "miniature")
    with rehearse(*arguments, home=tmp_path, environment=pulse.environment) as terminal:
        terminal.until("Two chats: 2 questions with 2 people.")
        terminal.until("Interviewer 1 of 2. Dana Reyes asks about Juggling.")
        seen = answer(terminal, pulse, brief)
        seen = terminal.until("Take a break. Next is Kim Lee.", after=seen)
        assert (tmp_path / SESSION_FILE).exists()
        terminal.press("\r")
        seen = terminal.until("Kim Lee is next.", after=seen)
        terminal.until("You might ask: - What does an ordinary week look like?", after=seen)
        answer(terminal, pulse, brief, after=seen)
        assert terminal.ends() == 0
    first, second = takes(tmp_path)
    assert [first["interviewer"], second["interviewer"]] == ["Dana Reyes", "Kim Lee"]
    assert first["session"] == second["session"]
    assert [first["question"]["kind"], second["question"]["kind"]] == ["behavioural", "to_ask"]
    page = terminal.words[terminal.words.index("Your session") :]
    assert "Totals Answers 2" in page
    assert "With each interviewer" in page
    assert first["id"] in page
    assert "This is your first session" in page
    assert not (tmp_path / SESSION_FILE).exists()


@needs_miniature
def test_a_session_that_was_left_is_taken_up_again_and_summed_up_as_one(
    pulse: Pulse, brief: Spoken, tmp_path: Path
) -> None:
    arguments = ("loop", str(plan(tmp_path)), "--no-follow-ups", "--model", "miniature")
    with rehearse(*arguments, home=tmp_path, environment=pulse.environment) as terminal:
        seen = answer(terminal, pulse, brief)
        terminal.until("Take a break.", after=seen)
        terminal.press("q")
        terminal.until("Your session")
        assert terminal.ends() == 0
    again = ("practice", "--resume", "--model", "miniature")
    with rehearse(*again, home=tmp_path, environment=pulse.environment) as terminal:
        terminal.until("Interviewer 2 of 2. Kim Lee is next.")
        answer(terminal, pulse, brief)
        assert terminal.ends() == 0
        assert "juggle?" in terminal.words[terminal.words.index("Your session") :]
    assert len({take["session"] for take in takes(tmp_path)}) == 1
    assert read(tmp_path) is None


def asked(*arguments: str) -> Namespace:
    return parser().parse_args([*arguments])


def test_without_a_plan_it_is_the_first_one(tmp_path: Path) -> None:
    assert loop.find(None, chosen(tmp_path))[0].name == "Phone screen"
    (tmp_path / "prompts").mkdir()
    plan(tmp_path / "prompts")
    assert loop.find(None, chosen(tmp_path))[0].name == "Two chats"
    assert loop.find("two-chats", chosen(tmp_path))[0].name == "Two chats"
    assert loop.find("full-loop", chosen(tmp_path))[0].name == "Full loop"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# Nothing here\n\n- Why?\n", "has no interview in it"),
        (PLAN + "\n## Plan: Other\n\n- Sam\n", "contains 2 interviews: Two chats, Other"),
    ],
)
def test_a_file_without_one_plan_is_told(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(NothingToAsk, match=says):
        loop.find(str(plan(tmp_path, text)), chosen(tmp_path))


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="There is no such file"):
        loop.find(str(tmp_path / "none.md"), chosen(tmp_path))
    with pytest.raises(NothingToAsk, match="No interview called 'lunch'"):
        loop.find("lunch", chosen(tmp_path))


def test_follow_ups_are_asked_in_an_interview_unless_they_are_not_wanted() -> None:
    assert asked("loop").follow_ups is True
    assert asked("loop", "full-loop", "--no-follow-ups").follow_ups is False
    assert Manner.of(asked("loop", "--hands-free")).hands_free is True


def test_nothing_to_take_up_is_told(tmp_path: Path) -> None:
    with pytest.raises(NothingToAsk, match="There is no session to continue"):
        sitting.take_up(chosen(tmp_path), Manner())


def test_damage_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / SESSION_FILE).write_text("{")
    with pytest.raises(RehearseError, match="is damaged"):
        sitting.take_up(chosen(tmp_path), Manner())


@pytest.mark.parametrize(
    ("typed", "taken"), [("\n", True), ("y\n", True), ("n\n", False), ("", True)]
)
def test_what_was_left_is_offered(
    tmp_path: Path,
    typed: str,
    taken: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / SESSION_FILE).write_text(dump(LEFT))
    monkeypatch.setattr("sys.stdin", StringIO(typed))
    assert (sitting.offered(chosen(tmp_path)) == LEFT) is taken
    assert "In your last session, 2 questions are left." in capsys.readouterr().out


def test_damage_costs_nobody_a_practice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / SESSION_FILE).write_text("{")
    assert sitting.offered(chosen(tmp_path)) is None
    assert "is damaged" in " ".join(capsys.readouterr().err.split())


def test_a_ladder_is_the_same_introduction_with_more_time_each(tmp_path: Path) -> None:
    steps = intro.questions(asked("intro", "--ladder"), chosen(tmp_path))
    assert [question.target for question in steps] == [30.0, 60.0, 90.0, 120.0]
    assert len({question.text for question in steps}) == 1
    (one,) = intro.questions(asked("intro"), chosen(tmp_path))
    assert one.target == 120.0


def test_the_gong_asks_for_headphones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        asked("intro", "--help")
    assert "headphones" in capsys.readouterr().out
