"""Plain text as other tools export it: with clock times, and names of who speaks.

Otter, Teams, Zoom, Google Meet, Rev, Descript, Premiere, YouTube and the Whisper programs each do
it in their own way; what is none of it stays a text, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise

from rehearse.transcripts import labels
from rehearse.transcripts.passages import Passage, ended, fit, turns_of
from rehearse.transcripts.stamps import Stamp, stamp_of
from rehearse.transcripts.timed import spread
from rehearse.transcripts.turns import Dialogue, Turn

_LATE = 3600.0
"""Seconds: a first time from here on is one of day, or an editor's, and no recording's."""
_FOOTER = re.compile(
    r"transcribed by https?://.*|(?:.{1,60} )?(?:started|stopped) transcription\.?"
    r"|(?:meeting|transcription) ended after .*|this editable transcript was .*",
    re.IGNORECASE,
)
_MISFIT = "The clock times in the file do not fit its words, so I ignored them."
_FROM_FIRST = "The times were counted from the first one in the file."


@dataclass(frozen=True)
class _Line:
    text: str
    stamp: Stamp | None


_BLANKS = re.compile(r"\s{9,}")


def dialogue_of(text: str) -> Dialogue:
    """The words, times and speakers of a text; in a plain text each token is a word."""
    lines = [_line(line) for line in text.splitlines() if line.strip()]
    said = [line for line in lines if not _FOOTER.fullmatch(line.text.strip())]
    if _has_times(said):
        return _timed(said)
    texts = [line.text for line in said]
    if names := labels.names_in(texts):
        turns, notes = turns_of([Passage(line) for line in _without_heading(texts, names)])
        return Dialogue(turns, notes=notes)
    if any(labels.unmarked(line)[0] for line in texts):
        turns, notes = turns_of([Passage(line) for line in texts])
        return Dialogue(turns, notes=notes)
    return Dialogue((Turn(tuple(spread(text, None, None))),), plain=True)


def _line(text: str) -> _Line:
    """The line with columns kept apart by at most a few blanks."""
    line = _BLANKS.sub(" " * 8, text.strip())
    return _Line(line, stamp_of(line))


def _has_times(lines: Sequence[_Line]) -> bool:
    """Whether the lines have clock times: many of them, at the starts of lines, and rising."""
    stamps = [line.stamp for line in lines if line.stamp]
    if any(stamp.sure and not stamp.heads for stamp in stamps):
        return True
    starts = [stamp.start for stamp in stamps]
    if not stamps or starts != sorted(starts):
        return False
    heads = [stamp for stamp in stamps if stamp.heads]
    if any(stamp.wide or _is_numbered(stamp.heads) for stamp in heads) or len(heads) > 1:
        return True
    if len(_times_of_names(lines)) > 1:
        return True
    alone = [stamp for stamp in stamps if not stamp.text and not stamp.heads]
    opens = lines[0].stamp in alone
    return len(alone) > 1 or opens or (len(stamps) > 1 and len(stamps) * 2 >= len(lines))


def _times_of_names(lines: Sequence[_Line]) -> list[Stamp]:
    """Of those that have a name beside them and what was said on the next line."""
    names = _lone_names(lines)
    return [
        line.stamp
        for line, after in pairwise(lines)
        if line.stamp and after.stamp is None and _lone(line.stamp.text) in names
    ]


def _is_numbered(name: str | None) -> bool:
    return name is not None and labels.look_of(name) is labels.Likeness.NUMBERED


def _timed(lines: Sequence[_Line]) -> Dialogue:
    passages = _passages(_untitled(_names_apart(lines)))
    notes: tuple[str, ...] = ()
    first = next((one.start for one in passages if one.start is not None), 0.0)
    if first >= _LATE or any(line.stamp and line.stamp.of_day for line in lines):
        passages = [_earlier(passage, first) for passage in passages]
        notes = (_FROM_FIRST,)
    whole = ended(passages)
    if not fit(whole):
        several = sum(passage.start is not None for passage in passages) > 1
        notes = (_MISFIT,) if several else ()
        whole = [replace(passage, start=None, end=None) for passage in whole]
    turns, more = turns_of(whole)
    return Dialogue(turns, notes=(*notes, *more))


def _untitled(lines: Sequence[_Line]) -> Sequence[_Line]:
    """Where each time has a name, what stands above the first of them is a title."""
    timed = [line.stamp for line in lines if line.stamp]
    if len(timed) < 2 or not all(stamp.heads for stamp in timed):
        return lines
    return list(dropwhile(lambda line: line.stamp is None, lines))


def _earlier(passage: Passage, first: float) -> Passage:
    start, end = passage.start, passage.end
    return replace(
        passage,
        start=None if start is None else max(0.0, start - first),
        end=None if end is None else max(0.0, end - first),
    )


def _names_apart(lines: Sequence[_Line]) -> list[_Line]:
    """With names that stand on a line of their own, before or behind one with a time, moved to
    that time."""
    names = _lone_names(lines)
    kept: list[_Line] = []
    for place, line in enumerate(lines):
        before = kept[-1] if kept else None
        after = lines[place + 1] if place + 1 < len(lines) else None
        if line.stamp is None and (name := _lone(line.text)) in names:
            assert name is not None
            if before and before.stamp and not before.stamp.text and not before.stamp.heads:
                kept[-1] = replace(before, stamp=replace(before.stamp, heads=name))
                continue
            if after and after.stamp and not after.stamp.text and not after.stamp.heads:
                kept.append(line)
                continue
        if line.stamp and not line.stamp.heads:
            line = _with_name(line, before, names)
            if before and before.stamp is None and _lone(before.text) in names:
                kept.pop()
        kept.append(line)
    return kept


def _with_name(line: _Line, before: _Line | None, names: frozenset[str]) -> _Line:
    """ "0:05 Ana" with her words on the next line, or "Ana" above the time."""
    assert line.stamp is not None
    own = _lone(line.stamp.text)
    if own in names:
        return replace(line, stamp=replace(line.stamp, heads=own, text=""))
    above = _lone(before.text) if before and before.stamp is None else None
    if above in names and not line.stamp.text:
        return replace(line, stamp=replace(line.stamp, heads=above))
    return line


def _lone_names(lines: Sequence[_Line]) -> frozenset[str]:
    """Names on lines of their own, beside a time: numbered ones, and those that come back."""
    found: list[str] = []
    for place, line in enumerate(lines):
        text = line.stamp.text if line.stamp else line.text
        around = [*lines[max(0, place - 1) : place], *lines[place + 1 : place + 2]]
        beside = line.stamp or any(one.stamp and not one.stamp.text for one in around)
        if beside and (name := _lone(text)):
            found.append(name)
    full = {name for name in found if labels.look_of(name) is labels.Likeness.FULL_NAME}
    return frozenset(
        name
        for name in found
        if found.count(name) > 1 or _is_numbered(name) or (len(full) > 1 and name in full)
    )


def _lone(text: str) -> str | None:
    name = " ".join(text.strip().strip("[]").rstrip(":").split())
    return name if name and labels.look_of(name) else None


def _passages(lines: Sequence[_Line]) -> list[Passage]:
    """The passages: a time begins one, and lines without a time continue it."""
    passages: list[Passage] = []
    for line in lines:
        if stamp := line.stamp:
            passages.append(Passage(stamp.text, stamp.start, stamp.end, stamp.heads))
        elif passages:
            last = passages[-1]
            text = f"{last.text}\n{line.text}" if last.text else line.text
            passages[-1] = replace(last, text=text)
        elif not labels.is_heading(line.text):
            passages.append(Passage(line.text))
    return passages


def _without_heading(lines: Sequence[str], names: frozenset[str]) -> list[str]:
    first = next(i for i, line in enumerate(lines) if labels.split(line, names)[0])
    return [line for i, line in enumerate(lines) if i >= first or not labels.is_heading(line)]
