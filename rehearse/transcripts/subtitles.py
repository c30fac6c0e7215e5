"""Subtitles (.srt, .vtt, .sbv) as words: a cue's time is spread over its words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rehearse.transcripts.passages import Passage, turns_of
from rehearse.transcripts.timed import time
from rehearse.transcripts.turns import Dialogue

_CLOCK = r"(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,:]\d{1,6})?"
_TIMING = re.compile(rf"\s*({_CLOCK})\s*-->\s*({_CLOCK})(?:\s.*)?")
# A damaged one is not text either.
_LIKE_TIMING = re.compile(r"\s*(?:[\d:.,]+\s*)?-->")
_PARTS = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d+))?")
_SBV = re.compile(rf"\s*({_CLOCK}),({_CLOCK})\s*")
_INLINE_TIME = re.compile(rf"<({_CLOCK})>")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s+([^<>]*))?>|</v>")
# A tag begins with a letter, so "a < b" stays; {\an8} is Advanced SubStation's.
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|\{\\[^{}]*\}")


@dataclass(frozen=True)
class Cue:
    start: float | None
    """None where the line of times is damaged; then the neighbours' times are used."""
    end: float | None
    lines: tuple[str, ...]


def dialogue_of(text: str) -> Dialogue:
    """The turns of an .srt, .vtt or .sbv text; empty where it has no cues."""
    lines = [_with_arrow(line) for line in text.splitlines()]
    cues = _without_echoes(_cues(lines, web=text.startswith("WEBVTT")))
    if all(cue.start is not None for cue in cues):
        cues.sort(key=lambda cue: cue.start or 0.0)
    turns, notes = turns_of([passage for cue in cues for passage in _passages(cue)])
    return Dialogue(turns, notes=notes)


def _with_arrow(line: str) -> str:
    """The line of times of .sbv as the others write it."""
    match = _SBV.fullmatch(line)
    return f"{match[1]} --> {match[2]}" if match else line


def _cues(lines: list[str], *, web: bool) -> list[Cue]:
    """Text runs to the next line of times. In WebVTT a blank line ends it sooner, because notes
    and names of cues stand between; in SRT a number stands before the times."""
    cues: list[Cue] = []
    text: list[str] = []
    times: tuple[float | None, float | None] | None = None
    for line in lines:
        if _LIKE_TIMING.match(line):
            if text and text[-1].strip().isdigit():
                text.pop()
            cues += _cue(times, text)
            times, text = _times(line), []
        elif web and not line:
            cues += _cue(times, text)
            times, text = None, []
        else:
            text.append(line)
    return cues + _cue(times, text)


def _cue(times: tuple[float | None, float | None] | None, text: list[str]) -> list[Cue]:
    """None for text before the first times, or between cues."""
    return [Cue(*times, tuple(line for line in text if line.strip()))] if times else []


def _times(line: str) -> tuple[float | None, float | None]:
    match = _TIMING.fullmatch(line)
    return (_seconds(match[1]), _seconds(match[2])) if match else (None, None)


def _seconds(clock: str) -> float | None:
    match = _PARTS.fullmatch(clock)
    if not match:
        return None
    hours, minutes, seconds, fraction = match.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return time(whole + float(f"0.{fraction or 0}"))


def _without_echoes(cues: list[Cue]) -> list[Cue]:
    """The cues without repeated lines; rolling captions show each line twice."""
    echoes = [False, *(_echoes(*two) for two in pairwise(cues))]
    tall = [echo for cue, echo in zip(cues, echoes, strict=False) if len(cue.lines) > 1]
    if sum(tall) <= len(tall) / 2:
        return cues
    return [
        Cue(cue.start, cue.end, cue.lines[1:] if echo else cue.lines)
        for cue, echo in zip(cues, echoes, strict=False)
    ]


def _echoes(before: Cue, cue: Cue) -> bool:
    return bool(before.lines and cue.lines) and _plain(before.lines[-1]) == _plain(cue.lines[0])


def _plain(line: str) -> str:
    bare = _TAG.sub("", _INLINE_TIME.sub("", line))
    return " ".join(html.unescape(bare).split())


def _passages(cue: Cue) -> Iterator[Passage]:
    """Times inside the text, as WebVTT allows, cut the cue into parts, and so do its voices."""
    first, *rest = _INLINE_TIME.split("\n".join(cue.lines))
    start = cue.start
    ends = [*map(_seconds, rest[::2]), cue.end]
    speaker: str | None = None
    for text, end in zip([first, *rest[1::2]], ends, strict=True):
        voices = _VOICE.split(text)
        spoken = [_plain_lines(part) for part in voices[::2]]
        shares = _shared(spoken, start, end)
        for name, said, (begins, until) in zip(
            [speaker, *voices[1::2]], spoken, shares, strict=True
        ):
            speaker = _plain(name) if name else speaker
            if said:
                yield Passage(said, begins, until, speaker or None)
        start = end


def _plain_lines(text: str) -> str:
    return "\n".join(filter(None, map(_plain, text.split("\n"))))


def _shared(
    texts: Sequence[str], start: float | None, end: float | None
) -> list[tuple[float | None, float | None]]:
    """The time of a cue divided among its voices by their letters."""
    letters = sum(map(len, texts))
    if start is None or end is None or not letters:
        return [(start, end)] * len(texts)
    edges = [start]
    for text in texts:
        edges.append(edges[-1] + (end - start) * len(text) / letters)
    return list(pairwise(edges))
