"""How long somebody waits for the words after the last one, at the cost of a real model.

The model has the exact shape of base.en and random weights, and writes as many tokens as people
say. Words are aligned in neither: faster-whisper goes on from the last word's end, which random
weights put anywhere, and would hear the same sound again. Synthetic speech is fed at the speed at
which it is spoken. All ratios are to one pass of plain faster-whisper over the same sound in the
same run.
"""

from __future__ import annotations

import math
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rehearse.audio.resample import resampled
from rehearse.commands.demo import read_script
from rehearse.model.take import SAMPLE_RATE, Span, Word
from rehearse.ports import Reading
from rehearse.speech.cores import physical_cores
from rehearse.speech.dictation import Wish
from rehearse.speech.transcription import dictated
from rehearse.speech.transcription_process import DeskApart
from rehearse.speech.voice import SpokenVoice
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.speech.whisper import WhisperTranscriber
from rehearse.takes import take_json
from rehearse.takes.files import WavRecorder
from tools.bench.figures import line
from tools.random_whisper import BASE_EN, SMALL_EN, build

if TYPE_CHECKING:
    from rehearse.model.take import Samples
    from rehearse.ports import Transcriber

SHAPES = {"base.en": BASE_EN, "small.en": SMALL_EN}
LENGTHS = (30, 120, 600)
"""Seconds."""
TOKENS_PER_SECOND = 3.2
"""Of real speech."""
PAUSE = 0.8
"""Seconds between two answers of the candidate, that are strung together for a long one."""
STOPS = {"at_the_last_word": 0.0, "a_second_later": 1.0}
"""Seconds from the last word to the key that ends the answer."""
LONGEST_TWICE = 120
"""Seconds; longer answers are spoken once, or a bench would take an hour."""
BLOCK = SAMPLE_RATE // 10


class PinnedTranscriber:
    """Random weights write as long as they may: here as many tokens as are said."""

    name = "pinned"
    language = "en"

    def __init__(self, folder: Path) -> None:
        self._inner = WhisperTranscriber(folder, self.name)

    def prepare(self) -> None:
        self._inner.prepare()

    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        return Reading(self.write(samples, beam=1 if hasty else 5))

    def write(self, samples: Samples, *, beam: int = 5) -> tuple[Word, ...]:
        """Of any length, as faster-whisper does it by itself."""
        model: Any = self._inner.load()
        window = min(len(samples) / SAMPLE_RATE, 30.0)
        segments, _ = model.transcribe(
            samples,
            language="en",
            beam_size=beam,
            temperature=0.0,
            max_new_tokens=math.ceil(window * TOKENS_PER_SECOND),
            suppress_tokens=[model.hf_tokenizer.token_to_id("<|endoftext|>")],
            without_timestamps=True,
            word_timestamps=False,
            condition_on_previous_text=False,
            compression_ratio_threshold=None,
            log_prob_threshold=None,
            no_speech_threshold=None,
        )
        return tuple(Word(segment.text.strip(), segment.start, segment.end) for segment in segments)


def waits(name: str, lengths: Sequence[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        transcriber = PinnedTranscriber(build(Path(folder) / name, SHAPES[name]))
        waits_of(name.replace(".", "_"), transcriber, transcriber.write, lengths, speech)


def waits_of(
    label: str,
    transcriber: Transcriber,
    write: Callable[[Samples], object],
    lengths: Sequence[int],
    speak: Callable[[int], Samples],
    names: Sequence[str] = (),
) -> None:
    """`write` is the plain pass of the same model; `speak` gives so many seconds. With `names` the
    same again at the last word, as where somebody's notes hold them."""
    begun = time.perf_counter()
    write(np.zeros(SAMPLE_RATE, np.float32))
    line(f"live_{label}_load", time.perf_counter() - begun, "s", n=1)
    for length in lengths:
        sound = speak(length)
        seconds = len(sound) / SAMPLE_RATE
        used = time.process_time()
        whole = _timed(lambda sound=sound: write(sound))
        processor = time.process_time() - used
        line(f"live_{label}_{length}s_whole_file", whole, f"s for {seconds:.0f} s", n=1)
        for stop, silence in STOPS.items():
            if length > LONGEST_TWICE and not silence:
                continue
            quiet = np.zeros(round(silence * SAMPLE_RATE), np.float32)
            name = f"live_{label}_{length}s_{stop}"
            _wait(name, np.concatenate([sound, quiet]), transcriber, whole, processor)
        if names and length <= LONGEST_TWICE:
            _wait(f"live_{label}_{length}s_named", sound, transcriber, whole, processor, names)


def _wait(
    name: str,
    sound: Samples,
    transcriber: Transcriber,
    whole: float,
    processor: float,
    names: Sequence[str] = (),
) -> None:
    """In a process of its own, through a file that is being written, as in a session."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(DeskApart(SileroVoiceActivity(), transcriber)) as desk,
    ):
        dictated(sound[: 30 * BLOCK], desk)  # the model is there before somebody speaks
        path = Path(folder) / take_json.SOUND_FILE
        dictation = desk.begin(Recorded(path), Wish(live=True, names=tuple(names)))
        recorder = WavRecorder(path)
        used, begun = _used(desk), time.monotonic()
        for number, first in enumerate(range(0, len(sound), BLOCK), start=1):
            time.sleep(max(0.0, begun + number * BLOCK / SAMPLE_RATE - time.monotonic()))
            block = sound[first : first + BLOCK]
            recorder.write((block * 32767).astype("<i2").tobytes())
            dictation.feed(block)
        busy = (_used(desk) - used) / (time.monotonic() - begun)
        used = _used(desk)
        wait = _timed(lambda: list(dictation.finish()))
        left = _used(desk) - used
        assert dictation.written().transcript is not None
    line(f"{name}_wait", wait, "s", n=1)
    line(f"{name}_wait_ratio", wait / whole, "of the whole file", n=1)
    line(f"{name}_left_ratio", left / processor, "of its processor time is left to do", n=1)
    line(
        f"{name}_processor_share",
        busy,
        f"of one core while speaking, of {physical_cores(at_most=99)}",
        n=1,
    )


@dataclass(frozen=True)
class Recorded:
    path: Path

    def __call__(self, span: Span) -> Samples:
        raise AssertionError("the file is read where it is written down")


def _used(desk: DeskApart) -> float:
    """Seconds of processor time, here and there; Linux only."""
    times = Path(f"/proc/{desk.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return time.process_time() + sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


def _timed(run: Any) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def speech(seconds: int) -> Samples:
    """The demo's answers, one after the other, until that long at least; ends with a word."""
    script = read_script()
    voice = SpokenVoice(script.candidate_voice, script.rate, driver="espeak")
    clips = [voice.render(answer) for answer in script.answers]
    answers = [trimmed(resampled(clip.samples, clip.rate, SAMPLE_RATE)) for clip in clips]
    pause = np.zeros(round(PAUSE * SAMPLE_RATE), np.float32)
    parts: list[Samples] = []
    while sum(map(len, parts)) < seconds * SAMPLE_RATE:
        parts += [pause, answers[len(parts) // 2 % len(answers)]]
    whole = np.concatenate(parts)
    return trimmed(whole[: seconds * SAMPLE_RATE])


def trimmed(sound: Samples) -> Samples:
    """Without the silence at its end."""
    return sound[: int(np.flatnonzero(np.abs(sound) > 0.01)[-1]) + 1]
