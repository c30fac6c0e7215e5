"""What the world does to a session: a microphone, a home or a model that is gone for a while."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from rehearse.commands.recover import DONE
from rehearse.errors import DiskFull, EarFailed, HomeNotWritable, RehearseError
from rehearse.model.take import Ending, Question, Take
from rehearse.ports import Hearing, Key
from rehearse.session import session
from rehearse.session.handsfree import CANNOT_HEAR
from rehearse.session.steps import Asked, NotRecorded, OnceMore, Reported, Speaking, Step
from rehearse.session.studio import Aloud
from rehearse.takes import take_json
from rehearse.takes.files import said_by_disk
from rehearse.takes.mend import mend
from rehearse.takes.store import TakeStore
from tests.fakes import FakeEar, FakeKeys, FakeTranscriber
from tests.inprocess import main
from tests.pulse import Pulse, again
from tests.spoken import needs_miniature
from tests.takes import Told, keep
from tests.terminal import rehearse
from tests.test_session import SPOKEN, WORDS, studio

QUESTIONS = (Question("Who are you?"), Question("What did you do?"))
GONE = EarFailed("I found no microphone.")


class Keyboard(FakeKeys):
    """Answers end by themselves; these keys come where the session waits for one."""

    def poll(self, timeout: float) -> Key | None:
        return super().poll(timeout) if timeout > 1 else None


@dataclass
class LooseCable(FakeEar):
    """Each opening fails or hears the next script."""

    faults: list[RehearseError | None] = field(default_factory=list)

    @contextmanager
    def open(self) -> Iterator[Hearing]:
        fault = self.faults.pop(0)
        if fault is not None:
            raise fault
        with super().open() as hearing:
            yield hearing


def practised(
    home: Path, faults: list[RehearseError | None], *keys: Key, answers: int = 2
) -> list[Step]:
    ear = LooseCable([SPOKEN] * answers, faults=faults)
    room = studio(
        home,
        ear=ear,
        transcriber=FakeTranscriber([WORDS] * answers),
        keys=Keyboard([(0, key) for key in keys]),
    )
    return list(session.practise(QUESTIONS, room))


def test_a_microphone_that_is_back_answers_the_same_question(tmp_path: Path) -> None:
    steps = practised(tmp_path, [None, GONE, GONE, None], *[Key.END] * 3)
    assert [step.why for step in steps if isinstance(step, NotRecorded)] == [str(GONE)] * 2
    asked = [step.question for step in steps if isinstance(step, Asked)]
    assert asked == [QUESTIONS[0], *[QUESTIONS[1]] * 3]
    assert sum(isinstance(step, Reported) for step in steps) == 2
    assert len(TakeStore(tmp_path / "recordings").folders()) == 2


def test_without_a_microphone_a_question_is_skipped_or_the_session_left(tmp_path: Path) -> None:
    for key in (Key.SKIP, Key.LEAVE):
        steps = practised(tmp_path, [None, GONE], Key.END, key, answers=1)
        assert [type(step) for step in steps[-2:]] == [NotRecorded, OnceMore]


def test_without_hands_it_is_said_aloud_that_a_key_goes_on(tmp_path: Path) -> None:
    room = studio(tmp_path, ear=FakeEar([], fails=GONE), keys=Keyboard([(0, Key.LEAVE)]))
    room = replace(room, hands_free=Aloud(lambda _: "", lambda _: ""))
    *_, told, _, said = session.practise(QUESTIONS[1:], room, after=1)
    assert (told, said) == (NotRecorded(str(GONE)), Speaking(CANNOT_HEAR))


def test_a_session_that_never_heard_anything_ends_at_once(tmp_path: Path) -> None:
    with pytest.raises(EarFailed, match="no microphone"):
        practised(tmp_path, [GONE], answers=0)


def test_a_home_that_is_gone_for_a_while_ends_no_session(tmp_path: Path) -> None:
    class ComesAndGoes(TakeStore):
        def begin(self, *given: object, **named: object) -> Take:
            fault = faults.pop(0)
            if fault is not None:
                raise fault
            return super().begin(*given, **named)  # type: ignore[arg-type]

    faults = [None, HomeNotWritable("Read-only."), DiskFull("Full."), None]
    room = studio(
        tmp_path,
        ear=FakeEar([SPOKEN] * 2),
        transcriber=FakeTranscriber([WORDS] * 2),
        keys=Keyboard([(0, Key.END)] * 3),
    )
    room = replace(room, store=ComesAndGoes(tmp_path / "recordings"))
    steps = list(session.practise(QUESTIONS, room))
    assert sum(isinstance(step, NotRecorded) for step in steps) == 2
    assert sum(isinstance(step, Reported) for step in steps) == 2


@needs_miniature
def test_a_sound_server_that_is_started_anew_hears_the_next_answer(
    own_pulse: Pulse, tmp_path: Path
) -> None:
    practice = ("practice", "--random", "--questions", "2", "--model", "miniature")
    with rehearse(*practice, home=tmp_path, environment=own_pulse.environment) as terminal:
        seen = terminal.until("0:01", after=terminal.until("Speak when you are ready."))
        own_pulse.kill()
        seen = terminal.until("Enter asks again", after=seen)
        terminal.press("\r")
        seen = terminal.until("I found no microphone.", after=seen)
        seen = terminal.until("Enter asks again", after=seen)
        with again(own_pulse):
            terminal.press("\r")
            seen = terminal.until("Speak when you are ready.", after=seen)
            seen = terminal.until("0:01", after=seen)
            terminal.press("\r")
            terminal.until("Enter asks again", after=seen)
            terminal.press("q")
            assert terminal.ends() == 0
    store = TakeStore(tmp_path / "recordings")
    endings = [store.load(folder).ending for folder in store.folders()]
    assert endings == [Ending.SILENT], "nobody spoke, so the first sound went with the second"


def test_recover_reads_no_take_that_the_list_knows_to_be_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(tmp_path, Told(), Told(question=Question("Why us?"), ending=Ending.SKIPPED, written=False))
    assert [take.state in DONE for take in TakeStore(tmp_path / "recordings").summaries()] == [
        True
    ] * 2

    def refuse(text: str, where: str) -> Take:
        raise AssertionError(f"{where} was read")

    monkeypatch.setattr(take_json, "load", refuse)
    assert main("recover", home=tmp_path) == 0
    assert "Nothing to do: every take is complete." in capsys.readouterr().out


def test_a_recording_that_was_killed_before_its_first_byte_gets_a_header(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    take = store.begin(None, "2026-05-04T10:30:00+02:00", {})
    store.sound_path(take).touch()
    assert mend(store, tmp_path / take.id).ending is Ending.CUT_SHORT
    assert store.sound_path(take).read_bytes() == take_json.wav_header(0)


def test_a_disk_that_is_read_only_asks_for_no_space() -> None:
    full, readonly = (
        said_by_disk(OSError(number, "said")) for number in (errno.ENOSPC, errno.EROFS)
    )
    assert "Free some space" in str(full)
    assert "Free some space" not in str(readonly)
    assert "Your answer up to then is saved." in str(readonly)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ("I", "did")),
        ({"transcript": None}, ()),
        ({"schema": 99}, ()),
        ({"transcript": {"words": [{}]}}, ()),
    ],
)
def test_the_words_of_a_take_are_read_alone(
    tmp_path: Path, change: dict[str, object], words: tuple[str, ...]
) -> None:
    (folder,) = keep(tmp_path, Told(said="I did"))
    value = json.loads((folder / take_json.TAKE_FILE).read_text("utf-8"))
    assert take_json.said(json.dumps(value | change)) == words
    assert take_json.said("{") == ()
