"""Two takes side by side on the screen, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from rehearse.analysis.parts import Part, Told
from rehearse.model.codec import Json, seconds
from rehearse.progress.compare import RUN, Change, Comparison, Measure, PartChange, Way
from rehearse.progress.followed import Followed
from rehearse.text import clock, counted, listed
from rehearse.views.takes import one_line

NAMES = {Measure.TIME: "Time", Measure.FILLERS: "Fillers", Measure.PACE: "Pace"}
STYLES = {Way.BETTER: "green", Way.WORSE: "yellow", Way.OTHER: "", Way.SAME: "dim"}
SAID = {
    Measure.TIME: {
        Way.BETTER: "the time came nearer to its target",
        Way.WORSE: "the time went further from its target",
    },
    Measure.FILLERS: {
        Way.BETTER: "there were {} fewer fillers a minute",
        Way.WORSE: "there were {} more fillers a minute",
    },
    Measure.PACE: {
        Way.BETTER: "the pace was easier to follow",
        Way.WORSE: "the pace was harder to follow",
    },
}
FOLLOWED = {
    Followed.YES: ("followed", "green"),
    Followed.NOT_YET: ("not yet", "yellow"),
    Followed.UNKNOWN: ("cannot be told", "dim"),
}


def comparison(
    value: Comparison, *, question: str | None, names: tuple[str, str], plain: bool
) -> RenderableType:
    """`names` are those of the earlier and the later take."""
    parts: list[RenderableType] = [Text(sentence(value)), Text()]
    if question and value.same_question:
        parts.insert(0, Text(one_line(question), style="bold"))
    parts.append(_figures(value, names))
    if value.advice:
        parts += [Text("\nWhat was advised before", style="bold"), _advice(value)]
    return Group(*parts)


def sentence(value: Comparison) -> str:
    """What it comes to, the good first."""
    good, worse = list(_good(value)), list(_worse(value))
    lead = "" if value.same_question else "These answer different questions. "
    if good and worse:
        return f"{lead}A step forward in part: {listed(good)}; but {listed(worse)}."
    if good:
        return f"{lead}A step forward: {listed(good)}."
    if worse:
        ahead = f"The earlier take is ahead here: {listed(worse)}."
        return f"{lead}{ahead} Another go may bring it back."
    if any(change.way is Way.OTHER for change in value.changes):
        return f"{lead}Told differently, and neither take is ahead of the other."
    return f"{lead}Much the same: nothing differs by more than two takes do anyway."


def _good(value: Comparison) -> Iterator[str]:
    yield from _parts([part for part in value.parts if part.gained], "heard")
    yield from _measured(value, Way.BETTER)
    followed = sum(piece.followed is Followed.YES for piece in value.advice)
    if followed:
        yield counted(followed, "piece of advice was", "pieces of advice were") + " followed"


def _worse(value: Comparison) -> Iterator[str]:
    yield from _parts([part for part in value.parts if part.lost], "not heard")
    yield from _measured(value, Way.WORSE)


def _parts(parts: Sequence[PartChange], how: str) -> Iterator[str]:
    if parts:
        names = listed([_the(part) for part in parts])
        yield f"{names} {'was' if len(parts) == 1 else 'were'} {how} this time"


def _measured(value: Comparison, way: Way) -> Iterator[str]:
    for change in value.changes:
        if change.way is way:
            yield SAID[change.measure][way].format(_apart(change))


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
    for change in value.changes:
        was, now = (_figure(change.measure, figure) for figure in (change.before, change.after))
        table.add_row(NAMES[change.measure], was, now, _difference(change))
    for part in value.parts:
        name = part.name.capitalize() if part.name.islower() else part.name
        table.add_row(name, _part(part.before), _part(part.after), _moved(part))
    if value.overlap is not None:
        said = f"of the words stand in runs of {RUN} or more that the earlier take has too"
        table.add_row("Same words", "", f"{value.overlap:.0%}", Text(said, style="dim"))
    return table


def _figure(measure: Measure, figure: float) -> str:
    if measure is Measure.TIME:
        return clock(figure)
    return f"{figure:.0f}/min"


def _difference(change: Change) -> Text:
    more = change.after > change.before
    if change.way is Way.SAME:
        return Text("much the same", style=STYLES[change.way])
    text = {
        Measure.TIME: f"{_apart(change)} s {'longer' if more else 'shorter'}",
        Measure.FILLERS: f"{_apart(change)} {'more' if more else 'fewer'}",
        Measure.PACE: f"{_apart(change)} words a minute {'faster' if more else 'slower'}",
    }[change.measure]
    judged = {Way.BETTER: ", better", Way.WORSE: ", not better"}.get(change.way, "")
    return Text(text + judged, style=STYLES[change.way])


def _part(part: Part) -> Text:
    if part.told is Told.NO:
        return Text("not heard", style="yellow")
    if part.told is Told.THIN:
        return Text("thin", style="yellow")
    return Text(f"{part.words} words" if part.seconds is None else f"{part.seconds:.0f} s")


def _moved(part: PartChange) -> Text:
    if part.gained:
        return Text("heard this time", style="green")
    if part.lost:
        return Text("no longer heard", style="yellow")
    if part.before.told is Told.THIN and part.after.told is Told.YES:
        return Text("clearer this time", style="green")
    more = part.seconds if part.before.told is part.after.told else None
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
    return {"told": part.told.value, "seconds": seconds(part.seconds), "words": part.words}
