"""Made-up filled pauses put into real speech, so that what is no hesitation is a person's voice."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np

from rehearse.analysis.sound.voicing import HOP, frames
from rehearse.model.take import Span
from tools.hesitations.corpus import FilledPause, Recording, as_loud, faded, source_filter
from tools.hesitations.spoil import spoiled
from tools.miniature.speak import RATE, Sound

SECONDS_EACH = 4.0
"""Seconds of speech for every filled pause put in."""
SPACED = 1.0
"""Seconds between two of them."""
SEARCH = 20
"""Frames to each side of a drawn place in which the quietest is taken."""


def with_inserted(recording: Recording, number: int) -> Recording:
    """Another one for every `number`; its words are lost, since their times no longer fit."""
    random = Random(f"{recording.name} {number}")
    array = np.random.default_rng(random.getrandbits(32))
    count = max(1, int(len(recording.sound) / RATE / SECONDS_EACH))
    places = _quiet_places(recording, count, random)
    parts: list[Sound] = []
    put_in: list[FilledPause] = []
    last = length = 0
    grown: list[tuple[float, float]] = []
    for place in places:
        before, filler, after, nasal = _filled(recording.sound, place, random, array)
        parts += [recording.sound[last:place], before, filler, after]
        start = length + place - last + len(before)
        put_in.append(FilledPause(Span(start / RATE, (start + len(filler)) / RATE), nasal))
        grown.append((place / RATE, (len(before) + len(filler) + len(after)) / RATE))
        length, last = sum(map(len, parts)), place
    sound = np.concatenate([*parts, recording.sound[last:]])

    def moved(span: Span) -> Span:
        by = sum(seconds for place, seconds in grown if place <= span.start)
        return Span(span.start + by, span.end + by)

    kept = [replace(one, span=moved(one.span)) for one in recording.fillers]
    return replace(
        recording,
        sound=spoiled(sound, array) if number % 2 else sound,
        words=None,
        fillers=(*put_in, *kept),
        ignored=tuple(map(moved, recording.ignored)),
    )


def _quiet_places(recording: Recording, count: int, random: Random) -> list[int]:
    """Samples, in order, away from what is marked."""
    level = np.convolve(frames(recording.sound).level, np.ones(5) / 5, "same")
    marked = [one.span for one in recording.fillers] + list(recording.ignored)
    places: list[float] = []
    for _ in range(40 * count):
        drawn = random.randrange(10, len(level) - 10)
        low = max(1, drawn - SEARCH)
        place = (low + int(np.argmin(level[low : drawn + SEARCH]))) * HOP
        free = all(abs(place - other) > SPACED for other in places)
        if free and not any(s.start - 0.2 < place < s.end + 0.2 for s in marked):
            places.append(place)
        if len(places) == count:
            break
    return [round(place * RATE) for place in sorted(places)]


def _filled(
    sound: Sound, place: int, random: Random, array: np.random.Generator
) -> tuple[Sound, Sound, Sound, bool]:
    """A pause or none, the filler, a pause or none; the room's hush goes on under them."""
    hush = float(np.std(sound[max(0, place - 160) : place + 160]))
    filler, nasal = source_filter(sound, random, array)
    pauses = [random.uniform(0.05, 0.6) if random.random() < 0.5 else 0.0 for _ in range(2)]
    before, after = (_hush(int(seconds * RATE), hush, array) for seconds in pauses)
    heard = faded(as_loud(filler, sound, random)) + _hush(len(filler), hush, array)
    return before, heard, after, nasal


def _hush(length: int, level: float, random: np.random.Generator) -> Sound:
    return (random.standard_normal(length) * level).astype(np.float32)
