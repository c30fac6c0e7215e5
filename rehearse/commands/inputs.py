"""The inputs of `rehearse analyze`: files and takes as named, and everything in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from rehearse.audio.recordings import is_recording
from rehearse.takes import take_json
from rehearse.text import is_folder, is_there


def named_by(paths: Sequence[str]) -> list[str]:
    """The inputs. A folder that is not a take becomes all recordings and takes in it, at any depth,
    in the order of their names. A folder without any, or one that cannot be read, stays and is
    reported later."""
    return [one for path in paths for one in (_held(path) if _is_folder(Path(path)) else [path])]


def _held(folder: str) -> list[str]:
    return [*_inside(folder)] or [folder]


def _inside(folder: str) -> Iterator[str]:
    """Hidden ones are left out, and so are folders behind links, which may lead in a circle."""
    try:
        with os.scandir(folder) as there:
            entries = sorted(there, key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _inside(entry.path) if _is_folder(path) else [entry.path]
        elif is_recording(path) and not is_folder(path):
            yield entry.path


def _is_folder(path: Path) -> bool:
    return is_folder(path) and not is_there(path / take_json.SOUND_FILE)
