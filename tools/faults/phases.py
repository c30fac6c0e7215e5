"""The phases of a session: how to reach each of them, and in which one a fault struck."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from enum import Enum
from pathlib import Path

from rehearse.takes.files import left_behind
from tools.faults.aftermath import folders
from tools.faults.scene import KEPT, QUESTION, READY, Scene

WATCHED = Path(__file__).parent / "watched"
ASKING = 2.5
"""Seconds that the question takes to be spoken."""
LONGEST_ANSWER = 6.0
ANSWER = 3.0
"""Seconds; enough to be written down."""
WRITING = 0.6
"""Seconds from Enter until such an answer is written down."""
ANALYSING = 0.1


class Phase(Enum):
    QUESTION = "question"
    RECORDING = "recording"
    TRANSCRIPTION = "transcription"
    ANALYSIS = "analysis"
    SAVING = "saving"
    AFTER = "afterwards"


AIMS = tuple(phase for phase in Phase if phase is not Phase.AFTER)


def watched(home: Path) -> dict[str, str]:
    """What to add to the surroundings of a session so that its analysis is seen."""
    paths = [str(WATCHED), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {"FAULTS_PHASES": str(notes_of(home)), "PYTHONPATH": os.pathsep.join(paths)}


def notes_of(home: Path) -> Path:
    """Beside the home, since the home is what is looked at afterwards."""
    return home.with_name(f"{home.name}.phases")


def reach(playing: Scene, aim: Phase, chance: float) -> None:
    """Go on until `chance` of a phase is over."""
    if aim is Phase.QUESTION:
        playing.terminal.until(QUESTION)
        playing.waits(chance * ASKING)
    elif aim is Phase.RECORDING:
        playing.hears(chance * LONGEST_ANSWER)
    else:
        playing.answers(ANSWER)
        _further(playing, aim, chance)


def _further(playing: Scene, aim: Phase, chance: float) -> None:
    if aim is Phase.TRANSCRIPTION:
        playing.waits(chance * WRITING)
    elif aim is Phase.ANALYSIS:
        playing.sees(lambda: _noted(playing.home))
        playing.waits(chance * ANALYSING)
    else:
        # A take is saved when its recording ends and when its analysis is done.
        if chance > 0.5:
            playing.sees(lambda: "done" in _noted(playing.home))
        playing.sees(lambda: _is_saving(playing.home) or KEPT in playing.terminal.words)


def struck(playing: Scene) -> Phase:
    """By what the session showed and left; to be asked when it is dead."""
    playing.terminal.look()
    shown, noted = playing.terminal.words, _noted(playing.home)
    if READY not in shown:
        return Phase.QUESTION
    if KEPT in shown:
        return Phase.AFTER
    if _is_saving(playing.home) or "done" in noted:
        return Phase.SAVING
    if not playing.pressed:
        return Phase.RECORDING
    return Phase.ANALYSIS if noted else Phase.TRANSCRIPTION


def spread(phases: Iterable[Phase]) -> str:
    found = Counter(phases)
    return ", ".join(f"{found[phase]} {phase.value}" for phase in Phase if found[phase])


def _noted(home: Path) -> str:
    path = notes_of(home)
    return path.read_text("utf-8") if path.exists() else ""


def _is_saving(home: Path) -> bool:
    return any(any(left_behind(folder)) for folder in folders(home))
