"""Synthetic speech with hesitations, long vowels and pauses at known times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np

from rehearse.model.take import Span, Word
from tools.hesitations.spoil import spoiled
from tools.hesitations.stretch import stretched
from tools.hesitations.vocal import Throat, filled_pause, made_up, measured
from tools.miniature.grammar import Grammar
from tools.miniature.speak import RATE, Sound, Speaker, Voice
from tools.miniature.voices import draw

SPOKEN_FILLERS = ("um", "uh", "um", "uh", "er", "erm", "mm")
HUMMED = ("um", "erm", "mm")
HESITATION = re.compile(r",?\s*\b(um|uh|er|erm|hmm)\b,?", re.IGNORECASE)
FREE = Path(__file__).parents[1] / "miniature" / "freeform.txt"
FOREIGN = {
    "gmw/de": "Ich habe drei Jahre an einem Programm gearbeitet, das Rechnungen liest. Danach "
    "wollte ich wissen, warum so viele Kunden gehen, und ich habe mit zwanzig von ihnen geredet.",
    "roa/es": "Hice durante tres meses un programa que lee facturas. Luego quise saber por que se "
    "iban tantos clientes, y hablamos con veinte de ellos durante el verano.",
    "roa/fr": "Pendant trois ans nous avons fait un programme qui lit des factures. Ensuite je "
    "voulais savoir pourquoi tant de clients partaient, et vingt ont bien voulu en parler.",
    "roa/it": "Per tre anni ho lavorato a un programma che legge le fatture. Poi volevo sapere "
    "come mai tanti clienti andavano via, e ho parlato con venti di loro durante la estate.",
}
"""In letters of English, whose words have times."""
SETTINGS = ("hesitant", "hesitant", "fluent")


@dataclass(frozen=True)
class FilledPause:
    """One hesitation as it was put in."""

    span: Span
    nasal: bool


@dataclass(frozen=True)
class Recording:
    """`words` have their true times and no fillers; None where times are not known."""

    name: str
    sound: Sound
    words: tuple[Word, ...] | None
    fillers: tuple[FilledPause, ...]
    ignored: tuple[Span, ...] = ()
    """Neither hit nor miss: backchannels, and marks that are not sure."""
    texts: tuple[str, ...] = ()
    """What was read out, where only that is known."""
    reliable: tuple[bool, ...] = ()
    """For each filler whether its mark is sure; empty where all are."""


@dataclass(frozen=True)
class _Piece:
    sound: Sound
    text: str | None = None
    nasal: bool | None = None


def recordings(count: int, seed: int, *, plain: bool = False) -> Iterator[Recording]:
    """A third of them fluent, with long vowels and pauses instead of hesitations; `plain` ones are
    clean, in the voice of the demo's candidate, and in English."""
    speaker = Speaker()
    for number in range(count):
        random = Random(f"{seed} {number}")
        setting = SETTINGS[number % len(SETTINGS)]
        if plain:
            yield _recording(speaker, setting, random, Voice("en-us", random.randint(150, 180)))
            continue
        made = _recording(speaker, setting, random, draw(random))
        array = np.random.default_rng(random.getrandbits(32))
        yield replace(made, name=f"{made.name}-{number}", sound=spoiled(made.sound, array))


def _recording(speaker: Speaker, setting: str, random: Random, voice: Voice) -> Recording:
    foreign = voice.name != "en-us" and random.random() < 0.12
    language = random.choice(sorted(FOREIGN)) if foreign else None
    text = FOREIGN[language] if language else _sentences(random)
    if language:
        voice = replace(voice, name=language)
    speech = speaker.speak(text, voice)
    array = np.random.default_rng(random.getrandbits(32))
    pieces: list[_Piece] = []
    last = 0
    for word, after in zip(speech.words, [*speech.words[1:], None], strict=True):
        first, end = int(word.start * RATE), int(word.end * RATE)
        pieces.append(_Piece(speech.sound[last:first]))
        pieces.append(_Piece(_lengthened(speech.sound[first:end], random), word.text))
        last = end
        if after is not None:
            pieces += _between(speaker, voice, speech.sound, setting, random, array)
    pieces.append(_Piece(speech.sound[last:]))
    return _joined(setting, pieces)


def _sentences(random: Random) -> str:
    if random.random() < 0.5:
        lines = FREE.read_text("utf-8").splitlines()
        text = " ".join(random.sample([line for line in lines if line.strip()], 4))
    else:
        text = " ".join(Grammar(seed=random.getrandbits(30)).take(5))
    return HESITATION.sub("", text)


def _lengthened(sound: Sound, random: Random) -> Sound:
    """Now and then the word's last sound is drawn out: no hesitation, since the word covers it."""
    if random.random() > 0.06 or len(sound) < 0.12 * RATE:
        return sound
    tail = int(min(len(sound) * 0.6, random.uniform(0.08, 0.16) * RATE))
    return np.concatenate([sound[:-tail], stretched(sound[-tail:], random.uniform(1.6, 3.5))])


def _between(
    speaker: Speaker,
    voice: Voice,
    speech: Sound,
    setting: str,
    random: Random,
    array: np.random.Generator,
) -> list[_Piece]:
    if setting == "hesitant" and random.random() < 0.08:
        filler = _filler(speaker, voice, speech, random, array)
        around = [_silence(random, 0.6), filler, _silence(random, 0.7)]
        return [piece for piece in around if len(piece.sound)]
    return [_silence(random, 1.0)] if random.random() < 0.05 else []


def _silence(random: Random, likely: float) -> _Piece:
    seconds = random.uniform(0.05, 0.8) if random.random() < likely else 0.0
    return _Piece(np.zeros(int(seconds * RATE), np.float32))


def _filler(
    speaker: Speaker, voice: Voice, speech: Sound, random: Random, array: np.random.Generator
) -> _Piece:
    if random.random() < 0.4:
        text = random.choice(SPOKEN_FILLERS)
        lower = replace(voice, pitch=max(0, voice.pitch - random.randint(0, 15)), rate=150)
        said = trimmed(speaker.speak(text, lower).sound)
        wanted = random.uniform(0.18, 0.8) * RATE
        sound = stretched(said, float(np.clip(wanted / max(1, len(said)), 0.8, 4)))
        nasal = text in HUMMED
    else:
        sound, nasal = source_filter(speech, random, array)
    return _Piece(as_loud(sound, speech, random), nasal=nasal)


def as_loud(sound: Sound, speech: Sound, random: Random) -> Sound:
    """Mostly a little softer than the speech around it."""
    loudness, own = (float(np.percentile(np.abs(each), 97)) + 1e-6 for each in (speech, sound))
    return sound * np.float32(random.uniform(0.35, 1.0) * loudness / own)


def source_filter(speech: Sound, random: Random, array: np.random.Generator) -> tuple[Sound, bool]:
    """A filled pause for this speaker, and whether it ends in a hum."""
    own = measured(speech, array)
    pitch = own.pitch if own else random.uniform(85, 230)
    throat: Throat = own if own and random.random() < 0.5 else made_up(pitch, array)
    shape = random.random()
    hum_from = 1.0 if shape < 0.5 else random.uniform(0.3, 0.7) if shape < 0.92 else 0.0
    seconds = random.uniform(0.18, 0.8)
    return filled_pause(throat, seconds, hum_from, array), hum_from < 1


def trimmed(sound: Sound) -> Sound:
    loud = np.flatnonzero(np.abs(sound) > 0.05 * np.abs(sound).max())
    return sound[loud[0] : loud[-1] + 1] if len(loud) else sound


def _joined(name: str, pieces: list[_Piece]) -> Recording:
    quiet = np.zeros(int(0.5 * RATE), np.float32)
    now = len(quiet) / RATE
    words: list[Word] = []
    fillers: list[FilledPause] = []
    sounds = [quiet]
    for piece in pieces:
        end = now + len(piece.sound) / RATE
        if piece.text is not None:
            words.append(Word(piece.text, now, end))
        if piece.nasal is not None:
            fillers.append(FilledPause(Span(now, end), piece.nasal))
        sounds.append(faded(piece.sound) if piece.nasal is not None else piece.sound)
        now = end
    return Recording(name, np.concatenate([*sounds, quiet]), tuple(words), tuple(fillers))


def faded(sound: Sound) -> Sound:
    ramp = np.minimum(1, np.arange(len(sound)) / (0.012 * RATE)).astype(np.float32)
    return sound * ramp * ramp[::-1]
