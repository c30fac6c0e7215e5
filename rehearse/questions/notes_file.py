"""A candidate's notes as a file, and the packs that are made from them."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from rehearse.analysis.keypoints.alike import builtin_spelling
from rehearse.analysis.keypoints.points import points
from rehearse.errors import UnreadableFile
from rehearse.questions.notes.merging import Merged, first_import, merged, same_source
from rehearse.questions.packs import LARGEST, PERSONAL, builtin_packs, own_names
from rehearse.takes.files import close_to_others, make_private, on_disk, write_whole
from rehearse.text import is_folder, is_there, typed

LARGEST_NOTES = 500_000
"""Bytes, 25 times the longest notes known. Sorting that much takes a second or two, and the worst
text that we thought of, nothing but bullets of one letter, about fifteen."""
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{way}{n}" for way in ("com", "lpt") for n in range(10))}
)
"""Names that Windows reserves for devices, with any ending."""
_MOST_OF_ONE_NAME = 99
_ODD = re.compile(r"[^\w.-]+")
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_notes(path: Path, *, largest: int = LARGEST_NOTES) -> str:
    """The text of a file of notes. Raises UnreadableFile."""
    text = decoded(read_bytes(path, largest=largest), path)
    if not text.strip():
        raise UnreadableFile(f"{path} is empty.", "Name a file with notes in it.")
    return text


def read_bytes(path: Path, *, largest: int) -> bytes:
    """Raises UnreadableFile, also where there are more than `largest`."""
    if is_folder(path):
        raise UnreadableFile(f"{path} is a folder.", "Name the Markdown files in it.")
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except FileNotFoundError as error:
        raise UnreadableFile(f"The file {path} does not exist.", "Check its name.") from error
    except OSError as error:
        why = error.strerror or str(error)
        raise UnreadableFile(f"{path} cannot be read: {why}.", "Check its permissions.") from error
    if len(data) > largest:
        size = f"{largest // 1000} kB" if largest < 1_000_000 else f"{largest // 1_000_000} MB"
        raise UnreadableFile(f"{path} is larger than {size}.", "Divide it into several files.")
    return data


def read_points(path: str | None) -> str | None:
    """The text of notes with points to say; None where none are named. Raises UnreadableFile."""
    if path is None:
        return None
    text = read_notes(typed(path))
    if not points(text, builtin_spelling()):
        raise UnreadableFile(
            f"{path} has headings or marks, but no points.", "Write one point a line."
        )
    return text


def decoded(data: bytes, path: Path) -> str:
    """UTF-8, or UTF-16 with its mark. Raises UnreadableFile."""
    wide = next((encoding for mark, encoding in _WIDE if data.startswith(mark)), None)
    try:
        text = data.decode(wide or "utf-8-sig")
    except UnicodeDecodeError as error:
        if wide or b"\0" in data:
            raise UnreadableFile(f"{path} is not text.", "Name a Markdown file.") from error
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableFile(f"{path} is not UTF-8 on line {line}.", "Save it as UTF-8.") from error
    if "\0" in text:
        raise UnreadableFile(f"{path} is not text.", "Name a Markdown file.")
    return text


def keep_pack(text: str, source: Path, prompts: Path) -> tuple[Path, Merged]:
    """Write a pack made from `source`, or bring the one of an earlier import up to date.

    Raises UnreadableFile where that one cannot be read, and HomeNotWritable or DiskFull."""
    folder = prompts / PERSONAL
    with on_disk(folder):
        make_private(folder)
        close_to_others(folder)
        path, old = _earlier(folder, source, text, own_names(prompts))
        new = first_import(text, source.name) if old is None else merged(old, text, source.name)
        if new.text != old:
            write_whole(path, new.text.encode("utf-8"))
    return path, new


def _earlier(
    folder: Path, source: Path, text: str, taken: frozenset[str]
) -> tuple[Path, str | None]:
    """The pack of these notes with its text, or a free name where there is none yet."""
    name = _ODD.sub("-", source.stem).strip("-._ ") or "notes"
    if name.partition(".")[0].casefold() in _DEVICES:
        name = f"notes-{name}"
    if name.casefold() in {"readme", *taken, *(pack.name for pack in builtin_packs())}:
        name = f"{name}-notes"
    for number in range(1, _MOST_OF_ONE_NAME + 1):
        path = folder / (f"{name}.md" if number == 1 else f"{name}-{number}.md")
        if not is_there(path):
            return path, None
        old = read_notes(path, largest=LARGEST)
        if same_source(old, text):
            return path, old
    raise UnreadableFile(f"There are too many packs called {name}.", "Rename the notes.")
