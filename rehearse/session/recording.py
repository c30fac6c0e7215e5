"""Records one answer from the microphone to the disk; keys control it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from rehearse.errors import DiskFull, EarLost
from rehearse.model.take import Ending
from rehearse.ports import Clock, Ear, Key, Keys, Recorder
from rehearse.session.endpoint import Countdown, Ended, Endpoint, Nudge, Request, Verdict
from rehearse.session.naps import Nap, Naps
from rehearse.session.writer import TICK, Writer, decibels
from rehearse.speech.utterance import Listening
from rehearse.speech.zeros import LEAST_ZEROS

ZEROS_WARN = LEAST_ZEROS
ZEROS_END = 15.0
"""Seconds of exact zeros, at any time and from the start. A live microphone always gives some
noise; zeros mean a missing permission or a switch on the device. Three are enough to say so;
fifteen from the start, to give up."""
LONGEST = 30 * 60.0
"""Seconds; keeps a forgotten recording from filling the disk."""
LAST_CALL = 60.0
"""Seconds before that limit at which a warning appears."""
MISSING = 0.5
"""Seconds by which the sound may be shorter than the clock before it counts as lost."""

ENDINGS = {
    Key.END: Ending.ENDED,
    Key.SKIP: Ending.SKIPPED,
    Key.START_OVER: Ending.STARTED_OVER,
    Key.LEAVE: Ending.LEFT,
}
WHY = {
    Ending.SILENT: "The microphone gave no sound at all. Check its switch, and whether this"
    " terminal may use it.",
    Ending.TIME_LIMIT: f"The recording stopped after {LONGEST / 60:.0f} minutes, the longest"
    " possible.",
}
TIME_IS_UP = "Your time is up."
FELL_SILENT = (
    "The microphone gave no sound for the last {:.0f} s, so the answer ended. If you were still"
    " speaking, check its switch, and whether this terminal may use it."
)


@dataclass(frozen=True)
class Position:
    """The state of a recording, for the live line."""

    elapsed: float
    level: float | None
    """Peak of the last block in dBFS; None for exact silence."""
    paused: bool
    silent: bool
    """Whether the microphone has given only zeros for long enough to warn."""
    countdown: float | None = None
    """Seconds until silence ends the recording, if that is near; else None."""
    lost_for_words: bool = False
    limit: float | None = None
    """Seconds until the recording is too long, in the last minute."""
    slept: tuple[Nap, ...] = ()
    """The computer's sleeps so far."""


@dataclass(frozen=True)
class Outcome:
    ending: Ending
    duration: float
    why: str | None = None
    """A sentence on what happened, for endings that the user did not ask for."""
    key: Key | None = None
    """The key that ended the recording."""
    cut: float | None = None
    """Position at which the answer ends, in seconds, if words or silence ended it."""
    slept: tuple[Nap, ...] = ()
    """The computer's sleeps during the recording."""


@dataclass(frozen=True)
class Watch:
    """Ends the recording by silence or by words in it."""

    endpoint: Endpoint | Request
    listening: Callable[[], Listening]

    def look(self) -> Verdict:
        return self.endpoint.feed(self.listening())

    def go_on(self) -> None:
        self.endpoint.go_on(self.listening())


def record(
    ear: Ear,
    keys: Keys,
    *,
    recorder: Recorder,
    clock: Clock,
    watch: Watch | None = None,
    longest: float = LONGEST,
) -> Iterator[Position | Outcome]:
    """Yield the progress about ten times a second, and the outcome last. Without a `watch` only
    keys end it, and its limits: after `longest` seconds it ends by itself.

    Raises EarFailed when the microphone cannot be opened; everything that goes wrong later is an
    outcome, since by then there is sound to keep."""
    writer = Writer(ear, recorder)
    writer.start()
    ending: Ending | None = None
    key: Key | None = None
    verdict: Verdict | None = None
    begun = clock.monotonic()
    naps = Naps(clock)
    try:
        writer.opened.wait()
        keys.flush()
        begun = clock.monotonic()
        while ending is None and writer.is_alive():
            key = keys.poll(TICK)
            verdict = _consulted(watch, writer, key)
            ending = _ending(key, writer, verdict, longest)
            naps.look(writer.seconds_kept)
            yield _progress(writer, verdict, naps, longest)
    finally:
        elapsed = clock.monotonic() - begun
        writer.stop()
    naps.look(writer.seconds_kept)
    if key is Key.END and writer.only_zeros and writer.bytes_kept:
        ending = Ending.SILENT
    outcome = _outcome(writer, ending, elapsed, naps)
    if ending is Ending.TIME_LIMIT and longest < LONGEST:
        outcome = replace(outcome, why=TIME_IS_UP)
    if isinstance(verdict, Ended) and ending is verdict.ending and key not in ENDINGS:
        outcome = replace(outcome, cut=verdict.cut, why=outcome.why or _fell_silent(writer))
    yield replace(outcome, key=key if key in ENDINGS else None, slept=naps.noticed)


def _consulted(watch: Watch | None, writer: Writer, key: Key | None) -> Verdict | None:
    """Silence does not count while the recording is paused, and a key shows that somebody is
    there."""
    if key is Key.PAUSE:
        writer.paused = not writer.paused
    if watch is None:
        return None
    if key is not None:
        watch.go_on()
    return None if writer.paused else watch.look()


def _ending(
    key: Key | None, writer: Writer, verdict: Verdict | None, longest: float
) -> Ending | None:
    if key in ENDINGS:
        return ENDINGS[key]
    return verdict.ending if isinstance(verdict, Ended) else _limit_reached(writer, longest)


def _limit_reached(writer: Writer, longest: float) -> Ending | None:
    if writer.only_zeros and writer.seconds_kept >= ZEROS_END:
        return Ending.SILENT
    return Ending.TIME_LIMIT if writer.seconds_kept >= longest else None


def _fell_silent(writer: Writer) -> str | None:
    """The sentence if the silence that ended an answer came from a dead microphone."""
    zeros = writer.seconds_of_zeros
    return FELL_SILENT.format(zeros) if zeros >= ZEROS_WARN and not writer.only_zeros else None


def _progress(writer: Writer, verdict: Verdict | None, naps: Naps, longest: float) -> Position:
    elapsed = writer.seconds_kept
    left = longest - elapsed
    return Position(
        elapsed=elapsed,
        level=decibels(writer.peak),
        paused=writer.paused,
        silent=writer.seconds_of_zeros >= ZEROS_WARN,
        countdown=verdict.left if isinstance(verdict, Countdown) else None,
        lost_for_words=isinstance(verdict, Nudge),
        limit=max(0.0, left) if left <= LAST_CALL else None,
        slept=naps.noticed,
    )


def _outcome(writer: Writer, ending: Ending | None, elapsed: float, naps: Naps) -> Outcome:
    duration = writer.seconds_kept
    error = writer.error
    if isinstance(error, DiskFull):
        return Outcome(Ending.DISK_FULL, duration, str(error))
    if isinstance(error, EarLost):
        return Outcome(Ending.DEVICE_LOST, duration, str(error))
    if error is not None:
        raise error
    ending = ending or Ending.ENDED
    lost = elapsed - writer.seconds_heard
    if ending in WHY:
        return Outcome(ending, duration, WHY[ending])
    if lost > MISSING and not writer.spoken_out and not naps.noticed:
        return Outcome(
            ending, duration, f"The computer was too busy: {lost:.1f} s of sound are lost."
        )
    return Outcome(ending, duration)
