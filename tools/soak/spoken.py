"""What the candidate says in a soak, and how far the words of a take are off it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from rehearse.commands.demo import read_script
from rehearse.model.take import SAMPLE_RATE, Word
from rehearse.takes.take_json import wav_header
from rehearse.text import bare
from tools.miniature.speak import Sound, Speaker, SpokenWord, Voice

PROBE = 2 * SAMPLE_RATE
"""Samples at either end of an answer by which its place in a recording is found."""


@dataclass(frozen=True)
class Said:
    """One answer: its sound, the times of its words in it, and its file."""

    sound: Sound
    words: tuple[SpokenWord, ...]
    wav: Path

    @property
    def seconds(self) -> float:
        return len(self.sound) / SAMPLE_RATE


@dataclass(frozen=True)
class Drift:
    """Seconds. `sound` is how much longer the recording holds the answer than it is; `words` are
    the offsets of the words that were understood, in their order."""

    sound: float
    words: tuple[float, ...]


def say(speaker: Speaker, texts: list[str], wav: Path, *, pause: float = 1.0) -> Said:
    """The texts in the demo's voice with `pause` seconds between them, also as a file."""
    script = read_script()
    voice = Voice(script.candidate_voice, script.rate)
    quiet = np.zeros(round(pause * SAMPLE_RATE), np.float32)
    parts: list[Sound] = []
    words: list[SpokenWord] = []
    for text in texts:
        speech = speaker.speak(text, voice)
        begin = sum(map(len, parts)) / SAMPLE_RATE
        words += [SpokenWord(w.text, begin + w.start, begin + w.end) for w in speech.words]
        parts += [speech.sound, quiet]
    sound = np.concatenate(parts[:-1])
    pcm = (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()
    wav.write_bytes(wav_header(len(pcm)) + pcm)
    return Said(sound, tuple(words), wav)


def drift(said: Said, recorded: Sound, heard: tuple[Word, ...]) -> Drift:
    begin = _place(said.sound[:PROBE], recorded)
    end = _place(said.sound[-PROBE:], recorded)
    stretched = (end - begin) - (len(said.sound) - PROBE)
    spoken = [word.text.lower() for word in said.words]
    written = [bare(word.text) for word in heard]
    blocks = SequenceMatcher(None, spoken, written, autojunk=False).get_matching_blocks()
    offsets = [
        (heard[block.b + n].start or 0.0) - said.words[block.a + n].start - begin / SAMPLE_RATE
        for block in blocks
        for n in range(block.size)
    ]
    return Drift(stretched / SAMPLE_RATE, tuple(offsets))


def _place(probe: Sound, recorded: Sound) -> int:
    """Sample at which `probe` is most like the recording: their correlation, by its transform."""
    size = 1 << (len(recorded) + len(probe)).bit_length()
    spectrum = np.fft.rfft(recorded, size) * np.conj(np.fft.rfft(probe, size))
    return int(np.argmax(np.fft.irfft(spectrum, size)[: len(recorded)]))
