"""rehearse doctor: shows what works, what does not, and how to fix it."""

from __future__ import annotations

import argparse
import os
import platform
import shlex
import shutil
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from rich.live import Live
from rich.table import Table
from rich.text import Text

from rehearse import __version__, app
from rehearse.audio import devices
from rehearse.audio.microphone import Microphone
from rehearse.audio.speaker import Speaker
from rehearse.config import CONFIG_FILE, Settings, settings
from rehearse.errors import (
    DiskFull,
    EarFailed,
    ModelMissing,
    OpenToOthers,
    RehearseError,
    SpeakerFailed,
)
from rehearse.model.take import SAMPLE_RATE
from rehearse.ports import Clip
from rehearse.questions.packs import PERSONAL
from rehearse.schedule.planfile import PLAN_FILE
from rehearse.session.resume import SESSION_FILE
from rehearse.session.writer import decibels, peak
from rehearse.speech import models, natural
from rehearse.takes.files import is_open
from rehearse.takes.store import TakeStore
from rehearse.takes.take_json import BYTES_PER_SECOND
from rehearse.views import live

LISTEN = 1.0
"""Seconds of sound to judge a microphone by."""
SPOKEN = 3.0
"""Seconds in which somebody who is asked to can say something."""
CONTAINER = ("/.dockerenv", "/run/.containerenv")
"""Files that Docker and Podman leave in a container."""
SILENT = "If you spoke, it is switched off, or this terminal may not use it."
QUIET, LOUD = -30.0, -3.0
"""dBFS of the loudest moment; below is too little for a model, above is often cut off."""
LEAST_FREE = 200_000_000
"""Bytes; an hour of takes needs 115 MB, and a full disk ends a recording."""
OWN = (CONFIG_FILE, PLAN_FILE, SESSION_FILE)
"""Private files in the home, beside the folders of takes and packs."""
WORTH_NAMING = ("faster-whisper", "ctranslate2", "sounddevice", "pyttsx3", "numpy", "av", "rich")


@dataclass(frozen=True)
class Finding:
    what: str
    works: bool
    text: str
    needed: bool = True
    """Whether practice needs it."""


def run(args: argparse.Namespace) -> int:
    chosen = settings(args)
    found = []
    console = app.console(chosen)
    for what, needed, look in CHECKS:
        finding = _finding(what, needed, look, chosen)
        found.append(finding)
        console.print(_line(finding))
    for text in _devices():
        console.print(text)
    if all(finding.works for finding in found):
        console.print("\nEverything is ready. To begin: rehearse")
    missing = [finding.what for finding in found if finding.needed and not finding.works]
    if missing:
        console.print(
            f"\nPractice still needs: {', '.join(missing)}. You can try 'rehearse demo' now."
        )
    return 1 if missing else 0


def _finding(what: str, needed: bool, look: Callable[[Settings], str], chosen: Settings) -> Finding:
    try:
        return Finding(what, True, look(chosen), needed)
    except RehearseError as error:
        return Finding(what, False, str(error), needed)


def _line(finding: Finding) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(width=11)
    table.add_column(width=7)
    table.add_column(overflow="fold")  # the end of a path is what one looks for
    mark = Text("ok", "green") if finding.works else Text("problem", "yellow")
    table.add_row(finding.what, mark, Text(finding.text))
    return table


def _devices() -> list[Text]:
    """The devices for --microphone and --speaker; empty where they cannot be listed."""
    lines = []
    for flag, listed in (("--microphone", devices.inputs), ("--speaker", devices.outputs)):
        with suppress(EarFailed, SpeakerFailed):
            lines += [Text(f"\nFor {flag}:")] if listed() else []
            lines += [
                Text(f"  {device.number:>3}  {device.name}{'  (default)' * device.default}")
                for device in listed()
            ]
    return lines


def said(chosen: Settings) -> str:
    """Listens to the user, with a level that moves; the device and its level. Exact silence is no
    microphone that works. Raises EarFailed and EarLost."""
    console = app.console(chosen, stderr=True)
    if console.is_terminal:
        console.print("Say something now.", style="bold")
    moves = not chosen.plain and console.is_terminal
    with Live(console=console, transient=True) if moves else nullcontext() as line:

        def show(level: float | None) -> None:
            if line is not None:
                line.update(Text(f"  {live.meter(level)}", style="green"))

        text = microphone(chosen, seconds=SPOKEN, show=show)
    if SILENT in text:
        raise EarFailed(text.removesuffix(f" {SILENT}"), f"{SILENT} {_around()}".strip())
    return text


def _around() -> str:
    """What about this system may keep a microphone away; "" where nothing does."""
    if name := os.environ.get("PULSE_SOURCE"):
        return f"PULSE_SOURCE names '{name}': run 'unset PULSE_SOURCE' to use another."
    if "microsoft" in platform.release().lower():
        return "This is WSL: allow the microphone in the privacy settings of Windows."
    if any(Path(mark).exists() for mark in CONTAINER):
        return "This is a container: it hears nothing unless you give it the host's sound server."
    if platform.system() == "Darwin":
        return "On a Mac: System Settings, Privacy & Security, Microphone."
    return ""


def microphone(
    chosen: Settings,
    seconds: float = LISTEN,
    show: Callable[[float | None], None] = lambda _: None,
) -> str:
    """Listens for some seconds; the device and its level. `show` gets the level of each moment.
    Raises EarFailed and EarLost."""
    device = devices.find_input(chosen.microphone)
    loudest = heard = 0
    with Microphone(chosen.microphone).open() as hearing:
        while heard < seconds * BYTES_PER_SECOND:
            block = hearing.read(LISTEN) or b""
            heard += len(block)
            loudest = max(loudest, peak(block))
            show(decibels(peak(block)))
    level = decibels(loudest)
    if level is None:
        return f"{device.name}: completely silent. {SILENT}"
    return f"{device.name}: level {level:.0f} dBFS, {_judged(level)}"


def _judged(level: float) -> str:
    if level < QUIET:
        return "quiet. If you spoke, come closer or turn the microphone up"
    return "very loud. Move back a little, or turn the microphone down" if level > LOUD else "good"


def speaker(chosen: Settings) -> str:
    """Plays a moment of silence; the device. Raises SpeakerFailed."""
    import numpy as np

    device = devices.find_output(chosen.speaker)
    Speaker(chosen.speaker).play(Clip(np.zeros(SAMPLE_RATE // 10, np.float32), SAMPLE_RATE))
    return device.name


def voice(chosen: Settings) -> str:
    """Renders a word; the voice and its rate. Raises VoiceFailed."""
    app.voice(chosen).render("Hello.")
    name = natural.usual(chosen.voice) or "the default voice"
    return (
        f"{name}{', a natural voice,' * natural.is_natural(name)} at {chosen.rate} words a minute"
    )


def model(chosen: Settings) -> str:
    """Loads the model, which finds incomplete files; its name and folder. Raises ModelMissing."""
    try:
        app.transcriber(chosen).load()
    except ModelMissing:
        there = app.stand_in(chosen)
        if there is None:
            raise
        return f"{there.name} in {there.path}, until {chosen.model} can be fetched"
    found = models.find(chosen.model)
    return f"{found.name} in {found.path}"


def disk(chosen: Settings) -> str:
    """The free space on the disk of the takes. Raises DiskFull."""
    free = shutil.disk_usage(_existing(chosen.recordings)).free
    if free < LEAST_FREE:
        raise DiskFull(f"Only {free / 1e6:.0f} MB are free.", "Make room for your takes.")
    return f"{free / 1e9:.0f} GB free, room for {free / BYTES_PER_SECOND / 3600:.0f} hours"


def folder(chosen: Settings) -> str:
    """The folder of the takes. Raises HomeNotWritable."""
    TakeStore(chosen.recordings).check()
    return str(chosen.recordings)


def private(chosen: Settings) -> str:
    """Whether other users can read the user's files. Raises OpenToOthers. If the home is closed, so
    is all that is in it."""
    if os.name != "posix":
        return "your user folder is closed to other users"
    own = (chosen.recordings, chosen.prompts / PERSONAL, *(chosen.home / name for name in OWN))
    loose = [str(path) for path in own if path.exists() and is_open(path)]
    if loose and is_open(chosen.home):
        raise OpenToOthers(
            f"Other users of this machine can read {', '.join(loose)}.",
            f"Run: chmod go= {shlex.join(loose)}",
        )
    return "only your user account can open your recordings"


def versions(_: Settings) -> str:
    parts = ", ".join(f"{name} {version(name)}" for name in WORTH_NAMING)
    return f"rehearse {__version__}, Python {platform.python_version()}, {parts}"


def _existing(path: Path) -> Path:
    """The folder itself, or the nearest parent that exists."""
    return next(place for place in (path, *path.parents) if place.exists())


CHECKS: tuple[tuple[str, bool, Callable[[Settings], str]], ...] = (
    ("microphone", True, said),
    ("speaker", False, speaker),
    ("voice", False, voice),
    ("model", True, model),
    ("disk", True, disk),
    ("folder", True, folder),
    ("privacy", False, private),
    ("versions", False, versions),
)
