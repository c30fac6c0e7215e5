"""Tables with a line of names on top (.tsv, .csv), as the Whisper programs write them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from rehearse.transcripts.passages import Passage, ended, turns_of
from rehearse.transcripts.stamps import seconds_of
from rehearse.transcripts.timed import time
from rehearse.transcripts.turns import Dialogue
from rehearse.transcripts.units import LARGEST, milliseconds_or, unit_of

_TEXT = ("text", "transcript", "caption", "sentence", "content", "utterance", "words", "word")
_START = ("start", "start_time", "start time", "starttime", "begin", "from", "time", "timestamp")
_END = ("end", "end_time", "end time", "endtime", "to", "stop")
_SPEAKER = ("speaker", "speaker_name", "speaker name", "name", "who")


_LABEL = re.compile(r"(\d{1,6}[.,]\d{1,9})\t(\d{1,6}[.,]\d{1,9})\t(.*)")


class NoTable(ValueError):
    """The table has no column for the words."""


def dialogue_of(text: str) -> Dialogue:
    """Raises NoTable, also where the table is damaged."""
    try:
        rows = _rows(text)
    except csv.Error as problem:
        raise NoTable from problem
    starts, ends = ([_seconds(_cell(row, names)) for row in rows] for names in (_START, _END))
    words = sum(len((_cell(row, _TEXT) or "").split()) for row in rows)
    # The Whisper programs count milliseconds in tables of just these columns.
    judge = milliseconds_or if rows and set(rows[0]) == {"start", "end", "text"} else unit_of
    unit, notes = judge(starts, ends, words=words)
    passages = [
        Passage(
            _cell(row, _TEXT) or "",
            None if start is None else start * unit,
            None if end is None else end * unit,
            _cell(row, _SPEAKER) or None,
        )
        for row, start, end in zip(rows, starts, ends, strict=True)
    ]
    turns, more = turns_of(ended(passages))
    return Dialogue(turns, notes=(*notes, *more))


def labels_of(text: str) -> Dialogue | None:
    """The labels of a sound editor: start and end in seconds and a text, with tabs and no names on
    top; a line that begins with a backslash is about their pitch. None for another text."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("\\")]
    found = [_LABEL.fullmatch(line.strip()) for line in lines]
    matches = [match for match in found if match]
    if not matches or len(matches) < len(lines):
        return None
    passages = [
        Passage(text.strip(), time(start.replace(",", ".")), time(end.replace(",", ".")))
        for start, end, text in (match.groups() for match in matches)
    ]
    turns, notes = turns_of(passages)
    return Dialogue(turns, notes=notes)


def _rows(text: str) -> list[dict[str, str]]:
    """Each row by the names of its columns. Raises NoTable and csv.Error."""
    first = text.split("\n", 1)[0]
    mark = max("\t,;", key=first.count)
    quoted = mark != "\t" or '"' in first
    rows = io.StringIO(text, newline="")
    reader = (
        csv.reader(rows, delimiter=mark)
        if quoted
        else csv.reader(rows, delimiter=mark, quoting=csv.QUOTE_NONE)
    )
    names = [name.strip().lower() for name in next(reader, [])]
    if not set(names) & set(_TEXT):
        raise NoTable
    return [dict(zip(names, row, strict=False)) for row in reader]


def _cell(row: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((row[name].strip() for name in names if name in row), None)


def _seconds(cell: str | None) -> float | None:
    """The number in a cell, in its own unit, or the seconds of a clock time."""
    if not cell:
        return None
    return seconds_of(cell) if ":" in cell else time(cell, most=LARGEST)
