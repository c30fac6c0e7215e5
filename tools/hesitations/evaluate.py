"""How well hesitations are heard: one figure a line, with its 95 % interval (Wilson).

Each sound goes the way of an answer: voice activity, pieces, Whisper, its ear, the words. What an
ear is tried on it was never fitted to: each clip of people is heard by an ear fitted without that
speaker, the neural voice by one that knows none of its kind. Synthetic voices and people stand
apart; with so few marks of people the interval is wide. Without a model, or the clips of people, it
says so.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehearse.analysis.analyze import analyze
from rehearse.analysis.sound.ear_training import Mark, Score, fitted, scored
from rehearse.analysis.sound.hesitations import Ear, hesitations
from rehearse.model.delivery import Filler, FillerKind, HeardIn
from rehearse.model.take import SAMPLE_RATE, Span, Word
from rehearse.ports import Reading, Transcriber
from rehearse.speech.encoder import encoded
from rehearse.speech.transcription import write_down
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.speech.whisper import WhisperTranscriber
from tools.hesitations.corpus import Recording
from tools.hesitations.shared import neural_recordings, shared_recordings
from tools.hesitations.train import MODELS, Material, folder_of, material

if TYPE_CHECKING:
    from rehearse.analysis.sound.linear_head import Floats
    from rehearse.model.take import Samples

HUMMED = frozenset({"um", "hm", "mm", "erm"})
EDGE = 0.1
"""Seconds by which an edge may be off and still be counted right."""

PASSAGE = 20
"""Seconds of a passage that is heard alone, too."""
BORDER = 0.5
"""Seconds at its ends, where the cut may hit a hesitation."""


@dataclass(frozen=True)
class Heard:
    """What the program told of one recording."""

    score: Score
    edges: tuple[float, ...]
    """Seconds by which starts and ends of the hits are off."""
    kinds: tuple[bool, ...]
    """For each hit whether "um" and "uh" were told right."""


Ears = Callable[[Recording], Ear]


def main() -> None:
    for name in MODELS:
        folder = folder_of(name)
        if folder is None:
            print(f"hesitations_{name}: the model is not on this machine, left out")
        else:
            _measure(name, WhisperTranscriber(folder, name, language="en"))


def _measure(name: str, transcriber: WhisperTranscriber) -> None:
    learned = material(transcriber.load())
    package = fitted(learned.package)
    once = Once(transcriber)
    whole = fitted([*learned.package, *learned.people.values()])
    neural, shared = neural_recordings(), shared_recordings()
    for label, ear in (("", whole), ("_fitted_here", package)):
        _tell(f"hesitations_{name}{label}_neural", neural, once, lambda one, e=ear: e)
    once.ear = whole
    same = [same_alone(one.sound, once) for one in neural]
    both, either = sum(one[0] for one in same), sum(one[1] for one in same)
    print(f"hesitations_{name}_neural_same_alone {ratio(both, either)}")
    if not shared:
        print(f"hesitations_{name}: ../shared/speech is not there, people are left out")
        return
    spoken = [one for one in shared if one.marks]
    read = [one for one in shared if not one.marks]
    ears = {one.name: _without(learned, {one.name}) for one in spoken}
    ears |= dict.fromkeys([one.name for one in read], _without(learned, {r.name for r in read}))
    for label, choose in (("", lambda one: ears[one.name]), ("_fitted_here", lambda one: package)):
        _tell(f"hesitations_{name}{label}_people", spoken, once, choose)
        _tell(f"hesitations_{name}{label}_people_reading", read, once, choose)


def _without(learned: Material, left_out: Collection[str]) -> Ear:
    """An ear that never heard some clips of people."""
    others = (clip for name, clip in learned.people.items() if name not in left_out)
    return fitted([*learned.package, *others])


def _tell(name: str, recordings: Sequence[Recording], transcriber: Once, ears: Ears) -> None:
    heard = [_heard(one, transcriber, ears(one)) for one in recordings]
    if not heard:
        return
    total = sum((one.score for one in heard), Score())
    minutes = total.seconds / 60
    alarms = total.alarms / minutes
    print(f"{name}_false_alarms {alarms:.2f} per_minute (n={minutes:.1f} minutes)")
    if not total.marks:
        return
    edges = [edge for one in heard for edge in one.edges]
    kinds = [kind for one in heard for kind in one.kinds]
    print(f"{name}_precision {ratio(total.hits, total.hits + total.alarms)}")
    print(f"{name}_recall {ratio(total.hits, total.marks)}")
    print(f"{name}_edges_within_0.1s {ratio(sum(edge <= EDGE for edge in edges), len(edges))}")
    print(f"{name}_um_or_uh {ratio(sum(kinds), len(kinds))}")


class Once:
    """Writes each piece down once, however many ears are tried on it."""

    def __init__(self, inner: WhisperTranscriber) -> None:
        self._inner = inner
        self._model = inner.load()
        self._known: dict[bytes, tuple[tuple[Word, ...], Floats]] = {}
        self.name, self.language = inner.name, inner.language
        self.ear: Ear | None = None

    def prepare(self) -> None:
        self._inner.prepare()

    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        assert self.ear is not None
        key = hashlib.sha256(samples.tobytes()).digest()
        if key not in self._known:
            words = self._inner.transcribe(samples).words
            self._known[key] = words, encoded(self._model, samples)
        words, frames = self._known[key]
        seconds = len(samples) / SAMPLE_RATE
        return Reading(words, hesitations(frames, self.ear, duration=seconds))


def _heard(recording: Recording, transcriber: Once, ear: Ear) -> Heard:
    transcriber.ear = ear
    written = write_down(recording.sound, activity=SileroVoiceActivity(), transcriber=transcriber)
    found = analyze(written.transcript, sound=written.sound, question=None, target=None)
    items = [
        item
        for item in (found.fillers.items if found.fillers else ())
        if item.kind is FillerKind.FILLED_PAUSE and item.start is not None
    ]
    spans = [Span(item.start or 0.0, item.end or 0.0) for item in items]
    seconds = len(recording.sound) / SAMPLE_RATE
    pairs = list(_pairs(items, recording))
    return Heard(
        scored(spans, [mark.span for mark in recording.marks], recording.unsure, seconds),
        tuple(
            abs(off)
            for item, mark in pairs
            if item.heard_in is HeardIn.SOUND
            for off in (
                (item.start or 0.0) - mark.span.start,
                (item.end or 0.0) - mark.span.end,
            )
        ),
        tuple((item.text in HUMMED) is mark.nasal for item, mark in pairs),
    )


def same_alone(sound: Samples, transcriber: Transcriber) -> tuple[int, int]:
    """Hesitations in passages of a recording that are found both in the whole of it and where the
    passage stands alone, and those that are found in either."""
    both = either = 0
    whole = _found(sound, transcriber)
    for first in range(0, len(sound), PASSAGE * SAMPLE_RATE):
        alone = sound[first : first + PASSAGE * SAMPLE_RATE]
        begin, last = first / SAMPLE_RATE, len(alone) / SAMPLE_RATE - BORDER
        within = [one - begin for one in whole if BORDER < one - begin < last]
        found = [one for one in _found(alone, transcriber) if BORDER < one < last]
        same = sum(any(abs(one - other) < BORDER for other in found) for one in within)
        both, either = both + same, either + len(within) + len(found) - same
    return both, either


def _found(sound: Samples, transcriber: Transcriber) -> list[float]:
    """Where the hesitations are, by their middles."""
    written = write_down(sound, activity=SileroVoiceActivity(), transcriber=transcriber)
    return [(one.start + one.end) / 2 for one in written.sound.hesitations or ()]


def _pairs(items: Sequence[Filler], recording: Recording) -> Iterator[tuple[Filler, Mark]]:
    """Each mark with the first that was found in it."""
    for mark in recording.marks:
        for item in items:
            if (item.start or 0.0) < mark.span.end and (item.end or 0.0) > mark.span.start:
                yield item, mark
                break


def ratio(part: int, whole: int) -> str:
    low, high = wilson(part, whole)
    share = part / whole if whole else 0.0
    return f"{share:.2f} ratio (n={whole}, {low:.2f} to {high:.2f})"


def wilson(part: int, whole: int) -> tuple[float, float]:
    """95 % interval of a share."""
    if not whole:
        return 0.0, 1.0
    z, share = 1.96, part / whole
    centre = share + z * z / (2 * whole)
    half = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)


if __name__ == "__main__":
    main()
