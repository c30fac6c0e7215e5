"""Speech of people, and of a neural voice, from `../shared/speech`: read where it lies beside the
project, never copied."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse.analysis.sound.ear_training import Mark
from rehearse.analysis.sound.prosody import QUIET, SPEECH_LEVEL, VOICED
from rehearse.analysis.sound.voicing import HOP, frames
from rehearse.audio.recordings import decode
from rehearse.model.take import Span
from tools.hesitations.corpus import Recording
from tools.hesitations.other_sounds import Kind

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
CUT = 0.4
"""Seconds before a break in speech in which the word is that was cut off."""
LONG, PER_LETTER, BESIDES = 1.3, 0.05, 0.1
"""Times the usual seconds, by its letters, from which a word's voice is drawn out."""
DRAWN_OUT = 0.3
"""Seconds of it, at least."""


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
    voice = _Voice(sound)
    return Recording(
        path.stem,
        sound,
        tuple(
            Mark(_voiced_part(voice, mark["start"], mark["end"]), mark["word"] in NASAL)
            for mark in row["fillers"]
        ),
        tuple(_spans(row.get("backchannels_ignore", []))),
        tuple(_others(voice, row)) if row["fillers"] else (),
    )


def _spans(marks: Iterable[dict[str, Any]]) -> Iterator[Span]:
    yield from (Span(mark["start"], mark["end"]) for mark in marks)


def _others(voice: _Voice, row: dict[str, Any]) -> Iterator[tuple[Kind, Span]]:
    """What is like a hesitation and is none, by the marks of the words."""
    backchannels = [*_spans(row.get("backchannels_ignore", []))]
    yield from ((Kind.BACKCHANNEL, span) for span in backchannels)
    hummed = [*backchannels, *_spans(row["fillers"])]
    for one in json.loads((SHARED / row["words_file"]).read_text("utf-8")):
        start, end = one["s"], one["e"]
        if one["tag"] == "vocalsound" and end > start:
            yield Kind.VOCAL, Span(start, end)
        elif one["tag"] == "disfmarker":
            yield Kind.CUT_OFF, Span(end - CUT, end)
        elif one["tag"] == "w" and not any(s.start < end and s.end > start for s in hummed):
            said = voice.longest(start + SLACK, end - SLACK)
            usual = BESIDES + PER_LETTER * len(one["w"])
            if said and said.duration > max(DRAWN_OUT, LONG * usual):
                yield Kind.DRAWN_OUT, said


class _Voice:
    """Where in a sound there is voice."""

    def __init__(self, sound: Samples) -> None:
        seen = frames(sound)
        level = float(np.percentile(seen.level[seen.voicing > VOICED], SPEECH_LEVEL))
        self._voiced = (seen.voicing > VOICED) & (seen.level > level - QUIET)

    def longest(self, start: float, end: float) -> Span | None:
        """Its longest stretch about there."""
        first, last = max(0, int((start - SLACK) / HOP)), int((end + SLACK) / HOP)
        places = np.flatnonzero(self._voiced[first:last]) + first
        if not len(places):
            return None
        parts = np.split(places, np.flatnonzero(np.diff(places) > HOLE) + 1)
        longest = max(parts, key=lambda part: int(part[-1] - part[0]))
        return Span(float(longest[0]) * HOP, float(longest[-1] + 1) * HOP)


def _voiced_part(voice: _Voice, start: float, end: float) -> Span:
    """A mark may begin early and often ends late: its longest stretch of voice, or the whole mark
    where that is short or lies at its end, which may be another word."""
    part = voice.longest(start, end)
    fits = part and part.duration >= SHORTEST and part.start <= start + LATE
    return part if part and fits else Span(start, end)
