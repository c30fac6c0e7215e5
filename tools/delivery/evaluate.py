"""How well delivery is measured: one figure a line, against times and pitches that are known.

Speech is synthetic, with silences put between phrases; the voice activity is that of the program.
Real rooms and real voices are harder.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median, pstdev
from typing import TYPE_CHECKING

import numpy as np

from rehearse.analysis.sound.prosody import pitch_variation, tally
from rehearse.analysis.sound.voicing import frames
from rehearse.analysis.words.pace import pace
from rehearse.analysis.words.pauses import SHORTEST_PAUSE, silences
from rehearse.analysis.words.syllables import builtin_syllables, spoken_syllables
from rehearse.audio.resample import resampled
from rehearse.commands.demo import read_script
from rehearse.model.take import SAMPLE_RATE, Sound, Span, Word
from rehearse.speech import models
from rehearse.speech.transcription import Written, write_down
from rehearse.speech.voice import SpokenVoice
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.speech.whisper import WhisperTranscriber
from tools.delivery.spoken import VOICES, WORD, Clip, clip, phrases, sung, syllables_of
from tools.miniature.speak import Speaker, Voice
from tools.star.answers import FOLDER

if TYPE_CHECKING:
    from rehearse.model.take import Samples

SEED = 4
CLIPS, PHRASES = 24, 8
NOISE = {"quiet": -66.0, "room": -42.0}
"""dBFS; speech lies near -24."""
TONES = (95.0, 140.0, 210.0, 300.0)
"""Hz."""
DEPTHS = (0.0, 1.0, 2.0, 4.0)
"""Semitones of vibrato to each side."""
TEXTS = 6
"""That each voice reads, of some twenty seconds."""
RANGES = (20, 50, 80)
"""Of the voice's pitch, from flat to lively."""
COMMON = 1500
"""Words whose syllables are compared."""


@dataclass(frozen=True)
class Matched:
    hits: tuple[tuple[Span, Span], ...]
    """What was put in, what was found."""
    put_in: int
    found: int


def main() -> None:
    speaker = Speaker()
    for name, noise in NOISE.items():
        made = clips(speaker, noise)
        heard = [listened(each) for each in made]
        told_pauses(name, [matched(c, h) for c, h in zip(made, heard, strict=True)])
        told_rates(name, made, heard)
    words_a_minute()
    syllables(speaker)
    vibrato()
    texts(speaker)


def line(name: str, value: float, unit: str, n: int) -> None:
    print(f"{name} {value:.3f} {unit} (n={n})", flush=True)


def clips(speaker: Speaker, noise: float) -> list[Clip]:
    random = np.random.default_rng(SEED)
    texts = phrases(CLIPS * PHRASES)
    return [
        clip(
            speaker,
            VOICES[i % len(VOICES)],
            texts[i * PHRASES : (i + 1) * PHRASES],
            random=random,
            noise=noise,
        )
        for i in range(CLIPS)
    ]


def listened(made: Clip) -> Sound:
    return write_down(made.samples, activity=SileroVoiceActivity(), transcriber=None).sound


def matched(made: Clip, heard: Sound) -> Matched:
    """A pause is found where it overlaps with a silence of its own."""
    long = [each for each in made.silences if each.duration >= SHORTEST_PAUSE]
    found = silences(heard.speech)
    hits = []
    for true in long:
        over = [one for one in found if one.start < true.end and one.end > true.start]
        if over:
            hits.append((true, max(over, key=lambda one: one.duration)))
    return Matched(tuple(hits), len(long), len(found))


def told_pauses(name: str, all_of: Sequence[Matched]) -> None:
    hits = [hit for each in all_of for hit in each.hits]
    put_in, found = sum(m.put_in for m in all_of), sum(m.found for m in all_of)
    line(f"delivery_{name}_pause_recall", len(hits) / put_in, "of 1", put_in)
    line(f"delivery_{name}_pause_precision", len({h for _, h in hits}) / found, "of 1", found)
    starts = [abs(true.start - one.start) for true, one in hits]
    lengths = [abs(true.duration - one.duration) for true, one in hits]
    line(f"delivery_{name}_pause_start_error", fmean(starts), "s", len(hits))
    line(f"delivery_{name}_pause_length_error", fmean(lengths), "s", len(hits))


def told_rates(name: str, made: Sequence[Clip], heard: Sequence[Sound]) -> None:
    """Against the words, syllables and seconds that were put in."""
    words, syllabic, runs = [], [], []
    for one, sound in zip(made, heard, strict=True):
        told = pace(
            one.words,
            duration=sound.duration,
            phonation=sum(each.duration for each in sound.speech),
            pauses=len(silences(sound.speech)),
            syllables=builtin_syllables("en"),
        )
        long = sum(each.duration >= SHORTEST_PAUSE for each in one.silences)
        words.append(_off(told.articulation_rate, 60 * len(one.words) / one.phonation))
        syllabic.append(_off(told.syllables_per_second, one.syllables / one.phonation))
        runs.append(_off(told.mean_run, len(one.words) / (long + 1)))
    line(f"delivery_{name}_articulation_rate_error", fmean(words), "of the rate", len(made))
    line(f"delivery_{name}_syllable_rate_error", fmean(syllabic), "of the rate", len(made))
    line(f"delivery_{name}_mean_run_error", fmean(runs), "of the length", len(made))


def _off(told: float | None, true: float) -> float:
    assert told is not None
    return abs(told - true) / true


def words_a_minute() -> None:
    """Of the demo's answers, as the miniature model writes them down."""
    script = read_script()
    voice = SpokenVoice(script.candidate_voice, script.rate, driver="espeak")
    model = models.miniature()
    writer = WhisperTranscriber(model.path, model.name)
    off = []
    for answer in script.answers:
        said = voice.render(answer)
        samples = resampled(said.samples, said.rate, SAMPLE_RATE)
        seconds = len(samples) / SAMPLE_RATE
        written = write_down(samples, activity=SileroVoiceActivity(), transcriber=writer)
        told = pace(_words(written), duration=written.sound.duration, phonation=None)
        off.append(_off(told.words_per_minute, 60 * len(WORD.findall(answer)) / seconds))
    line("delivery_words_per_minute_error", fmean(off), "of the rate", len(off))


def _words(written: Written) -> Sequence[Word]:
    assert written.transcript is not None
    return written.transcript.words


def syllables(speaker: Speaker) -> None:
    """By spelling, against the voice's own phonemes: of the commonest words of our answers, and of
    those in running text."""
    rules = builtin_syllables("en")
    assert rules is not None
    said: dict[str, int] = {}
    for path in sorted(FOLDER.glob("*.txt")):
        for word in re.findall(r"\b[a-z]{3,}\b", path.read_text("utf-8")):
            said[word] = said.get(word, 0) + 1
    common = sorted(said, key=lambda word: (-said[word], word))[:COMMON]
    true = {word: syllables_of(speaker.speak(word, VOICES[0])) for word in common}
    told = {word: spoken_syllables(word, rules) for word in common}
    right = sum(true[word] == told[word] for word in common)
    line("delivery_syllables_right", right / len(common), "of words", len(common))
    off = sum(said[w] * told[w] for w in common) / sum(said[w] * true[w] for w in common) - 1
    line("delivery_syllables_total_error", off, "of all", sum(said[w] for w in common))


def vibrato() -> None:
    """The pitch variation of tones against the one that was put in."""
    off: dict[bool, list[float]] = {True: [], False: []}
    for depth in DEPTHS:
        for base in TONES:
            heard = varied(sung(base, depth=depth), 6.0)
            off[depth == 0].append(abs(heard - depth / math.sqrt(2)))
    line("delivery_pitch_variation_flat", fmean(off[True]), "semitones", len(off[True]))
    line("delivery_pitch_variation_error", fmean(off[False]), "semitones", len(off[False]))


def varied(samples: Samples, seconds: float) -> float:
    found = pitch_variation(tally(frames(samples), [Span(0.0, seconds)]))
    assert found is not None
    return found


def texts(speaker: Speaker) -> None:
    """How far one voice moves from text to text, and whether a livelier one is told from it."""
    spread, ordered, pairs = [], 0, 0
    for voice in VOICES:
        told = {width: readings(speaker, voice, width) for width in RANGES}
        spread.append(pstdev(told[50]) / fmean(told[50]))
        for flat, lively in pairwise(RANGES):
            ordered += sum(a < b for a in told[flat] for b in told[lively])
            pairs += len(told[flat]) * len(told[lively])
    line("delivery_pitch_variation_between_texts", median(spread), "of its mean", len(VOICES))
    line("delivery_pitch_variation_ordered", ordered / pairs, "of pairs", pairs)


def readings(speaker: Speaker, voice: Voice, width: int) -> list[float]:
    some = phrases(TEXTS * PHRASES)
    made = Voice(voice.name, voice.rate, voice.pitch, width)
    random = np.random.default_rng(SEED)
    found = []
    for i in range(TEXTS):
        part = some[i * PHRASES : (i + 1) * PHRASES]
        sound = listened(clip(speaker, made, part, random=random, noise=NOISE["quiet"]))
        assert sound.pitch_variation is not None
        found.append(sound.pitch_variation)
    return found


if __name__ == "__main__":
    main()
