"""The report of one answer as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rehearse.model.delivery import Fillers
from rehearse.model.structure import Analysis, SectionShare, Star
from rehearse.model.take import Take
from rehearse.takes.remarks import Remark, times
from rehearse.text import clock, counted, printable
from rehearse.views import doubt, nothing, points, wording
from rehearse.views.annotate import section_name
from rehearse.views.headline import headline
from rehearse.views.passages import Unit, passages
from rehearse.views.wording import compared_with_baseline, written_only

_MARKS = re.compile(r"([\\`*_{}\[\]<>#+|~!&])")
_LEADING = re.compile(r"^(\d+)([.)])|^([-=])")


def report(take: Take, analysis: Analysis, remarks: Sequence[Remark] = ()) -> str:
    """The report as text. Fillers are bold; those that are only in the sound are in parentheses."""
    title = analysis.question.text if analysis.question else "Your answer"
    blocks = [
        f"# {_plain(title)}",
        _plain(wording.day(take.recorded_at)),
        _plain(headline(analysis, written_down=take.transcript is not None)),
        *_list("Good", [_plain(analysis.praise.text)] if analysis.praise else []),
        "\n".join(_figures(analysis)),
        *_list("Next time", [f"{n}. {_plain(a.text)}" for n, a in enumerate(analysis.advice, 1)]),
        *_list("They might ask", [_plain(analysis.follow_up)] if analysis.follow_up else []),
        *_list("Your coach says", [f"- {times(one)} {_plain(one.text)}" for one in remarks]),
        *_story(analysis),
        *_said(analysis),
        *_list("Your notes", list(_points(analysis))),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _plain(text: str) -> str:
    """The text on one line, with Markdown's characters escaped."""
    line = " ".join(printable(text).split())
    return _LEADING.sub(r"\1\\\2\3", _MARKS.sub(r"\\\1", line))


def _list(heading: str, lines: list[str]) -> list[str]:
    return [f"## {heading}", "\n".join(lines)] if lines else []


def _figures(analysis: Analysis) -> Iterator[str]:
    timing, pace = analysis.timing, analysis.pace
    if nothing.instead(analysis):
        return
    if timing.answer is not None:
        planned = "" if timing.target is None else f" of {clock(timing.target)}"
        yield f"- Time: {clock(timing.answer)}{planned}"
    if around := wording.around(timing):
        yield f"- Silence: {around}"
    if gaps := nothing.gaps(timing):
        yield f"- Sound: {gaps}"
    if doubtful := doubt.note(analysis):
        yield f"- Words: {doubtful}"
    if timing.phonation_ratio is not None:
        yield f"- Speaking: {timing.phonation_ratio:.0%} of the time"
    if pace and pace.words_per_minute is not None:
        yield f"- Pace: {pace.words_per_minute:.0f} words a minute"
    if analysis.fillers is not None:
        yield f"- Fillers: {_fillers(analysis.fillers)}"
        if more := written_only(analysis):
            yield f"  {more}"
    if said := wording.softeners(analysis):
        yield f"- Softeners: {_plain(said)}"
    if analysis.pauses is not None:
        longest = f", the longest {analysis.pauses.longest:.1f} s" if analysis.pauses.count else ""
        yield f"- Pauses: {analysis.pauses.count}{longest}"
    if voice := compared_with_baseline(analysis):
        yield f"- Voice: {voice}"


def _fillers(fillers: Fillers) -> str:
    counts = ", ".join(f"{_plain(text)} {count}" for text, count in fillers.counts.items())
    if not counts:
        return "none"
    hesitations = counted(fillers.hesitations, "hesitation")
    return f"{hesitations} and {counted(fillers.filler_words, 'filler word')} ({counts})"


def _story(analysis: Analysis) -> list[str]:
    if analysis.outline is not None:
        parts = [
            f"| {_plain(part.name)} | {_length(part.seconds, part.words, present=part.present)} |"
            for part in analysis.outline.parts
        ]
        return ["## The answer", "\n".join(["| part | time |", "|---|---|", *parts])]
    if analysis.star is None or not analysis.star.applies:
        return []
    rows = [_share(share, analysis.star) for share in analysis.star.sections]
    head = ["| section | time | share | aim |", "|---|---|---|---|"]
    return ["## The story", "\n".join([*head, *rows])]


def _share(share: SectionShare, star: Star) -> str:
    present = share.section not in star.missing
    aim = "" if share.ideal is None else f"{share.ideal:.0%}"
    part = f"{share.share:.0%}" if present else ""
    length = _length(share.seconds, share.words, present=present)
    return f"| {section_name(share.section)} | {length} | {part} | {aim} |"


def _length(seconds: float | None, words: int, *, present: bool) -> str:
    if not present:
        return "missing"
    return f"{words} words" if seconds is None else wording.length(seconds)


def _said(analysis: Analysis) -> list[str]:
    blocks = []
    for passage in passages(analysis):
        name = section_name(passage.section)
        at = clock(passage.span.start) if passage.span else ""
        if name:
            blocks.append(f"### {name}{f', {at}' if at else ''}")
        blocks += [_paragraph(paragraph) for paragraph in passage.paragraphs]
    return ["## What you said", *blocks] if blocks else []


def _paragraph(pieces: Sequence[Unit]) -> str:
    text = " ".join(_piece(piece) for piece in pieces)
    return _LEADING.sub(r"\1\\\2\3", text)


def _piece(piece: Unit) -> str:
    said = " ".join(_MARKS.sub(r"\\\1", printable(word.text)) for word in piece.words)
    if piece.filler is None:
        return said
    return f"**{said}**" if piece.words else f"**({_plain(piece.filler.text)})**"


def _points(analysis: Analysis) -> Iterator[str]:
    for row in points.rows(analysis.key_points):
        at = "" if row.start is None else f" {clock(row.start)}"
        remark = f" ({_plain(row.remark)})" if row.remark else ""
        yield f"- {row.label}{at}: {_plain(row.text)}{remark}"
