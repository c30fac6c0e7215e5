"""How well hesitations are heard: one figure a line, with its 95 % interval (Wilson).

    python -m tools.hesitations.evaluate         four minutes on two cores

Each sound goes the way of an answer: voice activity, pieces, Whisper, its ear, the words. What an
ear is tried on it was never fitted to: each clip of people is heard by an ear fitted without that
speaker, the neural voice by one that knows none of its kind. Synthetic voices and people stand
apart; with so few marks of people the interval is wide. Without a model, or the clips of people, it
says so. Models are measured side by side, each on one core.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from rehearse.analysis.analyze import analyze
from rehearse.analysis.sound.ear_training import Mark, Score, fitted, scored
from rehearse.analysis.sound.hesitations import Ear
from rehearse.model.delivery import Filler, FillerKind, HeardIn
from rehearse.model.take import SAMPLE_RATE, Hesitation, Span
from rehearse.speech.transcription import write_down
from rehearse.speech.voice_activity import SileroVoiceActivity
from tools.hesitations import not_ums, other_heads, sameness
from tools.hesitations.corpus import Recording
from tools.hesitations.once import Once, OnlySound, Unheard
from tools.hesitations.shared import neural_recordings, shared_recordings
from tools.hesitations.train import MODELS, Material, folder_of, material
from tools.questions.installed import NotHere
from tools.questions.voices import NeuralVoice

HUMMED = frozenset({"um", "hm", "mm", "erm"})
OTHERS = 14
"""Clips of what else people do."""
EDGE = 0.1
"""Seconds by which an edge may be off and still be counted right."""


@dataclass(frozen=True)
class Heard:
    """What the program told of one recording."""

    score: Score
    edges: tuple[float, ...]
    """Seconds by which starts and ends of the hits are off."""
    kinds: tuple[bool, ...]
    """For each hit whether "um" and "uh" were told right."""


def main() -> None:
    made = _made()
    with ProcessPoolExecutor(len(MODELS)) as models:
        for lines in models.map(measured, MODELS, [made] * len(MODELS)):
            print("\n".join(lines), flush=True)


def _made() -> list[Recording]:
    """Clips of what else people do; empty where the neural voice is missing."""
    try:
        return list(not_ums.clips(NeuralVoice(), OTHERS, "others"))
    except NotHere:
        return []


def measured(name: str, made: Sequence[Recording] = ()) -> list[str]:
    """The lines about one model; `made` are clips of what else people do."""
    folder = folder_of(name)
    if folder is None:
        return [f"hesitations_{name}: the model is not on this machine, left out"]
    trial = _trial(Unheard(folder, name, language="en", threads=1))
    neural, people = neural_recordings(), shared_recordings()
    missing = [
        *([] if made else ["the neural voice is not here, and what else people do"]),
        *([] if people else ["../shared/speech is not there, and people"]),
    ]
    return [
        *_of_neural(f"hesitations_{name}", neural, trial),
        *_of_people(f"hesitations_{name}", people, trial),
        *_of_others(f"hesitations_{name}", made, people, trial),
        *(f"hesitations_{name}: {what} are left out" for what in missing),
    ]


@dataclass(frozen=True)
class Trial:
    """Ears of one model: fitted to all, to the package's clips alone, and for each clip of people
    without that speaker."""

    once: Once
    whole: Ear
    package: Ear
    without: Mapping[str, Ear]


def _trial(transcriber: Unheard) -> Trial:
    learned = material(transcriber.load())
    speaking = {name for name, clip in learned.people.items() if clip.marks}
    reading = _without(learned, learned.people.keys() - speaking)
    return Trial(
        once=Once(transcriber),
        whole=_without(learned, ()),
        package=fitted(learned.package),
        without={
            name: _without(learned, {name}) if name in speaking else reading
            for name in learned.people
        },
    )


def _without(learned: Material, left_out: Collection[str]) -> Ear:
    """An ear that never heard some clips of people."""
    others = (clip for name, clip in learned.people.items() if name not in left_out)
    return fitted([*learned.package, *others])


def _of_neural(name: str, neural: Sequence[Recording], trial: Trial) -> Iterator[str]:
    for label, ear in (("", trial.whole), ("_fitted_here", trial.package)):
        yield from _told(f"{name}{label}_neural", neural, trial.once, _always(ear, neural))
    yield from _same(f"{name}_neural", neural, trial.once, trial.whole)


def _of_people(name: str, people: Sequence[Recording], trial: Trial) -> Iterator[str]:
    """Those who speak apart from those who read."""
    spoken = [one for one in people if one.marks]
    read = [one for one in people if not one.marks]
    for label, ears in (("", trial.without), ("_fitted_here", _always(trial.package, people))):
        yield from _told(f"{name}{label}_people", spoken, trial.once, ears)
        yield from _told(f"{name}{label}_people_reading", read, trial.once, ears)
    yield from _same(f"{name}_people", people, trial.once, trial.package)


def _of_others(
    name: str, made: Sequence[Recording], people: Sequence[Recording], trial: Trial
) -> Iterator[str]:
    """What is taken for a hesitation, and whether heads of its own would hear it."""

    def hear(one: Recording) -> Sequence[Hesitation]:
        trial.once.ear = trial.without.get(one.name, trial.whole)
        return trial.once.hesitations(one.sound)

    for who, clips in (("made", made), ("people", people)):
        for kind, (wrong, count) in not_ums.taken(clips, hear).items():
            yield f"{name}_{who}_{kind.value}_taken_for_one {ratio(wrong, count)}"
    seen = [
        [other_heads.Seen(one, trial.once.frames(one.sound)) for one in clips]
        for clips in (made, people)
    ]
    for label, found in other_heads.tried(*seen):
        yield f"{name}_head_{label}_precision {ratio(found.hits, found.hits + found.alarms)}"
        yield f"{name}_head_{label}_recall {ratio(found.hits, found.marks)}"


def _always(ear: Ear, recordings: Sequence[Recording]) -> Mapping[str, Ear]:
    return dict.fromkeys([one.name for one in recordings], ear)


def _told(
    name: str, recordings: Sequence[Recording], once: Once, ears: Mapping[str, Ear]
) -> Iterator[str]:
    heard = [_heard(one, once, ears[one.name]) for one in recordings]
    if not heard:
        return
    total = sum((one.score for one in heard), Score())
    minutes = total.seconds / 60
    alarms = total.alarms / minutes
    yield f"{name}_false_alarms {alarms:.2f} per_minute (n={minutes:.1f} minutes)"
    if not total.marks:
        return
    edges = [edge for one in heard for edge in one.edges]
    kinds = [kind for one in heard for kind in one.kinds]
    yield f"{name}_precision {ratio(total.hits, total.hits + total.alarms)}"
    yield f"{name}_recall {ratio(total.hits, total.marks)}"
    yield f"{name}_edges_within_0.1s {ratio(sum(edge <= EDGE for edge in edges), len(edges))}"
    yield f"{name}_um_or_uh {ratio(sum(kinds), len(kinds))}"


def _same(name: str, recordings: Sequence[Recording], once: Once, ear: Ear) -> Iterator[str]:
    once.ear = ear
    sounds, heard = [one.sound for one in recordings], OnlySound(once)
    none = sameness.Same()
    for label, same in (
        ("alone", sum((sameness.alone(sound, heard) for sound in sounds), none)),
        ("later", sum((sameness.later(sound, heard) for sound in sounds), none)),
        ("joined", sameness.joined(sounds, heard) if sounds else none),
    ):
        yield f"{name}_same_{label} {ratio(same.both, same.either)}"
        yield f"{name}_same_{label}_edges_within_0.1s {ratio(same.edges, 2 * same.both)}"


def _heard(recording: Recording, once: Once, ear: Ear) -> Heard:
    once.ear = ear
    written = write_down(recording.sound, activity=SileroVoiceActivity(), transcriber=once)
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
