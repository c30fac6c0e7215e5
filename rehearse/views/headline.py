"""An answer in one sentence: its time, its fillers, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from rehearse.analysis.timing import held_against
from rehearse.model.delivery import Fillers, Timing, Verdict
from rehearse.model.structure import Analysis, KeyPoints, Star
from rehearse.model.take import Kind
from rehearse.text import clock, counted, length_of, listed
from rehearse.views import nothing


def headline(analysis: Analysis, *, written_down: bool) -> str:
    """The sentence. `written_down` says whether the take has a transcript; with one and no words,
    nothing was said."""
    if instead := nothing.instead(analysis):
        return instead
    if written_down and not analysis.words:
        return f"I heard no words{_within(analysis.timing)}."
    kind = analysis.question.kind if analysis.question else None
    said = _time(analysis.timing, kind) + _fillers(analysis.fillers)
    return "; ".join((said, *_content(analysis, written_down=written_down))) + "."


def _within(timing: Timing) -> str:
    return "" if timing.answer is None else f" in {clock(timing.answer)}"


def _time(timing: Timing, kind: Kind | None) -> str:
    if timing.answer is None:
        return "The length of your answer is unknown"
    took = f"Your answer took {clock(timing.answer)}"
    if timing.target is None or timing.verdict is None:
        return took
    if timing.verdict is Verdict.ON_TARGET:
        return f"{took} of the planned {clock(timing.target)}"
    side = "longer" if timing.verdict is Verdict.LONG else "shorter"
    least = held_against(timing.answer, timing.target, kind)
    planned = "planned" if least == timing.target else "a minute"
    # The difference is that of the two times that are read.
    return f"{took}, {length_of(abs(int(timing.answer) - int(least)))} {side} than {planned}"


def _fillers(fillers: Fillers | None) -> str:
    if fillers is None:
        return ""
    if not fillers.total:
        return ", without fillers"
    return ", with one filler" if fillers.total == 1 else f", with {fillers.total} fillers"


def _content(analysis: Analysis, *, written_down: bool) -> Iterator[str]:
    if not written_down:
        yield "it is not written down yet"
    if analysis.star and analysis.star.applies:
        yield from _story(analysis.star)
    if analysis.key_points:
        yield from _points(analysis.key_points)


def _story(star: Star) -> Iterator[str]:
    if star.missing:
        names = listed([f"the {section.value}" for section in star.missing])
        yield f"{names} {'is' if len(star.missing) == 1 else 'are'} missing"
    elif not star.thin:
        yield "all four parts of the story are there"


def _points(points: KeyPoints) -> Iterator[str]:
    if count := len(points.not_found):
        verb = "was" if count == 1 else "were"
        yield f"{count} of the {points.total} points in your notes {verb} not found"
    if points.differs:
        yield f"{counted(len(points.differs), 'figure')} differed from your notes"
