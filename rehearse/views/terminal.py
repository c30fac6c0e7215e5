"""The report of one answer on the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from rehearse.model.delivery import (
    Filler,
    FillerKind,
    Fillers,
    HeardIn,
    Pauses,
    RepeatKind,
    Repeats,
    Timing,
    Verdict,
)
from rehearse.model.structure import Analysis
from rehearse.progress.compare import Comparison
from rehearse.takes.remarks import Remark, times
from rehearse.text import clock, printable
from rehearse.views import annotate, doubt, nothing, outline, points, star, wording
from rehearse.views import brief as in_brief
from rehearse.views.console import facts, heading, inset
from rehearse.views.headline import headline
from rehearse.views.wording import compared_with_baseline, written_only

TIMES_SHOWN = 6
VERDICTS = {
    Verdict.SHORT: ("shorter than planned", "yellow"),
    Verdict.ON_TARGET: ("on target", "green"),
    Verdict.LONG: ("longer than planned", "yellow"),
}


def report(
    analysis: Analysis,
    *,
    plain: bool,
    change: Comparison | None = None,
    remarks: Sequence[Remark] = (),
) -> RenderableType:
    """The whole report of one answer. `plain` has no bars, rules or colour; `change` is since the
    last answer to this question, `remarks` are a coach's."""
    in_brief = brief(analysis, plain=plain, change=change)
    if nothing.instead(analysis):
        return in_brief
    return Group(in_brief, details(analysis, plain=plain, remarks=remarks))


def brief(analysis: Analysis, *, plain: bool, change: Comparison | None = None) -> RenderableType:
    """What fits a small screen: the answer in a sentence, what was good, what changed since the
    last one, what to do next, and the figures."""
    parts: list[RenderableType] = [_headline(analysis, plain=plain)]
    if instead := nothing.instead(analysis):
        return Group(*parts, inset(Text(instead)))
    sentence = headline(analysis, written_down=bool(analysis.words))
    parts += [Text(), Text(sentence), Text()]
    rows = in_brief.rows(analysis, change)
    if rows:
        table = facts()
        for name, text, at in rows:
            table.add_row(name, Text(text) + Text("" if at is None else f"  at {clock(at)}", "dim"))
        parts += [inset(table), Text()]
    parts.append(inset(Text(in_brief.figures(analysis), style="dim")))
    return Group(*parts)


def details(analysis: Analysis, *, plain: bool, remarks: Sequence[Remark] = ()) -> RenderableType:
    """All that is below the brief report."""
    parts: list[RenderableType] = [heading("Figures"), inset(_facts(analysis))]
    if analysis.outline is not None:
        table = outline.table(analysis.outline, plain=plain, judged=analysis.judged)
        parts += [heading(outline.heading(analysis.outline)), inset(table)]
    elif analysis.star is not None:
        parts += [heading("STAR"), inset(star.table(analysis, plain=plain))]
    if analysis.words:
        parts += [heading("What you said"), inset(annotate.transcript(analysis, plain=plain))]
        if legend := doubt.legend(analysis, plain=plain):
            parts.append(inset(Text(legend, style="dim")))
    if remarks:
        parts += [heading("Your coach says"), inset(_remarks(remarks))]
    if analysis.key_points is not None:
        parts += [heading("Your notes"), inset(_notes(analysis))]
    if analysis.advice[1:]:
        parts += [heading("After that"), inset(_advice(analysis))]
    if analysis.follow_up:
        parts += [heading("They might ask"), inset(Text(analysis.follow_up))]
    return Group(*parts)


def _headline(analysis: Analysis, *, plain: bool) -> RenderableType:
    """The question in full, below a line."""
    title = printable(analysis.question.text) if analysis.question else "Your answer"
    return heading(title) if plain else Group(Text(), Rule(), Text(title, style="bold"))


def _facts(analysis: Analysis) -> Table:
    table = facts()
    table.add_row("Time", _time(analysis.timing))
    if around := wording.around(analysis.timing):
        table.add_row("Silence", around)
    if gaps := nothing.gaps(analysis.timing):
        table.add_row("Sound", gaps)
    if doubt_note := doubt.note(analysis):
        table.add_row("Words", doubt_note)
    if analysis.timing.phonation_ratio is not None:
        table.add_row("Speaking", f"{analysis.timing.phonation_ratio:.0%} of the time")
    if analysis.pace and analysis.pace.words_per_minute is not None:
        table.add_row("Pace", f"{analysis.pace.words_per_minute:.0f} words a minute")
    if analysis.fillers is not None:
        table.add_row("Fillers", _fillers(analysis.fillers))
        if more := written_only(analysis):
            table.add_row("", more)
    _softeners_and_repeats(table, analysis)
    if analysis.pauses is not None:
        table.add_row("Pauses", _pauses(analysis.pauses))
    if voice := compared_with_baseline(analysis):
        table.add_row("Voice", voice)
    return table


def _time(timing: Timing) -> Text:
    if timing.answer is None:
        return Text("unknown: the words have no times")
    text = Text(clock(timing.answer))
    if timing.target is not None:
        text.append(f" of {clock(timing.target)}")
    if timing.verdict is not None:
        words, style = VERDICTS[timing.verdict]
        text.append(", ").append(words, style=style)
    return text


def _fillers(fillers: Fillers) -> Table | str:
    if not fillers.total:
        return "none"
    table = Table.grid(padding=(0, 2))
    rate = "" if fillers.per_minute is None else f"{fillers.per_minute:.0f} a minute"
    table.add_row("all", str(fillers.total), rate)
    for name, kind in (
        ("hesitations", FillerKind.FILLED_PAUSE),
        ("filler words", FillerKind.DISCOURSE),
    ):
        items = [item for item in fillers.counted if item.kind is kind]
        table.add_row(name, str(len(items)), "")
        _each_filler(table, items)
    return table


def _each_filler(table: Table, items: Sequence[Filler]) -> None:
    counts = Counter((item.text, item.heard_in) for item in items)
    for (text, heard_in), count in counts.most_common():
        same = [item for item in items if (item.text, item.heard_in) == (text, heard_in)]
        times = _times([item.start for item in same if item.start is not None])
        written = heard_in is HeardIn.TRANSCRIPT
        table.add_row(f"  {text}", str(count), times if written else f"{times}  heard, not written")


def _softeners_and_repeats(table: Table, analysis: Analysis) -> None:
    """Rows that appear only where there is something to count; they are not mistakes."""
    if said := wording.softeners(analysis):
        table.add_row("Softeners", said)
    if analysis.repeats is not None and analysis.repeats.total:
        table.add_row("Said twice", _repeats(analysis.repeats))


def _repeats(repeats: Repeats) -> str:
    restarts = repeats.count(RepeatKind.FALSE_START)
    said = str(repeats.count(RepeatKind.REPETITION))
    return f"{said}, restarted {restarts}" if restarts else said


def _times(starts: list[float]) -> str:
    shown = "  ".join(clock(start) for start in starts[:TIMES_SHOWN])
    return f"{shown}  …" if len(starts) > TIMES_SHOWN else shown


def _pauses(pauses: Pauses) -> str:
    if not pauses.count:
        return "none"
    longest = wording.longest_pauses(pauses)
    listed = ", ".join(f"{pause.duration:.1f} s at {clock(pause.start)}" for pause in longest)
    return f"{pauses.count}, the longest {listed}"


def _remarks(remarks: Sequence[Remark]) -> Table:
    table = Table.grid(padding=(0, 2))
    for remark in remarks:
        table.add_row(times(remark), Text(printable(remark.text)))
    return table


def _notes(analysis: Analysis) -> Table:
    table = Table.grid(padding=(0, 2))
    for row in points.rows(analysis.key_points):
        at = "" if row.start is None else clock(row.start)
        style = "" if row.found or not analysis.judged else annotate.NOTICE
        table.add_row(Text(row.label, style=style), at, printable(row.text))
        if row.remark:
            table.add_row("", "", Text(printable(row.remark), style="dim"))
    return table


def _advice(analysis: Analysis) -> Table:
    table = Table.grid(padding=(0, 1))
    for number, piece in enumerate(analysis.advice[1:], start=2):
        table.add_row(f"{number}.", Text(piece.text))
    return table
