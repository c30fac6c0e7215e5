"""A recording whose words come from elsewhere: its hesitations are heard all the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rehearse.analysis.sound.hesitations import Ear
from rehearse.analysis.sound.linear_head import LinearHead
from rehearse.speech import ears
from tests import inprocess
from tests.spoken import Candidate
from tools.random_whisper import TINY, build

SAID = "We moved the servers in May."
SUBTITLES = f"1\n00:00:00,000 --> 00:00:02,000\n{SAID}\n"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("models") / "of-chance")


@pytest.fixture(scope="module")
def sound(candidate: Candidate) -> Path:
    return candidate.say(SAID).wav


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    (tmp_path / "said.srt").write_text(SUBTITLES)
    (tmp_path / "said.txt").write_text(SAID)
    return tmp_path


def give_ear(model: Path) -> None:
    """It hears a hesitation everywhere."""
    everywhere = LinearHead(np.zeros(TINY.width, np.float32), 9.0)
    ears.write(ears.fitted_here(), model, Ear(everywhere, everywhere))


def analysed(
    sound: Path, words: Path, model: str, capsys: pytest.CaptureFixture[str]
) -> tuple[dict[str, Any], str]:
    arguments = ("analyze", str(sound), "--transcript", str(words), "--model", model, "--json")
    code = inprocess.main(*arguments, home=words.parent)
    out, err = capsys.readouterr()
    assert code == 0, err
    value: dict[str, Any] = json.loads(out)
    assert [word["text"] for word in value["words"]] == SAID.split()
    return value, " ".join(err.split())


def in_sound(value: dict[str, Any]) -> int:
    return sum(item["heard_in"] == "sound" for item in value["fillers"]["items"])


def test_what_the_words_leave_out_is_heard(
    sound: Path, folder: Path, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    give_ear(model)
    value, err = analysed(sound, folder / "said.srt", str(model), capsys)
    assert in_sound(value) == 1
    assert err == ""


def test_words_without_times_could_be_counted_twice(
    sound: Path, folder: Path, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    give_ear(model)
    value, err = analysed(sound, folder / "said.txt", str(model), capsys)
    assert in_sound(value) == 0
    assert "words have no times" in err


def test_a_model_that_hears_none_says_so(
    sound: Path, folder: Path, model: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value, err = analysed(sound, folder / "said.srt", str(model), capsys)
    assert in_sound(value) == 0
    assert "of-chance hears no 'um' and 'uh'" in err


def test_no_model_is_fetched_for_it(
    sound: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value, err = analysed(sound, folder / "said.srt", "small.en", capsys)
    assert in_sound(value) == 0
    assert "The model 'small.en'" in err and "is not on this machine" in err
