"""Finds the ear of a model: the classifier that hears hesitations in the output of its encoder.

An ear fits one model. Those of the usual models come with the program; those that were fitted on
this machine are beside the models. Each is named after the content of the model, wherever the model
is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from rehearse.analysis.sound.hesitations import Ear
from rehearse.analysis.sound.linear_head import LinearHead
from rehearse.speech.places import models_folder

BUILT_IN = Path(__file__).parent.parent / "data" / "ears"
PIECES, PIECE = 16, 1 << 16
"""Pieces of a model, and bytes of each, that tell it from all others: to read the whole of a large
one takes seconds."""


def fitted_here() -> Path:
    """The folder of the ears that were fitted on this machine."""
    return models_folder() / "ears"


def find(model: Path) -> Ear | None:
    """That of the model in a folder; None where none is known, or what was fitted is too weak."""
    path = next(_files(model), None)
    return None if path is None else read(path)


def is_known(model: Path) -> bool:
    """Whether there is one, or it was tried to fit one."""
    return any(_files(model))


def _files(model: Path) -> Iterator[Path]:
    name = fingerprint(model)
    for folder in (BUILT_IN, fitted_here()):
        yield from folder.glob(f"*{name}.npz")


def fingerprint(model: Path) -> str:
    with (model / "model.bin").open("rb") as file:
        size = file.seek(0, 2)
        digest = hashlib.sha256(str(size).encode())
        for number in range(PIECES):
            file.seek(number * max(0, size - PIECE) // (PIECES - 1))
            digest.update(file.read(PIECE))
    return digest.hexdigest()[:16]


def read(path: Path) -> Ear | None:
    """None where it is no whole ear, or stands for one that is too weak."""
    import numpy as np

    try:
        with np.load(path, allow_pickle=False) as kept:
            heads = [
                LinearHead(kept[name][:-1].astype(np.float32), float(kept[name][-1]))
                for name in ("hesitant", "hummed")
            ]
    except (OSError, EOFError, ValueError, KeyError, IndexError, BadZipFile):
        return None
    return Ear(*heads)


def write(folder: Path, model: Path, ear: Ear | None, *, name: str | None = None) -> Path:
    """`name` is the model's, where its folder has another. `ear` is None where none hears well
    enough, so that it is not tried again. Raises OSError."""
    import numpy as np

    heads = {} if ear is None else {"hesitant": ear.hesitant, "hummed": ear.hummed}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name or model.name}-{fingerprint(model)}.npz"
    kept: dict[str, Any] = {
        part: np.append(head.weights, head.bias).astype(np.float32) for part, head in heads.items()
    }
    np.savez(path, **kept)
    return path
