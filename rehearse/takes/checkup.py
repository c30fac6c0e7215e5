"""Reads all takes of a home and finds what is damaged, missing, unfinished or changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from rehearse.errors import NewerFile, UnreadableFile
from rehearse.model.take import Take
from rehearse.takes import take_json
from rehearse.takes.files import read_head, sha256_of
from rehearse.takes.store import TakeStore
from rehearse.takes.summary import GIVEN_UP
from rehearse.text import is_folder, is_there

OF_A_TAKE = re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d_.*")
"""Names of folders that are or were takes."""
SLACK = 0.5
"""Seconds by which a recording may be shorter than its stated length, which is rounded."""


class Fault(Enum):
    DAMAGED = "damaged"
    MISSING = "missing"
    CHANGED = "changed"
    """The sound has changed since it was recorded."""
    UNFINISHED = "unfinished"
    NEWER = "newer"


@dataclass(frozen=True)
class Checked:
    """The result for one folder."""

    take: str
    """Its id."""
    fault: Fault | None = None
    what: str = ""
    mend: str = ""
    proven: bool = False
    """Whether a checksum shows that the sound is as it was recorded; older takes have none."""
    recording: bool = False
    """Whether it is being recorded now."""


BACK = "Restore the file from a backup."


def check(store: TakeStore) -> Iterator[Checked]:
    """Every take, oldest first, then what is left of others; reads all of their sound."""
    folders = store.folders()
    for folder in folders:
        yield _checked(store, folder)
    for folder in sorted(_entries(store.folder) - set(folders)):
        if OF_A_TAKE.fullmatch(folder.name):
            what = "its sound and take.json are missing"
            yield Checked(folder.name, Fault.MISSING, what, f"{BACK} Or delete the folder.")


def _entries(folder: Path) -> set[Path]:
    return {path for path in folder.iterdir() if is_folder(path)} if is_folder(folder) else set()


def _checked(store: TakeStore, folder: Path) -> Checked:
    if store.is_being_recorded(folder):
        return Checked(folder.name, recording=True)
    try:
        take = store.load(folder)
    except NewerFile as error:
        return Checked(folder.name, Fault.NEWER, error.what, error.mend)
    except UnreadableFile as error:
        kind = Fault.DAMAGED if is_there(folder / take_json.TAKE_FILE) else Fault.MISSING
        mend = "To make take.json again from the sound: rehearse recover"
        return Checked(folder.name, kind, error.what, mend)
    try:
        return _of_sound(take, folder) or _of_words(take)
    except OSError as error:
        what = f"the sound cannot be read ({error.strerror})"
        return Checked(take.id, Fault.DAMAGED, what, BACK)


def _of_sound(take: Take, folder: Path) -> Checked | None:
    """A problem with the sound; None where there is none. Raises OSError."""
    path = folder / take_json.SOUND_FILE
    found = sha256_of(path)
    if found is None:
        return Checked(take.id, Fault.MISSING, "its sound, answer.wav, is missing", BACK)
    if take.ending is None:
        what = "its recording was cut short"
        return Checked(take.id, Fault.UNFINISHED, what, "To finish it: rehearse recover")
    if take.sha256 is not None and found != take.sha256:
        mend = f"{BACK} If you edited it yourself, ignore this."
        return Checked(take.id, Fault.CHANGED, "its sound has changed since it was recorded", mend)
    return _of_length(take, path)


def _of_length(take: Take, path: Path) -> Checked | None:
    """A problem with the header or the length, also of takes without a checksum. Raises OSError."""
    size = path.stat().st_size - take_json.HEADER_BYTES
    shorter = take.sound is not None and size / take_json.BYTES_PER_SECOND + SLACK < (
        take.sound.duration
    )
    if size < 0 or shorter:
        return Checked(take.id, Fault.DAMAGED, "a part of its sound is missing", BACK)
    whole = size - size % take_json.BYTES_PER_SAMPLE
    if take.sha256 is not None and read_head(path, take_json.HEADER_BYTES) != take_json.wav_header(
        whole
    ):
        mend = f"The sound itself is complete. {BACK}"
        return Checked(take.id, Fault.DAMAGED, "the header of its sound is damaged", mend)
    return None


def _of_words(take: Take) -> Checked:
    proven = take.sha256 is not None
    if take.transcript is None and take.ending not in GIVEN_UP:
        mend = "To do it: rehearse recover"
        return Checked(take.id, Fault.UNFINISHED, "it is not written down yet", mend, proven)
    return Checked(take.id, proven=proven)
