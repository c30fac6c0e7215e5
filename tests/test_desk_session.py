"""A session whose desk is a process apart, and what the session tells when that is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from rehearse.batch.analyst import Analyst
from rehearse.batch.orders import Input, Order
from rehearse.config import Settings
from rehearse.model.take import Ending, Word
from rehearse.ports import Hearing, Key, Transcriber
from rehearse.session import session
from rehearse.session.analyze_take import report_on
from rehearse.session.handsfree import CANNOT_HEAR, GOODBYE
from rehearse.session.steps import Between, CannotHear, NotFollowed, Reported, Speaking, Step, Waits
from rehearse.session.studio import Aloud, Studio
from rehearse.session.voice_command import hear
from rehearse.speech.transcription_process import DeskApart
from tests.fakes import (
    BYTES_PER_SECOND,
    FakeEar,
    FakeKeys,
    FakeTranscriber,
    FakeVoiceActivity,
    pcm,
    tone,
)
from tests.spoken import Spoken
from tests.test_desk import Ends
from tests.test_session import QUESTION, saved, story, studio

BLOCKS = [*[pcm(tone(seconds=1.0))] * 3, bytes(BYTES_PER_SECOND)]
"""Speech, and a second of silence in which it is written down ahead."""


class Alive(FakeEar):
    """Says its script and then nothing, as a microphone in a quiet room does."""

    @contextmanager
    def open(self) -> Iterator[Hearing]:
        self.opened += 1
        yield _Quiet(list(BLOCKS))


class _Quiet:
    def __init__(self, left: list[bytes]) -> None:
        self._left = left

    def read(self, timeout: float) -> bytes | None:
        if self._left:
            return self._left.pop(0)
        threading.Event().wait(min(timeout, 0.01))
        return None if timeout else b""


@dataclass
class PressedWhen(FakeKeys):
    """These keys, each once its time has come."""

    pressed: list[tuple[Callable[[], object], Key]] = field(default_factory=list)

    def poll(self, timeout: float) -> Key | None:
        threading.Event().wait(0.005)
        if self.pressed and self.pressed[0][0]():
            return self.pressed.pop(0)[1]
        return None


Told = list[Step]
"""All steps so far, which the keys may wait for."""


@contextmanager
def practising(
    folder: Path, transcriber: Transcriber, *pressed: tuple[Callable[[], object], Key]
) -> Iterator[Studio]:
    desk = DeskApart(FakeVoiceActivity(), transcriber)
    room = studio(folder, ear=Alive([]), keys=PressedWhen(pressed=list(pressed)))
    try:
        yield replace(room, desk=desk)
    finally:
        desk.close()


def twice(folder: Path) -> Ends:
    """Ends two processes, which is one too many for an answer."""
    return Ends(left=[folder / "first", folder / "second"])


def has(told: Told, kind: type) -> Callable[[], bool]:
    return lambda: any(isinstance(step, kind) for step in told)


def test_an_answer_whose_processes_end_waits_with_its_length_and_recover_writes_it(
    tmp_path: Path,
) -> None:
    told: Told = []
    begun = threading.Event()
    keys = (begun.is_set, Key.END), (has(told, Between), Key.END)
    with practising(tmp_path, twice(tmp_path), *keys) as room:
        for step in session.practise([QUESTION], room):
            told.append(step)
            begun.set()
        assert story(told) == ["Asked", "RecordingEnded", "Waits", "Between"]
        (waits,) = [step for step in told if isinstance(step, Waits)]
        assert "stopped twice" in waits.why
        assert "To try again: rehearse recover" in waits.why
        (take,) = saved(room)
        assert (take.ending, take.sound, take.transcript) == (Ending.ENDED, None, None)
        assert waits.analysis.timing.duration == room.store.duration(room.store.folder / take.id)
        *_, last = report_on(take, room)
    assert isinstance(last, Reported)
    assert saved(room)[0].transcript is not None


def test_where_silence_cannot_end_an_answer_any_more_it_is_said_once_and_a_key_does(
    tmp_path: Path,
) -> None:
    told: Told = []
    keys = (has(told, NotFollowed), Key.END), (has(told, Between), Key.END)
    with practising(tmp_path, twice(tmp_path), *keys) as room:
        for step in session.practise([QUESTION], replace(room, auto_stop=5.0)):
            told.append(step)
    assert story(told) == ["Asked", "NotFollowed", "RecordingEnded", "Waits", "Between"]


def test_without_hands_what_is_lost_is_said_and_keys_lead_on(tmp_path: Path) -> None:
    told: Told = []
    keys = (has(told, NotFollowed), Key.END), (has(told, CannotHear), Key.LEAVE)
    with practising(tmp_path, twice(tmp_path), *keys) as room:
        aloud = Aloud(lambda analysis: "Summary.", lambda analysis: "Details.")
        for step in session.practise([QUESTION], replace(room, auto_stop=5.0, hands_free=aloud)):
            told.append(step)
    said = [step.text for step in told if isinstance(step, Speaking)]
    assert said == ["Summary.", CANNOT_HEAR, GOODBYE]


def test_a_command_whose_processes_end_is_not_waited_for(tmp_path: Path) -> None:
    with practising(tmp_path, twice(tmp_path)) as room:
        steps = hear(room, ("next", "stop"))
        try:
            while True:
                next(steps)
        except StopIteration as end:
            found = end.value
    assert isinstance(found, CannotHear)
    assert "stopped twice" in found.why


def test_a_file_that_ends_what_writes_it_down_is_told_and_the_next_one_is_analysed(
    spoken: Spoken, tmp_path: Path
) -> None:
    given = Input("said.wav", str(spoken.wav))
    order = Order(Settings(home=tmp_path, plain=True))
    with closing(Analyst(order, lambda: twice(tmp_path), desk=DeskApart)) as analyst:
        lost, whole = analyst.result(given), analyst.result(given)
    assert (lost.text, lost.whole) == ("", False)
    (message,) = lost.messages
    assert message.startswith("said.wav: The process that writes answers down stopped twice")
    assert "Close other programs" in message
    assert whole.whole and '"words"' in whole.text


def test_names_of_the_notes_are_listened_for_in_a_file(spoken: Spoken, tmp_path: Path) -> None:
    chosen = Settings(home=tmp_path, plain=True, names=("Okonkwo",))
    order = Order(chosen, notes="Led the move to Kafka with Priyanka.")
    ear = FakeTranscriber([(Word("Well", 0.1, 0.4),)] * 9)
    with closing(Analyst(order, lambda: ear)) as analyst:
        found = analyst.result(Input("said.wav", str(spoken.wav)))
    assert found.whole, found.messages
    assert ear.told == {"Kafka", "Priyanka", "Okonkwo"}
