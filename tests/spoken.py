"""The demo's second answer, spoken by the built-in candidate, with the time of every word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from rehearse.adapters.models import MINIATURE
from rehearse.commands.demo import read_script
from rehearse.model import Word
from rehearse.takefile import wav_header
from rehearse.text import bare
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


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Spoken:
    script = read_script()
    voice = Voice(script.candidate_voice, script.rate)
    speech = Speaker().speak(script.answers[1], voice)
    pcm = (np.clip(speech.sound, -1, 1) * 32767).astype("<i2").tobytes()
    path = tmp_path_factory.mktemp("spoken") / "answer.wav"
    path.write_bytes(wav_header(len(pcm)) + pcm)
    return Spoken(speech, path)
