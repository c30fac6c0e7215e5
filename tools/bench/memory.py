"""Memory of an hour's recording against a minute's, each in a process of its own; Linux only."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.model.take import SAMPLE_RATE, Question, Word
from rehearse.ports import Reading
from rehearse.speech.scribe import Scribe
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.takes import take_json
from rehearse.takes.store import TakeStore
from tools.bench.figures import line
from tools.bench.live import BLOCK, speech

if TYPE_CHECKING:
    from rehearse.model.take import Samples

HOUR, MINUTE = 3600, 60
HURRY = 40
"""Times as fast as speech, for the memory of an hour: less than the listener can follow."""


def memory() -> None:
    minute, hour = (_peak(length) for length in (MINUTE, HOUR))
    line("memory_one_minute", minute, "MB", n=1)
    line("memory_one_hour_more", hour - minute, "MB", n=1)


def _peak(seconds: int) -> float:
    command = [sys.executable, "-m", "tools.bench.memory", str(seconds)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


class Prompt:
    """Writes nothing, at once: what a model costs is the same for an hour as for a minute."""

    name, language = "prompt", "en"

    def prepare(self) -> None:
        """Nothing to load."""

    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        return Reading((Word("so", 0.1, 0.4),))


def _record(seconds: int) -> None:
    """Through the disk, as a microphone's sound goes, but faster; prints the peak in MB."""
    sound = speech(MINUTE)
    with tempfile.TemporaryDirectory() as folder:
        store = TakeStore(Path(folder))
        take = store.begin(Question("Why?"), "2026-05-04T10:00:00+00:00", {})
        scribe = Scribe(
            partial(store.samples, take),
            activity=SileroVoiceActivity(),
            transcriber=Prompt(),
            live=True,
        )
        begun, fed = time.monotonic(), 0
        with store.recorder(take) as recorder:
            while fed < seconds * SAMPLE_RATE:
                block = sound[fed % (len(sound) - BLOCK) :][:BLOCK]
                pcm = (block * 32767).astype("<i2").tobytes()
                recorder.write(pcm)
                scribe.feed(take_json.decoded(pcm))
                fed += len(block)
                time.sleep(max(0.0, begun + fed / SAMPLE_RATE / HURRY - time.monotonic()))
        list(scribe.finish())
        assert round(scribe.written().sound.duration) == seconds
    print(_high_water() / 1024)


def _high_water() -> int:
    """kB; Linux only. `getrusage` tells of the process that began this one where that was more."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


if __name__ == "__main__":
    _record(int(sys.argv[1]))
