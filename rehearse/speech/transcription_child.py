"""A desk in a process of its own: `python -m rehearse.speech.transcription_child`.

Messages come on stdin and go out on stdout, as `wire` has them. It ends when stdin does, so that it
never outlives its parent, and ignores Ctrl-C, which is for the parent alone. Nothing that a library
prints gets anywhere.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.errors import RehearseError, UnreadableFile
from rehearse.model.take import SAMPLE_RATE, Span
from rehearse.ports import ActivityListener, Reading, Transcriber, VoiceActivity
from rehearse.speech import messages, telemetry
from rehearse.speech.dictation import index
from rehearse.speech.transcription import BLOCK, OwnDesk, Scribe
from rehearse.takes import take_json

if TYPE_CHECKING:
    from rehearse.model.take import Samples

TICK = 0.05
"""Seconds between two looks at what has changed: half of what the parent takes to look at it."""
BEAT = 1.0
"""Seconds between two signs of life."""
FAILED = 70
"""Exit code where something unforeseen happened."""
_BLOCK = index(BLOCK)


class Busy:
    """How long what is being done has taken so far."""

    def __init__(self) -> None:
        self._since: dict[int, float] = {}

    @contextmanager
    def at_it(self) -> Iterator[None]:
        self._since[threading.get_ident()] = time.monotonic()
        try:
            yield
        finally:
            del self._since[threading.get_ident()]

    def longest(self) -> float:
        now = time.monotonic()
        return max((now - since for since in list(self._since.values())), default=0.0)


@dataclass(frozen=True)
class TimedTranscriber:
    inner: Transcriber
    busy: Busy

    @property
    def name(self) -> str:
        return self.inner.name

    @property
    def language(self) -> str:
        return self.inner.language

    def prepare(self) -> None:
        self.inner.prepare()

    def transcribe(self, samples: Samples, *, hasty: bool = False) -> Reading:
        with self.busy.at_it():
            return self.inner.transcribe(samples, hasty=hasty)


@dataclass(frozen=True)
class TimedActivity:
    inner: VoiceActivity
    busy: Busy

    def listen(self) -> TimedListener:
        with self.busy.at_it():
            return TimedListener(self.inner.listen(), self.busy)


@dataclass(frozen=True)
class TimedListener:
    inner: ActivityListener
    busy: Busy

    def feed(self, samples: Samples) -> list[float]:
        with self.busy.at_it():
            return self.inner.feed(samples)

    def finish(self) -> list[float]:
        with self.busy.at_it():
            return self.inner.finish()


class FileSound:
    """An `answer.wav` that is being written. It is held open, so that it is heard to its end
    wherever it is moved meanwhile."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = threading.Lock()
        self._heard = 0
        self._file: FileIO | None = None

    def until(self, samples: int) -> Iterator[Samples]:
        """What was not given yet, up to so many. Raises UnreadableFile."""
        while self._heard < samples:
            first, self._heard = self._heard, min(self._heard + _BLOCK, samples)
            yield self(Span(first / SAMPLE_RATE, self._heard / SAMPLE_RATE))

    def __call__(self, span: Span) -> Samples:
        first, last = take_json.offset(span.start), take_json.offset(span.end)
        try:
            with self._turn:
                file = self._opened()
                file.seek(take_json.HEADER_BYTES + first)
                return take_json.decoded(file.read(last - first))
        except OSError as error:
            mend = "Restore the file, or delete the take's folder."
            why = error.strerror or str(error)
            raise UnreadableFile(f"{self._path} cannot be read ({why}).", mend) from error

    def _opened(self) -> FileIO:
        """With its first sound: a recording that begins has no file yet."""
        if self._file is None:
            self._file = self._path.open("rb", buffering=0)
        return self._file

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


class SaidSound:
    """Sound that no file has: what is said to the program, or a file of another kind."""

    def __init__(self) -> None:
        self._sound = bytearray()

    def add(self, sound: bytes) -> Samples:
        self._sound += sound
        return _floats(sound)

    def __call__(self, span: Span) -> Samples:
        size = 4
        return _floats(bytes(self._sound[size * index(span.start) : size * index(span.end)]))

    def close(self) -> None:
        self._sound = bytearray()


def _floats(sound: bytes) -> Samples:
    import numpy as np

    return np.frombuffer(sound, np.float32)


class Job:
    """One dictation."""

    def __init__(self, begin: messages.Begin, desk: OwnDesk) -> None:
        self.number = begin.number
        self.sound = SaidSound() if begin.path is None else FileSound(Path(begin.path))
        self.scribe: Scribe = desk.begin(self.sound, begin.wish, known=begin.known)
        self._told: object = None
        self._parts = 0

    def fed(self, samples: int) -> None:
        """Raises UnreadableFile."""
        assert isinstance(self.sound, FileSound)
        for block in self.sound.until(samples):
            self.scribe.feed(block)

    def said(self, sound: bytes) -> None:
        assert isinstance(self.sound, SaidSound)
        self.scribe.feed(self.sound.add(sound))

    def news(self) -> messages.Now | None:
        """What has changed since it was asked last."""
        followed, listening = self.scribe.followed, self.scribe.listening()
        done, ahead = ((), None) if self.scribe.why else self.scribe.parts()
        if (followed, listening, len(done), ahead) == self._told:
            return None
        self._told = (followed, listening, len(done), ahead)
        new, self._parts = done[self._parts :], len(done)
        return messages.Now(self.number, followed, listening, new, ahead)


class Child:
    def __init__(self, out: int) -> None:
        self._out = out
        self._turn = threading.Lock()
        self._busy = Busy()
        self._jobs: dict[int, Job] = {}
        self._desk: OwnDesk | None = None

    def serve(self, into: int) -> None:
        """Until the parent has closed its end."""
        threading.Thread(target=self._tell, name="news", daemon=True).start()
        for message in messages.messages(into):
            try:
                self._heed(message)
            except Exception as error:  # noqa: BLE001  the parent tells it
                self._end(error)

    def _heed(self, message: object) -> None:
        if isinstance(message, messages.Start):
            activity = TimedActivity(message.activity, self._busy)
            self._desk = OwnDesk(activity, TimedTranscriber(message.transcriber, self._busy))
        elif isinstance(message, messages.Begin):
            assert self._desk is not None
            self._jobs[message.number] = Job(message, self._desk)
        elif isinstance(message, messages.Prepare):
            assert self._desk is not None
            self._desk.prepare()
        else:
            assert isinstance(
                message, messages.Fed | messages.Said | messages.Finish | messages.Drop
            )
            if job := self._jobs.get(message.number):
                self._heed_for(job, message)

    def _heed_for(
        self, job: Job, message: messages.Fed | messages.Said | messages.Finish | messages.Drop
    ) -> None:
        try:
            self._go_on(job, message)
        except UnreadableFile as error:
            self._fail(job, error)

    def _fail(self, job: Job, error: RehearseError) -> None:
        self._send(messages.Failed(job.number, error))
        self._jobs.pop(job.number, None)

    def _go_on(
        self, job: Job, message: messages.Fed | messages.Said | messages.Finish | messages.Drop
    ) -> None:
        if isinstance(message, messages.Fed):
            job.fed(message.samples)
        elif isinstance(message, messages.Said):
            job.said(message.sound)
        elif isinstance(message, messages.Finish):
            threading.Thread(target=self._finish, args=(job, message.cut), daemon=True).start()
        else:
            self._jobs.pop(job.number, None)  # it may have ended at the same moment
            job.scribe.drop()

    def _finish(self, job: Job, cut: float | None) -> None:
        try:
            for second in job.scribe.finish(cut):
                self._send(messages.Progress(job.number, second))
            self._send(messages.Done(job.number, job.scribe.written()))
            job.sound.close()
        except RehearseError as error:
            self._fail(job, error)
        except BaseException as error:  # noqa: BLE001  the parent tells it
            self._end(error)
        self._jobs.pop(job.number, None)

    def _tell(self) -> None:
        """Now and then, whatever the others do."""
        at = 0.0
        while True:
            try:
                for job in list(self._jobs.values()):
                    self._look(job)
            except Exception as error:  # noqa: BLE001  the parent tells it
                self._end(error)
            if time.monotonic() >= at:
                at = time.monotonic() + BEAT
                self._send(messages.Beat(self._busy.longest()))
            time.sleep(TICK)

    def _look(self, job: Job) -> None:
        failed = job.scribe.failed
        if isinstance(failed, RehearseError):
            self._fail(job, failed)
        elif failed is not None:
            self._end(failed)
        elif news := job.news():
            self._send(news)

    def _send(self, message: object) -> None:
        try:
            with self._turn:
                messages.write(self._out, messages.packed(message))
        except OSError:  # nobody waits for it any more
            os._exit(0)

    def _end(self, error: BaseException) -> None:
        kind = type(error).__name__
        why = f"because of an error ({kind}: {error})"
        if isinstance(error, MemoryError):
            why = "because memory ran out"
        with suppress(Exception):
            self._send(messages.Ends(why))
        os._exit(FAILED)


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    telemetry.switch_off()
    into, out = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    import numpy  # noqa: F401  (two threads that import it at once can lock each other out)

    Child(out).serve(into)
    os._exit(0)


if __name__ == "__main__":
    main()
