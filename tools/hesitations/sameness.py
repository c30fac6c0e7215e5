"""Whether the same sound counts the same wherever it stands: alone, behind other sound, in a longer
recording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rehearse.model.take import SAMPLE_RATE, Span
from rehearse.speech.transcription import write_down
from rehearse.speech.voice_activity import SileroVoiceActivity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.model.take import Samples
    from rehearse.ports import Transcriber

PASSAGE = 20
"""Seconds of a passage that is heard alone, too."""
BORDER = 0.5
"""Seconds at its ends, where the cut may hit a hesitation."""
LATER = 3.37
"""Seconds of silence in front of a sound that is heard later, too: no whole number of frames."""
APART = 0.3
"""Seconds between the middles of two that are the same."""
EDGE = 0.1
"""Seconds by which an edge may move and still be the same."""


@dataclass(frozen=True)
class Same:
    both: int = 0
    either: int = 0
    edges: int = 0
    """Starts and ends of those found in both that are where they were."""

    def __add__(self, other: Same) -> Same:
        return Same(self.both + other.both, self.either + other.either, self.edges + other.edges)


def alone(sound: Samples, transcriber: Transcriber) -> Same:
    """Passages, in the whole and where each stands alone."""
    whole = found(sound, transcriber)
    return sum((_alone(sound, second, whole, transcriber) for second in _passages(sound)), Same())


def _passages(sound: Samples) -> Iterator[int]:
    yield from range(0, len(sound) // SAMPLE_RATE, PASSAGE)


def _alone(sound: Samples, second: int, whole: Sequence[Span], transcriber: Transcriber) -> Same:
    passage = sound[second * SAMPLE_RATE : (second + PASSAGE) * SAMPLE_RATE]
    inner = Span(BORDER, len(passage) / SAMPLE_RATE - BORDER)
    before = _within(inner, [_moved(one, -second) for one in whole])
    return _compared(before, _within(inner, found(passage, transcriber)))


def later(sound: Samples, transcriber: Transcriber) -> Same:
    """A sound, and the same a little later."""
    silence = np.zeros(round(LATER * SAMPLE_RATE), np.float32)
    behind = found(np.concatenate([silence, sound]), transcriber)
    return _compared(found(sound, transcriber), [_moved(one, -LATER) for one in behind])


def joined(sounds: Sequence[Samples], transcriber: Transcriber) -> Same:
    """Sounds, and all of them as one recording."""
    apart: list[Span] = []
    now = 0.0
    for sound in sounds:
        apart += [_moved(one, now) for one in found(sound, transcriber)]
        now += len(sound) / SAMPLE_RATE
    return _compared(apart, found(np.concatenate(sounds), transcriber))


def found(sound: Samples, transcriber: Transcriber) -> list[Span]:
    """The hesitations in a sound."""
    written = write_down(sound, activity=SileroVoiceActivity(), transcriber=transcriber)
    return [Span(one.start, one.end) for one in written.sound.hesitations or ()]


def _moved(span: Span, seconds: float) -> Span:
    return Span(span.start + seconds, span.end + seconds)


def _middle(span: Span) -> float:
    return (span.start + span.end) / 2


def _within(inner: Span, spans: Sequence[Span]) -> list[Span]:
    return [one for one in spans if inner.start < _middle(one) < inner.end]


def _compared(before: Sequence[Span], after: Sequence[Span]) -> Same:
    left = list(after)
    edges = both = 0
    for one in before:
        other = min(left, key=lambda each: abs(_middle(each) - _middle(one)), default=None)
        if other is not None and abs(_middle(other) - _middle(one)) < APART:
            left.remove(other)
            both += 1
            edges += abs(other.start - one.start) <= EDGE
            edges += abs(other.end - one.end) <= EDGE
    return Same(both, len(before) + len(after) - both, edges)
