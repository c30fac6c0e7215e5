"""Clips of a synthetic voice whose hesitations are known, with what is like one and is none.

The voice is a neural one from a package (`tools/questions/installed.py`): what an ear learns from
espeak's voices, whose vowels are no person's, it does not find again in people. Played faster or
slower it stands for other throats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from rehearse.analysis.sound.ear_training import Mark
from rehearse.audio.resample import resampled
from rehearse.model.take import SAMPLE_RATE, Span
from tools.hesitations.other_sounds import Kind, breath
from tools.hesitations.spoil import spoiled
from tools.hesitations.stretch import stretched
from tools.miniature.grammar import Grammar
from tools.miniature.speak import Sound
from tools.questions.voices import NeuralVoice

FREE = Path(__file__).parents[1] / "miniature" / "freeform.txt"
WRITTEN = re.compile(r",?\s*\b(um|uh|er|erm|hmm)\b,?", re.IGNORECASE)
LIKE = (
    "The umbrella was under some of the thumbs.",
    "Her number was a summer hum in the room.",
    "They err on the side of the other, and come home.",
    "A drum, a plum and a mum ran from the farm.",
    "I am, uncle, from Burma, and the firm is done.",
)
"""Words that begin or end as a hesitation sounds."""
SAID = {"um": ("ʌːm", "ʌːm", "əːm", "ɜːm"), "uh": ("ʌː", "ʌː", "əː", "ɜː")}
"""As phonemes."""
DRAWN_OUT_WORDS = (
    *("so", "and", "but", "you", "I", "we", "then", "in", "is", "of", "my", "well", "no", "they"),
    *(
        "because",
        "some",
        "from",
        "them",
        "on",
        "it's",
        "was",
        "for",
        "year",
        "more",
        "team",
        "like",
    ),
)
"""On which people linger while they think."""
LAUGHS = ("hʌhʌhʌ", "həhəhəhə", "hɑhɑ")
SLOWLY = (1.6, 3.8)
"""Times the usual length of a phoneme, for a hesitation."""
RATES = (0.95, 1.4)
THROATS = (0.86, 1.18)
"""Times the voice's own pitch and formants."""
HESITATIONS, DRAWN_OUT, LINGERING, OTHERS = 0.4, 0.1, 0.25, 0.1
"""Shares of the phrases: those behind which somebody hesitates, whose end is drawn out, and behind
which somebody lingers on a word, breathes or laughs."""
SPOILED = 0.5
LONGEST_CLIP = 25.0
"""Seconds, with room for a window's 30."""
EDGE = 0.006
"""Mean level of the sound at the edges of a phrase, below which it is silence."""


@dataclass(frozen=True)
class Recording:
    name: str
    sound: Sound
    marks: tuple[Mark, ...]
    unsure: tuple[Span, ...] = ()
    """Neither hit nor miss: backchannels."""
    others: tuple[tuple[Kind, Span], ...] = ()
    """What is like a hesitation and is none, as far as it is known."""


@dataclass(frozen=True)
class Piece:
    sound: Sound
    said: str | None = None
    """ "um" or "uh" where it is one."""
    other: Kind | None = None
    """What it is where it is like one."""


class Speaker:
    """The voice with a throat of its own."""

    def __init__(self, voice: NeuralVoice, random: Random) -> None:
        self._voice = voice
        self._throat = random.uniform(*THROATS)
        self._random = random

    def phrase(self, text: str) -> Sound:
        return self._said(text, self._random.uniform(*RATES))

    def hesitation(self, said: str) -> Sound:
        sound = self._random.choice(SAID[said])
        return self._said(f"[[ {sound} ]].", self._random.uniform(*SLOWLY))

    def lingering(self) -> Sound:
        word = self._random.choice(DRAWN_OUT_WORDS)
        return self._said(word, self._random.uniform(*SLOWLY))

    def laugh(self) -> Sound:
        return self._said(f"[[ {self._random.choice(LAUGHS)} ]].", self._random.uniform(0.8, 1.3))

    def _said(self, text: str, slowly: float) -> Sound:
        sound, rate = self._voice.speak(text, slowly=slowly * self._throat)
        return trimmed(resampled(sound, round(rate * self._throat), SAMPLE_RATE))


def clips(voice: NeuralVoice, count: int, seed: str) -> Iterator[Recording]:
    for number in range(count):
        random = Random(f"{seed} {number}")
        pieces = _pieces(Speaker(voice, random), phrases(random), random)
        yield joined(f"{seed}-{number:02}", pieces, random)


def phrases(random: Random) -> list[str]:
    """Sentences, and parts of sentences."""
    if random.random() < 0.6:
        lines = [line for line in FREE.read_text("utf-8").splitlines() if line.strip()]
        sentences = random.sample(lines, 6)
    else:
        sentences = [*Grammar(seed=random.getrandbits(30)).take(7)]
    plain = [WRITTEN.sub("", one) for one in (*sentences, random.choice(LIKE))]
    return [part for one in plain for part in _parts(one, random)]


def _parts(sentence: str, random: Random) -> list[str]:
    words = sentence.split()
    if len(words) < 6 or random.random() < 0.4:
        return [sentence]
    place = random.randint(2, len(words) - 3)
    return [" ".join(words[:place]), " ".join(words[place:])]


def _pieces(speaker: Speaker, phrases: list[str], random: Random) -> list[Piece]:
    array = np.random.default_rng(random.getrandbits(32))
    pieces: list[Piece] = []
    for text in phrases:
        sound = speaker.phrase(text)
        chance = random.random()
        if chance < HESITATIONS:
            said = random.choice(("um", "um", "uh"))
            filler = speaker.hesitation(said) * np.float32(random.uniform(0.5, 1.0))
            pieces += [Piece(sound), silence(random), Piece(filler, said), silence(random)]
        elif chance < HESITATIONS + DRAWN_OUT:
            pieces += [*drawn_out(sound, random), silence(random)]
        elif chance < HESITATIONS + DRAWN_OUT + LINGERING:
            word = Piece(speaker.lingering(), other=Kind.DRAWN_OUT)
            pieces += [Piece(sound), silence(random), word, silence(random)]
        elif chance < HESITATIONS + DRAWN_OUT + LINGERING + OTHERS:
            other = speaker.laugh() if random.random() < 0.5 else breath(sound, random, array)
            pieces += [Piece(sound), silence(random), Piece(other), silence(random)]
        else:
            pieces += [Piece(sound), silence(random)]
    return pieces


def drawn_out(sound: Sound, random: Random) -> list[Piece]:
    """With its last sound held."""
    tail = int(random.uniform(0.08, 0.16) * SAMPLE_RATE)
    held = stretched(sound[-tail:], random.uniform(1.6, 3.5))
    return [Piece(sound[:-tail]), Piece(held, other=Kind.DRAWN_OUT)]


def silence(random: Random) -> Piece:
    seconds = random.choice((0.04, 0.08, 0.12, 0.2, 0.3, 0.5, 0.8))
    return Piece(np.zeros(int(seconds * SAMPLE_RATE), np.float32))


def trimmed(sound: Sound) -> Sound:
    level = np.convolve(np.abs(sound), np.full(160, 1 / 160), "same")
    loud = np.flatnonzero(level > EDGE)
    return sound[max(0, loud[0] - 160) : loud[-1] + 320] if len(loud) else sound


def joined(name: str, pieces: list[Piece], random: Random) -> Recording:
    sounds = [np.zeros(int(0.4 * SAMPLE_RATE), np.float32)]
    now = len(sounds[0]) / SAMPLE_RATE
    marks: list[Mark] = []
    others: list[tuple[Kind, Span]] = []
    for piece in pieces:
        end = now + len(piece.sound) / SAMPLE_RATE
        if end > LONGEST_CLIP:
            break
        if piece.said:
            marks.append(Mark(Span(now, end), piece.said == "um"))
        if piece.other:
            others.append((piece.other, Span(now, end)))
        sounds.append(piece.sound)
        now = end
    sound = np.concatenate(sounds).astype(np.float32)
    array = np.random.default_rng(random.getrandbits(32))
    if random.random() < SPOILED:
        sound = spoiled(sound, array)
    sound = sound + array.standard_normal(len(sound)).astype(np.float32) * np.float32(0.0006)
    loudest = float(np.abs(sound).max())
    whole = sound * np.float32(min(1.0, 0.9 / loudest))
    return Recording(name, whole, tuple(marks), others=tuple(others))
