"""Takes that were deleted in the browser. No list shows them, and they can be put back until the
program ends."""

from __future__ import annotations

from pathlib import Path

from rehearse.errors import TakesUnfit, TrashRefused
from rehearse.takes import edit, trash
from rehearse.takes.files import make_private, on_disk
from rehearse.takes.store import TakeStore
from rehearse.text import is_there

ASIDE = ".deleted"
"""Folder within that of the takes."""


def aside(store: TakeStore) -> TakeStore:
    """The takes that were set aside."""
    return TakeStore(store.folder / ASIDE)


def set_aside(store: TakeStore, folder: Path) -> None:
    """Raises TakesUnfit for one that is being recorded or is not in the store, and HomeNotWritable
    and DiskFull."""
    edit.at_rest(store, folder)
    edit.own(store, folder)
    _move(folder, aside(store).folder)


def put_back(store: TakeStore, folder: Path) -> None:
    """Raises TakesUnfit where a take of that name is there, and HomeNotWritable."""
    _move(folder, store.folder)


def empty(store: TakeStore) -> None:
    """To the system's trash; what it refuses stays aside."""
    if not trash.has_trash():
        return
    for folder in aside(store).folders():
        try:
            trash.to_trash(folder)
        except TrashRefused:
            return


def _move(folder: Path, into: Path) -> None:
    target = into / folder.name
    with on_disk(into):
        make_private(into)
        if is_there(target):
            raise TakesUnfit(f"There is a take called {folder.name} already.")
        folder.rename(target)
