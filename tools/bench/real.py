"""How long somebody waits for the words of real Whisper: as `live` has it, with the models that the
extras `offline` and `real` install. A neural voice speaks where recordings of it lie beside the
project, else the demo's candidate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse.model.take import SAMPLE_RATE
from rehearse.speech.whisper import WhisperTranscriber
from tools.bench import live
from tools.hesitations.shared import neural_recordings
from tools.questions.installed import NotHere, tiny_en, whisper_base

if TYPE_CHECKING:
    from rehearse.model.take import Samples

MODELS: dict[str, Callable[[], Path]] = {"tiny_en": tiny_en, "base": whisper_base}

NAMES = ("Kafka", "PagerDuty", "Debezium", "Okonkwo", "Metformin", "Priyanka", "Zephyr")
"""As somebody's notes hold them."""


def waits(lengths: Sequence[int], names: Sequence[str] = tuple(MODELS)) -> None:
    for name in names:
        try:
            transcriber = WhisperTranscriber(MODELS[name](), name)
        except NotHere as missing:
            print(f"live_real_{name}: real Whisper is not here, left out ({missing})")
            continue
        live.waits_of(f"real_{name}", transcriber, _plain(transcriber), lengths, speech, NAMES)


def speech(seconds: int) -> Samples:
    """Ends with sound of the voice."""
    answers = [recording.sound for recording in neural_recordings()]
    if not answers:
        return live.speech(seconds)
    parts: list[Samples] = []
    for answer in cycle(answers):
        parts.append(answer)
        if sum(map(len, parts)) >= seconds * SAMPLE_RATE:
            break
    return live.trimmed(np.concatenate(parts)[: seconds * SAMPLE_RATE])


def _plain(transcriber: WhisperTranscriber) -> Callable[[Samples], object]:
    """One pass over the whole sound, as faster-whisper does it by itself."""

    def write(sound: Samples) -> object:
        model: Any = transcriber.load()
        return list(model.transcribe(sound, language="en", beam_size=5)[0])

    return write
