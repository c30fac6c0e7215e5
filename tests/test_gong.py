"""The soft tone at the target."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rehearse.audio.gong import HERTZ, LENGTH, LOUDNESS, Gong, tone
from rehearse.commands.sitting import struck
from rehearse.errors import SpeakerFailed
from rehearse.model.take import Ending, Take
from rehearse.ports import Clip
from rehearse.session.interview import Scene
from rehearse.session.recording import Outcome, Position
from rehearse.session.steps import Listening, NotSaved, RecordingEnded
from rehearse.takes.store import TakeStore
from tests.fakes import FakePlayer
from tests.pulse import Pulse, until
from tests.spoken import Spoken, needs_miniature
from tests.terminal import rehearse

END = RecordingEnded(Take("id", "now", None, None), Outcome(Ending.ENDED, 3.0))


def heard(*seconds: float, target: float | None = 2.0) -> Iterator[Scene]:
    for second in seconds:
        yield Listening(Position(second, -20.0, False, False), target)
    yield END


def test_the_tone_is_soft_and_dies_away() -> None:
    sound = tone()
    assert sound.duration == LENGTH
    assert np.abs(sound.samples).max() <= LOUDNESS + 0.001
    assert abs(sound.samples[0]) < 0.001
    assert np.abs(sound.samples[-100:]).max() < 0.01 * LOUDNESS * 2


def test_it_sounds_once_in_each_answer_and_not_before_its_target() -> None:
    player = FakePlayer()
    steps = [*heard(0.5, 1.9, 2.0, 2.1, 3.0), *heard(1.0, 1.5), *heard(1.0, 2.5)]
    passed = list(struck(iter(steps), Gong(player)))
    assert passed == steps
    assert len(player.played) == 2
    assert list(struck(heard(100.0, target=None), Gong(player)))
    assert len(player.played) == 2


def test_the_recording_does_not_wait_for_it() -> None:
    silent = threading.Event()

    class Slow(FakePlayer):
        def play(self, clip: Clip, *, cut: Callable[[], bool] | None = None) -> None:
            assert silent.wait(timeout=10)

    steps = struck(heard(2.0, 2.1), Gong(Slow()))
    assert isinstance(next(steps), Listening)
    assert isinstance(next(steps), Listening)
    silent.set()
    assert next(steps) == END


def test_without_a_speaker_it_is_told_at_the_end() -> None:
    gong = Gong(FakePlayer(fails=SpeakerFailed("There is no speaker.")))
    *_, last = struck(heard(2.0), gong)
    assert isinstance(last, NotSaved)
    assert last.why.startswith("The gong could not be played. There is no speaker.")


@needs_miniature
def test_it_is_heard_while_the_recording_goes_on(
    pulse: Pulse, spoken: Spoken, tmp_path: Path
) -> None:
    wav = tmp_path / "speaker.wav"
    arguments = ("intro", "--gong", "--target", "0:04", "--model", "miniature", "--plain")
    with rehearse(*arguments, home=tmp_path, environment=pulse.environment) as terminal:
        terminal.until("Speak when you are ready.")
        with pulse.record(wav), pulse.saying(spoken.wav):
            terminal.until("green, 0:02")
            terminal.until("amber, 0:03")
            terminal.until("red, 0:04")
            until(lambda: np.abs(heard_in(wav)).max(initial=0) > 100, seconds=60)
            listened_for(wav, seconds=LENGTH)
            terminal.press("\r")
        assert terminal.ends() == 0
        assert "could not be played" not in terminal.words
    samples = heard_in(wav)
    spectrum = np.abs(np.fft.rfft(samples))
    assert np.fft.rfftfreq(len(samples), 1 / 48_000)[spectrum.argmax()] == pytest.approx(
        HERTZ[0], abs=3
    )
    store = TakeStore(tmp_path / "recordings")
    take = store.load(store.folders()[0])
    assert take.sound is not None
    assert take.sound.duration > 4 + LENGTH / 2
    assert take.transcript is not None and len(take.transcript.words) > 8


def heard_in(wav: Path) -> NDArray[np.float64]:
    header = 44
    return np.frombuffer(wav.read_bytes()[header:], "<i2").astype(np.float64)


def listened_for(wav: Path, *, seconds: float) -> None:
    """Until so much more was written of what the speaker plays."""
    before = wav.stat().st_size
    until(lambda: wav.stat().st_size > before + seconds * 96_000)
