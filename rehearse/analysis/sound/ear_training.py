"""Fits an ear to a model from clips whose hesitations are known, and tells how well it hears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.analysis.sound.hesitations import Ear, hesitations
from rehearse.analysis.sound.linear_head import FRAME, fit
from rehearse.model.take import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rehearse.analysis.sound.linear_head import Floats

PENALTY = 1000.0
"""On squared weights: strong, for an ear must not learn the voices that it was fitted to."""
INNER, OUTER = 0.02, 0.06
"""Seconds inside and outside a mark's edges that are left out: they belong to both."""
NEAR = 0.6
"""Seconds around a mark of which every frame is learned from."""
OTHERS = 400
"""Frames of a clip, evenly spread, that are learned from besides."""
OFF = 0.3
"""Seconds by which a hesitation may miss its mark."""


@dataclass(frozen=True)
class Mark:
    """A hesitation that is known."""

    span: Span
    nasal: bool
    """Whether it is "um" and not "uh"."""


@dataclass(frozen=True)
class MarkedClip:
    encoded: Floats
    """Of its own length, without what filled it up."""
    duration: float
    marks: tuple[Mark, ...]
    unsure: tuple[Span, ...] = ()
    """Neither a hesitation nor none."""


@dataclass(frozen=True)
class Score:
    hits: int = 0
    alarms: int = 0
    marks: int = 0
    seconds: float = 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.hits + other.hits,
            self.alarms + other.alarms,
            self.marks + other.marks,
            self.seconds + other.seconds,
        )

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + self.alarms)

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.marks)


def fitted(clips: Sequence[MarkedClip], *, penalty: float = PENALTY) -> Ear:
    import numpy as np

    labels = [_labels(clip) for clip in clips]
    used = [_used(clip, label) for clip, label in zip(clips, labels, strict=True)]
    frames = np.concatenate([clip.encoded[use] for clip, use in zip(clips, used, strict=True)])
    told = np.concatenate([label[use] for label, use in zip(labels, used, strict=True)])
    hesitant = told > 0
    return Ear(
        hesitant=fit(frames, hesitant.astype(np.float32), penalty=penalty),
        hummed=fit(frames[hesitant], (told[hesitant] == UM).astype(np.float32), penalty=penalty),
    )


NONE, UH, UM, UNSURE = 0, 1, 2, -1


def _labels(clip: MarkedClip) -> NDArray[np.int8]:
    """For each frame."""
    import numpy as np

    times = np.arange(len(clip.encoded)) * FRAME
    labels = np.full(len(times), NONE, np.int8)
    for span in (*clip.unsure, *(mark.span for mark in clip.marks)):
        labels[(times > span.start - OUTER) & (times < span.end + OUTER)] = UNSURE
    for mark in clip.marks:
        inside = (times > mark.span.start + INNER) & (times < mark.span.end - INNER)
        labels[inside] = UM if mark.nasal else UH
    return labels


def _used(clip: MarkedClip, labels: NDArray[np.int8]) -> NDArray[np.bool_]:
    """All frames near a mark, and some of the others."""
    import numpy as np

    times = np.arange(len(labels)) * FRAME
    used = np.zeros(len(labels), bool)
    used[:: max(1, len(labels) // OTHERS)] = True
    for mark in clip.marks:
        used |= (times > mark.span.start - NEAR) & (times < mark.span.end + NEAR)
    return np.asarray(used & (labels != UNSURE))


def score(ear: Ear, clips: Sequence[MarkedClip]) -> Score:
    return sum((_score(ear, clip) for clip in clips), Score())


def _score(ear: Ear, clip: MarkedClip) -> Score:
    found = [
        Span(one.start, one.end) for one in hesitations(clip.encoded, ear, duration=clip.duration)
    ]
    return scored(found, [mark.span for mark in clip.marks], clip.unsure, clip.duration)


def scored(
    found: Sequence[Span], marks: Sequence[Span], unsure: Sequence[Span], seconds: float
) -> Score:
    """One found belongs to one mark; a second one in the same mark is a false alarm, and what lies
    in what is unsure is neither."""
    left = list(marks)
    hits = alarms = 0
    for span in found:
        mark = next((mark for mark in left if _touch(span, mark, OFF)), None)
        if mark is not None:
            left.remove(mark)
            hits += 1
        elif not any(_touch(span, one, OFF) for one in unsure):
            alarms += 1
    return Score(hits, alarms, len(marks), seconds)


def _touch(one: Span, other: Span, off: float) -> bool:
    return one.start < other.end + off and one.end > other.start - off
