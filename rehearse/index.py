"""The list of takes, remembered between two looks at them.

`recordings/.index.json` is derived: it may be deleted at any time, and what it says of a take holds
only while both of the take's files are as they were. Its first line is a checksum of the second.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from enum import Enum
from math import isfinite
from pathlib import Path
from typing import Any, TypeAlias
from zlib import crc32

from rehearse import takefile
from rehearse.disk import read_text, write_whole
from rehearse.errors import NewerFile, UnreadableFile
from rehearse.findings.delivery import Verdict
from rehearse.findings.story import Section
from rehearse.model import Ending, Kind, Question
from rehearse.summary import State, Summary, summarize

INDEX_FILE = ".index.json"
LARGEST = 64 * 2**20
"""Bytes; each take needs less than one kB."""
LONGEST_HEAD = 4096
"""Bytes of the first line, which names the fields."""
SCHEMA = 1
"""To be raised whenever what a field of `Summary` says is found in another way."""

Stamp: TypeAlias = "tuple[int, ...]"
"""mtime in nanoseconds and size of both files; 0 for a file that is not there."""
_ENUMS: dict[str, type[Enum]] = {
    "state": State,
    "ending": Ending,
    "verdict": Verdict,
    "outline": Kind,
}
_FIELDS = tuple(field.name for field in fields(Summary))
_IN_JSON: dict[str, tuple[type, ...]] = {
    "None": (type(None),),
    "bool": (bool,),
    "int": (int,),
    "float": (float, int),
    "tuple": (list,),
    "Question": (dict,),
}
"""By the name of a type; of others, which are text and closed sets, JSON holds text."""
_KINDS = tuple(
    frozenset(
        kind
        for name in str(field.type).split(" | ")
        for kind in _IN_JSON.get(name.partition("[")[0], (str,))
    )
    for field in fields(Summary)
)


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
    """Of every take in `folder`, by its id."""
    return {
        name: stamp for name in sorted(_names(folder)) if any(stamp := _stamp(f"{folder}/{name}"))
    }


def remembered_times(folder: Path) -> dict[str, tuple[Stamp, str | None]]:
    """What the index knows of each take's `recorded_at`, and for which stamp it holds."""
    place = 4 + _FIELDS.index("recorded_at")
    found = _lines(folder / INDEX_FILE).items()
    return {name: (tuple(values[:4]), values[place]) for name, values in found}


def _names(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as found:
            return [entry.name for entry in found]
    except (FileNotFoundError, NotADirectoryError):
        return []


def _stamp(folder: str) -> Stamp:
    """Plain strings and one call per file: this runs for each of thousands of takes."""
    stamp: Stamp = ()
    for name in (takefile.TAKE_FILE, takefile.SOUND_FILE):
        try:
            there = os.stat(f"{folder}/{name}")  # noqa: PTH116  (three times as fast)
        except OSError:
            stamp = (*stamp, 0, 0)
        else:
            stamp = (*stamp, there.st_mtime_ns, there.st_size)
    return stamp


def _summary(folder: Path, stamp: Stamp) -> Summary:
    _, take_size, _, sound_size = stamp
    duration = max(0, sound_size - takefile.HEADER_BYTES) / takefile.BYTES_PER_SECOND
    path = folder / takefile.TAKE_FILE
    size = take_size + sound_size
    try:
        text = read_text(path, largest=takefile.LARGEST_FILE)
        take, analysis = takefile.load_with_analysis(text, str(path))
    except NewerFile:
        return Summary(folder.name, State.NEWER, duration, size)
    except (OSError, UnicodeDecodeError, UnreadableFile):
        return Summary(folder.name, State.DAMAGED, duration, size)
    named = replace(take, id=folder.name)  # a folder that was renamed goes by its new name
    return summarize(named, analysis, duration=duration, size=size)


def _read(path: Path) -> dict[str, Entry]:
    """What is remembered; nothing where the file is missing, damaged or of another version."""
    try:
        return {
            name: Entry(tuple(values[:4]), _restored(values[4:]))
            for name, values in _lines(path).items()
        }
    except takefile.DAMAGE:
        return {}


def _lines(path: Path) -> dict[str, list[Any]]:
    """Stamp and fields of each take, as JSON has them; nothing where the checksum is another."""
    try:
        head, _, body = read_text(path, largest=LARGEST).encode().partition(b"\n")
        if len(head) > LONGEST_HEAD or json.loads(head) != _head(body):
            return {}
        found: dict[str, list[Any]] = json.loads(body)
    except (OSError, *takefile.DAMAGE):
        return {}
    return found


def _dump(entries: dict[str, Entry]) -> bytes:
    values = {name: [*entry.stamp, *_values(entry.summary)] for name, entry in entries.items()}
    body = json.dumps(values, separators=(",", ":")).encode()
    return json.dumps(_head(body)).encode() + b"\n" + body


def _head(body: bytes) -> dict[str, Any]:
    return {"schema": SCHEMA, "fields": list(_FIELDS), "crc32": crc32(body)}


def _values(summary: Summary) -> list[Any]:
    return [_plain(getattr(summary, name)) for name in _FIELDS]


def _plain(value: Any) -> Any:
    if isinstance(value, Question):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.value if isinstance(value, Enum) else value


def _restored(values: list[Any]) -> Summary:
    named = dict(zip(_FIELDS, values, strict=True))
    if not all(type(value) in kinds for value, kinds in zip(values, _KINDS, strict=True)):
        raise TypeError("a value that no take has")
    if not all(isfinite(value) for value in values if type(value) is float):
        raise ValueError("a figure that is none")
    for name, kind in _ENUMS.items():
        if named[name] is not None:
            named[name] = kind(named[name])
    named["question"] = takefile.read_question(named["question"])
    named["outline_missing"] = tuple(map(str, named["outline_missing"]))
    named["missing"] = tuple(Section(name) for name in named["missing"])
    return Summary(**named)
