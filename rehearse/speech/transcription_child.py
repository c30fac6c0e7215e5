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
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.errors import RehearseError, UnreadableFile
from rehearse.speech import messages, telemetry
from rehearse.speech.busy import Busy, TimedActivity, TimedTranscriber
from rehearse.speech.scribe import Scribe
from rehearse.speech.spoken_sound import FileSound, SaidSound
from rehearse.speech.transcription import OwnDesk

if TYPE_CHECKING:
    pass

TICK = 0.05
"""Seconds between two looks at what has changed: half of what the parent takes to look at it."""
BEAT = 1.0
"""Seconds between two signs of life."""
FAILED = 70
"""Exit code where something unforeseen happened."""


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
