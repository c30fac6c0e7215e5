"""Disks of our own, mounted for a moment: one that is too small, one that lies in a file."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.pulse import until

PAGE = 4096
"""Bytes; what a tmpfs gives and takes."""
ROOMY = "size=64M,nr_inodes=4096"
BUSY = 5.0
"""Seconds that the last child of a session may take to let its disk go."""


class NotAllowed(Exception):
    """Only root may mount, and not in every container."""


@contextmanager
def small(folder: Path, *, pages: int, inodes: int) -> Iterator[None]:
    """A tmpfs with so much room beside its root. Raises NotAllowed."""
    options = f"size={max(1, pages) * PAGE},nr_inodes={inodes + 1}"
    with _mounted(folder, "-t", "tmpfs", "-o", options, "none"):
        if not pages:
            fill(folder)
        yield


def fill(folder: Path) -> None:
    """Take all room that is left."""
    with (folder / "ballast").open("ab", buffering=0) as ballast:
        try:
            while ballast.write(bytes(PAGE)):
                pass
        except OSError:
            return


def make_room(folder: Path) -> None:
    _run("mount", "-o", f"remount,{ROOMY}", str(folder))


def make_ext4(image: Path, megabytes: int) -> None:
    with image.open("wb") as file:
        file.truncate(megabytes << 20)
    _run("mkfs.ext4", "-q", "-F", str(image))


@contextmanager
def from_file(image: Path, folder: Path) -> Iterator[None]:
    """An ext4 that lies in a file. Raises NotAllowed."""
    with _mounted(folder, "-o", "loop", str(image)):
        yield


def is_sound(image: Path) -> bool:
    """Whether e2fsck finds nothing to mend."""
    return subprocess.run(["e2fsck", "-fn", str(image)], capture_output=True).returncode == 0


def allowed() -> bool:
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            small(Path(folder), pages=1, inodes=1),
        ):
            return True
    except NotAllowed:
        return False


@contextmanager
def _mounted(folder: Path, *arguments: str) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    _run("mount", *arguments, str(folder))
    try:
        yield
    finally:
        _let_go(folder)


def _let_go(folder: Path) -> None:
    command = ["umount", str(folder)]
    try:
        until(lambda: subprocess.run(command, capture_output=True).returncode == 0, BUSY)
    except AssertionError:
        subprocess.run([*command, "--lazy"], check=True)


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise NotAllowed(f"{command[0]} is not installed") from error
    except subprocess.CalledProcessError as error:
        raise NotAllowed(error.stderr.strip()) from error
