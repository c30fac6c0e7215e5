"""Fits the ears that come with the program: those of the models that most people use.

    python -m tools.hesitations.train            three minutes on one core

Learns from the package's own clips and from people. Without the clips of people it says so.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rehearse.analysis.sound.ear_training import Mark, MarkedClip, fitted
from rehearse.errors import ModelMissing
from rehearse.model.take import SAMPLE_RATE, Span
from rehearse.speech import ear_fitting, ears, models
from rehearse.speech.encoder import encoded
from rehearse.speech.whisper import WhisperTranscriber
from tools.hesitations.corpus import Recording
from tools.hesitations.shared import shared_recordings
from tools.questions.installed import NotHere, whisper_base

MODELS = ("tiny.en", "base")
WINDOW = 30.0
"""Seconds."""


@dataclass(frozen=True)
class Material:
    """What an ear of one model is fitted to."""

    package: list[MarkedClip]
    people: dict[str, MarkedClip]


def main() -> None:
    for name in MODELS:
        folder = folder_of(name)
        if folder is None:
            sys.stderr.write(f"{name} is not on this machine, left out.\n")
            continue
        learned = material(WhisperTranscriber(folder, name).load())
        if not learned.people:
            sys.stderr.write("../shared/speech is not there: fitted without people.\n")
        ear = fitted([*learned.package, *learned.people.values()])
        for old in ears.BUILT_IN.glob(f"{name}-*.npz"):
            old.unlink()
        ears.write(ears.BUILT_IN, folder, ear, name=name)


def folder_of(name: str) -> Path | None:
    try:
        return models.find(name).path
    except ModelMissing:
        pass
    try:
        return whisper_base() if name == "base" else None
    except NotHere:
        return None


def material(model: Any) -> Material:
    recordings = shared_recordings()
    heard = _heard(model, recordings)
    people = {one.name: clip for one, clip in zip(recordings, heard, strict=True)}
    return Material(list(ear_fitting.clips(model, kept_apart=False)), people)


def _heard(model: Any, recordings: Iterable[Recording]) -> Iterator[MarkedClip]:
    """What goes on behind a window is left out."""
    for one in recordings:
        samples = one.sound[: round(WINDOW * SAMPLE_RATE)]
        seconds = len(samples) / SAMPLE_RATE
        marks = tuple(_within(one.marks, seconds))
        yield MarkedClip(encoded(model, samples), seconds, marks, one.unsure)


def _within(marks: Iterable[Mark], seconds: float) -> Iterator[Mark]:
    for mark in marks:
        if mark.span.start < seconds:
            yield Mark(Span(mark.span.start, min(mark.span.end, seconds)), mark.nasal)


if __name__ == "__main__":
    main()
