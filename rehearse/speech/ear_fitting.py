"""Fits an ear to a model on this machine: `python -m rehearse.speech.ear_fitting FOLDER`.

It learns from synthetic clips that come with the program and is checked on clips of other voices.
It is a process of its own, because a model takes much memory and may end whoever runs it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from typing import Any

from rehearse.analysis.sound.ear_training import Mark, MarkedClip, Score, fitted, score
from rehearse.audio.recordings import decode
from rehearse.model.take import SAMPLE_RATE, Span
from rehearse.speech import ears, telemetry
from rehearse.speech.cores import usual_threads
from rehearse.speech.encoder import encoded, keeping_whisper

CLIPS = ears.BUILT_IN / "clips"
LEAST_PRECISION, LEAST_RECALL = 0.8, 0.6
"""On the clips kept apart: less would say more wrong than right things to people."""


class ExitCode(IntEnum):
    """Exit codes; any other is a process that was ended."""

    FITTED = 0
    WEAK = 3


def fit_apart(model: Path) -> ExitCode | None:
    """In a process of its own; None where that came to no end."""
    root = str(Path(__file__).parents[2])
    paths = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-m", "rehearse.speech.ear_fitting", str(model.absolute())],
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return ExitCode(done.returncode) if done.returncode in list(ExitCode) else None


def clips(model: Any, *, kept_apart: bool) -> Iterator[MarkedClip]:
    """Those of the package, as a keeping model's encoder hears them."""
    for row in json.loads((CLIPS / "clips.json").read_text("utf-8")):
        if row["kept_apart"] is kept_apart:
            samples = decode(CLIPS / row["file"])
            marks = [Mark(Span(start, end), said == "um") for said, start, end in row["said"]]
            seconds = len(samples) / SAMPLE_RATE
            yield MarkedClip(encoded(model, samples), seconds, tuple(marks))


def is_good(found: Score) -> bool:
    return found.precision >= LEAST_PRECISION and found.recall >= LEAST_RECALL


def main(folder: Path) -> ExitCode:
    telemetry.switch_off()
    model = keeping_whisper()(
        str(folder),
        device="cpu",
        compute_type="int8",
        cpu_threads=usual_threads(),
        local_files_only=True,
    )
    ear = fitted(list(clips(model, kept_apart=False)))
    good = is_good(score(ear, list(clips(model, kept_apart=True))))
    ears.write(ears.fitted_here(), folder, ear if good else None)
    return ExitCode.FITTED if good else ExitCode.WEAK


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
