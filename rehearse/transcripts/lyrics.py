"""Subtitles of players and editors: Advanced SubStation (.ass, .ssa) and lyrics (.lrc)."""

from __future__ import annotations

import re

from rehearse.transcripts.passages import Passage, ended, turns_of
from rehearse.transcripts.stamps import seconds_of
from rehearse.transcripts.turns import Dialogue

_OVERRIDE = re.compile(r"\{[^{}]*\}")
_BREAK = re.compile(r"\\[Nnh]")
_LRC_TIME = re.compile(r"\[(\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?)\]")
_LRC_WORD_TIME = re.compile(r"<\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?>")
_ASS_FIELDS = "layer,start,end,style,name,marginl,marginr,marginv,effect,text".split(",")  # noqa: SIM905


def from_ass(text: str) -> Dialogue:
    """The lines of dialogue in order of time, without drawings and comments."""
    fields = _ASS_FIELDS
    passages = []
    for line in text.splitlines():
        key, _, value = line.partition(":")
        if key.strip().lower() == "format" and "text" in value.lower():
            fields = [field.strip().lower() for field in value.split(",")]
        elif key.strip().lower() == "dialogue":
            cells = dict(zip(fields, value.split(",", len(fields) - 1), strict=False))
            if passage := _dialogue(cells):
                passages.append(passage)
    passages.sort(key=lambda passage: passage.start or 0.0)
    turns, notes = turns_of(passages)
    return Dialogue(turns, notes=notes)


def _dialogue(cells: dict[str, str]) -> Passage | None:
    text = cells.get("text", "")
    if re.search(r"\{[^{}]*\\p[1-9]", text):  # a drawing
        return None
    said = _BREAK.sub("\n", _OVERRIDE.sub("", text)).strip()
    start, end = (seconds_of(cells.get(name, "").strip()) for name in ("start", "end"))
    name = cells.get("name", cells.get("actor", "")).strip()
    return Passage(said, start, end, name or None) if said else None


def from_lrc(text: str) -> Dialogue:
    """Each line lasts until the next; "[ar: …]" and its like say who made it."""
    passages = []
    for line in text.splitlines():
        times = _LRC_TIME.findall(line)
        said = _LRC_WORD_TIME.sub("", _LRC_TIME.sub("", line)).strip()
        passages += [Passage(said, _lrc_seconds(clock)) for clock in times]
    passages.sort(key=lambda passage: passage.start or 0.0)
    turns, notes = turns_of([passage for passage in ended(passages) if passage.text])
    return Dialogue(turns, notes=notes)


def _lrc_seconds(clock: str) -> float | None:
    """Seconds of a time; some programs write hundredths after a colon."""
    minutes, _, rest = clock.partition(":")
    return seconds_of(f"{minutes}:{rest.replace(':', '.')}")
