"""Whatever stands in a text, no command lets it steer the terminal: it is shown, never obeyed."""

from __future__ import annotations

import io
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from rich.table import Table
from rich.text import Text

from rehearse import app
from rehearse.cli import parser
from rehearse.config import Settings
from rehearse.model import codec
from rehearse.takes import take_json
from rehearse.takes.remarks import REMARKS_FILE
from rehearse.text import printable
from rehearse.views.console import TameConsole
from tests import terminal
from tests.pulse import Pulse
from tests.sample import ANALYSIS, TAKE
from tests.test_cli import rehearse
from tools.fuzz.desk import BEFORE, command, furnished

EVIL = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u2066[bold]me[/bold] [/red]"
"""A new title, a cleared screen, a colour, text turned around, and marks of rich."""
STEERS = ("\x1b]", "\x1b[2J", "\x07", "\x9b", "\u202e", "\u2066")
SHOWN = "[bold]me[/bold] [/red]"


def evil_home(home: Path) -> Path:
    """All that may hold a text of others holds an evil one; gives the folder of the take."""
    folder = furnished(home)
    assert TAKE.question and TAKE.transcript
    question = replace(TAKE.question, text=f"Tell {EVIL}", principles=(EVIL,), follow_ups=(EVIL,))
    words = [replace(word, text=f"{EVIL}{word.text}".replace(" ", "")) for word in ANALYSIS.words]
    take = replace(
        TAKE,
        question=question,
        title=EVIL,
        note=EVIL,
        interviewer=EVIL,
        transcript=replace(TAKE.transcript, words=tuple(words)),
    )
    (folder / take_json.TAKE_FILE).write_text(take_json.dump(take, ANALYSIS), "utf-8")
    (folder / REMARKS_FILE).write_text(f"- 0:01 {EVIL} slower\n", "utf-8")
    pack = (
        f"# {EVIL}\n\n## Behavioural\n\n- Tell {EVIL}?\n  - follow-up: {EVIL}?\n  - note: {EVIL}\n"
    )
    (home / "prompts" / "evil.md").write_text(pack, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("arguments", "shows"),
    [
        (["report", TAKE.id], SHOWN),
        (["takes"], SHOWN),
        (["questions", "list"], "Tell"),
        (["questions", "show", "[/red"], "follow-up:"),
        (["compare", BEFORE.id, TAKE.id], "Fillers"),
        (["plan", "--why"], "interview"),
        (["report", EVIL], f"{SHOWN}'"),
        (["takes", EVIL], "invalid choice"),
        (["questions", "check", EVIL], SHOWN),
        (["takes", "--model", "[/x]"], SHOWN),
    ],
)
def test_no_text_steers_a_real_terminal(tmp_path: Path, arguments: list[str], shows: str) -> None:
    evil_home(tmp_path)
    with terminal.rehearse(
        *arguments, home=tmp_path, environment=dict(os.environ), columns=200
    ) as screen:
        screen.ends()
    assert not [one for one in STEERS if one in screen.raw]
    assert shows in screen.words


def test_no_text_steers_the_terminal_while_it_is_replayed(pulse: Pulse, tmp_path: Path) -> None:
    evil_home(tmp_path)
    with terminal.rehearse(
        "replay", TAKE.id, "--plain", home=tmp_path, environment=pulse.environment, columns=200
    ) as screen:
        assert screen.ends() == 0
    assert not [one for one in STEERS if one in screen.raw]
    assert "[bold]me[/bold]" in screen.words


@pytest.mark.parametrize("form", ["json", "md", "srt", "vtt", "audacity", "html"])
def test_no_form_of_a_report_steers_who_prints_it(tmp_path: Path, form: str) -> None:
    """`command` fails where something does."""
    folder = evil_home(tmp_path)
    assert command("report", TAKE.id, "--format", form, home=tmp_path) == 0
    if form == "html":
        page = (folder / "report.html").read_text("utf-8")
        assert not [one for one in STEERS if one in page]


def test_json_says_what_steers_as_escapes_and_loses_nothing() -> None:
    value: codec.Json = {"text": f"{EVIL}\ud800 é 我"}
    line = codec.line(value)
    assert json.loads(line) == value
    assert line.endswith("\n") and printable(line) == line
    assert "é 我" in line


def test_the_console_cleans_what_any_view_gives_it() -> None:
    for given in (EVIL, Text(EVIL), _table()):
        shown = io.StringIO()
        console = TameConsole(
            file=shown, force_terminal=True, width=200, markup=False, highlight=False
        )
        console.print(given, style="bold red")
        assert not [one for one in STEERS if one in shown.getvalue()]
        assert SHOWN in shown.getvalue()
        assert "\x1b[1;31m" in shown.getvalue()  # our own colours stay


def _table() -> Table:
    table = Table(EVIL, title=EVIL, caption=EVIL)
    table.add_row(Text(EVIL))
    return table


def test_every_command_prints_through_that_console(tmp_path: Path) -> None:
    for stderr in (False, True):
        console = app.console(Settings(tmp_path, plain=False), stderr=stderr)
        assert isinstance(console, TameConsole)


def test_wrong_usage_is_told_without_obeying_it(capsys: pytest.CaptureFixture[str]) -> None:
    for typed in ([EVIL], ["questions", EVIL], ["takes", EVIL], ["intro", "--auto-stop", EVIL]):
        with pytest.raises(SystemExit):
            parser().parse_args(typed)
        told = capsys.readouterr().err
        assert not [one for one in STEERS if one in told]


def test_marks_of_rich_in_a_model_are_text(tmp_path: Path) -> None:
    furnished(tmp_path)
    take = replace(TAKE, transcript=None)
    path = tmp_path / "recordings" / TAKE.id / take_json.TAKE_FILE
    path.write_text(take_json.dump(take, None), "utf-8")
    assert command("recover", "--model", "nowhere/[/x]", home=tmp_path) == 0


def test_an_old_code_page_shows_what_it_can(tmp_path: Path) -> None:
    furnished(tmp_path)
    done = rehearse("takes", home=tmp_path, environment={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    done = rehearse("report", TAKE.id, home=tmp_path, environment={"PYTHONIOENCODING": "cp1252"})
    assert (done.returncode, done.stderr) == (0, "")
