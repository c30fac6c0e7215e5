"""The power goes: an ext4 in a file is copied in the middle of a session that writes to it."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rehearse.model.take import Span
from tools.faults import disks
from tools.faults.outcome import Outcome
from tools.faults.phases import ASKING, LONGEST_ANSWER, WRITING
from tools.faults.room import Room
from tools.faults.scene import (
    KEPT,
    QUESTION,
    Aftermath,
    Scene,
    after,
    outcome,
    room,
    scene,
    side_by_side,
)

COUNT = 30
IN_ONE_SESSION = 10
MEGABYTES = 8
"""Room for a journal and an answer; the smaller, the quicker it is copied."""
TRIES = 20


@dataclass(frozen=True)
class Cut:
    """What the disk held at one moment, and what had been said by then."""

    image: Path
    spoken: tuple[Span, ...]


def tried(work: Path, count: int | None) -> Outcome:
    if not disks.allowed():
        return Outcome("power", 0, 0, 0, 0.0, "not tried: it takes root and a loop device")
    left, ends = count or COUNT, []
    with room(work) as one:
        for session in range(-(-left // IN_ONE_SESSION)):
            wanted = min(left - session * IN_ONE_SESSION, IN_ONE_SESSION)
            cuts = cut_off(one, work / f"session{session}", wanted)
            ends += side_by_side([partial(switched_on, one, cut) for cut in cuts])
    return outcome("power", ends)


def cut_off(room: Room, work: Path, count: int) -> list[Cut]:
    """Copies of the disk at random moments of one session, most of them while it records."""
    work.mkdir()
    image = work / "disk.img"
    disks.make_ext4(image, MEGABYTES)
    asking = count // 5
    writing = (count - asking) // 4
    with disks.from_file(image, work / "disk"), scene(room, work / "disk" / "home") as playing:
        cuts = []

        def cut() -> None:
            cuts.append(_cut(image, playing, len(cuts)))

        playing.terminal.until(QUESTION)
        _at_random(playing, ASKING, asking, cut)
        playing.hears()
        _at_random(playing, LONGEST_ANSWER, count - asking - writing - 1, cut)
        playing.stops()
        playing.terminal.press("\r")
        _at_random(playing, WRITING, writing, cut)
        playing.terminal.until(KEPT)
        cut()
        return cuts


def _at_random(playing: Scene, seconds: float, count: int, cut: object) -> None:
    assert callable(cut)
    before = 0.0
    for moment in sorted(random.uniform(0, seconds) for _ in range(count)):
        playing.waits(moment - before)
        cut()
        before = moment


def _cut(image: Path, playing: Scene, number: int) -> Cut:
    """Two copies in a row that are alike show how it was between the two."""
    spoken, content = playing.spoken, image.read_bytes()
    for _ in range(TRIES):
        before, spoken = content, playing.spoken
        content = image.read_bytes()
        if content == before:
            break
    copy = image.with_name(f"cut{number}.img")
    copy.write_bytes(content)
    return Cut(copy, spoken)


def switched_on(room: Room, cut: Cut) -> Aftermath:
    folder = cut.image.with_suffix("")
    with disks.from_file(cut.image, folder):
        end = after(folder / "home", room=room, answers=cut.spoken)
    if not disks.is_sound(cut.image):
        end = replace(end, problems=(*end.problems, "the file system is damaged"))
    cut.image.unlink()
    return end
