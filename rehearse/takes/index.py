"""The list of takes, with a cache on the disk.

`recordings/.index.json` is derived: it may be deleted at any time, and what it says of a take holds
only while both of the take's files are as they were. Its first line is a checksum of the second.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeAlias
from zlib import crc32

from rehearse.errors import NewerFile, UnreadableFile
from rehearse.model import codec
from rehearse.model.codec import DAMAGE
from rehearse.takes import take_json
from rehearse.takes.files import read_text, write_whole
from rehearse.takes.summary import State, Summary, summarize

INDEX_FILE = ".index.json"
LARGEST = 64 * 2**20
"""Bytes; each take needs about one kB."""
LONGEST_HEAD = 4096
"""Bytes of the first line, which names the fields."""
SCHEMA = 3
"""To be raised whenever what a field of `Summary` says is found in another way."""

Stamp: TypeAlias = "tuple[int, ...]"
"""mtime in nanoseconds and size of both files; 0 for a file that is not there."""


@dataclass(frozen=True)
class Entry:
    stamp: Stamp
    summary: Summary


def summaries(folder: Path) -> list[Summary]:
    """Of all takes in `folder`, oldest first. Where the index cannot be kept, this is slower."""
    known = _read(folder / INDEX_FILE)
    now = stamps(folder)
    entries = {
        name: known[name]
        if name in known and known[name].stamp == stamp
        else Entry(stamp, _summary(folder / name, stamp))
        for name, stamp in now.items()
    }
    if entries != known:
        with suppress(OSError):  # a home that only lets read costs nothing but time
            write_whole(folder / INDEX_FILE, _dump(entries))
    return sorted((entry.summary for entry in entries.values()), key=lambda take: take.when)


def stamps(folder: Path) -> dict[str, Stamp]:
    """The stamp of every take in `folder`, by its id."""
    return {
        name: stamp for name in sorted(_names(folder)) if any(stamp := _stamp(f"{folder}/{name}"))
    }


def remembered_times(folder: Path) -> dict[str, tuple[Stamp, str | None]]:
    """What the index knows of each take's `recorded_at`, and for which stamp it holds."""
    try:
        return {
            name: (tuple(entry["stamp"]), entry["summary"].get("recorded_at"))
            for name, entry in _content(folder / INDEX_FILE).items()
        }
    except DAMAGE:
        return {}


def _names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as found:
            return [entry.name for entry in found]
    except (FileNotFoundError, NotADirectoryError):
        return []


def _stamp(folder: str) -> Stamp:
    """Plain strings and one call per file: this runs for each of thousands of takes."""
    stamp: Stamp = ()
    for name in (take_json.TAKE_FILE, take_json.SOUND_FILE):
        try:
            there = os.stat(f"{folder}/{name}")  # noqa: PTH116  (three times as fast)
        except OSError:
            stamp = (*stamp, 0, 0)
        else:
            stamp = (*stamp, there.st_mtime_ns, there.st_size)
    return stamp


def _summary(folder: Path, stamp: Stamp) -> Summary:
    _, take_size, _, sound_size = stamp
    sound = max(0, sound_size - take_json.HEADER_BYTES)
    duration = round(sound / take_json.BYTES_PER_SECOND, 3)
    path = folder / take_json.TAKE_FILE
    size = take_size + sound_size
    try:
        text = read_text(path, largest=take_json.LARGEST_FILE)
        take, analysis = take_json.load_with_analysis(text, str(path))
    except NewerFile:
        return Summary(folder.name, State.NEWER, duration, size)
    except (OSError, UnicodeDecodeError, UnreadableFile):
        return Summary(folder.name, State.DAMAGED, duration, size)
    named = replace(take, id=folder.name)  # a renamed folder gives the take its new name
    return summarize(named, analysis, duration=duration, size=size)


def _read(path: Path) -> dict[str, Entry]:
    """The cached rows; empty where the file is missing, damaged or of another version."""
    try:
        return codec.load(dict[str, Entry], _content(path))
    except DAMAGE:
        return {}


def _content(path: Path) -> dict[str, Any]:
    """The entries as JSON has them; none where the checksum is another."""
    try:
        head, _, body = read_text(path, largest=LARGEST).encode().partition(b"\n")
        if len(head) > LONGEST_HEAD or json.loads(head) != _head(body):
            return {}
        found: dict[str, Any] = json.loads(body)
    except (OSError, *DAMAGE):
        return {}
    return found


def _dump(entries: dict[str, Entry]) -> bytes:
    body = json.dumps(codec.brief(entries), separators=(",", ":")).encode()
    return json.dumps(_head(body)).encode() + b"\n" + body


def _head(body: bytes) -> dict[str, Any]:
    names = [field.name for field in fields(Summary)]
    return {"schema": SCHEMA, "fields": names, "crc32": crc32(body)}
