"""rehearse forget: what goes, what stays, and that nothing of it can be found again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rehearse.commands import forgetting
from rehearse.model.take import Question
from rehearse.questions.interviews import Round
from rehearse.schedule import planning
from rehearse.schedule.planfile import Wishes
from rehearse.schedule.planning import OLD_MEMORY
from rehearse.schedule.rating import Grade
from rehearse.session.resume import NOBODY, SESSION_FILE, Unfinished, dump
from rehearse.takes.store import TakeStore
from tests import inprocess, terminal
from tests.pulse import until
from tests.takes import QUESTION, Told, keep, summary

WORD = "zeugma"
"""Said in the take that is forgotten, and written nowhere else."""
OTHER = Question("Why do you want to work here?", None, (), 60.0)
SESSION = "2026-05-04T10:29:58+02:00"
DAY = timedelta(days=1)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """One command in the test's home: its exit code, its output, its messages."""

    def command(*arguments: str) -> tuple[int, str, str]:
        code = inprocess.main(*arguments, home=tmp_path)
        out, err = capsys.readouterr()
        return code, " ".join(out.split()), err

    return command


@pytest.fixture
def three(tmp_path: Path, run: Run) -> list[Path]:
    """Of three days, with all that the program remembers of them: the index, the schedule, the
    user's own ratings, and a session that was broken off after the first."""
    labels = (("session", SESSION), ("title", f"The {WORD}"), ("note", f"{WORD}!"))
    folders = keep(
        tmp_path,
        Told(said=f"I said {WORD} twice", labels=labels),
        Told(question=OTHER, said="it was the people", after=DAY),
        Told(after=2 * DAY, labels=(("starred", True),)),
    )
    (folders[0] / "report.html").write_text(WORD)
    (folders[0] / "remarks.md").write_text(f"take: {folders[0].name}\n\n- 0:01 {WORD}\n")
    (folders[0] / "take.json.damaged").write_text(WORD)
    grades = {folder.name: Grade.GOOD for folder in folders}
    planning.save_wishes(tmp_path, Wishes(grades=grades))
    left = Unfinished(SESSION, (Round(NOBODY, (QUESTION, OTHER)),), place=1)
    (tmp_path / SESSION_FILE).write_text(dump(left))
    assert run("takes")[0] == run("plan")[0] == 0
    (tmp_path / OLD_MEMORY).write_text(folders[0].name)
    return folders


def holding(home: Path, *traces: str) -> list[Path]:
    """Files and folders with one of these in their name or among their bytes."""
    return [
        path
        for path in home.rglob("*")
        if any(
            trace in path.name or (path.is_file() and trace.encode() in path.read_bytes())
            for trace in traces
        )
    ]


def ids(home: Path) -> list[str]:
    return [take.id for take in TakeStore(home / "recordings").summaries()]


# --- what is asked for


@pytest.mark.parametrize(
    "arguments", [[], ["--all", "--before", "30d"], ["05-04", "--all"], ["x", "--before", "30d"]]
)
def test_one_way_to_name_what_goes(run: Run, three: list[Path], arguments: list[str]) -> None:
    code, out, err = run("forget", *arguments, "--yes")
    assert (code, out) == (2, "")
    assert "Name takes, or give --before DATE, or --all." in err
    assert all(folder.exists() for folder in three)


def test_a_day_that_is_none_is_told(run: Run, three: list[Path]) -> None:
    code, _, err = run("forget", "--before", "soon", "--yes")
    assert code == 2
    assert "Write it like 2026-05-04" in err


@pytest.mark.parametrize("arguments", [["05-04", "05-09"], ["2026"]])
def test_where_one_take_is_not_found_none_goes(
    run: Run, three: list[Path], tmp_path: Path, arguments: list[str]
) -> None:
    assert run("forget", *arguments, "--yes")[0] == 1
    assert len(ids(tmp_path)) == 3


def test_where_nobody_can_be_asked_nothing_goes(run: Run, three: list[Path]) -> None:
    code, _, err = run("forget", "--all")
    assert code == 2
    assert "Add --yes" in err
    assert all(folder.exists() for folder in three)


@pytest.mark.parametrize(
    ("answer", "code", "stays"), [("y\n", 0, 0), ("n\n", 1, 3), ("\n", 1, 3), ("\x04", 1, 3)]
)
def test_in_a_terminal_it_is_told_what_goes_and_the_answer_counts(
    tmp_path: Path, three: list[Path], answer: str, code: int, stays: int
) -> None:
    command = ("forget", "--before", "2027-01-01")
    with terminal.rehearse(*command, home=tmp_path, environment=dict(os.environ)) as screen:
        screen.until("[y/N]")
        asked = "Forget 3 takes with 4:30 of sound since 2026-05-04 (1 starred)?"
        assert asked in screen.words
        assert "This is permanent: they do not go to the trash." in screen.words
        assert all(folder.name in screen.words for folder in three)
        screen.press(answer)
        assert screen.ends() == code
    assert len(ids(tmp_path)) == stays


def test_many_takes_are_counted_and_not_listed(run: Run, tmp_path: Path) -> None:
    keep(tmp_path, *(Told(after=timedelta(minutes=number)) for number in range(11)))
    code, out, _ = run("forget", "--before", "2027-01-01", "--yes")
    assert code == 0
    assert out.startswith("Forgotten: 11 takes with 16:30 of sound since 2026-05-04.")


# --- what goes


def test_a_forgotten_take_is_nowhere_and_the_others_are_as_they_were(
    run: Run, three: list[Path], tmp_path: Path
) -> None:
    gone, *kept = three
    assert len(holding(tmp_path, WORD, gone.name)) >= 8
    before = {path: path.read_bytes() for folder in kept for path in folder.iterdir()}
    code, out, err = run("forget", gone.name, "--yes")
    assert (code, err) == (0, "")
    assert "Forgotten: 1 take with 1:30 of sound since 2026-05-04. 2.9 MB are free now." in out
    assert "So does the trash" in out
    assert holding(tmp_path, WORD, gone.name) == []
    assert {path: path.read_bytes() for path in before} == before
    assert set(planning.read_wishes(tmp_path).grades) == {folder.name for folder in kept}
    assert run("takes")[0] == run("plan")[0] == 0
    assert holding(tmp_path, WORD, gone.name) == []
    assert ids(tmp_path) == [folder.name for folder in kept]


def test_a_take_that_is_deleted_for_good_is_forgotten(
    run: Run, three: list[Path], tmp_path: Path
) -> None:
    assert run("takes", "delete", three[0].name, "--yes", "--for-good")[0] == 0
    assert holding(tmp_path, WORD, three[0].name) == []


def test_takes_of_before_a_day_go_whether_starred_or_not(
    run: Run, three: list[Path], tmp_path: Path
) -> None:
    assert run("takes", "star", "05-04")[0] == 0
    assert run("forget", "--before", "2026-05-06", "--yes")[0] == 0
    assert ids(tmp_path) == [three[2].name]


def test_where_nothing_is_of_before_that_day_it_says_so(run: Run, three: list[Path]) -> None:
    assert run("forget", "--before", "2026-05-04") == (0, "There is nothing to forget.", "")
    assert all(folder.exists() for folder in three)


@pytest.mark.parametrize("arguments", [["--all"], ["--before", "30d"]])
def test_in_an_empty_home_there_is_nothing_to_forget(run: Run, arguments: list[str]) -> None:
    assert run("forget", *arguments) == (0, "There is nothing to forget.", "")


def test_replies_to_its_follow_ups_go_with_an_answer(run: Run, tmp_path: Path) -> None:
    (first,) = keep(tmp_path, Told())
    reply = Told(question=OTHER, after=DAY, labels=(("follows", first.name),))
    keep(tmp_path, reply, Told(question=OTHER, after=2 * DAY))
    out = run("forget", first.name, "--yes")[1]
    assert "Forgotten: 2 takes" in out
    assert len(ids(tmp_path)) == 1
    assert holding(tmp_path, first.name) == []


def test_pages_that_compare_with_a_forgotten_answer_go(run: Run, tmp_path: Path) -> None:
    before, gone, other, after = keep(
        tmp_path,
        Told(),
        Told(after=DAY),
        Told(question=OTHER, after=2 * DAY),
        Told(after=3 * DAY),
    )
    for folder in (before, other, after):
        (folder / "report.html").touch()
    assert run("forget", gone.name, "--yes")[0] == 0
    assert [(folder / "report.html").exists() for folder in (before, other, after)] == [
        True,
        True,
        False,
    ]


def test_a_session_goes_with_the_last_of_its_takes(
    run: Run, three: list[Path], tmp_path: Path
) -> None:
    path = three[1] / "take.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"session": SESSION}))
    assert run("forget", three[0].name, "--yes")[0] == 0
    assert (tmp_path / SESSION_FILE).exists()
    assert run("forget", three[1].name, "--yes")[0] == 0
    assert not (tmp_path / SESSION_FILE).exists()


@pytest.mark.parametrize("content", ["{", '{"schema": 99, "interview": null}'])
def test_a_plan_that_cannot_be_read_goes_only_where_it_names_the_take(
    run: Run, three: list[Path], tmp_path: Path, content: str
) -> None:
    for name in ("plan.json", "plan.json.damaged"):
        (tmp_path / name).write_text(content)
    assert run("forget", three[1].name, "--yes")[0] == 0
    assert (tmp_path / "plan.json").read_text() == content
    for name in ("plan.json", "plan.json.damaged"):
        (tmp_path / name).write_text(content + three[0].name)
    assert run("forget", three[0].name, "--yes")[0] == 0
    assert not list(tmp_path.glob("plan.json*"))


def test_all_that_was_recorded_goes_and_what_the_user_wrote_stays(
    run: Run, three: list[Path], tmp_path: Path
) -> None:
    recordings = tmp_path / "recordings"
    (tmp_path / "prompts").mkdir()
    stay = [tmp_path / "config.toml", tmp_path / "prompts" / "mine.md", recordings / "README.md"]
    for path in stay:
        path.touch()
    rest = recordings / "2026-05-01T10-30-00_half-gone"
    rest.mkdir()
    for path in (
        rest / "remarks.md",
        recordings / "..index.json.x1y2",
        tmp_path / ".plan.json.x1y2",
        tmp_path / ".told.json.x1y2",
        tmp_path / ".session.json.x1y2",
        tmp_path / "plan.json.damaged",
    ):
        path.write_text(WORD)
    code, out, _ = run("forget", "--all", "--yes")
    assert code == 0
    assert "3 takes with 4:30 of sound since 2026-05-04 (1 starred) together with your plan" in out
    assert "Your packs, settings and models stay." in out
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(stay)
    assert sorted(recordings.iterdir()) == [recordings / "README.md"]
    assert run("forget", "--all")[1] == "There is nothing to forget."


def test_a_plan_alone_is_forgotten_as_well(run: Run, tmp_path: Path) -> None:
    assert run("plan", "--interview", "2099-01-15")[0] == 0
    assert run("forget", "--all", "--yes")[0] == 0
    assert not list(tmp_path.glob("*.json"))


# --- what does not go


@pytest.mark.parametrize("named", [True, False])
def test_while_one_of_them_is_recorded_none_goes(
    run: Run, three: list[Path], tmp_path: Path, named: bool
) -> None:
    store = TakeStore(tmp_path / "recordings")
    take = store.begin(None, "2026-05-09T10:30:00+02:00", {})
    with store.recorder(take):
        what = [three[0].name, take.id] if named else ["--all"]
        code, _, err = run("forget", *what, "--yes")
        assert code == 1
        assert "is being recorded" in err
        assert len(ids(tmp_path)) == 4
    assert run("forget", "--all", "--yes")[0] == 0


@pytest.mark.parametrize("linked", [True, False])
def test_what_lies_elsewhere_is_left_alone(
    run: Run, three: list[Path], tmp_path: Path, linked: bool
) -> None:
    elsewhere = tmp_path / "elsewhere" / three[0].name
    shutil.copytree(three[0], elsewhere)
    name = str(elsewhere)
    if linked:
        name = "linked"
        (tmp_path / "recordings" / name).symlink_to(elsewhere)
    code, _, err = run("forget", three[1].name, name, "--yes")
    assert code == 1
    assert "is not in" in err
    assert elsewhere.exists()
    assert three[1].exists()


# --- what is interrupted


def test_what_is_interrupted_is_out_of_the_list_and_finished_the_next_time(
    run: Run, three: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(folder: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", interrupted)
        assert run("forget", three[0].name, "--yes")[0] == 130
    assert ids(tmp_path) == [folder.name for folder in three[1:]]
    assert holding(tmp_path, WORD) != []
    assert run("forget", "--before", "2020-01-01")[1] == "There is nothing to forget."
    assert holding(tmp_path, WORD, three[0].name) == []


def test_ctrl_c_leaves_every_take_whole_or_gone(tmp_path: Path) -> None:
    keep(tmp_path, *(Told(said=WORD, after=timedelta(minutes=number)) for number in range(150)))
    command = [sys.executable, "-m", "rehearse", "forget", "--all", "--yes"]
    with subprocess.Popen(
        [*command, "--home", str(tmp_path)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as forgetting_all:
        until((tmp_path / "recordings" / forgetting.ON_THEIR_WAY).exists)
        forgetting_all.send_signal(signal.SIGINT)
        _, err = forgetting_all.communicate(timeout=60)
    assert b"Traceback" not in err
    for folder in (tmp_path / "recordings" / take for take in ids(tmp_path)):
        assert sorted(path.name for path in folder.iterdir()) == ["answer.wav", "take.json"]
    subprocess.run([*command, "--home", str(tmp_path)], check=True, capture_output=True)
    assert holding(tmp_path, WORD) == []


def test_replies_are_found_among_all_takes() -> None:
    first = summary(Told())
    reply = replace(summary(Told(after=DAY)), follows=first.id)
    second = replace(summary(Told(after=2 * DAY)), follows=reply.id)
    other = summary(Told(after=3 * DAY))
    assert forgetting.with_replies([first, reply, second, other], {first.id}) == [
        first,
        reply,
        second,
    ]
