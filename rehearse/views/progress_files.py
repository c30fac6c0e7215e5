"""Progress for scripts and spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from rehearse.model.codec import Json, dump, seconds
from rehearse.progress.progress import Figures, Group, Measure, Progress
from rehearse.progress.trend import Trend
from rehearse.text import one_line

SCHEMA = 1


def as_json(value: Progress, trends: Sequence[Trend]) -> dict[str, Json]:
    return {
        "schema": SCHEMA,
        **_figures(value.figures),
        "days": [{"day": day.day.isoformat(), **_figures(day.figures)} for day in value.days],
        "questions": [{"question": group.name, **_group(group)} for group in value.questions],
        "principles": [{"principle": group.name, **_group(group)} for group in value.principles],
        "stories": value.stories,
        "missing": {section.value: times for section, times in value.missing.items()},
        "streak": {"now": value.streak.now, "longest": value.streak.longest},
        "trends": dump(trends),
        "bests": [
            {**dump(best), "take": one_line(best.take) if best.take else None}
            for best in value.bests
        ],
    }


def _group(group: Group) -> dict[str, Json]:
    return {"last": group.last.isoformat() if group.last else None, **_figures(group.figures)}


def _figures(figures: Figures) -> dict[str, Json]:
    return {
        "answers": figures.answers,
        "seconds": seconds(figures.seconds),
        "fillers_per_minute": seconds(figures.medians.get(Measure.FILLERS)),
        "words_per_minute": seconds(figures.medians.get(Measure.PACE)),
        "seconds_off_target": seconds(figures.medians.get(Measure.OFF_TARGET)),
        "on_target": figures.on_target,
        "targeted": figures.targeted,
        "complete": figures.complete,
        "told": figures.told,
    }


def as_csv(value: Progress) -> str:
    """A row a day; empty where nothing is known."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(["day", *_figures(value.figures)])
    for day in value.days:
        writer.writerow([day.day.isoformat(), *_figures(day.figures).values()])
    return file.getvalue()
