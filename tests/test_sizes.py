"""Files of a home that are larger, or deeper, than any of ours: read up to a size, then refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rehearse.errors import UnreadableFile
from rehearse.model.take import Sound, Span, Take, Transcript, Word
from rehearse.session import resume
from rehearse.session.resume import SESSION_FILE
from rehearse.takes import take_json
from rehearse.takes.index import INDEX_FILE, LARGEST
from rehearse.takes.mend import mend
from rehearse.takes.remarks import LARGEST as LARGEST_REMARKS
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import State
from tests import inprocess
from tests.takes import Told, keep, take_of


def grown(path: Path, size: int) -> Path:
    """A hole of this size behind what is there; the disk need not hold it."""
    with path.open("ab") as file:
        file.truncate(size + 1)
    return path


def test_a_take_file_that_is_too_large_is_damaged_and_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder,) = keep(tmp_path, Told())
    grown(folder / "take.json", take_json.LARGEST_FILE)
    store = TakeStore(folder.parent)
    assert [take.state for take in store.summaries()] == [State.DAMAGED]
    assert inprocess.main("report", home=tmp_path) == 1
    assert "To repair it: rehearse recover" in capsys.readouterr().err
    assert inprocess.main("takes", "star", folder.name, home=tmp_path) == 1
    mend(store, folder)
    assert store.load(folder).id == folder.name
    assert (folder / "take.json.damaged").stat().st_size > take_json.LARGEST_FILE


def test_four_hours_of_speech_are_not_too_large() -> None:
    words = tuple(Word("extraordinary,", at / 3, at / 3 + 0.25, 0.987654) for at in range(43_200))
    spans = tuple(Span(float(at), at + 0.9) for at in range(14_400))
    take = Take("x", "2026-05-04", None, None, Sound(14_400.0, spans), Transcript(words))
    kept = len(take_json.dump(take, None))
    told = len(json.dumps([{"text": word.text, "start": word.start} for word in words]))
    assert kept + 2 * told < take_json.LARGEST_FILE


@pytest.mark.parametrize("depth", [100, 900, 3_000, 100_000])
def test_json_that_is_nested_deeply_is_read_or_refused(
    tmp_path: Path, depth: int, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder,) = keep(tmp_path, Told())
    path = folder / "take.json"
    value = json.loads(path.read_text()) | {"by_another_program": 0}
    deep = "[" * depth + "]" * depth
    path.write_text(json.dumps(value).replace('"by_another_program": 0', f'"odd": {deep}'))
    for command in (["takes"], ["takes", "star", folder.name], ["report"], ["takes", "--check"]):
        code = inprocess.main(*command, home=tmp_path)
        _, err = capsys.readouterr()
        assert code in (0, 1)
        assert "Traceback" not in err
    assert deep in "".join(path.read_text().split()), "what another program wrote stays"


def test_a_file_that_cannot_be_written_as_deep_as_it_was_read_is_left_alone() -> None:
    take = take_of(Told())
    deep = "[" * 100_000 + "]" * 100_000
    with pytest.raises(UnreadableFile, match="nested too deeply"):
        take_json.relabelled(f'{{"odd": {deep}}}', take)


def test_a_session_that_is_too_large_is_not_taken_up(tmp_path: Path) -> None:
    grown(tmp_path / SESSION_FILE, take_json.LARGEST_FILE)
    with pytest.raises(UnreadableFile, match="I cannot continue the session"):
        resume.read(tmp_path)
    (tmp_path / SESSION_FILE).write_text("[" * 100_000)
    with pytest.raises(UnreadableFile, match="I cannot continue the session"):
        resume.read(tmp_path)


def test_remarks_that_are_too_large_are_refused(tmp_path: Path) -> None:
    (folder,) = keep(tmp_path, Told())
    grown(folder / "remarks.md", LARGEST_REMARKS)
    store = TakeStore(folder.parent)
    with pytest.raises(UnreadableFile, match=r"remarks\.md cannot be read"):
        store.remarks(store.load(folder))


@pytest.mark.parametrize("head", [b"", b"[" * 5000, b"[" * 5000 + b"\n[]"])
def test_an_index_that_is_too_large_or_too_deep_is_made_anew(tmp_path: Path, head: bytes) -> None:
    (folder,) = keep(tmp_path, Told())
    path = folder.parent / INDEX_FILE
    path.write_bytes(head)
    if not head:
        grown(path, LARGEST)
    store = TakeStore(folder.parent)
    assert [take.id for take in store.summaries()] == [folder.name]
    assert [found.name for found in store.folders()] == [folder.name]
    assert path.stat().st_size < 4096
