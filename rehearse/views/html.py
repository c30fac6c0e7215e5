"""The page of one take: a single file that plays, with nothing fetched from anywhere."""

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
from rehearse.takes.remarks import Remark, times
from rehearse.text import clock
from rehearse.views import charts, pages, wording
from rehearse.views.annotate import section_name
from rehearse.views.comparison import Before, changes
from rehearse.views.headline import headline
from rehearse.views.passages import passages, said_at
from rehearse.views.star import DOUBTED
from rehearse.views.wording import beside_usual

if TYPE_CHECKING:
    from jinja2 import Environment

CONTEXT = 0.5
"""Seconds heard before and behind a filler, so that it is heard as it was said."""
LONG_QUESTION = 120
"""Letters from which a question is set smaller: it would fill the screen."""
PEAKS = 400
"""Strokes of the waveform: one every two to three pixels of a wide screen."""
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Embedded:
    """Sound that is carried in the page."""

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
) -> str:
    """Without `sound` nothing plays; `peaks` are the waveform's, 0 to 1, empty for none.

    Nothing said or asked is trusted: it is escaped, and cannot steer a terminal or turn text."""
    return (
        _environment()
        .get_template("page.html")
        .render(
            take=take,
            analysis=analysis,
            title=analysis.question.text if analysis.question else "Your answer",
            long=LONG_QUESTION,
            headline=headline(analysis, written_down=take.transcript is not None),
            language=_language(take),
            sound=sound,
            context=CONTEXT,
            passages=passages(analysis),
            said_at=partial(said_at, analysis),
            quoted_for=partial(wording.quoted_for, analysis),
            owned=wording.owned(analysis),
            why_not=wording.why_not(analysis),
            longest=wording.longest_pauses(analysis.pauses),
            voice=beside_usual(analysis),
            remarks=remarks,
            previous=previous,
            changes=changes(previous.analysis, analysis) if previous else (),
            **_drawings(analysis, peaks, sound.duration if sound else 0.0),
            **_own_files(sound),
        )
    )


def _drawings(analysis: Analysis, peaks: Sequence[float], heard: float) -> dict[str, object]:
    """What the line of time is drawn from; `heard` is the sound's length in seconds."""
    length = max(analysis.timing.duration or heard, analysis.timing.spoken_to or 0.0)
    return {
        "length": length,
        "extent": partial(charts.extent, whole=length),
        "label_of": partial(charts.label_of, whole=length),
        "ticks": charts.ticks(length),
        "wave": charts.waveform(peaks),
        "strokes": len(peaks),
        "curve": _curve(analysis, length),
    }


def _own_files(sound: Embedded | Linked | None) -> dict[str, str]:
    style, script = pages.own("page.css"), pages.own("page.js")
    policy = pages.policy(style, script, sound.policy if sound else None)
    return {"style": style, "script": script, "policy": policy}


def _environment() -> Environment:
    filters: dict[str, Callable[..., object]] = {
        "clock": clock,
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
    """Of the words, for voices that read aloud; "" where it is no name of a language."""
    named = take.transcript.language if take.transcript else ""
    return named if _LANGUAGE.fullmatch(named) else ""


def _curve(analysis: Analysis, length: float) -> charts.Curve | None:
    points = analysis.pace.curve if analysis.pace else ()
    return charts.pace_curve(points, window=WINDOW, whole=length)
