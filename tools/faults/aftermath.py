"""What is left after a fault: `recover` and `takes`, held against the disk and the room."""

from __future__ import annotations

import json
import subprocess
import sys
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rehearse.errors import UnreadableFile
from rehearse.model.take import Span
from rehearse.takes import take_json
from rehearse.takes.index import INDEX_FILE
from tools.faults.outcome import ALLOWED_LOSS
from tools.faults.room import Room

PATIENCE = 120.0
ROUNDING = 0.001
"""Seconds; what `takes --json` rounds to."""


@dataclass(frozen=True)
class Aftermath:
    problems: tuple[str, ...]
    """Sentences; none where everything is as it should be."""
    takes_lost: int
    loss: float
    """Seconds of sound in the answer that lost the most."""

    @property
    def whole(self) -> bool:
        return not self.problems and not self.takes_lost and self.loss <= ALLOWED_LOSS


def after(
    home: Path,
    *,
    room: Room | None = None,
    answers: Sequence[Span] = (),
    environment: dict[str, str] | None = None,
    screen: str = "",
) -> Aftermath:
    """`answers` are when somebody spoke into an open microphone, in the room's seconds; `screen`
    is what the session showed. Runs `rehearse recover`, then `rehearse takes --json`."""
    surroundings = environment or (room.environment if room else None)
    kept = {folder.name: sound_of(folder) for folder in folders(home)}
    shown = ("Traceback", "terminate called", "Aborted")
    problems = [f"the session showed '{text}'" for text in shown if text in screen]
    recovered = run("recover", "--model", "miniature", home=home, environment=surroundings)
    problems += complaints("recover", recovered)
    listing = run("takes", "--json", home=home, environment=surroundings)
    problems += complaints("takes", listing)
    listed = read_listing(listing.stdout, problems)
    problems += lost_since(kept, home)
    for folder in folders(home):
        problems += half_written(folder, listed)
    problems += strangers(home, listed)
    takes_lost, loss = losses(home, room.find, answers, problems) if room else (0, 0.0)
    return Aftermath(tuple(problems), takes_lost, loss)


def run(
    *arguments: str, home: Path, environment: dict[str, str] | None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rehearse", *arguments, "--home", str(home)],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def complaints(name: str, done: subprocess.CompletedProcess[str]) -> list[str]:
    said = done.stdout + done.stderr
    problems = []
    if done.returncode:
        problems.append(f"{name} ended with {done.returncode}: {said.strip()[-500:]}")
    if "Traceback" in said:
        problems.append(f"{name} showed a traceback")
    return problems


def folders(home: Path) -> list[Path]:
    """Every folder in `recordings/` that holds something: where the power goes before a take's
    first file is written, its folder is empty, nobody has spoken, and it is no take."""
    place = home / "recordings"
    found = place.iterdir() if place.is_dir() else ()
    return sorted(entry for entry in found if entry.is_dir() and any(entry.iterdir()))


def sound_of(folder: Path) -> bytes:
    """What lies behind the header, whatever that says."""
    path = folder / take_json.SOUND_FILE
    return path.read_bytes()[take_json.HEADER_BYTES :] if path.exists() else b""


def read_listing(text: str, problems: list[str]) -> dict[str, Any]:
    try:
        return {take["id"]: take for take in map(json.loads, text.splitlines())}
    except (ValueError, KeyError, TypeError):
        problems.append("takes --json printed something else")
        return {}


def lost_since(kept: dict[str, bytes], home: Path) -> list[str]:
    """What reached the disk must be there after `recover`, byte for byte."""
    now = {folder.name: sound_of(folder) for folder in folders(home)}
    return [
        f"{name}: sound that reached the disk is gone or changed"
        for name, sound in kept.items()
        if sound and now.get(name) != sound
    ]


def half_written(folder: Path, listed: dict[str, Any]) -> list[str]:
    """What is wrong with one take's files, or with how it is listed."""
    name, sound = folder.name, sound_of(folder)
    problems = []
    try:
        take = take_json.load((folder / take_json.TAKE_FILE).read_text("utf-8"), name)
        if take.ending is None:
            problems.append(f"{name}: take.json says that it is still being recorded")
    except (OSError, UnicodeDecodeError, UnreadableFile) as error:
        problems.append(f"{name}: take.json cannot be read ({error})")
    frames = frames_of(folder)
    is_there = (folder / take_json.SOUND_FILE).exists()  # a take that has just begun has none yet
    if is_there and frames != len(sound) // take_json.BYTES_PER_SAMPLE:
        problems.append(f"{name}: the header of its sound tells {frames} samples")
    if name not in listed:
        problems.append(f"{name}: is not listed")
    elif abs(listed[name]["duration"] - len(sound) / take_json.BYTES_PER_SECOND) > ROUNDING:
        problems.append(f"{name}: is listed with {listed[name]['duration']} s")
    return problems


def frames_of(folder: Path) -> int | None:
    """Samples by the header of the sound, as any player counts them; None where it is no WAV."""
    try:
        with wave.open(str(folder / take_json.SOUND_FILE), "rb") as file:
            return file.getnframes()
    except (OSError, EOFError, wave.Error):
        return None


def strangers(home: Path, listed: dict[str, Any]) -> list[str]:
    """Temporary files, and takes in the list that no folder holds."""
    there = {folder.name for folder in folders(home)}
    problems = [f"{name}: is listed, and has no folder" for name in listed if name not in there]
    known = {take_json.TAKE_FILE, take_json.SOUND_FILE}
    for folder in folders(home):
        problems += [
            f"{folder.name}: {file.name} was left behind"
            for file in folder.iterdir()
            if file.name not in known
        ]
    if (home / "recordings").is_dir():
        problems += [
            f"recordings/{entry.name} was left behind"
            for entry in (home / "recordings").iterdir()
            if entry.is_file() and entry.name != INDEX_FILE
        ]
    return problems


def losses(
    home: Path,
    find: Callable[[bytes], tuple[Span, float] | None],
    answers: Sequence[Span],
    problems: list[str],
) -> tuple[int, float]:
    """How many answers are gone altogether, and the seconds that the worst one lacks; `find` tells
    when a take was spoken and how much is missing inside it."""
    placed = []
    for folder in folders(home):
        if sound := sound_of(folder):
            place = find(sound)
            if place is None:
                problems.append(f"{folder.name}: holds sound that nobody made")
            else:
                placed.append(place)
    takes_lost, worst = 0, 0.0
    for answer in answers:
        there = [missing(answer, span, gap) for span, gap in placed if overlap(answer, span) > 0]
        lack = min(there, default=answer.duration)
        takes_lost += not there and lack > ALLOWED_LOSS
        worst = max(worst, lack)
    return takes_lost, worst


def missing(answer: Span, take: Span, gap: float) -> float:
    """Seconds of the answer that its take lacks; `gap` are those inside the take."""
    return max(0.0, answer.duration - overlap(answer, take) + max(0.0, gap))


def overlap(one: Span, other: Span) -> float:
    return min(one.end, other.end) - max(one.start, other.start)
