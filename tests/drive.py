"""A drive on a network, as far as a program can tell: the calls that such drives refuse are refused
in every process that is started with its environment."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

SOURCE = r"""
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <sys/types.h>

static int refused(const char *name) {
    const char *answer = getenv(name);
    if (answer == NULL) return 0;
    errno = atoi(answer);
    return -1;
}
#define REFUSE(name, call) { if (refused(name)) return -1; return call; }

int flock(int file, int how) REFUSE("REFUSES_LOCKS", (int) syscall(SYS_flock, file, how))
int fsync(int file) REFUSE("REFUSES_SYNC", (int) syscall(SYS_fsync, file))
int fdatasync(int file) REFUSE("REFUSES_SYNC", (int) syscall(SYS_fdatasync, file))
int fchmod(int file, mode_t mode) REFUSE("REFUSES_CHMOD", (int) syscall(SYS_fchmod, file, mode))
int chmod(const char *path, mode_t mode)
    REFUSE("REFUSES_CHMOD", (int) syscall(SYS_fchmodat, AT_FDCWD, path, mode))
"""


@dataclass(frozen=True)
class Drive:
    """`environment` makes every program that is started with it meet the drive."""

    name: str
    environment: dict[str, str]


@pytest.fixture(scope="session")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that refuses; skips where none can be made."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        pytest.skip("needs Linux and a C compiler, to answer as a network drive does")
    folder = tmp_path_factory.mktemp("drive")
    (folder / "drive.c").write_text(SOURCE)
    library = folder / "drive.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-D_GNU_SOURCE", "-o", library, folder / "drive.c"],
        check=True,
        capture_output=True,
    )
    return library


KINDS = {
    "SMB on a Mac": (errno.ENOTSUP, errno.ENOTSUP),
    "NFS without its lock service": (errno.ENOLCK, None),
    "a file system of a user's own": (errno.ENOSYS, errno.ENOSYS),
    "one that refuses to sync": (None, errno.EINVAL),
}
"""What flock and fsync answer there."""


@pytest.fixture(params=KINDS)
def drive(request: pytest.FixtureRequest, refusing: Path) -> Drive:
    locks, syncs = KINDS[request.param]
    refused = {"REFUSES_LOCKS": locks, "REFUSES_SYNC": syncs, "REFUSES_CHMOD": errno.EPERM}
    named = {name: str(answer) for name, answer in refused.items() if answer is not None}
    return Drive(request.param, os.environ | {"LD_PRELOAD": str(refusing)} | named)
