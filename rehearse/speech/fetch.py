"""Downloads one model folder; runs as a process of its own, see `download`.

A process can be ended at once, while the hub's own downloads wait for their threads, and what it
reads from the environment is read when it is imported. Pieces are read and appended here, because
huggingface_hub no longer goes on with a file that an earlier process began.
"""

from __future__ import annotations

import errno
import hashlib
import sys
from collections.abc import Sequence
from enum import IntEnum
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from rehearse.speech import telemetry

# What faster-whisper itself would fetch.
PATTERNS = (
    "config.json",
    "preprocessor_config.json",
    "model.bin",
    "tokenizer.json",
    "vocabulary.*",
)
ENVIRONMENT = {
    **telemetry.OFF,
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    # Who asks for a model wants it fetched, whatever other programs were told.
    "HF_HUB_OFFLINE": "0",
    "TRANSFORMERS_OFFLINE": "0",
}
UNFINISHED = ".incomplete"
# One request each; also what a download that is ended loses at most.
_PIECE_BYTES = 8 * 2**20


class ExitCode(IntEnum):
    """Exit codes; any other is a download that was interrupted."""

    DONE = 0
    UNREACHABLE = 3
    NOT_FOUND = 4
    DISK_FULL = 5
    FORBIDDEN = 6


class Unreachable(Exception):
    """The hub did not answer."""


def main(repository: str, folder: str, revision: str = "", *wanted: str) -> ExitCode:
    from huggingface_hub.utils import RepositoryNotFoundError

    try:
        fetch(repository, Path(folder), revision or None, wanted or PATTERNS)
    except RepositoryNotFoundError:
        return ExitCode.NOT_FOUND
    except Unreachable:
        return ExitCode.UNREACHABLE
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            return ExitCode.DISK_FULL
        if isinstance(problem, PermissionError) or problem.errno == errno.EROFS:
            return ExitCode.FORBIDDEN
        raise
    return ExitCode.DONE


def fetch(repository: str, folder: Path, revision: str | None, wanted: Sequence[str]) -> None:
    """Go on with `folder`. Raises Unreachable, RepositoryNotFoundError, OSError and the hub's."""
    from huggingface_hub import HfApi, HfFileSystem
    from huggingface_hub.utils import RepositoryNotFoundError

    try:
        info = HfApi(token=False).model_info(repository, revision=revision, files_metadata=True)
    except RepositoryNotFoundError:
        raise
    # Of two libraries for HTTP, neither of which is ours.
    except Exception as problem:
        raise Unreachable from problem
    hub = HfFileSystem(token=False)
    for file in info.siblings or []:
        if any(fnmatch(file.rfilename, pattern) for pattern in wanted):
            _fetch_file(hub, f"{repository}@{info.sha}/{file.rfilename}", folder, file)


def _fetch_file(hub: Any, source: str, folder: Path, file: Any) -> None:
    done = folder / file.rfilename
    if done.is_file() and done.stat().st_size == file.size:
        return
    unfinished = folder / (file.rfilename + UNFINISHED)
    unfinished.parent.mkdir(exist_ok=True)
    # Only large files have a checksum that tells whether the pieces belong together.
    checksum = file.lfs["sha256"] if file.lfs else None
    start = unfinished.stat().st_size if checksum and unfinished.exists() else 0
    with (
        hub.open(source, block_size=_PIECE_BYTES, cache_type="none") as pieces,
        unfinished.open("ab" if start else "wb") as here,
    ):
        for place in range(start, file.size, _PIECE_BYTES):
            pieces.seek(place)
            here.write(pieces.read(min(_PIECE_BYTES, file.size - place)))
            here.flush()
    if unfinished.stat().st_size != file.size or checksum not in (None, _sha256(unfinished)):
        unfinished.unlink()
        raise ValueError(f"{source} came damaged")
    unfinished.replace(done)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
