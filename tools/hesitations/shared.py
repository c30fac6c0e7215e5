"""Speech of people, and of a neural voice, from `../shared/speech`: read where it lies beside the
project, never copied."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse.analysis.sound.ear_training import Mark
from rehearse.analysis.sound.prosody import QUIET, SPEECH_LEVEL, VOICED
from rehearse.analysis.sound.voicing import HOP, frames
from rehearse.audio.recordings import decode
from rehearse.model.take import Span
from tools.hesitations.corpus import Recording

if TYPE_CHECKING:
    from rehearse.model.take import Samples

SHARED = Path(__file__).parents[3] / "shared" / "speech"
NASAL = frozenset({"um", "erm"})
SLACK = 0.05
"""Seconds by which a mark's edges may be off."""
SHORTEST = 0.13
"""Seconds of a mark's voice."""
HOLE = 6
"""Frames of voice that may be missing inside."""
LATE = 0.35
"""Seconds into a mark at which its voice may begin."""


def shared_recordings() -> list[Recording]:
    """Empty where the folder is missing."""
    index = SHARED / "index.jsonl"
    if not index.exists():
        return []
    return [_recording(json.loads(line)) for line in index.read_text("utf-8").splitlines()]


def neural_recordings() -> list[Recording]:
    """Answers of a neural voice; empty where the folder is missing."""
    return [_neural(path) for path in sorted((SHARED / "neural").glob("*.flac"))]


def _neural(path: Path) -> Recording:
    said = json.loads(path.with_suffix(".json").read_text("utf-8"))["fillers"]
    marks = tuple(Mark(Span(start, end), word in NASAL) for word, start, end in said)
    return Recording(path.stem, decode(path), marks)


def _recording(row: dict[str, Any]) -> Recording:
    path = SHARED / row["file"]
    sound = decode(path)
    return Recording(
        path.stem,
        sound,
        tuple(
            Mark(_voiced_part(sound, mark["start"], mark["end"]), mark["word"] in NASAL)
            for mark in row["fillers"]
        ),
        tuple(Span(mark["start"], mark["end"]) for mark in row.get("backchannels_ignore", [])),
    )


def _voiced_part(sound: Samples, start: float, end: float) -> Span:
    """A mark may begin early and often ends late: its longest stretch of voice, or the whole mark
    where that is short or lies at its end, which may be another word."""
    seen = frames(sound)
    level = float(np.percentile(seen.level[seen.voicing > VOICED], SPEECH_LEVEL))
    first, last = max(0, int((start - SLACK) / HOP)), int((end + SLACK) / HOP)
    voiced = (seen.voicing > VOICED) & (seen.level > level - QUIET)
    places = np.flatnonzero(voiced[first:last]) + first
    if not len(places):
        return Span(start, end)
    parts = np.split(places, np.flatnonzero(np.diff(places) > HOLE) + 1)
    longest = max(parts, key=lambda part: int(part[-1] - part[0]))
    part = Span(float(longest[0]) * HOP, float(longest[-1] + 1) * HOP)
    fits = part.duration >= SHORTEST and part.start <= start + LATE
    return part if fits else Span(start, end)
