"""The schedule on the screen: what is due, how it went, and the days until the interview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.table import Table
from rich.text import Text

from rehearse.analysis.coaching import Coaching
from rehearse.questions.choose import known_as
from rehearse.schedule import pick, rating
from rehearse.schedule.due import LONGEST, SOON, Standing
from rehearse.schedule.habit import Habit
from rehearse.schedule.rating import Grade
from rehearse.text import counted, printable
from rehearse.views.console import inset

MOST = 12
"""Questions in one list; more would push the first ones off the screen."""
WIDEST = 96
"""Columns; longer lines are hard to follow."""
DAY_WIDTH, GRADE_WIDTH = len("13 September"), len("again")
NEAR = 14
"""Up to this many days are counted ("in 5 days"); further ones are dates."""
IN_A_ROW = 2
"""Days from which a row is one."""
CORE = (
    "Now the core comes first: your introduction, why you want the job, your best stories and your"
    " weakest answers."
)
CLOSE = f"{CORE} If you have 40 minutes: rehearse practice --minutes 40"
HOW = "How answers are graded, and why these are: rehearse plan --why"
COLOURS = {
    Grade.AGAIN: "bold yellow",
    Grade.HARD: "yellow",
    Grade.GOOD: "green",
    Grade.EASY: "green",
}
_RULE = (
    "The first line that fits an answer is its grade. To change it: rehearse plan --rate TAKE good."
    f" After 'again' a question is due the next day, after 'hard' within {SOON[Grade.HARD]} days,"
    f" after 'good' and 'easy' later each time: within {LONGEST} days, and not after the interview."
)


@dataclass(frozen=True)
class _Counts:
    due: int
    answered: int
    new: int


def plan(
    answered: Sequence[Standing],
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
    """The schedule. `answered` are the questions with an answer, `new` counts the others, `stories`
    has the titles of the user's stories by `known_as` their question, and `begin` is the command
    that asks what is due."""
    today = now.date()
    due = [one for one in answered if one.is_due(now)]
    due.sort(key=lambda one: (one.strength, one.due))
    later = sorted((one for one in answered if not one.is_due(now)), key=lambda one: one.due)
    parts: list[RenderableType] = [Text(_until(today, interview), style="bold")]
    for title, rows in (("Due today", due), ("Coming up", later)):
        if rows:
            shown = [_Row.of(one, today, stories, judged=judged, why=why) for one in rows[:MOST]]
            heading = f"{title} ({len(rows)})"
            listed = _lines(heading, shown) if plain else _table(heading, shown, due=rows is due)
            parts += [Text(), listed]
        if len(rows) > MOST:
            parts.append(inset(Text(f"and {len(rows) - MOST} more", style="dim")))
    counts = _Counts(len(due), len(answered), new)
    summary = _summary(counts, begin, is_close=pick.is_close(today, interview))
    parts.append(Text(f"\n{summary}"))
    if answered and judged and not why:
        parts.append(Text(HOW, style="dim"))
    return Group(*parts)


def rules(coaching: Coaching) -> RenderableType:
    """How answers are graded, with the user's own settings."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    short, over = coaching.short_of_target, coaching.over_target
    for grade, text in (
        (
            Grade.AGAIN,
            f"two or more parts missing; under {rating.FAR_TOO_SHORT:g} or over"
            f" {rating.FAR_TOO_LONG:g} times the target; under {rating.POINTS_HARD:.0%} of your"
            " points",
        ),
        (
            Grade.HARD,
            f"one part missing, or no story; under {short:g} or over {over:g} times the"
            f" target; under {rating.POINTS_GOOD:.0%} of your points; over"
            f" {coaching.fillers_per_minute:g} fillers a minute",
        ),
        (
            Grade.GOOD,
            f"one part thin; under {rating.POINTS_EASY:.0%} of your points; over"
            f" {rating.FEW_FILLERS:g} fillers a minute; parts not checked",
        ),
        (Grade.EASY, "none of these"),
    ):
        table.add_row(Text(grade.word, style=COLOURS[grade]), text)
    return Group(
        Text("\nHow answers are graded", style="bold"),
        inset(table),
        Text(f"\n{_RULE}", style="dim"),
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
        return "today"
    if days == 1:
        return "tomorrow"
    return f"in {days} days" if days <= NEAR else _named(day)


def _named(day: date) -> str:
    return f"{day.day} {day:%B}"


def _until(today: date, interview: date | None) -> str:
    if interview is None:
        return "No interview date yet. To set it: rehearse plan --interview 2027-01-15"
    day = f"{_named(interview)} {interview.year}"
    days = (interview - today).days
    if days < 0:
        return f"Your interview was on {day}. To set the next: rehearse plan --interview DATE"
    when = {0: "is today", 1: "is tomorrow"}.get(days)
    return f"Your interview {when}." if when else f"Your interview is on {day}, in {days} days."


@dataclass(frozen=True)
class _Row:
    question: str
    last: str
    due: str
    grade: Grade | None
    """None without judgement."""
    more: tuple[str, ...]

    @classmethod
    def of(
        cls, one: Standing, today: date, stories: Mapping[str, str], *, judged: bool, why: bool
    ) -> _Row:
        title = stories.get(known_as(one.question))
        times = {1: "once", 2: "twice"}.get(one.times, f"{one.times} times")
        return cls(
            question=printable(" ".join(one.question.split())),
            last=ago(one.last.date(), today),
            due=ahead(one.due, today),
            grade=one.rated.grade if judged else None,
            more=(
                *([f"your story: {printable(title)}"] if title else []),
                *([f"{'; '.join(one.rated.reasons)}; answered {times}"] if why else []),
            ),
        )


def _table(heading: str, rows: Sequence[_Row], *, due: bool) -> RenderableType:
    """The rows as a table; `due`: all of them are due today, so the day is left out."""
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(ratio=1)
    table.add_column(no_wrap=True, min_width=DAY_WIDTH)
    table.add_column(no_wrap=True, min_width=GRADE_WIDTH)
    graded = Text("grade" if any(row.grade for row in rows) else "", style="dim")
    day = Text("last answer" if due else "due\nlast answer", style="dim")
    table.add_row(Text(heading, style="bold"), day, graded)
    for row in rows:
        question = _marked("•", Text(row.question) + Text(_below(row.more), style="dim"))
        last = Text(row.last, style="dim")
        grade = Text(row.grade.word, style=COLOURS[row.grade]) if row.grade else ""
        table.add_row(question, last if due else Text(f"{row.due}\n") + last, grade)
    return Constrain(table, WIDEST)


def _lines(heading: str, rows: Sequence[_Row]) -> RenderableType:
    """The rows without columns, for screen readers."""
    parts: list[RenderableType] = [Text(heading)]
    for row in rows:
        grade = f"grade {row.grade.word}, " if row.grade else ""
        facts = f"{grade}last answer {row.last}, due {row.due}"
        parts.append(_marked("-", Text(row.question + _below((facts, *row.more)))))
    return Group(*parts)


def _marked(mark: str, text: Text) -> Table:
    """The text with a mark before its first line."""
    table = Table.grid(padding=(0, 1))
    table.add_row(mark, text)
    return table


def _below(lines: Sequence[str]) -> str:
    return "".join(f"\n{line}" for line in lines)


def greeting(
    habit: Habit, *, due: int, today: date, interview: date | None, close: str = CLOSE
) -> str:
    """A line before a practice: the habit so far, what is due, and the interview; "" for
    nothing. `close` is said in the last days."""
    said = []
    if habit.days >= IN_A_ROW:
        said.append(f"{habit.days} days in a row.")
    if habit.seconds >= 60:
        said.append(f"{counted(int(habit.seconds // 60), 'minute')} this week.")
    if due:
        said.append(f"{counted(due, 'question is', 'questions are')} due today.")
    if interview is not None and interview >= today:
        said.append(_until(today, interview))
    if pick.is_close(today, interview):
        said.append(close)
    return " ".join(said)


def _summary(counts: _Counts, begin: str, *, is_close: bool) -> str:
    if not counts.answered:
        return f"No question answered yet. '{begin}' asks the first of {counts.new}."
    text = f"You have answered {counts.answered} of {counts.answered + counts.new} questions."
    if not counts.new:
        return text
    if is_close:
        return f"{text} {CLOSE}"
    if counts.due:
        return f"{text} '{begin}' asks what is due, and every third time a new question."
    return f"{text} Nothing is due today. '{begin}' asks new questions."
