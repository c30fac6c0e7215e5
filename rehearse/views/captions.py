"""The transcript as subtitles, in cues that can be read while they are heard."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rehearse.model.take import Word
from rehearse.text import ends_clause, ends_sentence, printable

LONGEST = 7.0
"""Seconds; what stays longer is read twice (BBC and Netflix guidelines alike)."""
SHORTEST = 0.3
"""Seconds; players leave out what is shorter."""
LINE, LINES = 42, 2
"""Letters a line, and lines a cue."""
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
    """Every timed word once, in order; none for words without times."""
    timed = [
        replace(word, text=text) for word in words if word.start is not None
        if word.end is not None and (text := _clean(word.text))
    ]  # fmt: skip
    found = [_cue(group) for group in _groups(timed)]
    return tuple(_apart(found))


def srt(shown: Sequence[Cue]) -> str:
    """SubRip; it has no escapes, so what looks like a tag is written with another bracket."""
    blocks = (
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{_untagged(cue.text)}\n"
        for number, cue in enumerate(shown, start=1)
    )
    return "\n".join(blocks)


def vtt(shown: Sequence[Cue]) -> str:
    """WebVTT."""
    blocks = (
        f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n"
        f"{html.escape(cue.text, quote=False)}\n"
        for cue in shown
    )
    return "\n".join(("WEBVTT\n", *blocks))


def _clean(token: str) -> str:
    return " ".join(printable(token).split())


def _untagged(text: str) -> str:
    plain = text.replace("-->", "→")
    return _TAG.sub(lambda found: {"<": "‹", "{": "("}[found[0]], plain)


def _groups(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Cut at ends of sentences and pauses; what is still too long, at its last comma or at all."""
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
    """The longer half of a cue at least, so that none flits by."""
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
    """Each long enough to be seen, and none begins before the last has ended."""
    free = 0.0
    for cue in found:
        start = max(cue.start, free)
        free = max(min(cue.end, start + LONGEST), start + SHORTEST)
        yield replace(cue, start=start, end=free)


def _clock(seconds: float, point: str) -> str:
    whole, part = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{part:03}"
