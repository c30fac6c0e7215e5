"""Sound from any place at any speed, without a device."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from rehearse.audio.reel import Block, Reel
from rehearse.errors import UnreadableFile
from rehearse.model.take import SAMPLE_RATE, Span
from tests.replays import clicks, onsets
from tests.sounds import pitch, tone

if TYPE_CHECKING:
    from rehearse.model.take import Samples

CLICKS = [1.0, 2.0, 3.0, 4.0]
SOUND = clicks(CLICKS, 5.0)
OFF = 0.05
"""Seconds of listening by which a filter may misplace a sound."""


def reel(sound: Samples = SOUND, *, rate: int = SAMPLE_RATE) -> Reel:
    def source(span: Span) -> Samples:
        return sound[round(span.start * SAMPLE_RATE) : round(span.end * SAMPLE_RATE)]

    return Reel(source, duration=len(sound) / SAMPLE_RATE, rate=rate)


def pulled(one: Reel, seconds: float, rate: int = SAMPLE_RATE) -> list[Block]:
    """In the blocks that a device asks for."""
    block = rate // 50
    return [piece for _ in range(round(seconds * 50)) for piece in one.pull(block)]


def joined(pieces: list[Block]) -> Samples:
    return np.concatenate([piece.samples for piece in pieces])


def places(pieces: list[Block], rate: int = SAMPLE_RATE) -> list[float]:
    """The second of the recording at which each click is said to be."""
    starts = np.cumsum([0, *(len(piece.samples) for piece in pieces)])
    told = []
    for onset in onsets(joined(pieces), rate):
        frame = round(onset * rate)
        number = int(np.searchsorted(starts, frame, side="right")) - 1
        piece = pieces[number]
        told.append(piece.start + (frame - starts[number]) / rate * piece.pace)
    return told


def test_at_plain_speed_the_sound_is_untouched_and_silence_follows_its_end() -> None:
    heard = joined(pulled(reel(), 6.0))
    assert np.array_equal(heard[: len(SOUND)], SOUND)
    assert not heard[len(SOUND) :].any()


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
@pytest.mark.parametrize("speed", [0.75, 1.0, 1.25, 1.5, 2.0])
def test_every_click_is_where_it_is_said_to_be(speed: float, rate: int) -> None:
    one = reel(rate=rate)
    one.change_speed(speed)
    pieces = pulled(one, 5.5 / speed, rate)
    assert places(pieces, rate) == pytest.approx(CLICKS, abs=OFF * speed)
    assert pieces[-1].start == 5.0


@pytest.mark.parametrize("speed", [0.75, 1.5, 2.0])
def test_the_pitch_is_the_same_at_any_speed(speed: float) -> None:
    one = reel(tone(4.0, hertz=440.0))
    one.change_speed(speed)
    assert pitch(joined(pulled(one, 1.0))) == pytest.approx(440.0, abs=2.0)


def test_a_jump_is_heard_at_once() -> None:
    one = reel()
    pulled(one, 0.5)
    one.move(2.9)
    pieces = pulled(one, 0.5)
    assert pieces[0].start == 2.9
    assert places(pieces) == pytest.approx([3.0], abs=0.001)


def test_the_speed_changes_where_the_sound_stands() -> None:
    one = reel()
    before = pulled(one, 1.5)
    one.change_speed(2.0)
    assert places([*before, *pulled(one, 2.0)]) == pytest.approx(CLICKS, abs=OFF * 2.0)


def test_a_pause_is_silent_and_loses_nothing() -> None:
    one = reel()
    before = pulled(one, 1.5)
    one.paused = True
    silent = pulled(one, 1.0)
    one.paused = False
    assert not joined(silent).any()
    assert [piece.pace for piece in silent] == [0.0] * len(silent)
    assert silent[-1].start == pytest.approx(1.5)
    assert places([*before, *pulled(one, 3.5)]) == pytest.approx(CLICKS, abs=0.001)


def test_a_loop_goes_round_without_a_gap_until_it_is_left() -> None:
    one = reel()
    one.change_loop(Span(1.9, 2.4))
    one.move(1.9)
    assert places(pulled(one, 1.5)) == pytest.approx([2.0, 2.0, 2.0], abs=0.001)
    one.change_loop(None)
    assert places(pulled(one, 2.6)) == pytest.approx([3.0, 4.0], abs=0.001)


def test_a_loop_that_ended_a_moment_ago_begins_anew() -> None:
    one = reel()
    one.move(2.45)
    one.change_loop(Span(1.9, 2.4))
    assert places(pulled(one, 0.5)) == pytest.approx([2.0], abs=0.001)


@pytest.mark.parametrize("loop", [Span(2.0, 2.0), Span(7.0, 8.0)])
def test_a_loop_in_which_nothing_sounds_ends(loop: Span) -> None:
    one = reel()
    one.change_loop(loop)
    one.move(loop.start)
    assert not joined(pulled(one, 0.1)).any()


def test_places_beyond_the_sound_are_its_edges() -> None:
    one = reel()
    one.move(99.0)
    assert pulled(one, 0.1)[0].start == 5.0
    one.move(-3.0)
    assert pulled(one, 0.1)[0].start == 0.0


def test_a_sound_that_went_away_is_said() -> None:
    def gone(span: Span) -> Samples:
        raise UnreadableFile("answer.wav cannot be read.")

    with pytest.raises(UnreadableFile):
        pulled(Reel(gone, duration=5.0, rate=SAMPLE_RATE), 0.1)
