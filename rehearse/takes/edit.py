"""Searches, labels and deletes takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from rehearse.errors import TakesUnfit
from rehearse.model.take import Take
from rehearse.takes import take_json
from rehearse.takes.files import on_disk, read_text, write_whole
from rehearse.takes.select import says
from rehearse.takes.store import TakeStore


def said(folder: Path, sought: Sequence[str]) -> bool:
    """Whether these words (from `select.spoken`) were said in a row in a take."""
    path = folder / take_json.TAKE_FILE
    try:
        content = read_text(path, largest=take_json.LARGEST_FILE)
        return _may_say(content, sought) and says(take_json.said(content), sought)
    except (OSError, UnicodeDecodeError):
        return False


def _may_say(content: str, sought: Sequence[str]) -> bool:
    """A fast check before the file is read word by word."""
    lower = content.lower()
    return all(word in lower for word in sought if word.isascii() and word.isalnum())


def label(store: TakeStore, folder: Path, change: Callable[[Take], Take]) -> Take:
    """Change title, note or star, and nothing else of the file, not even what is not known here.

    Raises UnreadableFile, TakesUnfit, HomeNotWritable, DiskFull."""
    at_rest(store, folder)
    take = change(store.load(folder))
    path = folder / take_json.TAKE_FILE
    with on_disk(folder):
        text = take_json.relabelled(read_text(path, largest=take_json.LARGEST_FILE), take)
        write_whole(path, take_json.encoded(text))
    return take


def at_rest(store: TakeStore, folder: Path) -> None:
    """Raises TakesUnfit while a session records the take."""
    if store.is_being_recorded(folder):
        raise TakesUnfit(f"{folder.name} is being recorded.", "Wait until the recording has ended.")


def own(store: TakeStore, folder: Path) -> None:
    """Raises TakesUnfit for what lies elsewhere, as behind a link."""
    if folder.resolve().parent != store.folder.resolve():
        raise TakesUnfit(f"{folder} is not in {store.folder}.", "Delete it with your file manager.")


def size(folder: Path) -> int:
    """The size of all files of a take, in bytes."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):  # deleted while we look
            total += 0 if path.is_dir() else path.lstat().st_size
    return total
