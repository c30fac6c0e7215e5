"""One answer from the microphone to the disk, with everything that may come in between."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from rehearse.errors import DiskFull, EarFailed, EarLost
from rehearse.model import Ending
from rehearse.ports import Hearing, Key
from rehearse.recording import LONGEST, ZEROS_END, Outcome, Progress, decibels, peak, record
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
            raise DiskFull("The disk took no more.")
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


def outcome(steps: Iterator[Progress | Outcome]) -> Outcome:
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
    paused = [step.elapsed for step in steps if isinstance(step, Progress) and step.paused]
    assert paused
    assert paused[-1] - paused[0] <= 0.2, "a block under way when the key came may still arrive"
    assert lengths[0] < 100 * len(TENTH)


def test_keys_typed_during_the_question_do_not_end_the_answer() -> None:
    tape = Tape()
    keys = FakeKeys([(FOR_EVER, Key.END)], ahead=[Key.END, Key.LEAVE], is_open=True)
    assert heard(FakeEar([[TENTH, None, b""]]), tape, keys).duration == pytest.approx(0.1)


def test_a_microphone_that_cannot_be_opened_is_said_at_once() -> None:
    with pytest.raises(EarFailed, match="No microphone"):
        heard(FakeEar([], fails=EarFailed("No microphone was found.")), Tape())


def test_a_lost_microphone_keeps_what_was_heard() -> None:
    tape = Tape()
    result = heard(FakeEar([[TENTH, TENTH, EarLost("It went away.")]]), tape)
    assert result.ending is Ending.DEVICE_LOST
    assert result.duration == pytest.approx(0.2)
    assert result.why is not None
    assert "It went away. What was heard is kept." in result.why


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
    assert any(isinstance(step, Progress) and step.silent for step in steps)
    last = steps[-1]
    assert isinstance(last, Outcome)
    assert last.ending is Ending.SILENT
    assert last.duration >= ZEROS_END
    assert last.why is not None
    assert "permission" in last.why


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
    result = outcome(record(Talker(ZEROS[:2]), keys, recorder=tape, clock=clock))
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
