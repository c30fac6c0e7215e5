"""The list of takes, with a cache on the disk.

`recordings/.index.json` is derived: it may be deleted at any time, and what it says of a take holds
only while both of the take's files are as they were. Its first line is a checksum of the second.
"""

from __future__ import annotations

import json
import math
import os
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from math import isfinite
from pathlib import Path
from typing import Any, TypeAlias, TypeVar
from zlib import crc32

from rehearse.errors import NewerFile, UnreadableFile
from rehearse.model import codec
from rehearse.model.codec import DAMAGE
from rehearse.model.delivery import Verdict
from rehearse.model.structure import STAR, Section
from rehearse.model.take import Ending, Kind, Question, Take
from rehearse.takes import take_json
from rehearse.takes.files import read_text, write_whole
from rehearse.takes.moments import day_here, instant

E = TypeVar("E", bound=Enum)


class State(Enum):
    """What is left to do with a take."""

    WHOLE = "whole"
    WAITS = "waits"
    """Not written down yet."""
    SKIPPED = "skipped"
    STARTED_OVER = "started_over"
    OPEN = "open"
    """Being recorded, or cut short."""
    DAMAGED = "damaged"
    NEWER = "newer"
    """Made by a later version."""


@dataclass(frozen=True)
class Summary:
    """One take. A figure is None where it is not known; of a damaged take only the id and the
    duration are."""

    id: str
    state: State
    duration: float
    """Seconds of sound."""
    size: int = 0
    """Bytes of `answer.wav` and `take.json`."""
    recorded_at: str | None = None
    question: Question | None = None
    ending: Ending | None = None
    words: int | None = None
    """None while the take waits for them."""
    title: str | None = None
    note: str | None = None
    starred: bool = False
    fillers: int | None = None
    fillers_per_minute: float | None = None
    words_per_minute: float | None = None
    target: float | None = None
    verdict: Verdict | None = None
    star_applies: bool | None = None
    missing: tuple[Section, ...] = ()
    outline: Kind | None = None
    outline_missing: tuple[str, ...] = ()
    """Codes of the parts that an introduction or a system design lacks."""
    key_points_said: int | None = None
    key_points: int | None = None
    follows: str | None = None
    turn: int = 0
    heard: float | None = None
    """Seconds without the gaps in which the microphone gave no sound."""
    silent: bool = False
    """Whether it has no speech."""

    @property
    def asked(self) -> str:
        """The question's text; "" where there is none."""
        return self.question.text if self.question else ""

    @property
    def day(self) -> date | None:
        """The day on the speaker's calendar; None where it is not known."""
        try:
            return date.fromisoformat((self.recorded_at or self.id)[:10])
        except ValueError:
            return None

    @property
    def day_here(self) -> date | None:
        """The day on the calendar of this machine, wherever the take was recorded."""
        return day_here(self.recorded_at, self.id)

    @property
    def when(self) -> tuple[float, str]:
        """The sort key of takes: the instant, then the id."""
        return instant(self.recorded_at, self.id), self.id

    @property
    def is_answer(self) -> bool:
        """Whether the answer was finished."""
        return self.state in (State.WHOLE, State.WAITS) and self.duration > 0 and not self.silent

    @property
    def spoken(self) -> float:
        """Seconds that count: none where nobody spoke."""
        if self.silent:
            return 0.0
        return self.duration if self.heard is None else self.heard


def summarize(take: Take, analysis: Any, *, duration: float, size: int) -> Summary:
    """`analysis` is the JSON kept with the take; what it lacks or holds of a wrong type is None.
    A `duration` of 0, where the sound is gone, gives way to what was measured of it."""
    question = _asked(take.question) if take.question else None
    silent = _silent(take, analysis)
    return Summary(
        id=take.id,
        state=_state(take),
        duration=duration or (take.sound and _figure(take.sound.duration)) or 0.0,
        size=size,
        recorded_at=_clean(take.recorded_at),
        question=question,
        ending=take.ending,
        words=len(take.transcript.words) if take.transcript else None,
        title=_clean(take.title) if take.title else None,
        note=_clean(take.note) if take.note else None,
        starred=take.starred,
        fillers=None if silent else _whole(_at(analysis, "fillers", "total")),
        fillers_per_minute=None if silent else _figure(_at(analysis, "fillers", "per_minute")),
        words_per_minute=None if silent else _figure(_at(analysis, "pace", "words_per_minute")),
        target=_figure(_at(analysis, "timing", "target"))
        or (question.target if question else None),
        verdict=_one_of(Verdict, _at(analysis, "timing", "verdict")),
        star_applies=_flag(_at(analysis, "star", "applies")),
        missing=tuple(s for s in STAR if s.value in _texts(_at(analysis, "star", "missing"))),
        outline=_one_of(Kind, _at(analysis, "outline", "kind")),
        outline_missing=_texts(_at(analysis, "outline", "missing")),
        key_points_said=_length(_at(analysis, "key_points", "covered")),
        key_points=_points(analysis),
        follows=_clean(take.follows) if take.follows else None,
        turn=take.turn,
        heard=_figure(_at(analysis, "timing", "heard")),
        silent=silent,
    )


def _silent(take: Take, analysis: Any) -> bool:
    phonation = _figure(_at(analysis, "timing", "phonation"))
    return (
        phonation is not None and phonation <= 0 and not (take.transcript and take.transcript.words)
    )


def _state(take: Take) -> State:
    if take.ending is None:
        return State.OPEN
    if take.ending is Ending.SKIPPED:
        return State.SKIPPED
    if take.ending is Ending.STARTED_OVER:
        return State.STARTED_OVER
    return State.WAITS if take.transcript is None else State.WHOLE


def _asked(question: Question) -> Question:
    return replace(
        question,
        text=_clean(question.text),
        principles=tuple(_clean(name) for name in question.principles),
        target=_figure(question.target),
        follow_ups=tuple(_clean(text) for text in question.follow_ups),
    )


def _clean(text: str) -> str:
    """The text without halves of characters, which JSON may hold but files and terminals cannot."""
    return text.encode("utf-8", "replace").decode()


def _at(value: Any, *path: str) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _figure(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and math.isfinite(value) else None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(_clean(name) for name in value if isinstance(name, str))


def _length(value: Any) -> int | None:
    return len(value) if isinstance(value, list) else None


def _points(analysis: Any) -> int | None:
    said = _length(_at(analysis, "key_points", "covered"))
    missed = _length(_at(analysis, "key_points", "missed"))
    return None if said is None or missed is None else said + missed


def _one_of(kinds: type[E], value: Any) -> E | None:
    return next((one for one in kinds if one.value == value), None)


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
    """The stamp of every take in `folder`, by its id."""
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
    duration = max(0, sound_size - take_json.HEADER_BYTES) / take_json.BYTES_PER_SECOND
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
        return {
            name: Entry(tuple(values[:4]), _restored(values[4:]))
            for name, values in _lines(path).items()
        }
    except DAMAGE:
        return {}


def _lines(path: Path) -> dict[str, list[Any]]:
    """Stamp and fields of each take, as JSON has them; nothing where the checksum is another."""
    try:
        head, _, body = read_text(path, largest=LARGEST).encode().partition(b"\n")
        if len(head) > LONGEST_HEAD or json.loads(head) != _head(body):
            return {}
        found: dict[str, list[Any]] = json.loads(body)
    except (OSError, *DAMAGE):
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
    named["question"] = named["question"] and codec.load(Question, named["question"])
    named["outline_missing"] = tuple(map(str, named["outline_missing"]))
    named["missing"] = tuple(Section(name) for name in named["missing"])
    return Summary(**named)
