"""Takes to listen to again, in a home of their own; each word is a click of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rehearse.model.take import SAMPLE_RATE, Ending, Kind, Question, Take
from rehearse.takes.store import TakeStore
from tests.speech import Spoken

if TYPE_CHECKING:
    from rehearse.model.take import Samples

CLICK = 0.025
"""Seconds."""
QUESTION = Question("What went wrong?", Kind.BEHAVIOURAL)


def clicks(starts: Iterable[float], duration: float) -> Samples:
    sound = np.zeros(round(duration * SAMPLE_RATE), np.float32)
    click = 0.7 * np.sin(2 * np.pi * 1500 * np.arange(round(CLICK * SAMPLE_RATE)) / SAMPLE_RATE)
    for start in starts:
        first = round(start * SAMPLE_RATE)
        sound[first : first + len(click)] = click
    return sound


def clicked(said: Spoken) -> Samples:
    return clicks([word.start or 0.0 for word in said.words], said.sound.duration)


def keep(
    home: Path, sound: Samples, said: Spoken | None = None, *, question: Question = QUESTION
) -> Take:
    """A take in `home`, with its words where there are any."""
    store = TakeStore(home / "recordings")
    take = store.begin(question, "2026-05-04T10:30:00+02:00", {})
    with store.recorder(take) as recorder:
        recorder.write((sound * 32767).astype("<i2").tobytes())
    take = replace(take, ending=Ending.ENDED)
    if said is not None:
        take = replace(take, sound=said.sound, transcript=said.transcript)
    store.save(take)
    return take


def onsets(sound: Samples, rate: int) -> list[float]:
    """Seconds at which clicks begin."""
    loud = np.flatnonzero(np.abs(sound) > 0.1) / rate
    apart = 4 * CLICK
    return [float(at) for n, at in enumerate(loud) if n == 0 or at - loud[n - 1] > apart]
