"""Steady stretches of recordings, and which of them are hesitations, as far as can be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rehearse.analysis.sound.drawnout import features
from rehearse.analysis.sound.steady import steady
from rehearse.analysis.sound.voicing import HOP, frames
from rehearse.model.take import Span
from rehearse.speech.transcription import write_down
from rehearse.speech.voice_activity import SileroVoiceActivity
from tools.hesitations.corpus import Recording
from tools.miniature.speak import RATE

SLACK = 0.1
"""Seconds by which edges may be off."""
INSIDE, COVERED, LONG_ENOUGH = 0.8, 0.35, 0.25
"""A hesitation: that share of the stretch lies in the mark, and it covers so much of it, or is so
many seconds long."""
TOUCHING, UNSURE = 0.25, 0.2
"""Shares of the stretch in a mark, or in what is ignored, from which it is not to be told."""


@dataclass(frozen=True)
class Examples:
    """One row a stretch."""

    names: tuple[str, ...]
    features: NDArray[np.float64]
    hesitant: NDArray[np.float64]
    nasal: NDArray[np.float64]
    """NaN where it is no hesitation."""

    def __add__(self, other: Examples) -> Examples:
        return Examples(
            self.names + other.names,
            np.concatenate([self.features, other.features]),
            np.concatenate([self.hesitant, other.hesitant]),
            np.concatenate([self.nasal, other.nasal]),
        )

    def where(self, kept: NDArray[np.bool_]) -> Examples:
        names = tuple(name for name, keep in zip(self.names, kept, strict=True) if keep)
        return Examples(names, self.features[kept], self.hesitant[kept], self.nasal[kept])


@cache
def _activity() -> SileroVoiceActivity:
    return SileroVoiceActivity()


def speech_of(recording: Recording) -> tuple[Span, ...]:
    """Music counts as speech throughout, which is the worst that voice activity can do."""
    if recording.name.startswith("music"):
        return (Span(0.0, len(recording.sound) / RATE),)
    heard = write_down(recording.sound.astype(np.float32), activity=_activity(), transcriber=None)
    return heard.sound.speech


def examples(recordings: Iterable[Recording]) -> Examples:
    parts = [part for recording in recordings for part in _examples(recording)]
    whole = parts[0]
    for part in parts[1:]:
        whole += part
    return whole


def _examples(recording: Recording) -> Iterator[Examples]:
    seen = frames(recording.sound)
    voice = steady(seen, speech_of(recording))
    if voice is None:
        return
    labels = [
        _label(recording, Span(float(start) * HOP, float(end) * HOP))
        for start, end in zip(voice.starts, voice.ends, strict=True)
    ]
    told = np.array([label is not None for label in labels])
    hesitant, nasal = zip(*(label or (0.0, 0.0) for label in labels), strict=True)
    names = (recording.name,) * len(labels)
    whole = Examples(names, features(seen, voice), np.array(hesitant), np.array(nasal))
    yield whole.where(told)


def _label(recording: Recording, stretch: Span) -> tuple[float, float] | None:
    """Whether it is a hesitation, and whether that is nasal."""
    touching = False
    for one in recording.fillers:
        shared = common(stretch, Span(one.span.start - SLACK, one.span.end + SLACK))
        covers = shared > COVERED * one.span.duration or shared > LONG_ENOUGH
        if shared > INSIDE * stretch.duration and covers:
            return 1.0, float(one.nasal)
        touching |= shared > TOUCHING * stretch.duration
    unsure = any(common(stretch, span) > UNSURE * stretch.duration for span in recording.ignored)
    return None if touching or unsure else (0.0, float("nan"))


def common(one: Span, other: Span) -> float:
    """Seconds that two spans have in common."""
    return max(0.0, min(one.end, other.end) - max(one.start, other.start))
