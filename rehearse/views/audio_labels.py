"""An answer as labels for an audio editor: its parts, fillers and pauses on the sound."""

from __future__ import annotations

from collections.abc import Iterator

from rehearse.model.structure import Analysis, Section
from rehearse.text import one_line
from rehearse.views.annotate import section_name


def audacity(analysis: Analysis) -> str:
    """One label a line, in order of time: start, end and text with tabs between; "" without labels.
    Audacity reads it with File > Import > Labels."""
    rows = sorted([*_parts(analysis), *_fillers(analysis), *_pauses(analysis)])
    return "".join(f"{start:.6f}\t{end:.6f}\t{one_line(text)}\n" for start, end, text in rows)


def _parts(analysis: Analysis) -> Iterator[tuple[float, float, str]]:
    if analysis.star and analysis.star.applies:
        for segment in analysis.star.segments:
            if segment.section is not Section.NONE and segment.start is not None:
                yield segment.start, _end(segment.start, segment.end), section_name(segment.section)
    elif analysis.outline:
        names = {part.code: part.name for part in analysis.outline.parts}
        for one in analysis.outline.segments:
            if one.part is not None and one.start is not None:
                yield one.start, _end(one.start, one.end), names[one.part]


def _fillers(analysis: Analysis) -> Iterator[tuple[float, float, str]]:
    for item in analysis.fillers.counted if analysis.fillers else ():
        if item.start is not None:
            yield item.start, _end(item.start, item.end), f"filler: {item.text}"


def _pauses(analysis: Analysis) -> Iterator[tuple[float, float, str]]:
    for pause in analysis.pauses.items if analysis.pauses else ():
        yield pause.start, pause.end, f"pause {pause.duration:.1f} s"


def _end(start: float, end: float | None) -> float:
    return start if end is None else max(start, end)
