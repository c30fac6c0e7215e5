"""Downloads one model folder; runs as a process of its own, see `models`.

A process can be ended at once, while huggingface_hub would wait for its threads to end the file,
and what it reads from the environment is read when it is imported.
"""

from __future__ import annotations

import errno
import sys
from enum import IntEnum

# What faster-whisper itself would fetch.
PATTERNS = (
    "config.json",
    "preprocessor_config.json",
    "model.bin",
    "tokenizer.json",
    "vocabulary.*",
)
ENVIRONMENT = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
}


class Outcome(IntEnum):
    """Exit codes; any other is a download that broke off."""

    DONE = 0
    UNREACHABLE = 3
    NOT_FOUND = 4
    DISK_FULL = 5
    FORBIDDEN = 6


def main(repository: str, folder: str) -> Outcome:
    from huggingface_hub import snapshot_download
    from huggingface_hub.utils import (
        EntryNotFoundError,
        LocalEntryNotFoundError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    try:
        snapshot_download(repository, local_dir=folder, allow_patterns=list(PATTERNS), token=False)
    except LocalEntryNotFoundError:
        return Outcome.UNREACHABLE
    except (RepositoryNotFoundError, RevisionNotFoundError, EntryNotFoundError):
        return Outcome.NOT_FOUND
    except OSError as problem:
        return _of_system(problem)
    return Outcome.DONE


def _of_system(problem: OSError) -> Outcome:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return Outcome.DISK_FULL
    if isinstance(problem, PermissionError) or problem.errno == errno.EROFS:
        return Outcome.FORBIDDEN
    raise problem


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
