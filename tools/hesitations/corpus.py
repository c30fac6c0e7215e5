"""Clips of synthetic voices whose hesitations are known, with what is like one and is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from rehearse.analysis.sound.ear_training import Mark
from rehearse.model.take import Span
from tools.hesitations.other_sounds import breath, laugh, throat
from tools.hesitations.spoil import spoiled
from tools.hesitations.stretch import stretched
from tools.hesitations.vocal import Throat, filled_pause, made_up, measured
from tools.miniature.grammar import Grammar
from tools.miniature.speak import RATE, Sound, Speaker, Voice
from tools.miniature.voices import ACCENTS, PLAIN, UNSEEN, variants

FREE = Path(__file__).parents[1] / "miniature" / "freeform.txt"
WRITTEN = re.compile(r",?\s*\b(um|uh|er|erm|hmm)\b,?", re.IGNORECASE)
LIKE = (
    "The umbrella was under some of the thumbs.",
    "Her number was a summer hum in the room.",
    "Err on the side of the other, and come home.",
    "A drum, a plum and a mum ran from the farm.",
    "I am, uncle, from Burma, and the firm is done.",
)
"""Words that begin or end as a hesitation sounds."""
FILLERS = {
    "um": ("V:m", "V:m:", "@:m", "a:m", "3:m", "m:"),
    "uh": ("V:", "@:", "3:", "a:", "A:"),
}
"""As espeak's phonemes."""
FOREIGN = {
    "gmw/de": (
        "Ich habe drei Jahre an einem Programm gearbeitet, das Rechnungen liest. Danach wollte ich "
        "wissen, warum so viele Kunden gehen, und ich habe mit zwanzig von ihnen geredet.",
        {"um": ("E:m", "e:m", "2:m"), "uh": ("E:", "e:", "2:")},
    ),
    "roa/es": (
        "Hice durante tres meses un programa que lee facturas. Luego quise saber por que se iban "
        "tantos clientes, y hablamos con veinte de ellos durante el verano.",
        {"um": ("em", "em"), "uh": ("e", "e")},
    ),
    "roa/fr": (
        "Pendant trois ans nous avons fait un programme qui lit des factures. Ensuite je voulais "
        "savoir pourquoi tant de clients partaient, et vingt ont bien voulu en parler.",
        {"um": ("Wm", "Ym"), "uh": ("W", "Y", "@")},
    ),
}
SHORTEST, LONGEST = 0.18, 0.9
"""Seconds of a hesitation."""
HESITATIONS = 0.16
"""Share of the gaps between words with one."""
DRAWN_OUT = 0.07
"""Share of the words whose end is drawn out."""
OTHERS = 0.04
"""Share of the gaps with a breath, a laugh or a cleared throat."""
SPOILED = 0.5
LONGEST_CLIP = 25.0
"""Seconds, with room for a window's 30."""


@dataclass(frozen=True)
class Recording:
    name: str
    sound: Sound
    marks: tuple[Mark, ...]
    unsure: tuple[Span, ...] = ()
    """Neither hit nor miss: backchannels."""


@dataclass(frozen=True)
class _Piece:
    sound: Sound
    said: str | None = None
    """"um" or "uh" where it is one."""


def clips(count: int, seed: str, *, unseen: bool = False) -> Iterator[Recording]:
    """One voice each; every eighth speaks another language. `unseen` voices are in no clip
    without it."""
    speaker = Speaker()
    foreign = sorted(FOREIGN)
    for number in range(count):
        random = Random(f"{seed} {number}")
        voice = _voice(random, unseen=unseen)
        text, fillers = _sentences(random), FILLERS
        if number % 8 == 7:
            language = foreign[number // 8 % len(foreign)]
            text, fillers = FOREIGN[language]
            voice = Voice(language, voice.rate, voice.pitch, voice.range, voice.shift)
        pieces = _pieces(speaker, voice, text, fillers, random)
        yield _joined(f"{seed}-{number:02}", pieces, random)


def _voice(random: Random, *, unseen: bool) -> Voice:
    bases = (*PLAIN, *PLAIN, *ACCENTS)
    name = (
        random.choice(UNSEEN) if unseen else f"{random.choice(bases)}+{random.choice(variants())}"
    )
    shift = round(random.uniform(0.87, 1.15), 3)
    return Voice(
        name, random.randint(130, 210), random.randint(15, 85), random.randint(20, 75), shift
    )


def _sentences(random: Random) -> str:
    if random.random() < 0.6:
        lines = [line for line in FREE.read_text("utf-8").splitlines() if line.strip()]
        text = " ".join(random.sample(lines, 5))
    else:
        text = " ".join(Grammar(seed=random.getrandbits(30)).take(6))
    return WRITTEN.sub("", f"{text} {random.choice(LIKE)}")


def _pieces(
    speaker: Speaker, voice: Voice, text: str, fillers: dict[str, tuple[str, ...]], random: Random
) -> list[_Piece]:
    speech = speaker.speak(text, voice)
    array = np.random.default_rng(random.getrandbits(32))
    pieces: list[_Piece] = []
    last = 0
    for word in speech.words:
        first, end = int(word.start * RATE), int(word.end * RATE)
        pieces.append(_Piece(speech.sound[last:first]))
        pieces.append(_Piece(_drawn_out(speech.sound[first:end], random)))
        last = end
        chance = random.random()
        if chance < HESITATIONS:
            filler = _filler(speaker, voice, speech.sound, fillers, random, array)
            pieces += [_silence(random, 0.7), filler, _silence(random, 0.7)]
        elif chance < HESITATIONS + OTHERS:
            other = random.choice((breath, laugh, throat))(speech.sound, random, array)
            pieces += [_silence(random, 0.5), _Piece(other), _silence(random, 0.5)]
        elif chance < HESITATIONS + 2 * OTHERS:
            pieces.append(_silence(random, 1.0))
    return [*pieces, _Piece(speech.sound[last:])]


def _drawn_out(sound: Sound, random: Random) -> Sound:
    if random.random() > DRAWN_OUT or len(sound) < 0.12 * RATE:
        return sound
    tail = int(min(len(sound) * 0.6, random.uniform(0.08, 0.16) * RATE))
    return np.concatenate([sound[:-tail], stretched(sound[-tail:], random.uniform(1.6, 3.5))])


def _silence(random: Random, likely: float) -> _Piece:
    seconds = random.uniform(0.05, 0.8) if random.random() < likely else 0.0
    return _Piece(np.zeros(int(seconds * RATE), np.float32))


def _filler(
    speaker: Speaker,
    voice: Voice,
    speech: Sound,
    fillers: dict[str, tuple[str, ...]],
    random: Random,
    array: np.random.Generator,
) -> _Piece:
    """Spoken by the same voice, or by a throat like its own."""
    said = random.choice(("um", "uh"))
    seconds = random.uniform(SHORTEST, LONGEST)
    if random.random() < 0.6:
        lower = Voice(voice.name, 150, max(0, voice.pitch - random.randint(0, 15)), 20, voice.shift)
        spoken = trimmed(speaker.speak(f"[[{random.choice(fillers[said])}]]", lower).sound)
        factor = float(np.clip(seconds * RATE / max(1, len(spoken)), 0.7, 4))
        sound = stretched(spoken, factor)
    else:
        sound = _by_throat(speech, said, seconds, random, array)
    return _Piece(_faded(_as_loud(sound, speech, random)), said)


def _by_throat(
    speech: Sound, said: str, seconds: float, random: Random, array: np.random.Generator
) -> Sound:
    own = measured(speech, array)
    pitch = own.pitch if own else random.uniform(85, 230)
    like: Throat = own if own and random.random() < 0.6 else made_up(pitch, array)
    return filled_pause(like, seconds, random.uniform(0.3, 0.7) if said == "um" else 1.0, array)


def _as_loud(sound: Sound, speech: Sound, random: Random) -> Sound:
    """Mostly a little softer than the speech around it."""
    loudness, own = (float(np.percentile(np.abs(each), 97)) + 1e-6 for each in (speech, sound))
    return sound * np.float32(random.uniform(0.35, 1.0) * loudness / own)


def trimmed(sound: Sound) -> Sound:
    loud = np.flatnonzero(np.abs(sound) > 0.05 * np.abs(sound).max())
    return sound[loud[0] : loud[-1] + 1] if len(loud) else sound


def _faded(sound: Sound) -> Sound:
    ramp = np.minimum(1, np.arange(len(sound)) / (0.012 * RATE)).astype(np.float32)
    return sound * ramp * ramp[::-1]


def _joined(name: str, pieces: list[_Piece], random: Random) -> Recording:
    sounds = [np.zeros(int(0.4 * RATE), np.float32)]
    now = len(sounds[0]) / RATE
    marks: list[Mark] = []
    for piece in pieces:
        end = now + len(piece.sound) / RATE
        if end > LONGEST_CLIP:
            break
        if piece.said:
            marks.append(Mark(Span(now, end), piece.said == "um"))
        sounds.append(piece.sound)
        now = end
    sound = np.concatenate(sounds).astype(np.float32)
    if random.random() < SPOILED:
        sound = spoiled(sound, np.random.default_rng(random.getrandbits(32)))
    loudest = float(np.abs(sound).max())
    return Recording(name, sound * np.float32(min(1.0, 0.9 / max(loudest, 1e-6))), tuple(marks))
