"""The packages that are built: all that is needed is in them, and they run from anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAM = "from rehearse.cli import main; raise SystemExit(main())"
NEEDED = ("build", "hatchling")
missing = [name for name in NEEDED if find_spec(name) is None]
pytestmark = pytest.mark.skipif(bool(missing), reason=f"needs {', '.join(missing)}")
PERSONAL = ("recordings/2", "prompts/personal", "config.toml", "session.json", "told.json", ".wav")
"""Parts of the names of what is a user's own."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both: the archive of this tree, and the wheel that is made of the archive."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def archive(built: Path) -> Iterator[tarfile.TarFile]:
    (found,) = built.glob("*.tar.gz")
    with tarfile.open(found) as opened:
        yield opened


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel and nothing else of ours; what it needs comes from this environment."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(folder)
    return folder


def run(*arguments: str, installed: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PULSE_")}
    folder.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=plain
        | {
            "PYTHONPATH": str(installed),
            "REHEARSE_HOME": str(folder / "home"),
            "REHEARSE_MODELS": str(folder / "models"),
            "HF_HOME": str(folder / "hub"),
        },
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_the_wheel_is_what_runs(installed: Path, tmp_path: Path) -> None:
    program = "import rehearse; print(rehearse.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(installed)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert Path(done.stdout.strip()) == installed / "rehearse" / "__init__.py"


def test_the_demo_of_the_wheel_runs_in_another_folder(installed: Path, tmp_path: Path) -> None:
    done = run("demo", "--fast", installed=installed, folder=tmp_path / "elsewhere ä")
    assert done.returncode == 0, done.stderr
    assert "sales went up by" in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--version"], 0, "rehearse "),
        (["doctor"], 1, "Practice still needs"),
        (["questions", "list"], 0, "proud of"),
        (["questions", "show", "project are you most proud"], 0, "Ownership"),
        (["analyze", "story.txt"], 0, "Fillers"),
        (["completion", "bash"], 0, "complete"),
    ],
)
def test_commands_of_the_wheel_run_in_another_folder(
    arguments: list[str], code: int, says: str, installed: Path, tmp_path: Path
) -> None:
    (tmp_path / "story.txt").write_text("I did, um, this. As a result we won.")
    done = run(*arguments, installed=installed, folder=tmp_path)
    assert done.returncode == code, done.stderr
    assert says in done.stdout


def test_the_wheel_holds_all_that_stands_beside_the_code(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    wanted = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "rehearse").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted <= names
    assert {
        f"rehearse/{path.relative_to(ROOT)}" for path in (ROOT / "prompts").rglob("*.md")
    } <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests", "tools", "recordings"))]


def test_the_archive_holds_what_its_tests_need(archive: tarfile.TarFile) -> None:
    names = {name.partition("/")[2] for name in archive.getnames()}
    kept = {"Makefile", "README.md", "LICENSE", "CONTRIBUTING.md", "requirements-dev.lock"}
    tests = {
        str(path.relative_to(ROOT))
        for folder in ("tests", "tools", "docs")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert kept | tests <= names


def test_nothing_of_a_user_is_in_either(archive: tarfile.TarFile, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = [*opened.namelist(), *archive.getnames()]
    own = [name for name in names if any(part in name for part in PERSONAL)]
    assert [name for name in own if "/tests/data/" not in name and "/tools/" not in name] == []


def test_the_program_is_called_rehearse(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        (points,) = (name for name in opened.namelist() if name.endswith("entry_points.txt"))
        text = opened.read(points).decode()
    assert text.split() == ["[console_scripts]", "rehearse", "=", "rehearse.cli:program"]
