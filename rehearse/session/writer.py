"""The thread that moves an answer's sound from the microphone to the disk."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass

from rehearse.model.take import SAMPLE_RATE
from rehearse.ports import Ear, Hearing, Recorder
from rehearse.speech.dictation import Dictation
from rehearse.takes.take_json import decoded

BYTES_PER_SAMPLE = 2
AFTER_SIGNAL = 5.0
"""Seconds for the last sound to be kept once a signal has come; a disk that hangs takes longer."""
TICK = 0.1
"""Seconds between two checks of the keys: fast for a finger, cheap for a processor."""


class Writer(threading.Thread):
    """Moves sound from the microphone to the disk in a thread of its own."""

    def __init__(self, ear: Ear, recorder: Recorder) -> None:
        super().__init__(name="writer", daemon=True)
        self._ear = ear
        self._recorder = recorder
        self._stop_asked = threading.Event()
        self._over = threading.Event()
        """An interrupted `join` would count the thread as ended in Python 3.10 and 3.11."""
        self.opened = threading.Event()
        self.paused = False
        self.bytes_heard = 0
        self.bytes_kept = 0
        self.peak = 0
        self.only_zeros = True
        self.zeros = 0
        """Bytes of exact zeros since the last sound."""
        self.error: Exception | None = None
        self.spoken_out = False

    @property
    def seconds_heard(self) -> float:
        return _length(self.bytes_heard)

    @property
    def seconds_kept(self) -> float:
        return _length(self.bytes_kept)

    @property
    def seconds_of_zeros(self) -> float:
        """Since the last sound."""
        return _length(self.zeros)

    def run(self) -> None:
        try:
            with self._ear.open() as hearing:
                self.opened.set()
                self._listen(hearing)
            self._drain(hearing)
        except Exception as error:  # noqa: BLE001 - handed to the main thread, which raises or tells it
            self.error = error
        finally:
            self.opened.set()
            self._over.set()

    def stop(self) -> None:
        """Returns when the last sound is kept. A signal that interrupts this is raised then, too:
        the recorder must not be closed while it is written to."""
        self._stop_asked.set()
        try:
            self._over.wait()
        except BaseException:
            self._over.wait(AFTER_SIGNAL)
            raise

    def _listen(self, hearing: Hearing) -> None:
        while not self._stop_asked.is_set():
            block = hearing.read(TICK)
            if block == b"":
                self.spoken_out = True
                return
            if block is not None:
                self._take(block)

    def _drain(self, hearing: Hearing) -> None:
        """Move the sound that was recorded before the stop and still waits in the queue."""
        while block := hearing.read(0):
            self._take(block)

    def _take(self, block: bytes) -> None:
        self.bytes_heard += len(block)
        self.peak = peak(block)
        if self.paused:
            return
        self.only_zeros = self.only_zeros and self.peak == 0
        self.zeros = 0 if self.peak else self.zeros + len(block)
        self._recorder.write(block)
        self.bytes_kept += len(block)


@dataclass(frozen=True)
class Both:
    """Writes down what was kept first; what is not on the disk cannot be written down."""

    recorder: Recorder
    dictation: Dictation

    def write(self, block: bytes) -> None:
        self.recorder.write(block)
        self.dictation.feed(decoded(block))


def _length(size: int) -> float:
    return size / BYTES_PER_SAMPLE / SAMPLE_RATE


def peak(block: bytes) -> int:
    """Largest absolute sample, 0 to 32768."""
    samples = memoryview(block).cast("h")
    return max(max(samples), -min(samples)) if len(samples) else 0


def decibels(amplitude: int) -> float | None:
    """`peak` in dBFS; None for exact silence."""
    return 20 * math.log10(amplitude / 32768) if amplitude else None
