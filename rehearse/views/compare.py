"""Two takes side by side on the screen, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.analysis.parts import Part, Presence
from rehearse.model.codec import Json, seconds
from rehearse.model.take import Take
from rehearse.progress.compare import Change, Comparison, Measure, PartChange, Way
from rehearse.progress.followed import Followed
from rehearse.takes.moments import moment
from rehearse.text import clock, counted, listed, one_line

NAMES = {Measure.TIME: "Time", Measure.FILLERS: "Fillers", Measure.PACE: "Pace"}
STYLES = {Way.BETTER: "green", Way.WORSE: "yellow", Way.OTHER: "", Way.SAME: "dim"}
MERITS = {
    Measure.TIME: "a length closer to the target",
    Measure.FILLERS: "{} fewer fillers a minute",
    Measure.PACE: "an easier pace",
}
"""What the better take has."""
FOLLOWED = {
    Followed.YES: ("followed", "green"),
    Followed.NOT_YET: ("not yet", "yellow"),
    Followed.UNKNOWN: ("not enough speech to say", "dim"),
}


def of_takes(value: Comparison, before: Take, after: Take) -> RenderableType:
    """Two takes side by side."""
    return comparison(
        value,
        question=after.question.text if after.question else None,
        names=names_of(before, after),
    )


def names_of(before: Take, after: Take) -> tuple[str, str]:
    """Of two takes: when each was recorded."""
    return _when(before, after), _when(after, before)


def comparison(
    value: Comparison, *, question: str | None, names: tuple[str, str]
) -> RenderableType:
    """Two takes side by side; `names` are those of the earlier and the later take."""
    parts: list[RenderableType] = [Text(sentence(value)), Text()]
    if question and value.same_question:
        parts.insert(0, Text(one_line(question), style="bold"))
    parts.append(_figures(value, names))
    if value.advice:
        parts += [Text("\nAdvice from last time", style="bold"), _advice(value)]
    return Group(*parts)


def sentence(value: Comparison) -> str:
    """The comparison in a sentence or two, the good first."""
    now, earlier = list(_better_now(value)), list(_better_before(value))
    pieces = sum(piece.followed is Followed.YES for piece in value.advice)
    took = [f"you followed {counted(pieces, 'piece', 'pieces')} of advice"] if pieces else []
    lead = "" if value.same_question else "These takes answer different questions. "
    if now or took:
        better = "; ".join([*filter(None, [listed(now)]), *took])
        rest = f" The earlier answer had {listed(earlier)}." if earlier else ""
        return f"{lead}Better this time: {better}.{rest}"
    if earlier:
        return f"{lead}The earlier answer had {listed(earlier)}. Try once more."
    if any(change.way is Way.OTHER for change in value.changes):
        return f"{lead}The two takes differ, but neither is better."
    return f"{lead}About the same: the differences are too small to matter."


def _better_now(value: Comparison) -> Iterator[str]:
    yield from (_the(part) for part in value.parts if part.gained)
    yield from _merits(value, Way.BETTER)


def _better_before(value: Comparison) -> Iterator[str]:
    yield from (_the(part) for part in value.parts if part.lost)
    yield from _merits(value, Way.WORSE)


def _merits(value: Comparison, way: Way) -> Iterator[str]:
    for change in value.changes:
        if change.way is way:
            yield MERITS[change.measure].format(_apart(change))


def _the(part: PartChange) -> str:
    return f"the {part.name}" if part.name.islower() else f'"{part.name}"'


def _apart(change: Change) -> str:
    return f"{abs(change.after - change.before):.0f}"


def _figures(value: Comparison, names: tuple[str, str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("")
    for name in names:
        table.add_column(one_line(name), justify="right", overflow="fold")
    table.add_column("")
    for row in rows(value):
        table.add_row(row.name, row.before, row.after, row.difference)
    return table


@dataclass(frozen=True)
class Row:
    name: str
    before: Text
    after: Text
    difference: Text


def rows(value: Comparison) -> Iterator[Row]:
    """What is known of both takes, and by how much it differs."""
    for change in value.changes:
        was, now = (_figure(change.measure, figure) for figure in (change.before, change.after))
        yield Row(NAMES[change.measure], Text(was), Text(now), _difference(change))
    for part in value.parts:
        name = part.name.capitalize() if part.name.islower() else part.name
        yield Row(name, _part(part.before), _part(part.after), _moved(part))
    if value.overlap is not None:
        same = Text("word for word as before", style="dim")
        yield Row("Same words", Text(), Text(f"{value.overlap:.0%}"), same)


def _figure(measure: Measure, figure: float) -> str:
    if measure is Measure.TIME:
        return clock(figure)
    return f"{figure:.0f}/min"


def _difference(change: Change) -> Text:
    more = change.after > change.before
    if change.way is Way.SAME:
        return Text("about the same", style=STYLES[change.way])
    text = {
        Measure.TIME: f"{_apart(change)} s {'longer' if more else 'shorter'}",
        Measure.FILLERS: f"{_apart(change)} {'more' if more else 'fewer'}",
        Measure.PACE: f"{_apart(change)} words a minute {'faster' if more else 'slower'}",
    }[change.measure]
    better = ", better" if change.way is Way.BETTER else ""
    return Text(text + better, style=STYLES[change.way])


def _part(part: Part) -> Text:
    if part.presence is Presence.NO:
        return Text("missing", style="yellow")
    if part.presence is Presence.THIN:
        return Text("thin", style="yellow")
    return Text(f"{part.words} words" if part.seconds is None else f"{part.seconds:.0f} s")


def _moved(part: PartChange) -> Text:
    if part.gained:
        return Text("new this time", style="green")
    if part.lost:
        return Text("missing this time", style="yellow")
    if part.before.presence is Presence.THIN and part.after.presence is Presence.YES:
        return Text("clearer this time", style="green")
    more = part.seconds if part.before.presence is part.after.presence else None
    return Text(f"{abs(more):.0f} s {'longer' if more > 0 else 'shorter'}" if more else "")


def _advice(value: Comparison) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    for piece in value.advice:
        word, style = FOLLOWED[piece.followed]
        table.add_row(Text(word, style=style), Text(one_line(piece.text)))
    return table


def as_json(value: Comparison, *, names: tuple[str, str]) -> dict[str, Json]:
    return {
        "schema": 1,
        "before": names[0],
        "after": names[1],
        "sentence": sentence(value),
        "same_question": value.same_question,
        "changes": [
            {
                "measure": change.measure.value,
                "before": seconds(change.before),
                "after": seconds(change.after),
                "way": change.way.value,
            }
            for change in value.changes
        ],
        "parts": [
            {
                "part": part.name,
                "before": _part_json(part.before),
                "after": _part_json(part.after),
                "gained": part.gained,
                "lost": part.lost,
            }
            for part in value.parts
        ],
        "overlap": seconds(value.overlap),
        "advice": [
            {"code": piece.code, "text": one_line(piece.text), "followed": piece.followed.value}
            for piece in value.advice
        ],
    }


def _part_json(part: Part) -> Json:
    return {"told": part.presence.value, "seconds": seconds(part.seconds), "words": part.words}


def _when(take: Take, other: Take) -> str:
    """The names of two takes: their days, or times if both are of one day; with time zones if these
    differ."""
    day, _, time = take.recorded_at[:16].partition("T")
    zone, of_other = (_zone(one.recorded_at) for one in (take, other))
    if time and zone != of_other:
        return f"{day} {time} {zone}".strip()
    return time if time and other.recorded_at.startswith(day) else day


def _zone(recorded_at: str) -> str:
    """ "+02:00"; "" where the time has no zone."""
    try:
        return moment(recorded_at).isoformat()[-6:] if recorded_at[19:] else ""
    except ValueError:
        return ""
