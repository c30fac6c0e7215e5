"""The candidate's stories on the screen: how well each was told, and principles without a story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.model.structure import STAR, Section
from rehearse.questions.bank import Story
from rehearse.stories.fitting import Fit, Serving, best
from rehearse.stories.tellings import OwnPace, Record, Telling
from rehearse.text import clock, counted, printable
from rehearse.views.console import facts, heading, inset

MOST_FITS = 5
"""Stories that are suggested; more would not help to choose."""
TWO = "The first two fit about equally well. Choose the one you tell better."
NO_FIT = "None of your stories fits this question. You could write a new one."


def bank(
    records: Sequence[Record], rows: Sequence[Serving], pace: OwnPace, *, plain: bool
) -> RenderableType:
    """Every story, then the principles with their stories; `plain` has no marks."""
    parts: list[RenderableType] = []
    for number, record in enumerate(records, start=1):
        parts += [heading(f"{number}. {printable(record.story.title)}"), inset(_facts(record))]
    parts += [heading("Principles and their stories")]
    parts += [inset(_matrix(rows, plain=plain)), Text()]
    parts += [Text(gaps(rows)), Text(f"\n{pace_text(pace)}", style="dim")]
    return Group(*parts)


def fits(question: str, about: Sequence[str], found: Sequence[Fit]) -> RenderableType:
    """The stories that fit a question, best first, each with its reasons; `about` are the
    question's principles."""
    parts: list[RenderableType] = [heading(printable(question))]
    if about:
        parts.append(Text(f"asks about {_listed(about)}", style="dim"))
    if not found:
        return Group(*parts, Text(NO_FIT))
    if len(best(found)) > 1:
        parts.append(Text(TWO))
    for number, fit in enumerate(found[:MOST_FITS], start=1):
        parts.append(heading(f"{number}. {printable(fit.record.story.title)}"))
        parts.append(inset(Text("\n".join(reasons(fit)))))
    return Group(*parts)


@dataclass(frozen=True)
class Fact:
    name: str
    text: str
    is_lacking: bool = False


def facts_of(record: Record) -> list[Fact]:
    """What is known of a story, and what is still to do."""
    found = [
        _fact("Shows", _listed(record.story.principles), "no principle yet"),
        _fact("Length", _length(record), "no section written yet"),
        _fact("Told", _tellings(record), "not yet"),
    ]
    if record.tellings:
        last = record.tellings[-1]
        found.append(Fact("Last", _how(last, record.story)))
        if record.best and record.best.share > last.share:
            found.append(Fact("Best", _how(record.best, record.story)))
    return found


def _fact(name: str, text: str, instead: str) -> Fact:
    return Fact(name, text or instead, is_lacking=not text)


def _facts(record: Record) -> Table:
    table = facts()
    for one in facts_of(record):
        table.add_row(one.name, Text(one.text, style="yellow" if one.is_lacking else ""))
    return table


def _length(record: Record) -> str:
    if record.seconds is None:
        return ""
    return f"about {clock(record.seconds)}, {record.words} words"


def _tellings(record: Record) -> str:
    if not record.tellings:
        return ""
    return f"{_often(record)}, the last time on {record.tellings[-1].recorded_at[:10]}"


def _often(record: Record) -> str:
    return "once" if len(record.tellings) == 1 else f"{len(record.tellings)} times"


def _how(one: Telling, story: Story) -> str:
    """One telling: its missing sections, the points that were said, time and fillers."""
    written = [section for section in STAR if story.told(section)]
    parts = []
    if written:
        left_out = [section.value for section in written if section not in one.sections]
        parts.append(f"without the {' and the '.join(left_out)}" if left_out else _all(written))
    parts.append(f"{one.points_said} of {one.points} points")
    if one.seconds is not None:
        parts.append(clock(one.seconds))
    if one.fillers_per_minute is not None:
        parts.append(f"{one.fillers_per_minute:.0f} fillers a minute")
    return " · ".join(parts)


def _all(written: Sequence[Section]) -> str:
    return "all four sections" if len(written) == len(STAR) else "all its sections"


def _matrix(rows: Sequence[Serving], *, plain: bool) -> Table:
    """Principles that have a story, with the numbers of their stories."""
    table = Table.grid(padding=(0, 2))
    table.add_column()
    if not plain:
        table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    for row in rows:
        if row.stories:
            numbers = " ".join(str(place + 1) for place in row.stories)
            marks = [] if plain else [Text("●" * len(row.stories), style="green")]
            table.add_row(printable(row.principle), *marks, numbers)
    return table


def gaps(rows: Sequence[Serving]) -> str:
    lacking = [row.principle for row in rows if not row.stories]
    if not lacking:
        return "Every principle has a story."
    if len(lacking) == 1:
        return f"One principle has no story yet: {printable(lacking[0])}."
    return f"{len(lacking)} of {len(rows)} principles have no story yet: {_listed(lacking)}."


def pace_text(pace: OwnPace) -> str:
    rate = f"{pace.words_per_minute:.0f} words a minute"
    if not pace.takes:
        return f"Lengths are for {rate}; your own pace is not known yet."
    return f"Lengths are for your own pace: {rate}, the middle of {counted(pace.takes, 'answer')}."


def reasons(fit: Fit) -> list[str]:
    found = ["You wrote it for this question."] if fit.tied else []
    if fit.principles:
        found.append(f"It shows {_listed(fit.principles)}.")
    if fit.alike and fit.alike.line:
        found.append(f"Nearest in meaning: “{printable(fit.alike.line)}”")
    elif fit.words:
        found.append(f"Words in common: {_listed(fit.words)}.")
    if best := fit.record.best:
        often = _often(fit.record)
        found.append(f"Told {often}, at best with {best.points_said} of {best.points} points.")
    else:
        found.append("Not told yet.")
    return found


def _listed(names: Sequence[str]) -> str:
    """The names with commas between them, or semicolons where a name has a comma."""
    joint = "; " if any("," in name or ";" in name for name in names) else ", "
    return printable(joint.join(names))
