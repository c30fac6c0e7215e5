from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from rehearse.errors import ModelMissing
from rehearse.speech import meaning, models, packaged
from rehearse.speech.catalogue import MEANING, known_model, known_models, size_text
from tests.hub import Hub, served
from tools.random_whisper import build

REPOSITORY = "Systran/faster-whisper-base.en"


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Models and caches of this test alone."""
    for name in ("HF_HUB_CACHE", "HF_HUB_OFFLINE", "HF_ENDPOINT", "HF_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(packaged, "PACKAGE", "not-installed-anywhere")
    monkeypatch.setattr(meaning, "PACKAGES", (("not-installed-anywhere", "1", "model.onnx", ""),))
    return tmp_path


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("whole") / "base.en")


class Steps:
    """What was told of a download; leaves it, as Ctrl-C would, at `leave_at` bytes."""

    def __init__(self, leave_at: int | None = None) -> None:
        self.told: list[tuple[int, int]] = []
        self.leave_at = leave_at

    def __call__(self, done: int, total: int) -> None:
        self.told.append((done, total))
        if self.leave_at is not None and done >= self.leave_at:
            raise KeyboardInterrupt


# --- finding


def test_a_model_is_found_by_name_by_folder_and_by_nickname(whole: Path, places: Path) -> None:
    shutil.copytree(whole, places / "models" / "base.en")
    assert models.find("base.en").path == places / "models" / "base.en"
    assert models.find(str(whole)) == models.ModelFolder(whole, "base.en")
    shutil.copytree(whole, places / "models" / "large-v3")
    assert models.find("large").name == "large-v3"
    assert [folder.name for folder in models.installed()] == ["base.en", "large-v3"]
    assert models.find("base.en").size == sum(f.stat().st_size for f in whole.iterdir())


def test_a_model_that_is_not_here_says_its_size_and_how_to_get_it() -> None:
    with pytest.raises(
        ModelMissing, match=r"'base\.en' \(148 MB\) is not on this machine"
    ) as caught:
        models.find("base.en")
    assert "rehearse models get base.en" in caught.value.mend
    assert models.installed() == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("base-en", "base.en"), ("Small", "small"), ("medum", "medium"), ("zzz", "base.en")],
)
def test_a_misspelt_name_hears_of_those_like_it(typed: str, meant: str) -> None:
    with pytest.raises(ModelMissing, match=f"No model called '{typed}'") as caught:
        models.find(typed)
    assert meant in caught.value.mend


def test_a_path_that_is_no_model_says_so(places: Path) -> None:
    (places / "file").touch()
    (places / "empty").mkdir()
    for path, why in (("nowhere/at", "not a folder"), (f"{places}/file", "not a folder")):
        with pytest.raises(ModelMissing, match=why):
            models.find(path)
    with pytest.raises(ModelMissing, match=r"has no model\.bin"):
        models.find(str(places / "empty"))


def test_a_folder_named_like_a_model_does_not_hide_it(
    whole: Path, places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(whole, places / "models" / "base.en")
    (places / "here" / "base.en").mkdir(parents=True)
    monkeypatch.chdir(places / "here")
    assert models.find("base.en").path == places / "models" / "base.en"


def test_a_damaged_model_is_not_installed(whole: Path, places: Path) -> None:
    shutil.copytree(whole, places / "models" / "base.en")
    (places / "models" / "base.en" / "tokenizer.json").unlink()
    assert models.installed() == ()
    with pytest.raises(ModelMissing, match=r"has no tokenizer\.json"):
        models.find("base.en")


def test_what_other_programs_fetched_is_used_and_not_removed(whole: Path, places: Path) -> None:
    repository = places / "hf" / "hub" / "models--Systran--faster-whisper-base.en"
    shutil.copytree(whole, repository / "snapshots" / "new")
    shutil.copytree(whole, repository / "snapshots" / "old")
    shutil.copytree(whole, repository / "snapshots" / "broken")
    (repository / "snapshots" / "broken" / "model.bin").unlink()
    (repository / "refs").mkdir()
    for in_use, found in (("old", "old"), ("broken", "new")):
        (repository / "refs" / "main").write_text(in_use)
        assert models.find("base.en").path == repository / "snapshots" / found
    with pytest.raises(ModelMissing, match="which other programs use"):
        models.remove("base.en")
    assert models.find("base.en")


def test_a_model_is_removed_with_what_a_download_left(whole: Path, places: Path) -> None:
    shutil.copytree(whole, places / "models" / "base.en")
    (places / "models" / "base.en.part").mkdir()
    models.remove("base.en")
    assert list((places / "models").iterdir()) == []
    with pytest.raises(ModelMissing, match="is not in"):
        models.remove("base.en")


def test_the_catalogue_has_what_faster_whisper_knows() -> None:
    from faster_whisper.utils import _MODELS

    ours = {model.name: model.repository for model in known_models()}
    assert ours == {name: _MODELS[name] for name in ours}
    assert {known_model(name).repository for name in _MODELS} == set(_MODELS.values())
    assert [size_text(known_model(n).size) for n in ("tiny.en", "large")] == ["78 MB", "3.1 GB"]


@pytest.mark.skipif(
    not (models.MINIATURE / "model.bin").is_file(), reason="the miniature model is not trained yet"
)
def test_the_miniature_model_is_packaged() -> None:
    assert models.miniature() == models.find("miniature")
    assert models.miniature().size <= 10_000_000


# --- fetching


@pytest.fixture
def hub(whole: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    files = {path.name: path.read_bytes() for path in whole.iterdir()}
    # Three pieces of 8 MiB and a rest.
    files["model.bin"] += os.urandom(26_000_000)
    files["README.md"] = b"not wanted"
    with served(Hub(REPOSITORY, files)) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        yield hub


def test_a_model_is_fetched_once(hub: Hub, places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    steps = Steps()
    folder = models.get("base.en", steps)
    assert folder == models.find("base.en")
    assert {path.name: path.read_bytes() for path in folder.path.iterdir()} == {
        name: content for name, content in hub.files.items() if name != "README.md"
    }
    assert steps.told[-1] == (148_000_000, 148_000_000)
    assert [done for done, _ in steps.told] == sorted(done for done, _ in steps.told)
    assert list((places / "models").iterdir()) == [folder.path]
    assert hub.tokens == []
    assert all(REPOSITORY in path for path in hub.asked)

    fetched = len(hub.fetched)
    assert models.get("base.en", steps) == folder
    assert len(hub.fetched) == fetched


@pytest.mark.parametrize("name", ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"])
def test_who_asks_for_a_model_gets_it_whatever_other_programs_were_told(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "1")
    folder = models.get("base.en", Steps())
    assert (folder.path / "model.bin").read_bytes() == hub.files["model.bin"]


def test_a_download_that_was_left_is_no_model_and_goes_on(hub: Hub, places: Path) -> None:
    hub.stop_at = 20_000_000
    with pytest.raises(KeyboardInterrupt):
        models.get("base.en", Steps(leave_at=16_000_000))
    assert (places / "models" / "base.en.part").is_dir()
    assert models.installed() == ()
    with pytest.raises(ModelMissing, match="is not on this machine"):
        models.find("base.en")

    hub.stop_at = None
    hub.ranges.clear()
    steps = Steps()
    folder = models.get("base.en", steps)
    assert (folder.path / "model.bin").read_bytes() == hub.files["model.bin"]
    parts = {part for part in hub.ranges if part.startswith("model.bin")}  # asked again when slow
    assert min(parts).startswith("model.bin bytes=16777216-") and len(parts) == 2
    assert steps.told[0][0] >= 16_000_000


def test_pieces_that_do_not_belong_together_are_fetched_again(hub: Hub, places: Path) -> None:
    part = places / "models" / "base.en.part"
    part.mkdir(parents=True)
    (part / "model.bin.incomplete").write_bytes(b"of another model" * 1000)
    with pytest.raises(ModelMissing, match="was interrupted"):
        models.get("base.en", Steps())
    folder = models.get("base.en", Steps())
    assert (folder.path / "model.bin").read_bytes() == hub.files["model.bin"]


def test_without_a_connection_one_sentence_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelMissing, match="cannot be reached") as caught:
        models.get("base.en", Steps())
    assert "rehearse models get base.en" in caught.value.mend
    assert "\n" not in str(caught.value)
    assert models.installed() == ()


def test_a_model_that_the_hub_no_longer_has(hub: Hub) -> None:
    with pytest.raises(ModelMissing, match=r"does not have 'Systran/faster-whisper-tiny\.en'"):
        models.get("tiny.en", Steps())


def test_a_model_of_the_hub_without_all_its_files_is_refused(hub: Hub) -> None:
    del hub.files["tokenizer.json"]
    with pytest.raises(ModelMissing, match=r"has no tokenizer\.json"):
        models.get("base.en", Steps())
    assert models.installed() == ()


@pytest.fixture
def meaning_hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    files = {"onnx/model_quint8_avx2.onnx": b"a model", "tokenizer.json": b"{}", "README.md": b""}
    wanted = {name: sha256(files[name]).hexdigest() for name in MEANING.files}
    monkeypatch.setattr(meaning, "HUB", wanted)
    with served(Hub(MEANING.repository, files)) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        yield hub


def test_the_model_of_meaning_is_fetched_and_listed_and_writes_nothing_down(
    meaning_hub: Hub, places: Path
) -> None:
    assert models.reads_meaning() is None
    folder = models.get("meaning", Steps())
    found = models.reads_meaning()
    assert found is not None and found.model.read_bytes() == b"a model"
    assert sorted(path.name for path in folder.path.iterdir()) == ["onnx", "tokenizer.json"]
    assert any(f"/revision/{MEANING.revision}" in path for path in meaning_hub.asked)
    assert [one.name for one in models.installed()] == ["meaning"]
    with pytest.raises(ModelMissing, match="writes none down"):
        models.find("meaning")


def test_another_version_of_the_model_of_meaning_is_refused_and_fetched_again(
    meaning_hub: Hub, places: Path
) -> None:
    models.get("meaning", Steps())
    (places / "models" / "meaning" / "tokenizer.json").write_bytes(b"another")
    with pytest.raises(ModelMissing, match="damaged, or of another version") as caught:
        models.reads_meaning()
    assert "rehearse models get meaning" in caught.value.mend
    assert models.installed() == ()
    models.get("meaning", Steps())
    assert models.reads_meaning() is not None


def test_a_disk_without_room_is_told_before(monkeypatch: pytest.MonkeyPatch) -> None:
    full = shutil.disk_usage("/")._replace(free=5_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: full)
    with pytest.raises(ModelMissing, match=r"needs 168 MB more, but only 5 MB are free"):
        models.get("base.en", Steps())


def test_a_folder_that_cannot_be_written_to_is_told(
    places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (places / "file").touch()
    monkeypatch.setenv("REHEARSE_MODELS", str(places / "file"))
    with pytest.raises(ModelMissing, match="cannot be written to"):
        models.get("base.en", Steps())


def test_looking_for_a_model_imports_no_hub() -> None:
    program = (
        "import sys; from rehearse.speech import models; models.installed(); print(*sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not {"huggingface_hub", "faster_whisper", "numpy"} & set(run.stdout.split())
