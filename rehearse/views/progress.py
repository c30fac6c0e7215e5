"""Progress on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from statistics import median

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.analysis.findings import LEAST_SECONDS
from rehearse.progress import trend
from rehearse.progress.progress import Best, Day, Feat, Figures, Measure, Progress
from rehearse.progress.progress import Group as Named
from rehearse.progress.trend import Direction, Trend
from rehearse.text import clock, counted, one_line
from rehearse.views.console import heading

DAYS = 14
GROUPS = 8
MANY = 20
"""Answers from which shares are shown in percent: one answer then changes them by 5 at most."""
BAR = 12
"""Characters of the longest day's bar."""
SPARKS = "▁▂▃▄▅▆▇█"
SPARKLINE = 30
"""Characters; leaves room for the words beside it at 80 columns."""
NAMES = {
    Measure.FILLERS: "Fillers",
    Measure.OFF_TARGET: "Off target",
    Measure.PACE: "Pace",
}
UNITS = {
    Measure.FILLERS: "a minute",
    Measure.OFF_TARGET: "seconds",
    Measure.PACE: "words a minute",
}
FEATS = {
    Feat.FEWEST_FILLERS: "Fewest fillers, in a minute or more",
    Feat.NEAREST_TARGET: "Closest to the target",
    Feat.LONGEST_DAY: "Most practice on one day",
    Feat.LONGEST_STREAK: "Days in a row",
}


def screen(
    value: Progress,
    trends: Sequence[Trend],
    latest: dict[Measure, list[float]],
    *,
    plain: bool,
) -> RenderableType:
    """The progress screen. `latest` are the figures of the latest answers, oldest first; `plain`
    has no bars."""
    parts: list[RenderableType] = [Text(sentence(value)), Text()]
    parts += [_trends(trends, latest, plain=plain)]
    parts += [heading("Day by day"), _days(value.days[-DAYS:], plain=plain)]
    if len(value.days) > DAYS:
        parts.append(Text(f"The latest {DAYS} of {len(value.days):,} days.", style="dim"))
    if value.stories:
        parts += [heading("Missing in your stories"), _missing(value)]
    for name, groups in (("By question", value.questions), ("By principle", value.principles)):
        if groups:
            parts += [heading(name), _groups(groups[:GROUPS])]
    if value.bests:
        parts += [heading("Your best"), _bests(value.bests)]
    return Group(*parts)


def sentence(value: Progress) -> str:
    """ "12 answers on 3 days, 24 minutes of practice; 2 days in a row."."""
    answers, days = value.figures.answers, len(value.days)
    said = f"{counted(answers, 'answer')} on {counted(days, 'day')}, {span(value.figures.seconds)}"
    if value.streak.now > 1:
        return f"{said} of practice; {value.streak.now:,} days in a row."
    return f"{said} of practice."


def span(seconds: float) -> str:
    """ "24 minutes", "3.5 hours"."""
    if seconds < 60:
        return counted(int(seconds), "second")  # as the clock of the day's row
    if seconds < 5400:
        return counted(round(seconds / 60), "minute")
    return f"{seconds / 3600:,.1f} hours"


def trend_text(found: Trend) -> str:
    """How a figure changed."""
    unit = UNITS[found.measure]
    if found.direction is Direction.LEVEL:
        return f"{found.later:.0f} {unit}, no clear change"
    way = {
        (Measure.PACE, Direction.UP): "faster",
        (Measure.PACE, Direction.DOWN): "slower",
        (Measure.OFF_TARGET, Direction.UP): "further off",
        (Measure.OFF_TARGET, Direction.DOWN): "closer",
        (Measure.FILLERS, Direction.UP): "more",
        (Measure.FILLERS, Direction.DOWN): "fewer",
    }[found.measure, found.direction]
    return f"{way}: {found.earlier:.0f}, then {found.later:.0f} {unit}"


def no_trend(answers: int) -> str:
    """What to show while there are too few answers for a trend."""
    left = trend.FEWEST - answers
    rule = f"Trends appear after {trend.FEWEST} answers of at least {LEAST_SECONDS:.0f} seconds."
    return f"{rule} {left} to go." if left > 0 else rule


def _trends(
    trends: Sequence[Trend], latest: dict[Measure, list[float]], *, plain: bool
) -> RenderableType:
    if not trends:
        return Text(no_trend(max((len(known) for known in latest.values()), default=0)))
    table = Table.grid(padding=(0, 2))
    for overflow in ("fold", "fold", "crop"):
        table.add_column(overflow=overflow, no_wrap=overflow == "crop")
    for found in trends:
        line = "" if plain else sparkline(latest[found.measure])
        table.add_row(NAMES[found.measure], trend_text(found), Text(line, style="cyan"))
    most = max(found.answers for found in trends)
    return Group(table, Text(f"The latest {most} answers, oldest first.", style="dim"))


def sparkline(figures: Sequence[float]) -> str:
    """A line of bars from 0 to the highest figure: a character per figure, or per median of a
    few."""
    width = min(len(figures), SPARKLINE)
    edges = [round(place * len(figures) / width) for place in range(width + 1)]
    medians = [median(figures[start:end]) for start, end in pairwise(edges)]
    top = max(medians) or 1.0
    return "".join(SPARKS[round(max(0.0, each) / top * (len(SPARKS) - 1))] for each in medians)


def _days(days: Sequence[Day], *, plain: bool) -> Table:
    table = _figures_table("day")
    longest = max((day.figures.seconds for day in days), default=0.0) or 1.0
    for day in reversed(days):
        bar = "█" * max(1, round(day.figures.seconds / longest * BAR))
        cells = [] if plain else [Text(bar, style="cyan")]
        name = day_name(day.day) if day.day.year != days[-1].day.year else short_day(day.day)
        table.add_row(name, *_cells(day.figures), *cells)
    return table


def _figures_table(first: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(first, overflow="fold")
    for name in ("answers", "time", "fillers", "pace", "on target", "complete"):
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _cells(figures: Figures) -> list[str]:
    """The cells of a row: medians; "-" where nothing is known, for screen readers."""
    rate, pace = (figures.medians.get(measure) for measure in (Measure.FILLERS, Measure.PACE))
    return [
        str(figures.answers),
        clock(figures.seconds),
        "-" if rate is None else f"{rate:.0f}/min",
        "-" if pace is None else f"{pace:.0f}",
        share(figures.on_target, figures.targeted),
        share(figures.complete, figures.told),
    ]


def share(part: int, whole: int) -> str:
    """ "5 of 7", from `MANY` on "71%"; a percentage of a few answers would look too exact."""
    if not whole:
        return "-"
    return f"{part / whole:.0%}" if whole >= MANY else f"{part} of {whole}"


def day_name(day: date) -> str:
    """ "Mon 4 May 2026", which is clear in any country."""
    return f"{short_day(day)} {day.year}"


def short_day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _groups(groups: Sequence[Named]) -> Table:
    table = _figures_table("")
    for group in groups:
        table.add_row(Text(one_line(group.name)), *_cells(group.figures))
    return table


def missing(value: Progress) -> list[tuple[str, str]]:
    """The sections that were missing at least once, with how often."""
    return [
        (section.value.capitalize(), share(times, value.stories))
        for section, times in value.missing.items()
        if times
    ]


def all_complete(value: Progress) -> str:
    if value.stories == 1:
        return "Nothing: your one story had every part."
    return f"Nothing: all {value.stories:,} stories had every part."


def _missing(value: Progress) -> RenderableType:
    if not missing(value):
        return Text(all_complete(value))
    table = Table.grid(padding=(0, 2))
    for row in missing(value):
        table.add_row(*row)
    return table


def _bests(bests: Sequence[Best]) -> Table:
    table = Table.grid(padding=(0, 2))
    for best in bests:
        when = day_name(best.day) if best.day else ""
        table.add_row(FEATS[best.feat], best_text(best), Text(when, style="dim"))
    return table


def best_text(best: Best) -> str:
    if best.feat is Feat.FEWEST_FILLERS:
        return f"{best.value:.0f} a minute"
    if best.feat is Feat.NEAREST_TARGET:
        return f"{best.value:.0f} s off"
    if best.feat is Feat.LONGEST_STREAK:
        return f"{best.value:,.0f}"
    return span(best.value)
