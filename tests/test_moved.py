"""A sync client, a file manager, a second terminal: takes that are moved, renamed or deleted while
they are recorded or written down. No sound is lost by it, and nothing is told that is not so."""

from __future__ import annotations

import hashlib
import shutil
import wave
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from rich.console import Console

from rehearse.commands import forgetting
from rehearse.commands.screen import Screen
from rehearse.errors import HomeNotWritable, TakeGone
from rehearse.model.take import Ending, Question, Span, Take, Word
from rehearse.ports import Hearing, Reading
from rehearse.session.analyze_take import report_on
from rehearse.session.steps import NotSaved, Reported, Step, Waits
from rehearse.takes.store import TakeStore
from rehearse.takes.whereabouts import OTHER
from tests.fakes import FakeHearing, FakeTranscriber, pcm
from tests.fakes import tone as a_tone
from tests.test_session import practised, studio

NOW = "2026-05-04T10:30:00+02:00"
SECOND = pcm(a_tone(seconds=1.0))
SOUND = SECOND * 3

Meddle = Callable[[Path], object]
"""What somebody does to the folder of a take."""


def rename(folder: Path) -> None:
    folder.rename(folder.with_name("my best one"))


def move_away(folder: Path) -> None:
    folder.rename(folder.parent.parent / "Dropbox")


def delete(folder: Path) -> None:
    shutil.rmtree(folder)


def delete_sound(folder: Path) -> None:
    (folder / "answer.wav").unlink()


def rename_sound(folder: Path) -> None:
    (folder / "answer.wav").rename(folder / "answer (conflict).wav")


def replace_sound(folder: Path) -> None:
    delete_sound(folder)
    (folder / "answer.wav").write_bytes(b"an older copy")


def delete_all(folder: Path) -> None:
    shutil.rmtree(folder.parent)


MEDDLING: dict[str, Meddle] = {
    one.__name__: one
    for one in (rename, move_away, delete, delete_sound, rename_sound, replace_sound, delete_all)
}
every_meddling = pytest.mark.parametrize("meddle", MEDDLING.values(), ids=MEDDLING)


@dataclass
class MeddledEar:
    """Three seconds of sound; after the first, somebody does something to the take."""

    recordings: Path
    meddle: Meddle
    done: list[str] = field(default_factory=list)

    @contextmanager
    def open(self) -> Iterator[Hearing]:
        yield self._hearing()

    def _hearing(self) -> Hearing:
        ear = self

        class Meddled(FakeHearing):
            def read(self, timeout: float) -> bytes | None:
                if len(self._script) == 3:
                    (folder,) = ear.recordings.iterdir()
                    ear.meddle(folder)
                    ear.done.append(folder.name)
                return super().read(timeout)

        return Meddled([SECOND, SECOND, SECOND, b""], [])


def sound_in(folder: Path) -> bytes:
    """What a player finds in the file."""
    with wave.open(str(folder / "answer.wav"), "rb") as file:
        return file.readframes(file.getnframes())


def shown(steps: list[Step], store: TakeStore) -> str:
    console = Console(width=200, record=True, file=None, quiet=False)
    with console.capture() as captured:
        Screen(console, plain=True, store=store).show(iter(steps))
    return " ".join(captured.get().split())


@every_meddling
def test_an_answer_survives_what_is_done_to_its_folder(tmp_path: Path, meddle: Meddle) -> None:
    ear = MeddledEar(tmp_path / "recordings", meddle)
    room = studio(tmp_path, ear=ear, transcriber=FakeTranscriber([(Word("So.", 0.1, 0.9),)]))
    steps = practised(room)
    assert ear.done
    (folder,) = room.store.folders()
    take = room.store.load(folder)
    assert sound_in(folder) == SOUND
    assert take.sha256 == hashlib.sha256(SOUND).hexdigest()
    assert (take.ending, take.transcript is not None) == (Ending.ENDED, True)
    assert not room.store.is_being_recorded(folder)
    text = shown(steps, room.store)
    assert f"Saved in {folder}" in text
    (notice,) = (step.why for step in steps if isinstance(step, NotSaved))
    assert "Somebody" in notice
    assert notice in text


def test_what_somebody_else_put_in_its_place_is_kept(tmp_path: Path) -> None:
    practised(
        studio(
            tmp_path,
            ear=MeddledEar(tmp_path / "recordings", replace_sound),
            transcriber=FakeTranscriber([(Word("So.", 0.1, 0.9),)]),
        )
    )
    (other,) = tmp_path.glob(f"recordings/*/{OTHER}")
    assert other.read_bytes() == b"an older copy"


def test_the_notice_tells_where_the_moved_one_is(tmp_path: Path) -> None:
    ear = MeddledEar(tmp_path / "recordings", move_away)
    steps = practised(
        studio(tmp_path, ear=ear, transcriber=FakeTranscriber([(Word("So.", 0.1, 0.9),)]))
    )
    (notice,) = (step.why for step in steps if isinstance(step, NotSaved))
    assert str(tmp_path / "Dropbox" / "answer.wav") in notice
    assert sound_in(tmp_path / "Dropbox") == SOUND


def begun(tmp_path: Path) -> tuple[TakeStore, Take]:
    store = TakeStore(tmp_path / "recordings")
    return store, store.begin(Question("Why?"), NOW, {})


@every_meddling
def test_what_was_said_can_be_heard_while_it_is_recorded(tmp_path: Path, meddle: Meddle) -> None:
    """Whoever writes it down reads it back piece by piece."""
    store, take = begun(tmp_path)
    with store.recorder(take) as recorder:
        recorder.write(SECOND)
        meddle(store.folder / take.id)
        recorder.write(SECOND)
        if meddle is not replace_sound:
            assert len(store.samples(take, Span(0.5, 2.0))) == 24_000
    assert len(store.samples(take, Span(0.5, 2.0))) == 24_000
    assert len(store.samples(store.recorded(take).take)) == 32_000


def test_a_sound_that_no_folder_takes_is_said_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    store, take = begun(tmp_path)
    with pytest.raises(HomeNotWritable) as told, store.recorder(take) as recorder:
        recorder.write(SECOND)
        shutil.rmtree(store.folder)
        store.folder.write_text("a file, where the folder was")
    (rescued,) = tmp_path.glob("rehearse-*/answer.wav")
    assert str(rescued) in str(told.value)
    assert sound_in(rescued.parent) == SECOND


def test_a_take_that_nobody_touched_needs_no_word(tmp_path: Path) -> None:
    store, take = begun(tmp_path)
    with store.recorder(take) as recorder:
        recorder.write(SECOND)
    assert store.recorded(take).notice is None
    assert store.recorded(take).take.id == take.id


@pytest.mark.parametrize("meddle", [rename, delete])
def test_a_take_in_which_nothing_was_said_leaves_nothing(tmp_path: Path, meddle: Meddle) -> None:
    store, take = begun(tmp_path)
    with store.recorder(take):
        meddle(store.folder / take.id)
    store.discard(store.recorded(take).take)
    assert store.folders() == []


# After the recording


@dataclass
class Meddler(FakeTranscriber):
    """Writes down, while somebody does something to the take."""

    meddle: Callable[[], object] = lambda: None

    def transcribe(
        self, samples: object, *, hasty: bool = False, names: Sequence[str] = ()
    ) -> Reading:
        self.meddle()
        return Reading((Word("So.", 0.1, 0.9),))


def recorded(tmp_path: Path) -> tuple[TakeStore, Take]:
    store, take = begun(tmp_path)
    with store.recorder(take) as recorder:
        recorder.write(SOUND)
    take = replace(store.recorded(take).take, ending=Ending.ENDED)
    store.save(take)
    return store, take


def assessed(tmp_path: Path, store: TakeStore, take: Take, meddle: Meddle) -> list[Step]:
    """Written down later, as 'rehearse recover' does it."""
    folder = store.folder / take.id
    room = replace(
        studio(tmp_path, transcriber=Meddler(meddle=lambda: folder.exists() and meddle(folder))),
        store=store,
    )
    return list(report_on(take, room))


def test_a_take_that_is_renamed_while_its_words_are_written_is_found(tmp_path: Path) -> None:
    store, take = recorded(tmp_path)
    steps = assessed(tmp_path, store, take, rename)
    assert isinstance(steps[-1], Reported)
    (folder,) = store.folders()
    assert folder.name == "my best one"
    kept = store.load(folder)
    assert kept.transcript is not None
    assert kept.sha256 == hashlib.sha256(sound_in(folder)).hexdigest()
    assert f"Saved in {folder}" in shown(steps, store)


def forget(folder: Path) -> None:
    store = TakeStore(folder.parent)
    forgetting.forget(folder.parent.parent, store, [folder])


@pytest.mark.parametrize("meddle", [delete, move_away, forget])
def test_a_take_that_goes_while_its_words_are_written_is_not_called_kept(
    tmp_path: Path, meddle: Meddle
) -> None:
    store, take = recorded(tmp_path)
    steps = assessed(tmp_path, store, take, meddle)
    text = shown(steps, store)
    assert "deleted or moved away" in text
    assert "saved in" not in text.lower()
    assert not any(isinstance(step, Waits) for step in steps)
    assert store.folders() == []
    assert TakeStore(store.folder).summaries() == []


def test_a_take_that_is_gone_is_not_made_anew_by_its_report(tmp_path: Path) -> None:
    store, take = recorded(tmp_path)
    delete(store.folder / take.id)
    with pytest.raises(TakeGone, match="deleted or moved"):
        store.save(take)
    assert list(store.folder.iterdir()) == []


def test_to_forget_what_is_gone_already_is_no_error(tmp_path: Path) -> None:
    store, take = recorded(tmp_path)
    other = store.begin(Question("Why not?"), NOW, {})
    delete(store.folder / take.id)
    forgetting.forget(tmp_path, store, [store.folder / take.id, store.folder / other.id])
    assert store.folders() == []
