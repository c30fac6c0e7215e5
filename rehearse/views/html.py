"""The page of one take: a single file that plays, with nothing fetched from anywhere."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import quote

from rehearse.analysis.pace import WINDOW
from rehearse.model import Analysis, NoStory, Pause, Said, Section, Take
from rehearse.text import clock, printable
from rehearse.views import charts
from rehearse.views.annotate import section_name
from rehearse.views.comparison import Before, changes
from rehearse.views.headline import headline
from rehearse.views.passages import passages, said_at
from rehearse.views.star import WHY_NOT

if TYPE_CHECKING:
    from jinja2 import Environment

CONTEXT = 0.5
"""Seconds heard before and behind a filler, so that it is heard as it was said."""
LONGEST_PAUSES = 3
PEAKS = 400
"""Strokes of the waveform: one every two to three pixels of a wide screen."""
_TEMPLATES = resources.files("rehearse.views") / "templates"
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Marks that turn the direction of all text behind them, the page's own too.
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
) -> str:
    """Without `sound` nothing plays; `peaks` are the waveform's, 0 to 1, empty for none.

    Nothing said or asked is trusted: it is escaped, and cannot steer a terminal or turn text."""
    style, script = _own("page.css"), _own("page.js")
    length = analysis.timing.duration or (sound.duration if sound else None)
    return (
        _environment()
        .get_template("page.html")
        .render(
            take=take,
            analysis=analysis,
            sound=sound,
            style=style,
            script=script,
            policy=_policy(str(style), str(script), sound),
            language=_language(take),
            headline=headline(analysis, written_down=take.transcript is not None),
            length=length,
            extent=partial(charts.extent, whole=length or 0.0),
            label_of=partial(charts.label_of, whole=length or 0.0),
            ticks=charts.ticks(length or 0.0),
            wave=charts.waveform(peaks),
            strokes=len(peaks),
            curve=_curve(analysis, length),
            passages=passages(analysis),
            said_at=partial(said_at, analysis),
            why_not=_why_not(analysis),
            quoted_for=partial(_quoted_for, analysis),
            owned=_owned(analysis),
            told_sections=[section.value for section in _told(analysis)],
            context=CONTEXT,
            longest=_longest(analysis),
            previous=previous,
            changes=changes(previous.analysis, analysis) if previous else (),
        )
    )


def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        finalize=_shown,
        keep_trailing_newline=True,
        loader=FunctionLoader(lambda name: (_TEMPLATES / name).read_text("utf-8")),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {
        "clock": clock,
        "day": _day,
        "section": section_name,
        "seconds": lambda value: f"{value:.2f}",
        "percent": lambda share: charts.percent(share, 1.0),
    }
    return environment


def _shown(value: object) -> object:
    """Everything that the template puts on the page passes here before it is escaped."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return _DIRECTIONS.sub("", printable(value))
    return value


def _own(name: str) -> str:
    """A file of ours, which goes into the page as it is."""
    from markupsafe import Markup

    return Markup((_TEMPLATES / name).read_text("utf-8"))


def _policy(style: str, script: str, sound: Embedded | Linked | None) -> str:
    """What the browser may load: this style, this script and this sound, and nothing else."""
    rules = {
        "default-src": "'none'",
        "style-src": _hash(style),
        "script-src": _hash(script),
        "media-src": sound.policy if sound else "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _language(take: Take) -> str:
    """Of the words, for voices that read aloud; "" where it is no name of a language."""
    named = take.transcript.language if take.transcript else ""
    return named if _LANGUAGE.fullmatch(named) else ""


def _day(recorded_at: str) -> str:
    """ "21 November 2026, 16:47"; as it is where it is no time."""
    try:
        moment = datetime.fromisoformat(recorded_at)
    except ValueError:
        return recorded_at
    return f"{moment.day} {moment:%B %Y, %H:%M}"


def _why_not(analysis: Analysis) -> str:
    return WHY_NOT[(analysis.star and analysis.star.why_not) or NoStory.NOT_TOLD]


def _told(analysis: Analysis) -> tuple[Section, ...]:
    return analysis.star.order if analysis.star and analysis.star.applies else ()


def _quoted_for(analysis: Analysis, said: Said) -> Section | None:
    """The section that shows these words already, so that none is quoted twice."""
    shares = analysis.star.sections if analysis.star else ()
    return next((share.section for share in shares if share.best == said), None)


def _owned(analysis: Analysis) -> str:
    """ "“I” 3 times, “we” never"; "" where neither was said."""
    said = analysis.ownership
    if not said or not (said.i or said.we):
        return ""
    return f"“I” {_times(said.i)}, “we” {_times(said.we)}"


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _curve(analysis: Analysis, length: float | None) -> charts.Curve | None:
    points = analysis.pace.curve if analysis.pace else ()
    return charts.pace_curve(points, window=WINDOW, whole=length or 0.0)


def _longest(analysis: Analysis) -> list[Pause]:
    items = analysis.pauses.items if analysis.pauses else ()
    return sorted(items, key=lambda pause: -pause.duration)[:LONGEST_PAUSES]
