"""The transcript as subtitles, in cues short enough to read."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rehearse.model.take import Word
from rehearse.text import ends_clause, ends_sentence, one_line

LONGEST = 7.0
"""Seconds of a cue; people read a longer one twice (BBC and Netflix guidelines)."""
SHORTEST = 0.3
"""Seconds of a cue; players skip shorter ones."""
LINE, LINES = 42, 2
"""Letters per line, and lines per cue."""
PAUSE = 0.6
"""Seconds of silence that end a cue."""
_TAG = re.compile(r"<(?=[A-Za-z/!])|\{(?=\\)")


@dataclass(frozen=True)
class Cue:
    start: float
    end: float
    text: str
    """One line or two."""


def cues(words: Sequence[Word]) -> tuple[Cue, ...]:
    """Cues with every timed word once, in order; empty where no word has a time."""
    timed = [
        replace(word, text=text) for word in words if word.start is not None
        if word.end is not None and (text := one_line(word.text))
    ]  # fmt: skip
    found = [_cue(group) for group in _groups(timed)]
    return tuple(_apart(found))


def srt(shown: Sequence[Cue]) -> str:
    """The cues as SubRip. It has no escapes, so brackets that look like a tag are replaced."""
    blocks = (
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{_untagged(cue.text)}\n"
        for number, cue in enumerate(shown, start=1)
    )
    return "\n".join(blocks)


def vtt(shown: Sequence[Cue]) -> str:
    """The cues as WebVTT."""
    blocks = (
        f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n"
        f"{html.escape(cue.text, quote=False)}\n"
        for cue in shown
    )
    return "\n".join(("WEBVTT\n", *blocks))


def _untagged(text: str) -> str:
    plain = text.replace("-->", "→")
    return _TAG.sub(lambda found: {"<": "‹", "{": "("}[found[0]], plain)


def _groups(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words of each cue: cut at the ends of sentences and at pauses; where that is too long, at
    the last comma, else before the word that does not fit."""
    group: list[Word] = []
    for word in words:
        while group and (_ends(group[-1], word) or not _fits([*group, word])):
            kept = group if _ends(group[-1], word) else _to_last_comma(group)
            yield kept
            group = group[len(kept) :]
        group.append(word)
    if group:
        yield group


def _ends(word: Word, following: Word) -> bool:
    silence = (following.start or 0.0) - (word.end or 0.0)
    return ends_sentence(word.text) or silence >= PAUSE


def _fits(group: Sequence[Word]) -> bool:
    seconds = (group[-1].end or 0.0) - (group[0].start or 0.0)
    return seconds <= LONGEST and len(_lines(group)) <= LINES


def _to_last_comma(group: list[Word]) -> list[Word]:
    """The words up to the last comma in the second half; all of them where there is none."""
    for at in range(len(group), len(group) // 2, -1):
        if ends_clause(group[at - 1].text):
            return group[:at]
    return group


def _lines(group: Sequence[Word]) -> list[str]:
    lines = [""]
    for word in group:
        longer = f"{lines[-1]} {word.text}".strip()
        if len(longer) <= LINE or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word.text)
    return lines


def _cue(group: Sequence[Word]) -> Cue:
    return Cue(group[0].start or 0.0, group[-1].end or 0.0, "\n".join(_lines(group)))


def _apart(found: Sequence[Cue]) -> Iterator[Cue]:
    """The cues without overlaps, each at least `SHORTEST` and at most `LONGEST` long."""
    free = 0.0
    for cue in found:
        start = max(cue.start, free)
        free = max(min(cue.end, start + LONGEST), start + SHORTEST)
        yield replace(cue, start=start, end=free)


def _clock(seconds: float, point: str) -> str:
    whole, part = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{part:03}"
