"""An answer out of a conversation: figures are about the turns of whoever gives it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.analysis.analyze import analyze
from rehearse.analysis.floor import answer, own
from rehearse.model.take import Hesitation, Span, Speaker, Transcript
from tests import inprocess
from tests.speech import spoken

BOTH = spoken("Why _0.2_ did you go _1.0_ I _0.5_ wanted to _0.1_ hm _0.5_ learn _2.0_ so I went")
MINE = tuple(word for word in BOTH.words if word.text not in ("Why", "did", "you", "go", "hm"))
"""Somebody asks, and hums in the middle."""
TURNS = (
    Span(MINE[0].start or 0.0, MINE[2].end or 0.0),
    Span(MINE[3].start or 0.0, MINE[-1].end or 0.0),
)
SPEAKERS = (Speaker("T", 7, True), Speaker("M", 5, False))
ONE = Transcript(MINE, speakers=SPEAKERS, turns=TURNS)
HEARD = (Hesitation(0.1, 0.5, 0.99), Hesitation(3.05, 3.4, 0.99))
SOUND = replace(
    BOTH.sound, level=-20.0, hesitations=HEARD, pitch_variation=2.0, level_variation=4.0
)


def test_what_others_say_is_no_pause_and_no_time_of_the_answer() -> None:
    found = analyze(ONE, sound=SOUND, question=None, target=None)
    assert found.pauses is not None and found.pace is not None
    assert [(round(p.start, 1), round(p.end, 1)) for p in found.pauses.items] == [
        (3.2, 3.7),
        (5.9, 7.9),
    ]
    assert found.timing.duration == pytest.approx(sum(turn.duration for turn in TURNS))
    assert found.timing.answer == found.timing.duration
    assert (found.timing.spoken_from, found.timing.spoken_to) == (TURNS[0].start, TURNS[-1].end)
    assert found.pace.words_per_minute == pytest.approx(60 * 7 / (found.timing.duration or 1))
    assert found.speakers == SPEAKERS


def test_of_several_voices_neither_level_nor_reaction_is_told() -> None:
    found = analyze(ONE, sound=SOUND, question=None, target=None)
    assert found.voice is None and found.timing.reaction is None
    assert own(SOUND, TURNS).hesitations == HEARD[1:]


def test_an_answer_without_times_has_no_length() -> None:
    assert answer(Transcript(())) is None
    assert answer(spoken("I _1_ went").transcript) == pytest.approx(1.8)


def test_a_single_speaker_keeps_the_whole_recording() -> None:
    found = analyze(BOTH.transcript, sound=SOUND, question=None, target=None)
    assert found.timing.duration == SOUND.duration and found.timing.reaction == 0.0


def test_subtitles_have_a_time_and_a_pace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answer.vtt"
    path.write_text(
        "WEBVTT\n\n00:02.000 --> 00:06.000\nUm, we had a slow door.\n\n"
        "00:06.000 --> 00:12.000\nI oiled it and it was fast.\n"
    )
    assert inprocess.main("analyze", str(path), "--json", "--target", "0:10", home=tmp_path) == 0
    value = json.loads(capsys.readouterr().out)
    assert value["timing"]["duration"] == value["timing"]["answer"] == 10.0
    assert value["timing"]["verdict"] == "on_target"
    assert value["pace"]["words_per_minute"] == 72.0
    assert value["fillers"]["per_minute"] == 6.0
    assert inprocess.main("analyze", str(path), "--plain", home=tmp_path) == 0
    report = capsys.readouterr().out
    assert "0:10" in report and "without times" not in report


CONVERSATION = (
    "WEBVTT\n\n00:00.000 --> 00:04.000\n<v Mara>Why?\n\n00:04.000 --> 00:08.000\n<v Theo>I went.\n"
)


def test_the_json_says_who_was_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text(CONVERSATION)
    assert inprocess.main("analyze", str(path), "--json", home=tmp_path) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["speakers"] == [
        {"name": "Theo", "words": 2, "taken": True},
        {"name": "Mara", "words": 1, "taken": False},
    ]
    assert "This is about Theo" in err
    told = ("analyze", str(path), "--json", "--speaker", "MAR")
    assert inprocess.main(*told, home=tmp_path) == 0
    out, err = capsys.readouterr()
    assert [word["text"] for word in json.loads(out)["words"]] == ["Why?"] and err == ""


def test_a_speaker_of_nobody_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text(CONVERSATION)
    assert inprocess.main("analyze", str(path), "--speaker", "Eve", home=tmp_path) == 1
    assert "Choose one of: Mara, Theo." in capsys.readouterr().err


@pytest.mark.parametrize(("named", "code"), [("German", 0), ("pt-BR", 0), ("Elvish", 2)])
def test_a_language_may_be_named_as_people_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], named: str, code: int
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Wir haben um zehn angefangen.")
    arguments = ("analyze", str(path), "--language", named, "--json")
    assert inprocess.main(*arguments, home=tmp_path) == code
    out, err = capsys.readouterr()
    if code:
        assert "I don't know the language 'Elvish'" in err
    else:
        assert json.loads(out)["fillers"]["counts"] == {}
