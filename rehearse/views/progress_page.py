"""Progress as a page: one file, with nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rehearse.analysis.coaching import PLAIN, Coaching
from rehearse.progress.progress import Measure, Progress, values
from rehearse.progress.trend import Trend
from rehearse.takes.summary import Summary
from rehearse.text import clock
from rehearse.views import pages
from rehearse.views import progress as words
from rehearse.views import progress_charts as charts

if TYPE_CHECKING:
    from jinja2 import Environment

DAYS = 60
GROUPS = 40


def page(
    value: Progress,
    trends: Sequence[Trend],
    takes: Sequence[Summary],
    *,
    coaching: Coaching = PLAIN,
) -> str:
    """The page as HTML. `takes` are the takes behind `value`, oldest first. All their text is
    escaped."""
    style = pages.own("progress.css")
    fine = {
        Measure.FILLERS: (0.0, coaching.fillers_per_minute),
        Measure.PACE: (coaching.slowest, coaching.fastest),
    }
    return (
        _environment()
        .get_template("progress.html")
        .render(
            style=style,
            policy=pages.policy(style),
            value=value,
            sentence=words.sentence(value) if value.figures.answers else "No answers yet.",
            trends=[(words.NAMES[trend.measure], words.trend_text(trend)) for trend in trends],
            no_trend=words.no_trend(_most_known(takes)),
            practice=charts.practice(value.days),
            plots=[
                (words.NAMES[measure], words.UNITS[measure], plot)
                for measure in Measure
                if (plot := charts.dots(takes, measure, fine))
            ],
            days=value.days[-DAYS:][::-1],
            questions=value.questions[:GROUPS],
            principles=value.principles[:GROUPS],
            missing=words.missing(value),
            all_complete=words.all_complete(value),
            medians=Measure,
            feats=words.FEATS,
            best_text=words.best_text,
            charts=charts,
        )
    )


def _most_known(takes: Sequence[Summary]) -> int:
    return max(len(values(takes, measure)) for measure in Measure)


def _environment() -> Environment:
    made = pages.environment({"clock": clock, "day": words.day_name, "span": words.span})
    made.globals["share"] = words.share
    return made
