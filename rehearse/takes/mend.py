"""Takes set right after a crash: the sound first, then what is known of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rehearse.errors import NewerFile, UnreadableFile
from rehearse.model.take import Ending, Take
from rehearse.takes import take_json
from rehearse.takes.files import left_behind, on_disk, read_text, sha256_of
from rehearse.takes.shelf import LOCK_FILE
from rehearse.takes.store import TakeStore
from rehearse.text import is_there


def sweep(store: TakeStore, folder: Path) -> None:
    """Remove what a crash left in a folder beside its files: the lock of a recording, and files
    that were not whole yet. Raises HomeNotWritable."""
    with on_disk(store.folder):
        for file in (folder / LOCK_FILE, *left_behind(folder)):
            file.unlink(missing_ok=True)


def mend(store: TakeStore, folder: Path) -> Take:
    """The take of a folder, set right and saved where its recording was cut short or its
    `take.json` is damaged; a damaged one is kept beside it, and a whole take is left alone.

    Raises NewerFile, HomeNotWritable and DiskFull."""
    try:
        take = store.load(folder)
    except NewerFile:
        raise
    except UnreadableFile:
        take = _from_name(folder.name)
    if take.ending is not None:
        return take
    take = replace(take, ending=Ending.CUT_SHORT)
    with on_disk(store.folder):
        _mend_header(folder / take_json.SOUND_FILE)
        take = replace(take, sha256=sha256_of(folder / take_json.SOUND_FILE))
        _keep_damaged(folder / take_json.TAKE_FILE)
    store.save(take)
    return take


def _mend_header(sound: Path) -> None:
    if sound.is_symlink():  # whatever it points to is no recording of ours
        return
    if is_there(sound):
        with sound.open("r+b") as file:
            size = max(0, sound.stat().st_size - take_json.HEADER_BYTES)
            file.write(take_json.wav_header(size - size % take_json.BYTES_PER_SAMPLE))


def _from_name(name: str) -> Take:
    """What a folder's name says of its take."""
    day, _, time = name.partition("_")[0].partition("T")
    return Take(name, f"{day}T{time.replace('-', ':')}", None, ending=None)


def _keep_damaged(path: Path) -> None:
    """A file that cannot be read may still be of use to a person."""
    try:
        take_json.load(read_text(path, largest=take_json.LARGEST_FILE), str(path))
    except FileNotFoundError:
        return
    except (OSError, UnreadableFile, UnicodeDecodeError):
        path.replace(path.with_name(f"{path.name}.damaged"))
