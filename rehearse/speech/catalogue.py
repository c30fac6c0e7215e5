"""The models that are known by name: those of faster-whisper, and the one that reads meaning."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from rehearse.errors import ModelMissing

_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class KnownModel:
    """`size` in bytes, as far as the first three digits."""

    name: str
    repository: str
    size: int
    revision: str | None = None
    """Of the repository; None for the newest."""
    files: tuple[str, ...] = ()
    """What is fetched of it; empty for what faster-whisper would fetch."""


MEANING = KnownModel(
    "meaning",
    "sentence-transformers/all-MiniLM-L6-v2",
    24 * _MEGABYTE,
    revision="1110a243fdf4706b3f48f1d95db1a4f5529b4d41",
    files=("onnx/model_quint8_avx2.onnx", "tokenizer.json"),
)
"""Compares notes with what was said by what they mean (Apache-2.0). It writes nothing down."""

_TABLE = """
tiny.en           Systran/faster-whisper-tiny.en               78
tiny              Systran/faster-whisper-tiny                  78
base.en           Systran/faster-whisper-base.en              148
base              Systran/faster-whisper-base                 148
small.en          Systran/faster-whisper-small.en             486
small             Systran/faster-whisper-small                486
medium.en         Systran/faster-whisper-medium.en           1530
medium            Systran/faster-whisper-medium              1530
large-v1          Systran/faster-whisper-large-v1            3090
large-v2          Systran/faster-whisper-large-v2            3090
large-v3          Systran/faster-whisper-large-v3            3090
large-v3-turbo    mobiuslabsgmbh/faster-whisper-large-v3-turbo 1620
distil-small.en   Systran/faster-distil-whisper-small.en      336
distil-medium.en  Systran/faster-distil-whisper-medium.en     792
distil-large-v2   Systran/faster-distil-whisper-large-v2     1520
distil-large-v3   Systran/faster-distil-whisper-large-v3     1520
distil-large-v3.5 distil-whisper/distil-large-v3.5-ct2       1520
"""
_ALSO_CALLED = {"large": "large-v3", "turbo": "large-v3-turbo"}


def known_models() -> tuple[KnownModel, ...]:
    """As faster-whisper names them, the small ones first."""
    rows = (line.split() for line in _TABLE.strip().splitlines())
    return tuple(KnownModel(name, where, int(size) * _MEGABYTE) for name, where, size in rows)


def known_model(name: str) -> KnownModel:
    """Raises ModelMissing for a name that is none, with those like it."""
    models = {model.name: model for model in (*known_models(), MEANING)}
    wanted = _ALSO_CALLED.get(name, name)
    if wanted in models:
        return models[wanted]
    like = difflib.get_close_matches(name.lower(), models, n=3, cutoff=0.5)
    names = ", ".join(like or ["tiny.en", "base.en", "small.en"])
    raise ModelMissing(f"No model called '{name}'.", f"Try one of these: {names}.")


def size_text(size: int) -> str:
    """Decimal, as shops and file managers count."""
    gigabyte = 1000 * _MEGABYTE
    return f"{size / gigabyte:.1f} GB" if size >= gigabyte else f"{size / _MEGABYTE:.0f} MB"
