"""Models by name: which there are, where they lie, and how they come here.

Each lies in a folder of its own under `models_folder()`. One on its way is in `NAME.part` until it
is whole, so that a download that broke off is never taken for a model and goes on where it was.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rehearse.errors import ModelMissing
from rehearse.speech import meaning, packaged
from rehearse.speech.catalogue import MEANING, KnownModel, known_model, known_models, size_text
from rehearse.speech.download import Progress, bytes_in, download
from rehearse.speech.model_folder import check_folder
from rehearse.speech.packaged import packaged_model
from rehearse.speech.places import models_folder as models_folder
from rehearse.text import is_file, is_folder, is_there, typed

MINIATURE = Path(__file__).parent.parent / "data" / "miniature"


@dataclass(frozen=True)
class ModelFolder:
    path: Path
    name: str

    @property
    def size(self) -> int:
        return bytes_in(self.path)


def miniature() -> ModelFolder:
    """The packaged model that understands the built-in voices only. Raises ModelMissing."""
    check_folder(MINIATURE)
    return ModelFolder(MINIATURE, "miniature")


def find(name_or_folder: str | Path) -> ModelFolder:
    """The model of that name, or in that folder, on this machine. Raises ModelMissing."""
    name = str(name_or_folder)
    folder = typed(name)
    if _is_folder(folder, name):
        check_folder(folder)
        return ModelFolder(folder, folder.resolve().name)
    if name == "miniature":
        return miniature()
    model = known_model(name)
    if model == MEANING:
        raise ModelMissing(
            f"The model '{name}' compares answers with notes and writes none down.",
            "Choose another: 'rehearse models list' shows them.",
        )
    found = _here(model)
    if found is None:
        raise ModelMissing(
            f"The model '{model.name}' ({size_text(model.size)}) is not on this machine.",
            f"Run 'rehearse models get {model.name}' while online.",
        )
    return found


def _is_folder(folder: Path, name: str) -> bool:
    """A known name is a folder only where a model lies in it: any checkout may have a "base"."""
    if name in {model.name for model in known_models()}:
        return is_file(folder / "model.bin")
    return is_there(folder) or os.sep in name or "/" in name


def _here(model: KnownModel) -> ModelFolder | None:
    """In our folder, else in the cache that other programs share, else in a package. Raises
    ModelMissing for a damaged one."""
    own = models_folder() / model.name
    if is_folder(own):
        _check(model, own)
        return ModelFolder(own, model.name)
    elsewhere = _elsewhere(model)
    return ModelFolder(elsewhere, model.name) if elsewhere else None


def _check(model: KnownModel, folder: Path) -> None:
    """Raises ModelMissing."""
    if model == MEANING:
        meaning.in_folder(folder)
    else:
        check_folder(folder)


def reads_meaning() -> meaning.Files | None:
    """Where the model lies that reads meaning; None where it is not on this machine. Raises
    ModelMissing for a damaged one."""
    found = _here(MEANING)
    if found is None:
        return None
    inside = meaning.packaged_files()
    return inside if inside and inside.folder == found.path else meaning.in_folder(found.path)


def _elsewhere(model: KnownModel) -> Path | None:
    """Where others put it and may use it too. Raises ModelMissing for a damaged package."""
    shared = next(_shared(model), None)
    if shared is None and model == MEANING:
        inside = meaning.packaged_files()
        return inside.folder if inside else None
    return packaged_model() if shared is None and model.name == packaged.NAME else shared


def _shared(model: KnownModel) -> Iterator[Path]:
    """Whole snapshots in huggingface's cache, the one in use first."""
    home = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")) / "huggingface"
    hub = Path(os.environ.get("HF_HOME", home)) / "hub"
    cache = typed(os.environ.get("HF_HUB_CACHE", str(hub)))
    repository = cache / f"models--{model.repository.replace('/', '--')}"
    main = repository / "refs" / "main"
    in_use = main.read_text("utf-8").strip() if is_file(main) else ""
    snapshots = sorted(
        (repository / "snapshots").glob("*"), key=lambda path: (path.name != in_use, path.name)
    )
    for path in snapshots:
        try:
            _check(model, path)
        except ModelMissing:
            continue
        yield path


def installed() -> tuple[ModelFolder, ...]:
    """Those that `find` finds by name, whole ones only."""
    found = []
    for model in (*known_models(), MEANING):
        try:
            found.append(_here(model))
        except ModelMissing:
            continue
    return tuple(folder for folder in found if folder)


def remove(name: str) -> None:
    """Delete a model from our folder, and what a broken download left. Raises ModelMissing."""
    model = known_model(name)
    places = [models_folder() / model.name, _part(model)]
    if not any(is_folder(place) for place in places):
        elsewhere = _elsewhere(model)
        where = f" but in '{elsewhere}', which other programs use" if elsewhere else ""
        raise ModelMissing(
            f"The model '{model.name}' is not in '{models_folder()}'{where}.",
            "'rehearse models list' shows what is.",
        )
    for place in places:
        shutil.rmtree(place, ignore_errors=True)


def stand_in() -> ModelFolder | None:
    """A small real model that is here where the usual one is not; None where there is none."""
    try:
        return _here(known_model(packaged.NAME))
    except ModelMissing:
        return None


def get(name: str, progress: Progress) -> ModelFolder:
    """Fetch a model once. Raises ModelMissing; what came so far then stays, to go on from there."""
    model = known_model(name)
    try:
        if found := _here(model):
            return found
    except ModelMissing:
        shutil.rmtree(models_folder() / model.name, ignore_errors=True)
    part = _part(model)
    download(model, part, progress)
    _check(model, part)  # the hub may have less than it should
    folder = models_folder() / model.name
    part.replace(folder)
    return ModelFolder(folder, model.name)


def _part(model: KnownModel) -> Path:
    return models_folder() / f"{model.name}.part"
