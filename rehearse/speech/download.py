"""Fetches a model into a folder, by a process that can be ended at any moment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from rehearse.errors import ModelMissing
from rehearse.speech.catalogue import KnownModel, size_text
from rehearse.speech.fetch import ENVIRONMENT, ExitCode
from rehearse.takes.files import make_private

Progress = Callable[[int, int], None]
"""Bytes that are here, and bytes in all, rounded as in the catalogue."""

# How often progress is told, in seconds.
_TICK = 0.2
# For the file system and what else is written meanwhile.
_SPARE_BYTES = 20_000_000


def download(model: KnownModel, part: Path, progress: Progress) -> None:
    """Go on with `part` until all of the model is there; whoever calls checks it. Raises
    ModelMissing; `part` then stays."""
    try:
        make_private(part.parent)  # the home may lie above it
        part.mkdir(exist_ok=True)
    except OSError as problem:
        raise _not_writable(part) from problem
    _check_space(model, part)
    _run(model, part, progress)


def _not_writable(part: Path) -> ModelMissing:
    return ModelMissing(
        f"The folder for models, '{part.parent}', cannot be written to.",
        "Choose another with the environment variable REHEARSE_MODELS.",
    )


def _check_space(model: KnownModel, part: Path) -> None:
    missing = model.size - bytes_in(part) + _SPARE_BYTES
    free = shutil.disk_usage(part).free
    if free < missing:
        raise ModelMissing(
            f"The model '{model.name}' needs {size_text(missing)} more, "
            f"but only {size_text(free)} are free in '{part.parent}'.",
            "Free some space, or choose another folder with REHEARSE_MODELS.",
        )


def _run(model: KnownModel, part: Path, progress: Progress) -> None:
    """Raises ModelMissing unless it went through."""
    root = str(Path(__file__).parents[2])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, **ENVIRONMENT, "PYTHONPATH": os.pathsep.join(paths)}
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "rehearse.speech.fetch", model.repository, str(part)),
            *(model.revision or "", *model.files),
        ],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            while _still_runs(process):
                progress(min(bytes_in(part), model.size), model.size)
        except BaseException:
            # Ctrl-C above all: what came so far stays.
            process.kill()
            raise
    _check_outcome(model, part, process.returncode)
    progress(model.size, model.size)


def _still_runs(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(_TICK)
    except subprocess.TimeoutExpired:
        return True
    return False


def _check_outcome(model: KnownModel, part: Path, code: int) -> None:
    again = f"Run 'rehearse models get {model.name}' again. It continues where it stopped."
    if code == ExitCode.UNREACHABLE:
        what = (
            f"The model '{model.name}' could not be downloaded: huggingface.co cannot be reached."
        )
        raise ModelMissing(what, f"Check the connection, then {again[0].lower()}{again[1:]}")
    if code == ExitCode.NOT_FOUND:
        what = f"huggingface.co does not have '{model.repository}' any more."
        raise ModelMissing(what, "Choose another: 'rehearse models list' shows them.")
    if code == ExitCode.DISK_FULL:
        raise ModelMissing("The disk is full.", f"Free some space. {again}")
    if code == ExitCode.FORBIDDEN:
        raise _not_writable(part)
    if code != ExitCode.DONE:
        raise ModelMissing(f"The download of '{model.name}' was interrupted.", again)


def bytes_in(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            # It was renamed under our eyes.
            continue
    return total
