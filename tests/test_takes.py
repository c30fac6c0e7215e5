"""rehearse takes: found, named, starred and let go, through the command line."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from rehearse.model.take import Ending, Question
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import State, Summary
from rehearse.views import takes as view
from tests import inprocess, terminal
from tests.takes import QUESTION, Told, keep, summary
from tests.test_terminal_view import shown

OTHER = Question("Why do you want to work here?", None, ("Earn Trust",), 60.0, ("And?",))
EVIL = "\x1b[2J\x07[bold]Why\u202e?\n\n<script>"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """One command in the test's home: its exit code, its output, its messages."""
    monkeypatch.setenv("COLUMNS", "80")

    def command(*arguments: str) -> tuple[int, str, str]:
        code = inprocess.main(*arguments, home=tmp_path)
        out, err = capsys.readouterr()
        return code, out, err

    return command


def listed(run: Run, *arguments: str) -> list[dict[str, Any]]:
    code, out, err = run("takes", "--json", *arguments)
    assert (code, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def three(tmp_path: Path) -> list[Path]:
    return keep(
        tmp_path,
        Told(said="I built a queue, and it held."),
        Told(question=OTHER, after=timedelta(days=1), said="It's the people", missing=("task",)),
        Told(after=timedelta(days=2), written=False),
    )


def test_the_latest_stands_first(run: Run, three: list[Path]) -> None:
    assert [take["id"] for take in listed(run)] == [folder.name for folder in three[::-1]]
    code, out, _ = run("takes")
    assert code == 0
    lines = out.splitlines()
    assert lines[1].split()[0] == "2026-05-06T10-30-00"
    assert "not written down yet" in out
    assert "missing: task" in out
    assert "3 takes, 4:30 of sound, 8.7 MB." in out


def test_json_tells_all_that_a_script_relied_on_and_more(run: Run, three: list[Path]) -> None:
    take = listed(run)[1]
    assert take["folder"] == str(three[1])
    assert take["question"] == {
        "text": OTHER.text,
        "kind": None,
        "principles": ["Earn Trust"],
        "target": 60.0,
        "follow_ups": ["And?"],
        "notes": [],
    }
    assert (take["schema"], take["duration"], take["ending"]) == (1, 90.0, "ended")
    assert (take["state"], take["words"]) == ("", 3)
    assert take["star"] == {"applies": True, "missing": ["task"]}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--said", "a QUEUE"], [0]),
        (["--said", "it’s the people"], [1]),
        (["--said", "a winter coat"], []),
        (["--question", "failed"], [2, 0]),
        (["--principle", "trust"], [1]),
        (["--since", "2026-05-05"], [2, 1]),
        (["--before", "2026-05-05"], [0]),
        (["--since", "2026-05-05", "--before", "2026-05-06"], [1]),
        (["--starred"], []),
    ],
)
def test_takes_are_found(
    run: Run, three: list[Path], arguments: list[str], expected: list[int]
) -> None:
    found = [take["id"] for take in listed(run, *arguments)]
    assert found == [three[number].name for number in expected]


def test_that_nothing_fits_is_not_that_there_is_nothing(run: Run, three: list[Path]) -> None:
    assert "No takes found" in run("takes", "--starred")[1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--since", "soon"], "Write it like 2026-05-04"),
        (["--said", " ... "], "has no word"),
        (["--prune", "keep", "none"], "Keep at least 1"),
        (["--prune", "all", "1"], "older-than 90d"),
    ],
)
def test_wrong_usage_is_told_with_how_to_mend_it(
    run: Run, three: list[Path], arguments: list[str], says: str
) -> None:
    code, out, err = run("takes", *arguments)
    assert (code, out) == (2, "")
    assert says in err


def test_a_take_gets_a_title_a_note_and_a_star(run: Run, three: list[Path]) -> None:
    code, out, _ = run("takes", "rename", "05-04", "  The \n queue ")
    assert (code, out) == (0, f"{three[0].name} is called The queue.\n")
    assert run("takes", "note", "05-04", "Slower.\nLouder.")[0] == 0
    assert run("takes", "star", "05-04")[0] == 0
    take = listed(run, "--starred")[0]
    assert (take["title"], take["note"], take["starred"]) == ("The queue", "Slower.\nLouder.", True)
    text = run("takes")[1]
    assert "starred: The queue" in text
    assert "Slower. Louder." in text
    for arguments in (["rename", "05-04", ""], ["note", "05-04", " "], ["unstar", "05-04"]):
        assert run("takes", *arguments)[0] == 0
    take = listed(run, "--question", "failed")[1]
    assert (take["title"], take["note"], take["starred"]) == (None, None, False)


def test_a_label_changes_nothing_else(run: Run, three: list[Path]) -> None:
    path = three[0] / "take.json"
    before = json.loads(path.read_text()) | {"remarks": ["louder"]}
    path.write_text(json.dumps(before))
    assert run("takes", "rename", "05-04", "T")[0] == 0
    assert json.loads(path.read_text()) == before | {"title": "T"}


def test_half_characters_survive_a_label(run: Run, three: list[Path]) -> None:
    path = three[0] / "take.json"
    odd = json.loads(path.read_text()) | {"remarks": "\ud800 “Ü”", "title": "\udc80"}
    path.write_text(json.dumps(odd))
    assert run("takes", "note", "05-04", "\udcff é")[0] == 0
    assert json.loads(path.read_text("utf-8")) == odd | {"note": "\udcff é"}
    for command in (["takes"], ["takes", "--json"], ["progress"], ["takes", "star", "05-04"]):
        assert run(*command)[0] == 0


@pytest.mark.parametrize("text", ["", "{", '{"schema": 99}'])
def test_a_take_that_cannot_be_read_gets_no_label(run: Run, three: list[Path], text: str) -> None:
    (three[0] / "take.json").write_text(text)
    code, _, err = run("takes", "star", "05-04")
    assert code == 1
    assert "Traceback" not in err
    assert (three[0] / "take.json").read_text() == text


def test_deleting_asks_and_where_nobody_answers_it_is_not_done(run: Run, three: list[Path]) -> None:
    code, _, err = run("takes", "delete", "05-04")
    assert code == 2
    assert "Add --yes" in err
    assert three[0].exists()


def test_deleted_for_good_is_gone(run: Run, three: list[Path]) -> None:
    code, out, _ = run("takes", "delete", "05-04", "--yes", "--for-good")
    assert code == 0
    assert "2.9 MB are free now" in out
    assert not three[0].exists()
    assert len(listed(run)) == 2


@pytest.mark.parametrize(
    ("answer", "stays"), [("y\n", False), ("n\n", True), ("\n", True), ("\x04", True)]
)
def test_in_a_terminal_the_answer_counts(
    tmp_path: Path, three: list[Path], answer: str, stays: bool
) -> None:
    command = ("takes", "delete", "05-04", "--for-good")
    with terminal.rehearse(*command, home=tmp_path, environment=dict(os.environ)) as screen:
        screen.until("[y/N]")
        assert "This is permanent." in screen.words
        screen.press(answer)
        assert screen.ends() == (1 if stays else 0)
    assert three[0].exists() == stays


def test_only_takes_of_this_home_are_deleted(run: Run, three: list[Path], tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(three[0], elsewhere)
    code, _, err = run("takes", "delete", str(elsewhere), "--yes", "--for-good")
    assert code == 1
    assert "is not in" in err
    assert elsewhere.exists()


def test_a_take_that_is_being_recorded_is_left_alone(
    run: Run, three: list[Path], tmp_path: Path
) -> None:
    store = TakeStore(tmp_path / "recordings")
    take = store.begin(None, "2026-05-09T10:30:00+02:00", {})
    with store.recorder(take):
        for arguments in (["delete", take.id, "--yes"], ["star", take.id]):
            code, _, err = run("takes", *arguments)
            assert code == 1
            assert "is being recorded" in err
    assert (store.folder / take.id).exists()


def test_a_take_goes_to_the_trash_where_there_is_one(three: list[Path], tmp_path: Path) -> None:
    pytest.importorskip("send2trash", reason="the system's trash is reached through send2trash")
    environment = os.environ | {"XDG_DATA_HOME": str(tmp_path / "data"), "HOME": str(tmp_path)}
    command = ("takes", "delete", "05-04", "--yes")
    with terminal.rehearse(*command, home=tmp_path, environment=environment) as screen:
        screen.until("when you empty the trash")
        assert screen.ends() == 0
    assert not three[0].exists()
    kept = list(tmp_path.rglob("Trash/files/*/answer.wav"))
    assert [path.parent.name for path in kept] == [three[0].name]


def test_pruning_lists_first_and_does_it_only_when_told(run: Run, tmp_path: Path) -> None:
    tales = [Told(after=timedelta(days=number)) for number in range(4)]
    starred = replace(tales[0], labels=(("starred", True),))
    folders = keep(tmp_path, starred, *tales[1:])
    code, out, _ = run("takes", "--prune", "keep", "1")
    assert code == 0
    assert "2 takes, 5.8 MB." in out
    assert "Nothing is deleted yet. To delete them, add --yes." in out
    assert all(folder.exists() for folder in folders)
    code, out, _ = run("takes", "--prune", "keep", "1", "--yes", "--for-good")
    assert code == 0
    assert "Deleted 2 takes." in out
    assert [folder.exists() for folder in folders] == [True, False, False, True]
    assert "Nothing to delete" in run("takes", "--prune", "keep", "1")[1]


def test_pruning_keeps_to_what_was_found(run: Run, tmp_path: Path) -> None:
    asked = (QUESTION, OTHER, QUESTION, OTHER)
    folders = keep(
        tmp_path,
        *(Told(question=each, after=timedelta(days=day)) for day, each in enumerate(asked)),
    )
    code, out, err = run("takes", "--prune", "keep", "1", "--question", "work here", "--json")
    assert code == 0
    assert [json.loads(line)["id"] for line in out.splitlines()] == [folders[1].name]
    assert "Nothing is deleted yet" in err


def test_hostile_text_steers_nothing(run: Run, tmp_path: Path) -> None:
    labels = (("title", EVIL), ("note", EVIL))
    keep(tmp_path, Told(question=replace(QUESTION, text=EVIL, principles=(EVIL,)), labels=labels))
    for arguments in (["takes"], ["progress"], ["takes", "--prune", "older-than", "1d"]):
        code, out, _ = run(*arguments)
        assert code == 0
        assert not {"\x1b", "\x07"} & set(out)
    assert listed(run)[0]["title"] == EVIL


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("plain", [True, False])
def test_the_list_fits_its_screen(width: int, plain: bool) -> None:
    found = [
        summary(Told()),
        summary(Told(question=replace(QUESTION, text="Why " * 40), missing=("task", "result"))),
        summary(Told(question=replace(QUESTION, text="W" * 200))),
        Summary("x" * 90, State.DAMAGED, 0.0),
    ]
    lines = shown(view.takes(found, of=found, plain=plain), width=width).splitlines()
    assert all(len(line) <= width for line in lines)


def test_two_takes_of_a_second_are_listed_by_their_whole_ids() -> None:
    found = [summary(Told()), replace(summary(Told()), id=f"{summary(Told()).id}-2")]
    text = "".join(shown(view.takes(found, of=found, plain=True), width=120).split())
    assert "2026-05-04T10-30-00_tell" in text


def test_only_the_latest_are_shown_unless_all_are_asked_for(run: Run, tmp_path: Path) -> None:
    keep(tmp_path, *(Told(after=timedelta(minutes=number)) for number in range(30)))
    short, whole = run("takes")[1], run("takes", "--all")[1]
    assert short.count("Tell me") == 25
    assert "These are the latest 25." in " ".join(short.split())
    assert whole.count("Tell me") == 30
    assert len(listed(run)) == 30


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 kB"), (640_000, "640 kB"), (3_840_044, "3.8 MB"), (2.5e9, "2.5 GB")]
)
def test_sizes_are_read_at_a_glance(size: int, text: str) -> None:
    assert view.amount(size) == text


def test_the_title_alone_is_starred_in_colour() -> None:
    take = summary(Told(labels=(("starred", True),)))
    console = Console(width=80, force_terminal=True, color_system="standard", highlight=False)
    with console.capture() as captured:
        console.print(view.takes([take], of=[take], plain=False))
    assert "\x1b[33m★ \x1b[0m\x1b[1mTell me" in captured.get()


def test_a_skipped_take_says_so(run: Run, tmp_path: Path) -> None:
    keep(tmp_path, Told(ending=Ending.SKIPPED, written=False, fillers=None))
    assert "skipped" in run("takes")[1]
