"""A process that writes down may be killed, abort or hang; whoever speaks is not disturbed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rehearse.errors import TranscriptionFailed
from rehearse.ports import Reading, Transcriber
from rehearse.speech import messages, models
from rehearse.speech.child_process import USUAL, Patience
from rehearse.speech.dictation import Written
from rehearse.speech.transcription import dictated, write_down
from rehearse.speech.transcription_process import RESTARTS, DeskApart
from rehearse.speech.voice_activity import SileroVoiceActivity
from rehearse.speech.whisper import WhisperTranscriber
from tests.dictating import (
    LONG,
    ONE_SECOND,
    Answer,
    Echo,
    InFile,
    Remembered,
    text,
    until,
)
from tests.fakes import FakeVoiceActivity
from tests.spoken import Spoken, needs_miniature

if TYPE_CHECKING:
    from rehearse.model.take import Samples

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")
SOON = Patience(silence=5.0, piece=1.0)


@contextmanager
def desk(transcriber: Transcriber, patience: Patience = USUAL) -> Iterator[DeskApart]:
    one = DeskApart(FakeVoiceActivity(), transcriber, patience=patience)
    try:
        yield one
    finally:
        one.close()


def worker(one: DeskApart) -> int:
    until(lambda: one.pid)
    assert one.pid is not None
    return one.pid


def strike(one: DeskApart, number: int = getattr(signal, "SIGKILL", signal.SIGTERM)) -> None:
    """Ends the process and waits until another one is there, or none."""
    before = worker(one)
    os.kill(before, number)
    until(lambda: one.pid != before)


def whole(samples: Samples) -> Written:
    return write_down(samples, activity=FakeVoiceActivity(), transcriber=Echo())


@dataclass
class Gate(Echo):
    """Writes nothing before a file is there."""

    path: Path = field(default=Path())

    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        until(self.path.exists)
        return super().transcribe(samples, hasty=hasty, names=names)


@dataclass
class Ends(Echo):
    """Takes its process along, as often as there are files to remember it by."""

    left: Sequence[Path] = ()

    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        for path in self.left:
            if not path.exists():
                path.touch()
                os.abort()
        return super().transcribe(samples, hasty=hasty, names=names)


class OutOfMemory(Echo):
    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        raise MemoryError


class Loud(Echo):
    def transcribe(
        self, samples: Samples, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        sys.stdout.write("what a library has to say\n")
        sys.stdout.flush()
        os.write(1, b"more of it")
        os.write(2, b"and worse")
        return super().transcribe(samples, hasty=hasty, names=names)


@pytest.mark.parametrize("kind", ["file", "memory"])
def test_an_answer_whose_process_is_killed_in_the_middle_is_written_whole(
    kind: str, tmp_path: Path
) -> None:
    with desk(Echo()) as one:
        into = InFile(tmp_path / "answer.wav") if kind == "file" else Remembered()
        answer = Answer(one, LONG, into)
        answer.says(20)
        until(lambda: answer.dictation.words)
        strike(one)
        answer.says()
        found = answer.ends()
    assert text(found) == text(whole(LONG))
    assert found.sound.speech == whole(LONG).sound.speech


def test_what_was_shown_already_stays_while_a_new_process_catches_up(tmp_path: Path) -> None:
    gate = tmp_path / "open"
    with desk(Gate(path=gate)) as one:
        answer = Answer(one, LONG, InFile(tmp_path / "answer.wav"))
        answer.says(26.2)
        gate.touch()
        until(lambda: len(answer.dictation.words) == 2)
        shown, moment = answer.dictation.words, answer.dictation.listening()
        gate.unlink()
        strike(one)
        until(lambda: answer.dictation.listening() != moment or one.pid)
        assert answer.dictation.words == shown
        assert answer.dictation.listening().speech >= moment.speech, "time steps never back"
        answer.says()
        gate.touch()
        assert text(answer.ends())[:2] == [word.text for word in shown]


def test_a_process_that_is_killed_after_the_last_word_is_replaced(tmp_path: Path) -> None:
    gate = tmp_path / "open"
    with desk(Gate(path=gate)) as one:
        answer = Answer(one, ONE_SECOND, InFile(tmp_path / "answer.wav"))
        answer.says()
        end = answer.dictation.finish()
        next(end)
        strike(one)
        gate.touch()
        for _ in end:
            pass
        assert text(answer.dictation.written()) == text(whole(ONE_SECOND))


def test_a_process_that_is_killed_before_the_answer_costs_nothing(tmp_path: Path) -> None:
    with desk(Echo()) as one:
        one.prepare()
        os.kill(worker(one), signal.SIGTERM)
        answer = Answer(one, ONE_SECOND, InFile(tmp_path / "answer.wav"))
        answer.says()
        assert len(text(answer.ends())) == 1


def test_an_answer_that_ends_two_processes_waits_and_the_next_one_does_not(
    tmp_path: Path,
) -> None:
    marks = [tmp_path / str(number) for number in range(RESTARTS + 1)]
    with desk(Ends(left=marks)) as one:
        answer = Answer(one, ONE_SECOND, InFile(tmp_path / "answer.wav"))
        answer.says()
        until(lambda: answer.dictation.deaf)
        with pytest.raises(TranscriptionFailed, match="stopped twice, perhaps because"):
            answer.ends()
        answer.dictation.drop()
        assert len(text(dictated(ONE_SECOND, one))) == 1


def test_what_ended_a_process_without_a_sign_is_told(tmp_path: Path) -> None:
    with (
        desk(OutOfMemory()) as one,
        pytest.raises(TranscriptionFailed, match="twice, because memory ran out"),
    ):
        dictated(ONE_SECOND, one)


@posix
def test_a_process_that_stands_still_is_replaced(tmp_path: Path) -> None:
    with desk(Echo(), SOON) as one:
        answer = Answer(one, LONG, InFile(tmp_path / "answer.wav"))
        answer.says(14)
        until(lambda: answer.dictation.words)
        strike(one, signal.SIGSTOP)
        answer.says()
        assert text(answer.ends()) == text(whole(LONG))


def test_a_model_that_comes_to_no_end_is_given_up(tmp_path: Path) -> None:
    with (
        desk(Gate(path=tmp_path / "never"), SOON) as one,
        pytest.raises(TranscriptionFailed, match="no longer answered"),
    ):
        dictated(ONE_SECOND, one)


def test_feeding_never_waits_for_a_process_that_reads_nothing(tmp_path: Path) -> None:
    with desk(Echo()) as one:
        answer = Answer(one, LONG, Remembered())
        os.kill(worker(one), getattr(signal, "SIGSTOP", signal.SIGTERM))
        fed = threading.Thread(target=answer.says, daemon=True)
        fed.start()
        until(lambda: not fed.is_alive())


@posix
def test_sound_that_is_moved_away_is_heard_to_its_end(tmp_path: Path) -> None:
    into = InFile(tmp_path / "answer.wav")
    with desk(Echo()) as one:
        answer = Answer(one, LONG, into)
        answer.says(13.2)
        until(lambda: answer.dictation.words)
        into.path.rename(tmp_path / "elsewhere.wav")
        answer.says()
        assert text(answer.ends()) == text(whole(LONG))


def test_whatever_a_library_prints_gets_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    with desk(Loud()) as one:
        assert len(text(dictated(ONE_SECOND, one))) == 1
    assert capfd.readouterr() == ("", "")


@posix
def test_ctrl_c_is_for_the_parent_alone(tmp_path: Path) -> None:
    with desk(Echo()) as one:
        answer = Answer(one, LONG, InFile(tmp_path / "answer.wav"))
        answer.says(13.2)
        until(lambda: answer.dictation.words)
        pid = worker(one)
        assert os.getpgid(pid) != os.getpgid(0)
        os.kill(pid, signal.SIGINT)
        answer.says()
        assert text(answer.ends()) == text(whole(LONG))
        assert one.pid == pid


def is_alive(pid: int) -> bool:
    """One that nobody has asked for its exit code is dead all the same."""
    asked = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return bool(asked.stdout.strip()) and not asked.stdout.startswith("Z")


@posix
def test_closing_ends_the_process_at_once_whatever_it_is_at(tmp_path: Path) -> None:
    with desk(Gate(path=tmp_path / "never")) as one:
        answer = Answer(one, ONE_SECOND, InFile(tmp_path / "answer.wav"))
        answer.says()
        pid = worker(one)
    assert not is_alive(pid)
    assert one.pid is None
    assert not [each for each in threading.enumerate() if each.name == "worker"]


ORPHANED = """
import os, signal, sys
from rehearse.speech.transcription_process import DeskApart
from tests.dictating import Answer, Echo, ONE_SECOND, Remembered, until
from tests.fakes import FakeVoiceActivity
desk = DeskApart(FakeVoiceActivity(), Echo())
answer = Answer(desk, ONE_SECOND, Remembered())
answer.says()
until(lambda: answer.dictation.words)
print(desk.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@posix
def test_no_process_outlives_a_parent_that_was_killed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ORPHANED], stdout=subprocess.PIPE, text=True, timeout=120
    )
    pid = int(done.stdout)
    until(lambda: not is_alive(pid))


@needs_miniature
def test_the_model_is_loaded_there_and_not_here(spoken: Spoken) -> None:
    program = (
        "import sys\n"
        "from rehearse.speech import models\n"
        "from rehearse.speech.transcription_process import DeskApart\n"
        "from rehearse.speech.voice_activity import SileroVoiceActivity\n"
        "from rehearse.speech.whisper import WhisperTranscriber\n"
        "from rehearse.audio.recordings import decode\n"
        "from pathlib import Path\n"
        "from rehearse.speech.transcription import dictated\n"
        "found = models.miniature()\n"
        "model = WhisperTranscriber(found.path, found.name)\n"
        "desk = DeskApart(SileroVoiceActivity(), model)\n"
        f"written = dictated(decode(Path({str(spoken.wav)!r})), desk)\n"
        "desk.close()\n"
        "heavy = {'faster_whisper', 'ctranslate2', 'onnxruntime'} & set(sys.modules)\n"
        "print(sorted(heavy), len(written.transcript.words))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == f"[] {len(spoken.words)}\n", done.stderr


@needs_miniature
def test_a_process_apart_writes_the_same_words_at_the_same_times(spoken: Spoken) -> None:
    found = models.miniature()
    samples = spoken.speech.sound.astype("float32")
    activity = SileroVoiceActivity()
    here = write_down(
        samples, activity=activity, transcriber=WhisperTranscriber(found.path, found.name)
    )
    apart = DeskApart(SileroVoiceActivity(), WhisperTranscriber(found.path, found.name))
    try:
        assert dictated(samples, apart) == here
    finally:
        apart.close()


@pytest.mark.parametrize("cut", [0, 3, 8, 11])
def test_a_message_that_was_cut_off_ends_the_talk(cut: int) -> None:
    reader, writer = os.pipe()
    data = messages.packed(messages.Beat(1.5))
    messages.write(writer, data + data[:cut])
    os.close(writer)
    assert list(messages.messages(reader)) == [messages.Beat(1.5)]
    os.close(reader)
