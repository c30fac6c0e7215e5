"""How often what people do besides hesitating is taken for an "um": clips in which each phrase is
followed by one such sound, and what an ear hears in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from rehearse.analysis.sound.ear_training import OFF
from rehearse.model.take import SAMPLE_RATE, Hesitation
from tools.hesitations.corpus import Piece, Recording, Speaker, drawn_out, joined, phrases, silence
from tools.hesitations.other_sounds import Kind, breath, throat

if TYPE_CHECKING:
    from tools.miniature.speak import Sound
    from tools.questions.voices import NeuralVoice

MADE = (Kind.LAUGH, Kind.BREATH, Kind.THROAT, Kind.DRAWN_OUT, Kind.CUT_OFF)
LEFT = (0.35, 0.75)
"""Share of a word that is left where it is cut off."""
FADE = 0.01
"""Seconds in which the voice stops."""
NEAR = 0.1
"""Seconds by which what is heard may lie beside the sound that it is counted for."""


def clips(voice: NeuralVoice, count: int, seed: str) -> Iterator[Recording]:
    for number in range(count):
        random = Random(f"{seed} {number}")
        kinds = random.sample(MADE, len(MADE))
        texts = phrases(random)
        speaker = Speaker(voice, random)
        pieces = [
            piece
            for place, text in enumerate(texts)
            for piece in _with(kinds[place % len(kinds)], text, speaker, random)
        ]
        yield joined(f"{seed}-{number:02}", pieces, random)


def _with(kind: Kind, text: str, speaker: Speaker, random: Random) -> list[Piece]:
    """A phrase and what follows it."""
    array = np.random.default_rng(random.getrandbits(32))
    sound = speaker.phrase(text)
    if kind is Kind.DRAWN_OUT:
        return [*drawn_out(sound, random), silence(random)]
    if kind is Kind.CUT_OFF:
        longest = max(text.split(), key=len)
        other = _cut(speaker.phrase(longest), random)
    elif kind is Kind.LAUGH:
        other = speaker.laugh()
    else:
        other = (breath if kind is Kind.BREATH else throat)(sound, random, array)
    return [Piece(sound), silence(random), Piece(other, other=kind), silence(random)]


def _cut(word: Sound, random: Random) -> Sound:
    left = word[: int(len(word) * random.uniform(*LEFT))].copy()
    fade = min(len(left), int(FADE * SAMPLE_RATE))
    left[len(left) - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
    return left


def taken(
    recordings: Sequence[Recording], hear: Callable[[Recording], Sequence[Hesitation]]
) -> dict[Kind, tuple[int, int]]:
    """Of each kind how many were taken for an "um", and how many there are."""
    wrong: Counter[Kind] = Counter()
    count: Counter[Kind] = Counter()
    for one in recordings:
        heard = [each for each in hear(one) if not _is_one(each, one)]
        middles = [(each.start + each.end) / 2 for each in heard]
        for kind, span in one.others:
            count[kind] += 1
            wrong[kind] += any(span.start - NEAR < at < span.end + NEAR for at in middles)
    return {kind: (wrong[kind], count[kind]) for kind in Kind if count[kind]}


def _is_one(heard: Hesitation, recording: Recording) -> bool:
    return any(
        heard.start < mark.span.end + OFF and heard.end > mark.span.start - OFF
        for mark in recording.marks
    )
