"""The page of one take: a single file that plays and loads nothing from outside."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from rehearse.analysis.words.pace import WINDOW
from rehearse.model.structure import Analysis
from rehearse.model.take import Take
from rehearse.progress.compare import compare
from rehearse.takes.remarks import Remark, times
from rehearse.text import clock, counted
from rehearse.views import brief, charts, doubt, nothing, pages, points, wording
from rehearse.views.annotate import section_name
from rehearse.views.comparison import Before, changes
from rehearse.views.headline import headline
from rehearse.views.passages import passages, said_at
from rehearse.views.star import DOUBTED
from rehearse.views.wording import compared_with_baseline

if TYPE_CHECKING:
    from jinja2 import Environment

CONTEXT = 0.5
"""Seconds played before and after a filler."""
LONG_QUESTION = 120
"""Letters; longer questions are set in smaller type."""
PEAKS = 400
"""Strokes of the waveform: one for every two to three pixels of a wide screen."""
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Embedded:
    """Sound inside the page."""

    mime: str
    content: bytes
    duration: float

    @property
    def address(self) -> str:
        return f"data:{self.mime};base64,{b64encode(self.content).decode()}"

    policy = "data:"


@dataclass(frozen=True)
class Linked:
    """Sound in a file beside the page."""

    name: str
    duration: float

    @property
    def address(self) -> str:
        return quote(self.name)

    policy = "'self' file:"


def page(
    take: Take,
    analysis: Analysis,
    *,
    sound: Embedded | Linked | None,
    peaks: Sequence[float],
    previous: Before | None,
    remarks: Sequence[Remark] = (),
    for_coach: bool = False,
) -> str:
    """The page as HTML. Without `sound` nothing plays; `peaks` are the waveform's, 0 to 1, or
    empty; `for_coach` lets one write remarks on it.

    All text of a take is escaped and loses its control characters."""
    return (
        _environment()
        .get_template("page.html")
        .render(
            take=take,
            analysis=analysis,
            title=analysis.question.text if analysis.question else "Your answer",
            long=LONG_QUESTION,
            headline=headline(analysis, written_down=take.transcript is not None),
            not_written=nothing.NOT_WRITTEN,
            language=_language(take),
            sound=sound,
            context=CONTEXT,
            passages=passages(analysis),
            said_at=partial(said_at, analysis),
            point_rows=points.rows,
            quoted_for=partial(wording.quoted_for, analysis),
            owned=wording.owned(analysis),
            why_not=wording.why_not(analysis),
            longest=wording.longest_pauses(analysis.pauses),
            doubtful=doubt.note(analysis),
            around=wording.around(analysis.timing),
            voice=compared_with_baseline(analysis),
            softeners=wording.softeners(analysis),
            written_only=wording.written_only(analysis),
            remarks=remarks,
            previous=previous,
            changes=changes(previous.analysis, analysis) if previous else (),
            brief=brief.rows(analysis, compare(previous.analysis, analysis) if previous else None),
            ends={brief.GOOD: analysis.praise, brief.NEXT: next(iter(analysis.advice), None)},
            **_drawings(analysis, peaks, sound.duration if sound else 0.0),
            for_coach=for_coach,
            **_own_files(sound, for_coach=for_coach),
        )
    )


def _drawings(analysis: Analysis, peaks: Sequence[float], heard: float) -> dict[str, object]:
    """The values that the timeline is drawn from; `heard` is the sound's length in seconds."""
    timing = analysis.timing
    length = max(timing.duration or heard, timing.spoken_to or 0.0)
    return {
        "length": length,
        "planned_end": timing.target and timing.target + (timing.spoken_from or 0.0),
        "extent": partial(charts.extent, whole=length),
        "label_of": partial(charts.label_of, whole=length),
        "ticks": charts.ticks(length),
        "wave": charts.waveform(peaks),
        "strokes": len(peaks),
        "curve": _curve(analysis, length),
    }


def _own_files(sound: Embedded | Linked | None, *, for_coach: bool) -> dict[str, str]:
    style, script = pages.own("page.css"), pages.own("page.js")
    if for_coach:
        style += pages.own("coach.css")
        script += pages.own("remarks.js") + pages.own("coach.js")
    policy = pages.policy(style, script, sound.policy if sound else None)
    return {"style": style, "script": script, "policy": policy}


def _environment() -> Environment:
    filters: dict[str, Callable[..., object]] = {
        "clock": clock,
        "counted": counted,
        "day": wording.day,
        "section": section_name,
        "doubted": DOUBTED.__getitem__,
        "seconds": lambda value: f"{value:.2f}",
        "length_of": wording.length,
        "times": times,
        "percent": lambda share: charts.percent(share, 1.0),
    }
    return pages.environment(filters)


def _language(take: Take) -> str:
    """The language of the words, for screen readers; "" where its name is not valid HTML."""
    named = take.transcript.language if take.transcript else ""
    return named if _LANGUAGE.fullmatch(named) else ""


def _curve(analysis: Analysis, length: float) -> charts.Curve | None:
    points = analysis.pace.curve if analysis.pace else ()
    return charts.pace_curve(points, window=WINDOW, whole=length)
