"""The natural voice in a process of its own: `python -m rehearse.speech.natural_child MODEL`.

It loads the model once. Then each line of stdin, an Utterance as JSON, becomes a WAV, and an empty
line on stdout says that it is written. It ends with stdin, and at the first failure; the last line
of stderr is the reason.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rehearse.audio.resample import resampled
from rehearse.speech import natural
from rehearse.speech.engines import onnxruntime


@dataclass(frozen=True)
class Utterance:
    text: str
    path: str
    """Of the WAV."""
    pitch: float
    """How much higher the voice speaks than it does by itself."""
    rate: int
    """Words a minute."""
    limit: float
    """Seconds, after which it gives up: a parent that was killed kills no child that hangs."""


def loaded(model: str) -> Any:
    library = onnxruntime()
    from piper import PiperConfig, PiperVoice

    options = library.SessionOptions()
    options.intra_op_num_threads = 1  # more of them wait for each other where others work too
    settings = json.loads(Path(f"{model}.json").read_text("utf-8"))
    return PiperVoice(
        library.InferenceSession(model, options, providers=["CPUExecutionProvider"]),
        PiperConfig.from_dict(settings),
    )


def speak(piper: Any, said: Utterance) -> None:
    import numpy as np
    from piper import SynthesisConfig

    how = SynthesisConfig(length_scale=said.pitch * natural.OWN_RATE / said.rate)
    samples = np.concatenate([one.audio_float_array for one in piper.synthesize(said.text, how)])
    own = piper.config.sample_rate
    samples = resampled(samples, round(own * said.pitch), own)
    with Path(said.path).open("wb") as opened, wave.open(opened) as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(own)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def give_up(seconds: float) -> None:
    sys.stderr.write(f"no sound within {seconds:.0f} seconds\n")
    sys.stderr.flush()
    os._exit(1)


def main() -> None:
    answers, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer
    piper = loaded(sys.argv[1])
    for line in sys.stdin.buffer:
        said = Utterance(**json.loads(line))
        limit = threading.Timer(said.limit, give_up, (said.limit,))
        limit.daemon = True  # what fails does not wait for it
        limit.start()
        speak(piper, said)
        limit.cancel()
        answers.write("\n")
        answers.flush()


if __name__ == "__main__":
    main()
