"""What is said stays on this machine and is open to nobody else: a whole practice, looked at from
outside. Its loop runs once, with a umask that leaves everything open, and without a network."""

from __future__ import annotations

import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from rehearse.commands import doctor, forgetting
from rehearse.config import Settings
from rehearse.errors import OpenToOthers
from rehearse.speech import models, natural, telemetry
from rehearse.takes.files import close_to_others, make_private
from rehearse.takes.store import TakeStore
from tests import apart, guard
from tests.hub import Hub, served
from tests.pulse import Pulse
from tests.spoken import Candidate, Spoken, needs_miniature
from tests.terminal import rehearse
from tests.test_loop import answer, plan

OPEN = 0
"""The umask that takes nothing away."""
SAID = (
    "Last spring, our booking site was failing every Friday night, and customers were calling to"
    " complain. My task was to find the cause."
)
NOWHERE = "192.0.2.1"
"""An address that is kept for documents: nobody has it."""
WITHOUT_NETWORK = apart.missing()
posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")


@dataclass(frozen=True)
class Practised:
    """What a loop through the program left behind."""

    home: Path
    exports: Path
    user: Path
    """The user's own folder, in which programs keep their caches."""
    counted: Path


def environment(user: Path, **more: str) -> dict[str, str]:
    """Without what turns telemetry off, as a test's own is off, and as a user's is not."""
    known = {*telemetry.OFF, "CI", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"}
    plain = {name: value for name, value in os.environ.items() if name not in known}
    return plain | {"HOME": str(user), "TMPDIR": str(user.parent / "temporary")} | more


def loop(practised: Practised, pulse: Pulse, said: Spoken) -> None:
    """An interview that is left after its first answer, and then all that can be done with it."""
    user, exports = practised.user, practised.exports
    known = environment(
        user,
        PULSE_SERVER=pulse.environment["PULSE_SERVER"],
        **{apart.COUNTED: str(practised.counted)},
    )
    within = () if WITHOUT_NETWORK else apart.WITHIN
    interview = ("loop", str(plan(user.parent)), "--no-follow-ups", "--model", "miniature")
    with rehearse(
        *interview, home=practised.home, environment=known, within=within, umask=OPEN
    ) as terminal:
        seen = answer(terminal, pulse, said)
        terminal.until("Take a break.", after=seen)
        terminal.press("q")
        assert terminal.ends() == 0
    (take,) = TakeStore(practised.home / "recordings").folders()
    notes = user.parent / "notes.md"
    notes.write_text("- Why do you want to work here?\n- What went wrong last year?\n", "utf-8")
    remarks = user.parent / "remarks.md"
    remarks.write_text(f"take: {take.name}\n\n- 0:01 Slower.\n", "utf-8")
    for arguments in (
        ("report", "--format", "html", "--link-audio"),
        ("report", "-o", str(exports / "report.md")),
        ("share", "-o", str(exports / "take.zip")),
        ("progress", "--format", "html", "-o", str(exports / "progress.html")),
        ("plan", "--rate", take.name, "good"),
        ("remarks", str(remarks)),
        ("questions", "import", str(notes)),
        ("analyze", take.name, "--model", "miniature"),
        ("demo", "--fast"),
    ):
        done = subprocess.run(
            [*within, sys.executable, "-m", "rehearse", *arguments, "--home", str(practised.home)],
            env=known,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            umask=OPEN,
        )
        assert done.returncode == 0, (arguments, done.stderr)


@pytest.fixture(scope="module")
def practised(
    pulse: Pulse, candidate: Candidate, tmp_path_factory: pytest.TempPathFactory
) -> Practised:
    folder = tmp_path_factory.mktemp("practised")
    for name in ("user", "exports", "temporary"):
        (folder / name).mkdir()
    made = Practised(
        folder / "all" / "home", folder / "exports", folder / "user", folder / "counts"
    )
    loop(made, pulse, candidate.say(SAID))
    return made


def open_to_others(folder: Path) -> list[str]:
    """All in it, itself too, that is not its owner's alone."""
    found = [folder, *folder.rglob("*")]
    return [
        f"{path} {stat.S_IMODE(path.stat().st_mode):o}"
        for path in found
        if stat.S_IMODE(path.stat().st_mode) != (0o700 if path.is_dir() else 0o600)
    ]


# --- who may look


@posix
@needs_miniature
def test_whatever_the_umask_all_that_is_kept_is_its_owners_alone(practised: Practised) -> None:
    assert len(list(practised.home.rglob("*"))) > 10
    assert open_to_others(practised.home) == []
    assert open_to_others(practised.home.parent)[1:] == [], "folders made on the way are closed too"


@posix
@needs_miniature
def test_what_is_written_elsewhere_is_closed_as_well(practised: Practised) -> None:
    assert len(list(practised.exports.iterdir())) == 3
    (demo,) = (practised.user.parent / "temporary").iterdir()
    assert [open_to_others(path) for path in (*practised.exports.iterdir(), demo)] == [[]] * 4


@posix
@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_the_file_that_says_that_a_take_is_being_recorded_is_closed(
    tmp_path: Path, umask: int
) -> None:
    before = os.umask(umask)
    try:
        store = TakeStore(tmp_path / "home" / "recordings")
        take = store.begin(None, "2026-05-09T10:30:00+02:00", {})
        with store.recorder(take):
            assert open_to_others(tmp_path / "home") == []
            assert store.is_being_recorded(store.folder / take.id)
            assert open_to_others(tmp_path / "home") == []
    finally:
        os.umask(before)


@posix
def test_a_folder_of_takes_that_is_open_is_closed_by_the_next_take_and_the_home_is_left(
    tmp_path: Path,
) -> None:
    (tmp_path / "home" / "recordings").mkdir(parents=True)
    for folder in (tmp_path / "home", tmp_path / "home" / "recordings"):
        folder.chmod(0o755)
    TakeStore(tmp_path / "home" / "recordings").begin(None, "2026-05-09T10:30:00+02:00", {})
    assert open_to_others(tmp_path / "home" / "recordings") == []
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o755


def test_a_disk_that_knows_no_permissions_stops_nothing(tmp_path: Path) -> None:
    close_to_others(tmp_path / "gone")


def test_a_folder_cannot_be_made_where_a_file_is(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError):
        make_private(tmp_path / "file")


@posix
def test_the_doctor_tells_what_is_open_and_how_to_close_it(tmp_path: Path) -> None:
    home = tmp_path / "my home"
    (home / "recordings").mkdir(parents=True)
    (home / "plan.json").write_text("{}")
    chosen = Settings(home=home, plain=True)
    for path, mode in ((home, 0o755), (home / "recordings", 0o755), (home / "plan.json", 0o600)):
        path.chmod(mode)
    with pytest.raises(OpenToOthers, match="can read") as caught:
        doctor.private(chosen)
    command = caught.value.mend.removeprefix("Run: ")
    subprocess.run(command, shell=True, check=True)
    assert "only your user account" in doctor.private(chosen)
    (home / "recordings").chmod(0o755)
    home.chmod(0o700)
    assert "only your user account" in doctor.private(chosen), "nobody comes through a closed home"


# --- what leaves the machine


@pytest.mark.skipif(bool(WITHOUT_NETWORK), reason=WITHOUT_NETWORK or "it may")
@needs_miniature
def test_nothing_in_the_whole_loop_reaches_for_the_network(practised: Practised) -> None:
    assert apart.attempts(practised.counted) == {}


@needs_miniature
def test_no_library_leaves_a_mark_of_its_own(practised: Practised) -> None:
    """Where telemetry is on, its first mark is an id of this machine."""
    ours = {"pulse", ".config"}  # the sound server's cookie
    assert [path.name for path in practised.user.iterdir() if path.name not in ours] == []


@pytest.mark.skipif(bool(WITHOUT_NETWORK), reason=WITHOUT_NETWORK or "it may")
@pytest.mark.parametrize("address", [NOWHERE, "2001:db8::1"])
def test_the_kernel_would_count_an_attempt(tmp_path: Path, address: str) -> None:
    program = f"import socket; socket.create_connection(({address!r}, 80))"
    done = subprocess.run(
        [*apart.WITHIN, sys.executable, "-S", "-c", program],
        env=os.environ | {apart.COUNTED: str(tmp_path / "counts")},
        capture_output=True,
    )
    assert done.returncode == 1
    assert sum(apart.attempts(tmp_path / "counts").values()) > 0


@pytest.fixture
def noted() -> Iterator[list[str]]:
    """What the guard caught on purpose; it is no fault of the test."""
    found: list[str] = []
    yield found
    found += guard.caught()
    assert found


def test_the_guard_stops_a_connection_a_look_up_and_a_door_for_others(noted: list[str]) -> None:
    with pytest.raises(guard.Reached), socket.socket() as one:
        one.connect((NOWHERE, 80))
    with pytest.raises(guard.Reached), socket.socket(type=socket.SOCK_DGRAM) as other:
        other.sendto(b"hello", (NOWHERE, 53))
    with pytest.raises(guard.Reached), socket.socket() as door:
        door.bind(("", 0))
    for look_up in (socket.gethostbyname, socket.gethostbyaddr):
        with pytest.raises(guard.Reached):
            look_up("huggingface.co")
    with pytest.raises(guard.Reached):
        urllib.request.urlopen("http://huggingface.co")
    assert len(guard.caught()) == 6
    with pytest.raises(guard.Reached):
        socket.getaddrinfo("huggingface.co", 443)


def test_the_guard_lets_this_machine_talk_to_itself() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        socket.create_connection(door.getsockname()).close()
        socket.create_connection(("localhost", door.getsockname()[1])).close()


def test_the_guard_is_in_the_processes_that_a_test_starts(noted: list[str]) -> None:
    program = f"import urllib.request as u; u.urlopen('http://{NOWHERE}')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 1
    assert "Reached" in done.stderr


def test_a_test_that_reaches_out_fails_though_its_program_carries_on(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(
        "from tests.conftest import nothing_is_reached_for, watched"
        "\n__all__ = ['nothing_is_reached_for', 'watched']"
    )
    (tmp_path / "test_it.py").write_text(
        "import socket\n"
        "def test_it():\n"
        "    try:\n"
        "        socket.gethostbyname('huggingface.co')\n"
        "    except BaseException:\n"
        "        pass\n"
    )
    root = str(Path(__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", ".", "test_it.py"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": root, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
    )
    assert re.search("1 passed,.* 1 error", done.stdout)  # a library's warnings may stand between
    assert "gethostbyname huggingface.co" in done.stdout


# --- what libraries would tell

LOADS = """
import json, os, sys
from pathlib import Path
import numpy
from rehearse.speech import models
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.speech.whisper import WhisperTranscriber
SileroVoiceActivity().listen()
WhisperTranscriber(models.miniature().path, "miniature").load()
import huggingface_hub.constants
seen = [huggingface_hub.constants.HF_HUB_DISABLE_TELEMETRY, os.environ["ORT_DISABLE_TELEMETRY"]]
print(json.dumps(seen))
"""


def in_a_process(program: str, user: Path) -> list[str]:
    """The lines that it prints, as a user's process and not as a test's."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment(user),
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@needs_miniature
def test_telemetry_is_off_before_a_library_could_start_it(tmp_path: Path) -> None:
    assert in_a_process(LOADS, tmp_path) == ['[true, "1"]']
    assert list(tmp_path.iterdir()) == []


SOCKETS = """
import sys
made = []
sys.addaudithook(lambda event, values: made.append(event) if event.startswith("socket.") else None)
"""


@needs_miniature
def test_loading_what_writes_down_makes_no_socket_and_loads_nothing_that_fetches(
    tmp_path: Path,
) -> None:
    """faster-whisper imports huggingface_hub's names; what is behind them stays unloaded."""
    fetching = ("huggingface_hub.file_download", "hf_xet", "httpx", "httpx2", "requests")
    tell = f"print(made, [name for name in {fetching} if name in sys.modules])"
    assert in_a_process(SOCKETS + LOADS + tell, tmp_path)[-1] == "[] []"


@pytest.mark.parametrize("command", ["--version", "takes", "plan"])
def test_a_command_that_hears_nothing_loads_no_hub(tmp_path: Path, command: str) -> None:
    asked = f"main([{command!r}, '--home', {str(tmp_path / 'home')!r}])"
    program = f"""
import contextlib
from rehearse.cli import main
with contextlib.suppress(SystemExit):
    {asked}
print(made, "huggingface_hub" in sys.modules)
"""
    assert in_a_process(SOCKETS + program, tmp_path)[-1] == "[] False"


def test_who_gives_the_model_is_told_no_more_than_the_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in telemetry.OFF:
        monkeypatch.delenv(name)
    parts = ("model.bin", "config.json", "tokenizer.json", "vocabulary.txt")
    with served(Hub("Systran/faster-whisper-small.en", dict.fromkeys(parts, b"part"))) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        models.get("small.en", lambda done, total: None)
    told = {part.split("/")[0] for agent in hub.agents for part in agent.split("; ")}
    assert told == {"unknown", "hf_hub", "python"}
    assert all("faster-whisper-small.en" in path for path in hub.asked)


# --- what is forgotten


@needs_miniature
def test_what_was_said_is_nowhere_once_it_is_forgotten(
    practised: Practised, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(practised.home, home)
    (take,) = TakeStore(home / "recordings").folders()
    traces = (b"complain", b"customers", take.name.encode())
    assert all(holding(home, trace) for trace in traces)
    done = subprocess.run(
        [sys.executable, "-m", "rehearse", "forget", "--all", "--yes", "--home", str(home)],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [holding(home, trace) for trace in traces] == [[]] * 3
    assert not any((home / name).exists() for name in forgetting.OF_THE_USER)


def holding(home: Path, trace: bytes) -> list[Path]:
    """Files with these bytes in them, or in their names."""
    return [
        path
        for path in home.rglob("*")
        if trace in str(path.relative_to(home)).encode()
        or (path.is_file() and trace in path.read_bytes())
    ]


def test_one_place_alone_loads_the_library_that_would_report() -> None:
    """Elsewhere nobody would have switched its reports off."""
    package = Path(telemetry.__file__).parent.parent
    loads = re.compile(r"^\s*(?:import|from) onnxruntime\b", re.MULTILINE)
    found = [one.name for one in package.rglob("*.py") if loads.search(one.read_text("utf-8"))]
    assert found == ["engines.py"]


def test_the_natural_voice_leaves_no_mark(tmp_path: Path) -> None:
    if not natural.is_installed():
        pytest.skip("the extra 'natural' is not installed")
    for name in ("user", "temporary"):
        (tmp_path / name).mkdir()
    said = (
        "from rehearse.speech import natural, voice;"
        "print(voice.SpokenVoice(natural.usual(None), 165).render('Hello there.').duration)"
    )
    around = environment(tmp_path / "user")
    spoken = subprocess.run(
        [sys.executable, "-c", said], env=around, capture_output=True, text=True
    )
    assert float(spoken.stdout) > 0.3, spoken.stderr
    assert list((tmp_path / "user").iterdir()) == []
    assert list((tmp_path / "temporary").iterdir()) == []
