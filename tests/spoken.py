"""The demo's second answer, spoken by the built-in candidate, with the time of every word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from rehearse.commands.demo import read_script
from rehearse.model.take import SAMPLE_RATE, Word
from rehearse.speech.models import MINIATURE
from rehearse.takes.take_json import wav_header
from rehearse.text import bare, slug
from tools.miniature.speak import Speaker, Speech, Voice

needs_miniature = pytest.mark.skipif(
    not (MINIATURE / "model.bin").exists(), reason="the miniature model is not there"
)


@dataclass(frozen=True)
class Spoken:
    speech: Speech
    wav: Path

    @property
    def words(self) -> list[str]:
        return [word.text.lower() for word in self.speech.words]

    def errors(self, heard: Sequence[Word], *, shift: float) -> list[float]:
        """Seconds by which each word of `heard` begins off its time; `shift` is when the sound
        began in the recording."""
        assert [bare(word.text) for word in heard] == self.words
        return [
            abs((word.start or 0.0) - shift - said.start)
            for word, said in zip(heard, self.speech.words, strict=True)
        ]


@dataclass(frozen=True)
class Candidate:
    """Says anything in the demo's voice, into sound files of its own folder."""

    speaker: Speaker
    folder: Path

    def say(self, *texts: str, pause: float = 0.0) -> Spoken:
        """The texts with `pause` seconds of silence between them; word times are the first's."""
        script = read_script()
        voice = Voice(script.candidate_voice, script.rate)
        said = [self.speaker.speak(text, voice) for text in texts]
        quiet = np.zeros(round(pause * SAMPLE_RATE), np.float32)
        parts = [part for speech in said for part in (quiet, speech.sound)][1:]
        pcm = (np.clip(np.concatenate(parts), -1, 1) * 32767).astype("<i2").tobytes()
        path = self.folder / f"{slug(' '.join(texts))}-{len(list(self.folder.iterdir()))}.wav"
        path.write_bytes(wav_header(len(pcm)) + pcm)
        return Spoken(said[0], path)


@pytest.fixture(scope="session")
def candidate(tmp_path_factory: pytest.TempPathFactory) -> Candidate:
    """The one and only in a process: the library behind it keeps its state globally."""
    return Candidate(Speaker(), tmp_path_factory.mktemp("spoken"))


BRIEF = (
    "My task was to find the cause before the summer sale.",
    "I decided to read every log, and I saw that one report was locking the database.",
)
"""With a pause between them, for where it does not matter what is said."""


@pytest.fixture(scope="session")
def brief(candidate: Candidate) -> Spoken:
    """Nine seconds; `words` are those of the first sentence."""
    return candidate.say(*BRIEF, pause=0.8)


@pytest.fixture(scope="session")
def spoken(candidate: Candidate) -> Spoken:
    return candidate.say(read_script().answers[1])
