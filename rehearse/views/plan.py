"""The schedule on the screen: what is due, how it went, and the days until the interview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rehearse.analysis.coaching import Coaching
from rehearse.questions.choose import known_as
from rehearse.schedule import pick, rating
from rehearse.schedule.due import LONGEST, SOON, Standing
from rehearse.schedule.rating import Grade
from rehearse.text import printable

MOST = 12
"""Questions in one list; more would push the first ones off the screen."""
WIDEST = 96
"""Columns; over a longer way the eye loses the line."""
DAY_WIDTH, GRADE_WIDTH = len("13 September"), len("again")
NEAR = 14
"""Days that are counted; a later or earlier day is named."""
COLOURS = {Grade.AGAIN: "red", Grade.HARD: "yellow", Grade.GOOD: "green", Grade.EASY: "green"}
_RATING = (
    "The first line that fits a take rates it; 'rehearse plan --rate TAKE good' overrules. After"
    f" 'again' a question is due the next day, after 'hard' within {SOON[Grade.HARD]} days, after"
    f" 'good' and 'easy' later each time: {LONGEST} days at most, and never after the interview."
)


@dataclass(frozen=True)
class _Counts:
    due: int
    told: int
    new: int


def plan(
    told: Sequence[Standing],
    *,
    now: datetime,
    interview: date | None,
    new: int,
    stories: Mapping[str, str],
    begin: str,
    plain: bool,
    judged: bool = True,
    why: bool = False,
) -> RenderableType:
    """`told` holds what was told of the questions planned, `new` counts the others, `stories` has
    the titles of the user's own by `known_as` their question, and `begin` is the command that asks
    them."""
    today = now.date()
    due = [one for one in told if one.is_due(now)]
    due.sort(key=lambda one: (one.strength, one.due))
    later = sorted((one for one in told if not one.is_due(now)), key=lambda one: one.due)
    lists = (
        ("Due today", "last told", due, [ago(one.last.date(), today) for one in due]),
        ("Coming up", "due", later, [ahead(one.due, today) for one in later]),
    )
    parts: list[RenderableType] = [Text(_until(today, interview), style="bold")]
    for title, column, rows, days in lists:
        if rows:
            table = _table((f"{title} ({len(rows)})", column, "rated" if judged else ""))
            for row, day in zip(rows[:MOST], days, strict=False):
                question = _marked(_question(row, stories, why=why), plain=plain)
                table.add_row(question, day, _grade(row.rated.grade) if judged else "")
            parts += [Text(), Constrain(table, WIDEST)]
        if len(rows) > MOST:
            parts.append(Text(f"  and {len(rows) - MOST} more", style="dim"))
    counts = _Counts(len(due), len(told), new)
    summary = _summary(counts, begin, new_allowed=pick.new_allowed(today, interview))
    parts.append(Text(f"\n{summary}"))
    return Group(*parts)


def rules(coaching: Coaching) -> RenderableType:
    """How takes are rated, in the figures that hold here."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    short, over = coaching.short_of_target, coaching.over_target
    for grade, text in (
        (
            Grade.AGAIN,
            f"two parts missing; under {rating.FAR_TOO_SHORT:g} or over {rating.FAR_TOO_LONG:g}"
            f" times the target; under {rating.POINTS_HARD:.0%} of your points",
        ),
        (
            Grade.HARD,
            f"one part missing, or no story told; under {short:g} or over {over:g} times the"
            f" target; under {rating.POINTS_GOOD:.0%} of your points; over"
            f" {coaching.fillers_per_minute:g} fillers a minute",
        ),
        (
            Grade.GOOD,
            f"one part thin; under {rating.POINTS_EASY:.0%} of your points; over"
            f" {rating.FEW_FILLERS:g} fillers a minute; nothing known of its parts",
        ),
        (Grade.EASY, "none of these"),
    ):
        table.add_row(_grade(grade), text)
    return Group(
        Text("\nHow takes are rated", style="bold"),
        _inset(table),
        Text(f"\n{_RATING}", style="dim"),
    )


def ago(day: date, today: date) -> str:
    """ "today", "yesterday", "5 days ago", "3 December"."""
    days = (today - day).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days <= NEAR else _named(day)


def ahead(day: date, today: date) -> str:
    """ "today", "tomorrow", "in 5 days", "3 December"."""
    days = (day - today).days
    if days <= 0:
        return "later today"
    if days == 1:
        return "tomorrow"
    return f"in {days} days" if days <= NEAR else _named(day)


def _named(day: date) -> str:
    return f"{day.day} {day:%B}"


def _inset(content: RenderableType) -> Padding:
    return Padding(content, (0, 0, 0, 2))


def _until(today: date, interview: date | None) -> str:
    if interview is None:
        return "No interview date yet: 'rehearse plan --interview 2027-01-15' sets one."
    day = f"{_named(interview)} {interview.year}"
    days = (interview - today).days
    if days < 0:
        return f"Your interview was on {day}. 'rehearse plan --interview DATE' sets the next."
    when = {0: "is today", 1: "is tomorrow"}.get(days)
    return f"Your interview {when}." if when else f"Your interview is on {day}, in {days} days."


def _table(heads: tuple[str, str, str]) -> Table:
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(ratio=1)
    table.add_column(no_wrap=True, style="dim", min_width=DAY_WIDTH)
    table.add_column(no_wrap=True, min_width=GRADE_WIDTH)
    title, day, grade = heads
    table.add_row(Text(title, style="bold"), day, Text(grade, style="dim"))
    return table


def _marked(question: Text, *, plain: bool) -> Table:
    """With a mark before its first line; in plain text one that every terminal can show."""
    table = Table.grid(padding=(0, 1))
    table.add_row("-" if plain else "•", question)
    return table


def _question(row: Standing, stories: Mapping[str, str], *, why: bool) -> Text:
    text = Text(printable(" ".join(row.question.split())))
    if title := stories.get(known_as(row.question)):
        text += Text(f"\nyour story: {printable(title)}", style="dim")
    if why:
        times = {1: "once", 2: "twice"}.get(row.times, f"{row.times} times")
        text += Text(f"\n{'; '.join(row.rated.reasons)}; told {times}", style="dim")
    return text


def _grade(grade: Grade) -> Text:
    return Text(grade.word, style=COLOURS[grade])


def _summary(counts: _Counts, begin: str, *, new_allowed: bool) -> str:
    if not counts.told:
        return f"Nothing is told yet. '{begin}' asks the first of {counts.new} questions."
    text = f"{counts.told} of {counts.told + counts.new} questions told."
    if not counts.new:
        return text
    if not new_allowed:
        return f"{text} So close to the interview nothing new is asked."
    if counts.due:
        return f"{text} '{begin}' asks what is due, and every third time a new one."
    return f"{text} Nothing is due today; '{begin}' asks new ones."
