"""Words that were misheard: mended in an editor or by a file, counted again, and brought back."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rehearse.model.take import Ending, Hesitation, Question, Sound, Span, Take, Transcript, Word
from rehearse.takes import take_json
from rehearse.takes.corrections import edited, to_edit
from rehearse.takes.store import TakeStore
from rehearse.transcripts.aligned import corrected
from tests import inprocess
from tests.sounds import tone
from tests.speech import spoken

SAID = "Last year I um mended the fridge. It held for a year."
RIGHT = "Last year I um mended the bridge. It held for a year."

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)

    def command(*arguments: str) -> tuple[int, str, str]:
        code = inprocess.main(*arguments, home=tmp_path)
        out, err = capsys.readouterr()
        return code, out, err

    return command


@pytest.fixture
def take(tmp_path: Path) -> Take:
    store = TakeStore(tmp_path / "recordings")
    take = store.begin(Question("What did you mend?"), "2026-05-04T10:30:00+02:00", {})
    with store.recorder(take) as recorder:
        recorder.write((tone(6.0) * 3276.7).astype("<i2").tobytes())
    said = spoken(SAID)
    heard = Hesitation(5.2, 5.6, 0.97, nasal=True)
    sound = Sound(6.0, (*said.sound.speech, Span(5.2, 5.6)), -20.0, (heard,))
    transcript = replace(said.transcript, model="base.en")
    take = replace(take, ending=Ending.ENDED, sound=sound, transcript=transcript, model="base.en")
    store.save(take)
    return store.load(store.folder / take.id)


def kept(home: Path, take: Take) -> Take:
    return TakeStore(home / "recordings").load(home / "recordings" / take.id)


def analysis(home: Path, take: Take) -> dict[str, Any]:
    text = (home / "recordings" / take.id / take_json.TAKE_FILE).read_text("utf-8")
    value: dict[str, Any] = json.loads(text)["analysis"]
    return value


def editor(folder: Path, script: str) -> str:
    """A program that gets the name of a file, as $EDITOR does."""
    path = folder / "editor.py"
    path.write_text(f"import sys, pathlib\npath = pathlib.Path(sys.argv[1])\n{script}\n")
    return f"{sys.executable} {path}"


MENDS = "path.write_text(path.read_text().replace('fridge', 'bridge'))"


def test_the_words_are_mended_in_the_editor(
    run: Run, take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = f"pathlib.Path({str(tmp_path / 'seen')!r}).write_text(path.read_text())\n{MENDS}"
    monkeypatch.setenv("EDITOR", editor(tmp_path, seen))
    code, out, _ = run("takes", "correct", "what-did")
    assert code == 0 and out.startswith(f"1 word changed in {take.id}")
    after = kept(tmp_path, take)
    assert after.transcript is not None and after.transcript.text == RIGHT
    assert [w.start for w in after.transcript.words] == [w.start for w in spoken(SAID).words]
    assert after.original is not None and after.original.text == SAID
    assert after.model == "base.en" and after.sound == take.sound
    shown = (tmp_path / "seen").read_text()
    assert shown.startswith("# ") and "fridge.\nIt held for a year.\n" in shown
    assert [w["text"] for w in analysis(tmp_path, take)["words"]] == RIGHT.split()
    assert sorted(p.name for p in (tmp_path / "recordings" / take.id).iterdir()) == [
        "answer.wav",
        "take.json",
    ]


def test_hesitations_heard_in_the_sound_stay(run: Run, take: Take, tmp_path: Path) -> None:
    (tmp_path / "right.txt").write_text(RIGHT)
    assert run("takes", "correct", "what-did", "--from", str(tmp_path / "right.txt"))[0] == 0
    heard = [item["heard_in"] for item in analysis(tmp_path, take)["fillers"]["items"]]
    assert heard == ["transcript", "sound"]


def test_the_first_words_come_back_after_any_number_of_corrections(
    run: Run, take: Take, tmp_path: Path
) -> None:
    for text in (RIGHT, RIGHT.replace("year", "month"), "Quite another answer was given here."):
        (tmp_path / "right.txt").write_text(text)
        assert run("takes", "correct", "what-did", "--from", str(tmp_path / "right.txt"))[0] == 0
    code, out, _ = run("takes", "correct", "what-did", "--undo")
    assert code == 0 and "has its original words again" in out
    after = kept(tmp_path, take)
    assert after.transcript == take.transcript and after.original is None
    assert [w["text"] for w in analysis(tmp_path, take)["words"]] == SAID.split()
    code, _, err = run("takes", "correct", "what-did", "--undo")
    assert code == 1 and "never corrected" in err


@pytest.mark.parametrize("script", ["", "path.write_text('')", "path.unlink()"])
def test_an_unchanged_or_empty_text_changes_nothing(
    run: Run, take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setenv("VISUAL", editor(tmp_path, script))
    code, out, _ = run("takes", "correct", "what-did")
    assert code == 0 and "is unchanged" in out
    assert kept(tmp_path, take) == take


def test_an_editor_that_crashes_loses_nothing(
    run: Run, take: Take, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", editor(tmp_path, f"{MENDS}\nsys.exit(3)"))
    code, _, err = run("takes", "correct", "what-did")
    assert code == 1 and "ended with an error" in err and err.count("\n") == 1
    assert kept(tmp_path, take) == take
    (typed,) = (tmp_path / "recordings" / take.id).glob("correct-*.txt")
    assert str(typed) in err
    assert os.name != "posix" or stat.S_IMODE(typed.stat().st_mode) == 0o600
    assert run("takes", "correct", "what-did", "--from", str(typed))[0] == 0
    transcript = kept(tmp_path, take).transcript
    assert transcript is not None and transcript.text == RIGHT


@pytest.mark.parametrize(
    ("named", "says"),
    [("no-such-editor-anywhere", "cannot be started"), (None, "Not running in a terminal")],
)
def test_without_an_editor_a_sentence_says_what_to_do(
    run: Run,
    take: Take,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    named: str | None,
    says: str,
) -> None:
    if named:
        monkeypatch.setenv("EDITOR", named)
    code, _, err = run("takes", "correct", "what-did")
    assert code == 1 and says in err and "--from FILE" in err
    assert kept(tmp_path, take) == take
    assert not list((tmp_path / "recordings" / take.id).glob("correct-*"))


def test_a_take_that_waits_for_its_words_says_so(run: Run, take: Take, tmp_path: Path) -> None:
    TakeStore(tmp_path / "recordings").save(replace(take, transcript=None))
    code, _, err = run("takes", "correct", "what-did")
    assert code == 1 and "rehearse recover" in err


def test_analyze_takes_the_words_of_a_file_for_a_take(run: Run, take: Take, tmp_path: Path) -> None:
    subtitles = tmp_path / "right.srt"
    subtitles.write_text(f"1\n00:00:00,000 --> 00:00:05,000\n{RIGHT}\n")
    code, out, _ = run("analyze", take.id, "--transcript", str(subtitles), "--json")
    assert code == 0 and [w["text"] for w in json.loads(out)["words"]] == RIGHT.split()
    after = kept(tmp_path, take)
    assert after.transcript is not None and after.transcript.text == RIGHT
    assert [w.start for w in after.transcript.words] == [w.start for w in spoken(SAID).words]
    assert after.original is not None and after.original.text == SAID
    assert run("analyze", take.id, "--json")[0] == 0
    assert kept(tmp_path, take).original == after.original


LATE = (
    "1\n{0}:00:01,000 --> {0}:00:03,000\nLast year\n\n2\n{0}:00:03,000 --> {0}:00:05,000\nit held\n"
)


@pytest.mark.parametrize("hour", ["00", "01", "10"])
def test_words_are_moved_by_whole_hours(run: Run, take: Take, tmp_path: Path, hour: str) -> None:
    (tmp_path / "late.srt").write_text(LATE.format(hour))
    sound = str(tmp_path / "recordings" / take.id / "answer.wav")
    code, out, err = run("analyze", sound, "--transcript", str(tmp_path / "late.srt"), "--json")
    assert code == 0
    starts = [w["start"] for w in json.loads(out)["words"]]
    assert starts[0] == 1.0 and max(starts) < 6.0
    assert ("as in video editors" in err) == (hour != "00")


@pytest.mark.parametrize("start", ["00:00:20,000", "01:20:00,000"])
def test_words_beyond_the_sound_are_refused(
    run: Run, take: Take, tmp_path: Path, start: str
) -> None:
    (tmp_path / "late.srt").write_text(f"1\n{start} --> 02:00:00,000\nIt held\n")
    code, out, err = run("analyze", take.id, "--transcript", str(tmp_path / "late.srt"), "--json")
    assert (code, out) == (1, "") and "the recording ends at 0:06" in err
    assert kept(tmp_path, take) == take


# --- as values


def test_changed_words_share_the_time_of_those_they_replace() -> None:
    old = Transcript(tuple(Word(t, i, i + 1, 0.9) for i, t in enumerate(["a", "b", "c", "d"])))
    new = corrected(old, tuple(map(Word, ["a", "xx", "xx", "d", "e"])))
    assert [(w.text, w.start, w.end, w.probability) for w in new] == [
        ("a", 0, 1, 0.9),
        ("xx", 1, 2.0, None),
        ("xx", 2.0, 3, None),
        ("d", 3, 4, 0.9),
        ("e", 4, 4, None),
    ]


def test_what_is_edited_is_read_back_as_it_was() -> None:
    transcript = spoken("So I led it. # is a sign. [um] it held (well)").transcript
    words = edited(to_edit(transcript))
    assert [word.text for word in words] == [
        "So",
        "I",
        "led",
        "it.",
        "#",
        "is",
        "a",
        "sign.",
        "um",
        "it",
        "held",
        "(well)",
    ]
