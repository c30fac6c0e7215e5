"""Ears of models: found by what is in the model, kept beside it, fitted where none comes along."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from rehearse.analysis.sound.hesitations import Ear
from rehearse.analysis.sound.linear_head import LinearHead
from rehearse.commands import model_ready
from rehearse.model.take import SAMPLE_RATE
from rehearse.speech import ear_fitting, ears
from rehearse.speech.ear_fitting import ExitCode
from rehearse.speech.encoder import encoded
from rehearse.speech.models import MINIATURE
from rehearse.speech.whisper import WhisperTranscriber
from tests.sounds import tone
from tools.random_whisper import TINY, build


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "models"
    monkeypatch.setenv("REHEARSE_MODELS", str(folder))
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("models") / "of-chance")


def ear(bias: float) -> Ear:
    """Hears a hesitation everywhere, or nowhere."""
    nothing = np.zeros(TINY.width, np.float32)
    return Ear(LinearHead(nothing, bias), LinearHead(nothing, bias))


def test_an_ear_is_found_again_wherever_the_model_lies(model: Path, tmp_path: Path) -> None:
    assert ears.find(model) is None
    assert not ears.is_known(model)
    ears.write(ears.fitted_here(), model, ear(2.5))
    elsewhere = Path(shutil.copytree(model, tmp_path / "elsewhere"))
    for folder in (model, elsewhere):
        kept = ears.find(folder)
        assert kept is not None
        assert kept.hesitant.bias == 2.5
        assert kept.hesitant.weights.shape == (TINY.width,)


def test_another_model_of_the_same_size_has_another_ear(model: Path, tmp_path: Path) -> None:
    ears.write(ears.fitted_here(), model, ear(2.5))
    other = Path(shutil.copytree(model, tmp_path / model.name))
    content = bytearray((other / "model.bin").read_bytes())
    content[len(content) // 2] ^= 1
    (other / "model.bin").write_bytes(content)
    assert ears.find(other) is None


def test_one_that_is_too_weak_is_remembered_and_not_used(model: Path) -> None:
    ears.write(ears.fitted_here(), model, None)
    assert ears.is_known(model)
    assert ears.find(model) is None


def test_a_damaged_ear_is_none(model: Path) -> None:
    path = ears.write(ears.fitted_here(), model, ear(2.5))
    path.write_bytes(path.read_bytes()[:50])
    assert ears.find(model) is None


@pytest.mark.parametrize(("bias", "count"), [(9.0, 1), (-9.0, 0)])
def test_a_model_with_an_ear_tells_what_it_hears(model: Path, bias: float, count: int) -> None:
    ears.write(ears.fitted_here(), model, ear(bias))
    heard = WhisperTranscriber(model, "chance").transcribe(tone(2)).hesitations
    assert heard is not None and len(heard) == count
    assert all(0 <= one.start < one.end <= 2.0 for one in heard)


def test_a_model_without_an_ear_says_so(model: Path) -> None:
    assert WhisperTranscriber(model, "chance").transcribe(tone(2)).hesitations is None


def test_the_ears_that_come_along_are_whole() -> None:
    paths = {path.name.rpartition("-")[0]: path for path in ears.BUILT_IN.glob("*.npz")}
    assert sorted(paths) == ["base", "miniature", "tiny.en"]
    for name, width in (("base", 512), ("tiny.en", 384)):
        path = paths[name]
        kept = ears.read(path)
        assert kept is not None
        assert kept.hesitant.weights.shape == kept.hummed.weights.shape == (width,)
        assert path.stat().st_size < 6_000


def test_the_miniature_writes_its_hesitations_and_gets_no_ear() -> None:
    assert ears.is_known(MINIATURE)
    assert ears.find(MINIATURE) is None


def test_the_clips_that_come_along_are_small_and_have_both_kinds(model: Path) -> None:
    files = list(ear_fitting.CLIPS.iterdir())
    assert sum(path.stat().st_size for path in files) < 1_500_000
    loaded = WhisperTranscriber(model, "chance").load()
    for kept_apart in (False, True):
        clips = list(ear_fitting.clips(loaded, kept_apart=kept_apart))
        marks = [mark for clip in clips for mark in clip.marks]
        assert {mark.nasal for mark in marks} == {True, False}
        assert all(0 <= mark.span.start < mark.span.end for mark in marks)
        for clip in clips:
            assert len(clip.encoded) == round(clip.duration * 50) + 1
            assert clip.duration < 30


def test_an_ear_is_fitted_in_a_process_of_its_own(model: Path) -> None:
    """A model of chance hears nothing, and is not tried again."""
    assert ear_fitting.fit_apart(model) is ExitCode.WEAK
    assert ears.is_known(model)
    assert ears.find(model) is None


def test_what_is_fitted_is_said_once(model: Path) -> None:
    messages = Console(file=io.StringIO(), width=200)
    for _ in range(2):
        model_ready.give_ear(model, "chance", messages)
    assert messages.file.getvalue().splitlines() == [  # type: ignore[attr-defined]
        "Getting chance to hear 'um' and 'uh', once. This takes up to a minute.",
        "chance does not hear them well enough, so only those that it writes down are counted.",
    ]


def test_a_model_that_does_not_load_gets_no_ear(model: Path, tmp_path: Path) -> None:
    broken = Path(shutil.copytree(model, tmp_path / "broken"))
    (broken / "tokenizer.json").write_text("{")
    assert ear_fitting.fit_apart(broken) is None
    assert not ears.is_known(broken)


@pytest.mark.parametrize("seconds", [0.5, 2.007, 29.9])
def test_the_encoder_gives_the_same_whether_or_not_it_is_written_down(
    model: Path, seconds: float
) -> None:
    loaded = WhisperTranscriber(model, "chance").load()
    samples = tone(30)[: round(seconds * SAMPLE_RATE)]
    alone = encoded(loaded, samples)
    loaded.encoded = None
    list(loaded.transcribe(samples, language="en", max_new_tokens=1)[0])
    assert np.array_equal(loaded.encoded[: len(alone)], alone)


def test_what_follows_a_sound_is_not_heard(model: Path) -> None:
    ears.write(ears.fitted_here(), model, ear(9.0))
    transcriber = WhisperTranscriber(model, "chance")
    for seconds in (0.05, 0.5, 29.9):
        samples = tone(30)[: round(seconds * SAMPLE_RATE)]
        for one in transcriber.transcribe(samples).hesitations or ():
            assert one.end <= seconds
