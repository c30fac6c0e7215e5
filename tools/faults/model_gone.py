"""The model's folder is removed or damaged: before a session, while it loads, and in mid-session.

Every take keeps its sound, and has its words at the latest when `recover` finds the model whole.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rehearse.speech.models import MINIATURE
from tools.faults.aftermath import Aftermath, run
from tools.faults.outcome import Outcome
from tools.faults.room import Room
from tools.faults.scene import KEPT, outcome, room, scene, side_by_side
from tools.faults.several import PRACTICE, TO_GO, Several

ANSWER = 4.0
WAITING = "Not written down yet"


def tried(work: Path, count: int | None) -> Outcome:
    wanted = [(fault, moment) for fault in FAULTS for moment in MOMENTS][:count]
    with room(work) as one:
        ends = side_by_side(
            [partial(struck, one, work / str(n), *both) for n, both in enumerate(wanted)]
        )
    waited = sum(count for _, count in ends)
    note = f"{', '.join(FAULTS)}; {waited} takes waited for recover"
    return outcome("model-gone", [end for end, _ in ends], note)


def struck(room: Room, work: Path, fault: str, moment: str) -> tuple[Aftermath, int]:
    """How it ended, and how many takes had to wait for their words."""
    model, home = work / "model", work / "home"
    shutil.copytree(MINIATURE, model)
    hurt = partial(FAULTS[fault], model)
    if moment == "before":
        hurt()
    arguments = (*PRACTICE[:-1], str(model))
    with scene(room, home, *arguments) as playing:
        held = Several(playing)
        held.tries(partial(_story, held, moment, hurt))
        held.problems = [f"{fault} at {moment}: {each}" for each in held.problems]
    waited = playing.terminal.words.count(WAITING)
    shutil.rmtree(model, ignore_errors=True)
    shutil.copytree(MINIATURE, model)
    run("recover", "--model", str(model), home=home, environment=room.environment)
    listed = run("takes", "--json", home=home, environment=room.environment).stdout.splitlines()
    silent = [take["id"] for take in map(json.loads, listed) if not take["words"]]
    held.expects(len(listed) == 2 and not silent, f"{fault} at {moment}: no words in {silent}")
    return held.aftermath(), waited


def _story(held: Several, moment: str, hurt: Callable[[], None]) -> None:
    """Two answers; each ends with a report, with or without its words."""
    held.reads("Question 1 of 4")
    if moment == "loading":
        hurt()
    held.opens()
    held.playing.waits(ANSWER)
    if moment == "answer":
        hurt()
    held.speaks(ANSWER)
    held.reads(KEPT)
    held.reads(TO_GO)
    if moment == "between":
        hurt()
    held.presses("\r")
    held.answers(ANSWER)
    held.leaves()


def _removed(model: Path) -> None:
    shutil.rmtree(model)


def _truncated(model: Path) -> None:
    with (model / "model.bin").open("r+b") as file:
        file.truncate((model / "model.bin").stat().st_size // 2)


def _garbage(model: Path) -> None:
    (model / "model.bin").write_bytes(random.randbytes((model / "model.bin").stat().st_size))


def _without_tokenizer(model: Path) -> None:
    """Without it the library behind would ask the network for one."""
    (model / "tokenizer.json").unlink()


FAULTS: dict[str, Callable[[Path], None]] = {
    "removed": _removed,
    "truncated": _truncated,
    "garbage": _garbage,
    "without tokenizer": _without_tokenizer,
}
MOMENTS = ("before", "loading", "answer", "between")
