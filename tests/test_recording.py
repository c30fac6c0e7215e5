"""One answer from the microphone to the disk, with everything that may come in between."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from rehearse.errors import DiskFull, EarFailed, EarLost
from rehearse.model.take import Ending
from rehearse.ports import Hearing, Key
from rehearse.session.endpoint import Endpoint
from rehearse.session.recording import (
    LONGEST,
    ZEROS_END,
    Outcome,
    Position,
    Watch,
    record,
)
from rehearse.session.writer import decibels, peak
from rehearse.speech.utterance import Listening
from tests.fakes import FakeClock, FakeEar, FakeKeys

TENTH = b"\x10\x27" * 1600
"""0.1 s at -10.3 dBFS."""
ZEROS = b"\x00\x00" * 1600
FOR_EVER = 10**9


@dataclass
class Tape:
    """A recorder that keeps everything in memory; `room` bytes fit on it."""

    room: int = FOR_EVER
    kept: bytearray = field(default_factory=bytearray)

    def write(self, block: bytes) -> None:
        if len(self.kept) + len(block) > self.room:
            raise DiskFull("The disk accepts no more data.")
        self.kept += block


@dataclass
class KeyWhen:
    """Presses each key as soon as its condition holds, whatever the threads do."""

    script: list[tuple[Callable[[], bool], Key]]

    @contextmanager
    def open(self) -> Iterator[None]:
        yield

    def flush(self) -> None:
        """Nothing was typed ahead."""

    def waiting(self) -> bool:
        return False

    def poll(self, timeout: float) -> Key | None:
        if self.script and self.script[0][0]():
            return self.script.pop(0)[1]
        threading.Event().wait(0.001)
        return None


@dataclass
class Talker:
    """Talks until it is closed."""

    block: bytes = TENTH
    blocks_heard: int = 0

    @contextmanager
    def open(self) -> Iterator[Hearing]:
        self.closed = False
        yield self
        self.closed = True

    def read(self, timeout: float) -> bytes | None:
        if self.closed:
            return b""
        threading.Event().wait(0.0002)
        self.blocks_heard += 1
        return self.block


def outcome(steps: Iterator[Position | Outcome]) -> Outcome:
    last = list(steps)[-1]
    assert isinstance(last, Outcome)
    return last


def no_key() -> FakeKeys:
    return FakeKeys([(FOR_EVER, Key.END)], is_open=True)


def heard(ear: FakeEar, tape: Tape, keys: FakeKeys | None = None) -> Outcome:
    return outcome(record(ear, keys or no_key(), recorder=tape, clock=FakeClock()))


def test_everything_that_was_said_is_kept_in_order() -> None:
    tape = Tape()
    blocks = [bytes([n, 0]) * 1600 for n in range(1, 50)]
    result = heard(FakeEar([[*blocks, None, b""]]), tape)
    assert bytes(tape.kept) == b"".join(blocks)
    assert (result.ending, result.why) == (Ending.ENDED, None)
    assert result.duration == pytest.approx(4.9)


@pytest.mark.parametrize(
    ("key", "ending"),
    [
        (Key.END, Ending.ENDED),
        (Key.SKIP, Ending.SKIPPED),
        (Key.START_OVER, Ending.STARTED_OVER),
        (Key.LEAVE, Ending.LEFT),
    ],
)
def test_a_key_ends_the_recording(key: Key, ending: Ending) -> None:
    tape = Tape()
    keys = KeyWhen([(lambda: len(tape.kept) >= 3 * len(TENTH), key)])
    result = outcome(record(Talker(), keys, recorder=tape, clock=FakeClock()))
    assert result.ending is ending
    assert result.duration >= 0.3
    assert len(tape.kept) == round(result.duration * 32_000)


def test_the_last_words_still_in_the_queue_are_kept() -> None:
    tape = Tape()
    ear = FakeEar([[TENTH, b""]], late=[TENTH, TENTH])
    assert heard(ear, tape).duration == pytest.approx(0.3)


def test_a_signal_while_the_last_words_are_kept_loses_none_of_them() -> None:
    class Interrupted(Tape):
        def write(self, block: bytes) -> None:
            if len(self.kept) == len(TENTH):  # the first of the late ones
                time.sleep(0.05)  # by now the session waits for them
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(0.05)
            super().write(block)

    class Queued(Talker):
        """One block, and three more that are still queued when it is closed."""

        def read(self, timeout: float) -> bytes | None:
            wanted = 4 if self.closed else 1
            if self.blocks_heard < wanted:
                self.blocks_heard += 1
                return self.block
            threading.Event().wait(0.0002)
            return b"" if self.closed else None

    tape = Interrupted()
    keys = KeyWhen([(lambda: bool(tape.kept), Key.END)])
    with pytest.raises(KeyboardInterrupt):
        list(record(Queued(), keys, recorder=tape, clock=FakeClock()))
    assert len(tape.kept) == 4 * len(TENTH)


def test_nothing_is_kept_while_paused() -> None:
    tape = Tape()
    talker = Talker()
    lengths: list[int] = []

    def remembers(value: int) -> bool:
        lengths.append(value)
        return True

    keys = KeyWhen(
        [
            (lambda: len(tape.kept) > 0, Key.PAUSE),
            (lambda: talker.blocks_heard > 100 and remembers(len(tape.kept)), Key.PAUSE),
            (lambda: len(tape.kept) > lengths[0], Key.END),
        ]
    )
    steps = list(record(talker, keys, recorder=tape, clock=FakeClock()))
    paused = [step.elapsed for step in steps if isinstance(step, Position) and step.paused]
    assert paused
    assert paused[-1] - paused[0] <= 0.2, "a block under way when the key came may still arrive"
    assert lengths[0] < 100 * len(TENTH)


def test_keys_typed_during_the_question_do_not_end_the_answer() -> None:
    tape = Tape()
    keys = FakeKeys([(FOR_EVER, Key.END)], ahead=[Key.END, Key.LEAVE], is_open=True)
    assert heard(FakeEar([[TENTH, None, b""]]), tape, keys).duration == pytest.approx(0.1)


def test_a_microphone_that_cannot_be_opened_is_said_at_once() -> None:
    with pytest.raises(EarFailed, match="no microphone"):
        heard(FakeEar([], fails=EarFailed("I found no microphone.")), Tape())


def test_a_lost_microphone_keeps_what_was_heard() -> None:
    tape = Tape()
    result = heard(FakeEar([[TENTH, TENTH, EarLost("It went away.")]]), tape)
    assert result.ending is Ending.DEVICE_LOST
    assert result.duration == pytest.approx(0.2)
    assert result.why is not None
    assert "It went away. Your answer up to then is saved." in result.why


def test_a_full_disk_keeps_what_was_heard() -> None:
    tape = Tape(room=2 * len(TENTH))
    result = outcome(record(Talker(), no_key(), recorder=tape, clock=FakeClock()))
    assert result.ending is Ending.DISK_FULL
    assert result.duration == pytest.approx(0.2)
    assert result.why is not None
    assert "Free some space" in result.why


def test_exact_silence_is_pointed_out_and_then_ended() -> None:
    keys = KeyWhen([])
    steps = list(record(Talker(ZEROS), keys, recorder=Tape(), clock=FakeClock()))
    assert any(isinstance(step, Position) and step.silent for step in steps)
    last = steps[-1]
    assert isinstance(last, Outcome)
    assert last.ending is Ending.SILENT
    assert last.duration >= ZEROS_END
    assert last.why is not None
    assert "may use it" in last.why


def silences(blocks: list[bytes | None]) -> list[bool]:
    """Whether the microphone seemed dead, at each look; the talker waits until it was looked at."""
    looks: list[bool] = []
    heard = 0

    def next_look() -> bool:
        return False

    class Paced(Talker):
        def read(self, timeout: float) -> bytes | None:
            nonlocal heard
            if self.closed or heard == len(blocks):
                return b""
            while len(looks) < heard:
                threading.Event().wait(0.0005)
            heard += 1
            return blocks[heard - 1]

    for step in record(
        Paced(), KeyWhen([(next_look, Key.END)]), recorder=Tape(), clock=FakeClock()
    ):
        if isinstance(step, Position):
            looks.append(step.silent)
    return looks


def test_a_microphone_that_dies_in_the_middle_is_pointed_out_each_time() -> None:
    dead = [ZEROS] * 40
    looks = silences([TENTH, *dead, TENTH, TENTH, TENTH, *dead, TENTH, TENTH, TENTH])
    changes = sum(now and not before for before, now in pairwise(looks))
    assert changes == 2
    assert not looks[0] and not looks[-1]


def test_a_tenth_of_zeros_in_the_middle_is_nothing() -> None:
    assert not any(silences([TENTH, ZEROS, TENTH, ZEROS, TENTH] * 20))


@pytest.mark.parametrize("seconds", [0.1, 2.0, 12.0])
def test_a_key_within_nothing_but_zeros_ends_as_silent(seconds: float) -> None:
    tape = Tape()
    keys = KeyWhen([(lambda: len(tape.kept) >= seconds * 32_000, Key.END)])
    result = outcome(record(Talker(ZEROS), keys, recorder=tape, clock=FakeClock()))
    assert (result.ending, result.key) == (Ending.SILENT, Key.END)
    assert result.why is not None
    assert "switch" in result.why and "may use it" in result.why


def test_a_question_that_is_skipped_in_silence_is_skipped() -> None:
    tape = Tape()
    keys = KeyWhen([(lambda: len(tape.kept) > 0, Key.SKIP)])
    result = outcome(record(Talker(ZEROS), keys, recorder=tape, clock=FakeClock()))
    assert result.ending is Ending.SKIPPED


def test_a_computer_that_slept_says_for_how_long_and_goes_on() -> None:
    clock, tape = FakeClock(), Tape()

    def the_lid_is_closed() -> bool:
        clock.sleeps(720.0)
        return len(tape.kept) > 0

    talker = Talker()
    keys = KeyWhen(
        [
            (lambda: len(tape.kept) > 0 and the_lid_is_closed(), Key.PAUSE),
            (lambda: talker.blocks_heard > 50, Key.END),
        ]
    )
    steps = list(record(talker, keys, recorder=tape, clock=clock))
    last = steps[-1]
    assert isinstance(last, Outcome)
    assert (last.ending, last.why) == (Ending.ENDED, None)
    assert [nap.seconds for nap in last.slept] == [720.0]
    assert 0.0 <= last.slept[0].at <= last.duration
    assert any(isinstance(step, Position) and step.slept == last.slept for step in steps)


def test_a_microphone_that_is_gone_after_the_sleep_keeps_the_sound_and_tells_both() -> None:
    clock = FakeClock()

    @dataclass
    class Unplugged(Talker):
        def read(self, timeout: float) -> bytes | None:
            if self.blocks_heard == 20:
                clock.sleeps(60.0)
                raise EarLost("It went away.")
            return super().read(timeout)

    result = outcome(record(Unplugged(), KeyWhen([]), recorder=Tape(), clock=clock))
    assert result.ending is Ending.DEVICE_LOST
    assert result.duration == pytest.approx(2.0)
    assert [nap.seconds for nap in result.slept] == [60.0]


def test_a_clock_that_is_set_right_is_no_sleep() -> None:
    clock, tape = FakeClock(), Tape()

    def set_right() -> bool:
        clock.sleeps(1.0)
        clock.sleeps(-3000.0)
        return len(tape.kept) > 0

    result = outcome(record(Talker(), KeyWhen([(set_right, Key.END)]), recorder=tape, clock=clock))
    assert result.slept == ()


class SpokeOnce(Talker):
    """A word, then its block without end."""

    def read(self, timeout: float) -> bytes | None:
        block = super().read(timeout)
        return TENTH if self.blocks_heard == 1 and block else block


def test_silence_that_ends_an_answer_says_where_it_was_no_persons() -> None:
    said = Listening(speech=12.0, silence=6.0, ended=12.0, said=None)
    quiet = Listening(speech=12.0, silence=0.0, ended=12.0, said=None)
    for block, told in ((ZEROS, True), (b"\x01\x00" * 1600, False)):
        tape = Tape()

        def now(tape: Tape = tape) -> Listening:
            return said if len(tape.kept) > 40 * len(TENTH) else quiet

        watch = Watch(Endpoint(wait=3.0), now)
        ear = SpokeOnce(block)
        result = outcome(record(ear, KeyWhen([]), recorder=tape, clock=FakeClock(), watch=watch))
        assert result.ending is Ending.ENDED
        assert (result.why is not None and "gave no sound" in result.why) is told


def test_silence_after_a_word_is_only_a_pause() -> None:
    blocks = [TENTH, *[ZEROS] * 300]
    result = heard(FakeEar([[*blocks, b""]]), Tape())
    assert result.ending is Ending.ENDED
    assert result.duration == pytest.approx(30.1)


def test_a_forgotten_recording_comes_to_an_end() -> None:
    minute = TENTH * 600
    result = outcome(record(Talker(minute), KeyWhen([]), recorder=Tape(), clock=FakeClock()))
    assert result.ending is Ending.TIME_LIMIT
    assert result.duration >= LONGEST


def test_a_computer_that_was_too_busy_says_what_it_missed() -> None:
    clock = FakeClock()
    tape = Tape()

    def a_second_passes() -> bool:
        clock.passes(1.0)
        return len(tape.kept) > 0

    keys = KeyWhen([(a_second_passes, Key.PAUSE), (a_second_passes, Key.END)])
    result = outcome(record(Talker(TENTH[:2]), keys, recorder=tape, clock=clock))
    assert result.why is not None
    assert "too busy" in result.why


@pytest.mark.parametrize(
    ("block", "loudest"),
    [(b"", 0), (ZEROS, 0), (b"\x00\x80", 32768), (b"\xff\x7f\x01\x00", 32767), (TENTH, 10_000)],
)
def test_the_peak_is_the_largest_amplitude(block: bytes, loudest: int) -> None:
    assert peak(block) == loudest


def test_decibels_are_of_full_scale() -> None:
    assert decibels(32768) == 0
    assert decibels(3277) == pytest.approx(-20, abs=0.01)
    assert decibels(0) is None


@dataclass
class Silence:
    """A silence behind twelve seconds of speech, a tenth of a second longer at each look."""

    looks: int = 0
    speaks_at: int | None = None

    def listening(self) -> Listening:
        self.looks += 1
        silence = 0.1 * self.looks if self.looks != self.speaks_at else 0.0
        return Listening(12.0, silence, 12.0, None)


def watched(
    silence: Silence, keys: KeyWhen, talker: Talker | None = None
) -> tuple[Outcome, list[Position]]:
    watch = Watch(Endpoint(wait=3.0), silence.listening)
    steps = list(record(talker or Talker(), keys, recorder=Tape(), clock=FakeClock(), watch=watch))
    last = steps[-1]
    assert isinstance(last, Outcome)
    return last, [step for step in steps if isinstance(step, Position)]


def test_silence_ends_it_after_a_countdown() -> None:
    last, shown = watched(Silence(), KeyWhen([]))
    assert (last.ending, last.key, last.why) == (Ending.ENDED, None, None)
    assert last.cut == pytest.approx(12.2)
    left = [step.countdown for step in shown if step.countdown is not None]
    assert left and left == sorted(left, reverse=True)


def test_a_key_keeps_its_meaning_in_a_countdown() -> None:
    silence = Silence()
    keys = KeyWhen([(lambda: silence.looks > 35, Key.START_OVER)])
    last, _ = watched(silence, keys)
    assert (last.ending, last.key, last.cut) == (Ending.STARTED_OVER, Key.START_OVER, None)


def test_a_pause_stops_the_countdown_and_the_silence_counts_anew_behind_it() -> None:
    silence = Silence()
    looks: list[int] = []

    def in_the_countdown() -> bool:
        return silence.looks > 35

    def after_a_while() -> bool:
        looks.append(silence.looks)
        return len(looks) > 50

    keys = KeyWhen([(in_the_countdown, Key.PAUSE), (after_a_while, Key.PAUSE)])
    last, shown = watched(silence, keys)
    paused = [step for step in shown if step.paused]
    assert len(paused) > 40
    assert all(step.countdown is None for step in paused)
    assert len(set(looks)) == 1, "nothing is listened to while it is paused"
    assert last.ending is Ending.ENDED
    assert silence.looks > 35 + 44, "three seconds and a half as long again"


def test_without_a_key_that_ends_it_none_is_named() -> None:
    assert heard(FakeEar([[TENTH, b""]]), Tape()).key is None


def test_the_longest_recording_is_announced_a_minute_before() -> None:
    minute = TENTH * 600
    steps = list(record(Talker(minute), KeyWhen([]), recorder=Tape(), clock=FakeClock()))
    limits = [step.limit for step in steps if isinstance(step, Position)]
    told = [limit for limit in limits if limit is not None]
    assert limits[0] is None
    assert set(told) == {60.0, 0.0}
    assert isinstance(steps[-1], Outcome) and steps[-1].ending is Ending.TIME_LIMIT
