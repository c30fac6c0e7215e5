"""The wheel on every Python, with the versions that an installation takes today, several at once.

There it plays the demo, analyses a recording and looks at the machine.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

import numpy as np

from rehearse.commands.demo import read_script
from rehearse.takes.take_json import wav_header
from tools.miniature.speak import Speaker, Voice
from tools.pythons.found import BUILD, Failed, Python, environment, found, install, missing, this

AT_ONCE = 2
SAID = "I decided to read every log, and I saw that one report was locking the database."
PATIENCE = 600
"""Seconds; each takes a few."""
_UNWANTED = re.compile(r"Traceback|^.*\w+Warning: ", re.MULTILINE)
"""What no user may see."""


@dataclass(frozen=True)
class Try:
    arguments: tuple[str, ...]
    codes: tuple[int, ...]
    says: str


TRIES = (
    Try(("demo", "--fast"), (0,), "Situation"),
    Try(("analyze", "said.wav", "--model", "miniature", "--json"), (0,), "database"),
    # It ends with 1 where there is no microphone.
    Try(("doctor",), (0, 1), "microphone"),
)


def main() -> int:
    pythons = [python for python in found() if python.version[:2] != this()] or found()
    wheel = _built()
    sound = _said()
    with ThreadPoolExecutor(AT_ONCE) as hands:
        told = list(hands.map(_tried, pythons, repeat(wheel), repeat(sound)))
    print("\nThe wheel, installed with the versions of today:")
    for python, (why, seconds) in zip(pythons, told, strict=True):
        print(f"{python.name:<16}{why or 'works: demo, analyze, doctor'}, {seconds:.0f} s")
    if all(python.version[:2] == this() for python in pythons):
        print("There is no other Python here, so it was tried on this one only.")
    for name in missing(found()):
        print(f"{name:<16}not on this machine, so not tried")
    return 1 if any(why for why, _ in told) else 0


def _built() -> Path:
    folder = BUILD / "wheel"
    shutil.rmtree(folder, ignore_errors=True)
    print("Building the wheel.", flush=True)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = folder.glob("*.whl")
    return wheel.resolve()


def _said() -> bytes:
    """A recording, in the demo's voice."""
    script = read_script()
    sound = Speaker().speak(SAID, Voice(script.candidate_voice, script.rate)).sound
    pcm = (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()
    return wav_header(len(pcm)) + pcm


def _tried(python: Python, wheel: Path, sound: bytes) -> tuple[str, float]:
    """What went wrong, empty for nothing; and the seconds it took."""
    began = time.monotonic()
    print(f"{python.name}: installing the wheel", flush=True)
    try:
        program = environment(python, "wheel")
        install(program, wheel)
    except Failed as failed:
        return f"could not be installed:\n{failed}\n", time.monotonic() - began
    folder = program.parent.parent.resolve() / "tried"
    folder.mkdir()
    (folder / "said.wav").write_bytes(sound)
    wrong = "".join(_wrong(program.parent.resolve() / "rehearse", one, folder) for one in TRIES)
    return wrong, time.monotonic() - began


def _wrong(rehearse: Path, one: Try, folder: Path) -> str:
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [rehearse, *one.arguments, "--home", "home"],
        env=plain | {"PYTHONWARNINGS": "default"},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    said = done.stdout + done.stderr
    if done.returncode in one.codes and one.says in done.stdout and not _UNWANTED.search(said):
        return ""
    return f"'rehearse {' '.join(one.arguments)}' ended with {done.returncode}:\n{said}\n"
