"""Which folder is the home, and which only looks like it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rehearse.errors import HomeMissing
from rehearse.takes.homes import home
from tests import inprocess

STRANGER = 54_321
needs_root = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="only root gives folders to somebody else"
)


@pytest.fixture(autouse=True)
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the home is if there is none upwards."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "rehearse"


def a_home(folder: Path) -> Path:
    for part in ("prompts", "recordings"):
        (folder / part).mkdir(parents=True)
    return folder


@needs_root
@pytest.mark.parametrize("part", [".", "prompts", "recordings"])
def test_a_home_of_somebody_else_is_passed_over(tmp_path: Path, usual: Path, part: str) -> None:
    theirs = a_home(tmp_path / "theirs")
    os.chown(theirs / part, STRANGER, STRANGER)
    found = home(None, {}, theirs / "recordings")
    assert found.folder == usual
    (notice,) = found.notices
    assert f"{theirs} belongs to another user" in notice
    assert f"--home {theirs}" in notice


@needs_root
def test_an_own_one_farther_up_is_taken(tmp_path: Path) -> None:
    mine = a_home(tmp_path / "mine")
    theirs = a_home(mine / "recordings" / "theirs")
    os.chown(theirs, STRANGER, STRANGER)
    assert home(None, {}, theirs).folder == mine


@needs_root
def test_who_names_it_uses_it(tmp_path: Path) -> None:
    theirs = a_home(tmp_path / "theirs")
    os.chown(theirs, STRANGER, STRANGER)
    assert home(str(theirs), {}, theirs).notices == ()
    assert home(None, {"REHEARSE_HOME": str(theirs)}, tmp_path).folder == theirs


@needs_root
@pytest.mark.parametrize(
    ("caller", "owner", "taken"),
    [
        (str(STRANGER), STRANGER, True),
        (str(STRANGER), 0, True),
        (str(STRANGER + 1), STRANGER, False),
        ("root", STRANGER, False),
        ("", STRANGER, False),
    ],
)
def test_with_sudo_the_callers_own_home_is_taken(
    tmp_path: Path, caller: str, owner: int, taken: bool
) -> None:
    folder = a_home(tmp_path / "home")
    for path in (folder, *folder.iterdir()):
        os.chown(path, owner, owner)
    assert (home(None, {"SUDO_UID": caller}, folder).folder == folder) is taken


@needs_root
def test_the_command_says_so_on_stderr(tmp_path: Path) -> None:
    theirs = a_home(tmp_path / "theirs")
    os.chown(theirs, STRANGER, STRANGER)
    (theirs / "config.toml").write_text("a trap")
    environment = {k: v for k, v in os.environ.items() if k not in ("REHEARSE_HOME", "SUDO_UID")}
    done = subprocess.run(
        [sys.executable, "-m", "rehearse", "takes", "--json"],
        cwd=theirs,
        env=environment | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.count("belongs to another user") == 1


@pytest.mark.parametrize("part", ["", "recordings", "prompts"])
@pytest.mark.parametrize("named", [True, False])
def test_a_link_to_nothing_is_said(tmp_path: Path, part: str, named: bool) -> None:
    folder = tmp_path / "home"
    if part:
        a_home(folder)
        (folder / part).rmdir()
    (folder / part).symlink_to(tmp_path / "drive")
    if not part and not named:
        return  # nobody can stand in it
    with pytest.raises(HomeMissing, match="drive, which does not exist") as told:
        home(str(folder) if named else None, {}, folder)
    assert str(folder / part) in told.value.what
    assert told.value.exit_code == 1
    a_home(tmp_path / "drive")
    assert home(str(folder), {}, tmp_path).folder == folder


def test_a_link_above_the_home_is_seen_too(tmp_path: Path) -> None:
    (tmp_path / "usb").symlink_to(tmp_path / "media" / "usb")
    with pytest.raises(HomeMissing, match="usb is a link to"):
        home(str(tmp_path / "usb" / "rehearse"), {}, tmp_path)


def test_a_drive_that_does_not_answer_is_said(tmp_path: Path) -> None:
    """A link that leads to itself is refused by the system, as a drive that went away is."""
    (tmp_path / "home").symlink_to(tmp_path / "home")
    with pytest.raises(HomeMissing, match="cannot be reached"):
        home(str(tmp_path / "home"), {}, tmp_path)


def test_no_empty_home_is_made_in_the_place_of_a_link(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "home"
    folder.symlink_to(tmp_path / "drive" / "rehearse")
    for command in (["takes"], ["plan"], ["recover"], ["doctor"], ["practice", "--ask", "Why?"]):
        assert inprocess.main(*command, home=folder) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert "Connect its drive, or choose another folder with --home DIR." in err
    assert not (tmp_path / "drive").exists()


def test_a_new_home_may_be_named_anywhere(tmp_path: Path) -> None:
    new = tmp_path / "not" / "there" / "yet"
    assert home(str(new), {}, tmp_path).folder == new
    assert home(str(new), {}, tmp_path).notices == ()


def test_a_folder_with_packs_alone_is_no_home(tmp_path: Path, usual: Path) -> None:
    folder = a_home(tmp_path / "home")
    shutil.rmtree(folder / "recordings")
    assert home(None, {}, folder).folder == usual
