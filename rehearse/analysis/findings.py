"""What could be advised on an answer, and where in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

from rehearse.analysis.advice import Finding
from rehearse.analysis.coaching import Band, Coaching
from rehearse.analysis.scripted import NEARLY_ALL
from rehearse.analysis.unsaid import one_more, unsaid
from rehearse.model.delivery import Verdict
from rehearse.model.structure import STAR, Analysis, Section, Segment
from rehearse.model.take import Kind
from rehearse.text import clock, length_of

LEAST_SECONDS = 20.0
"""In shorter answers a single word changes a rate per minute too much."""
LEAST_FILLERS = 3
FEWEST_WORDS = 50
"""Some twenty seconds; a shorter answer has no ending to speak of."""
LEAST_WE = 3
"""Fewer say little about who did the work."""
HARDLY = 1 / 3
"""Share of the target below which an answer has only begun: another detail would not fill it."""
ROOMS = (
    (30.0, "one more detail"),
    (60.0, "an example, or two more details"),
    (inf, "a whole example with its details"),
)
"""By the seconds that are left: what fits into them."""
CUTS = (
    (1.25, "Leave one detail out."),
    (1.75, "Look at the longest part first, and leave something out."),
    (inf, "Choose one point, and tell only that one."),
)
"""By the times of the target that an answer takes: how to make it shorter."""
LITTLE = 0.15
"""Share by which a pace may be outside its range and still be so "a little"."""


def findings(analysis: Analysis, coaching: Coaching) -> tuple[Finding, ...]:
    return (
        *_of_time(analysis, coaching),
        *(() if analysis.timing.no_sound else _of_whole(analysis, coaching)),
        *_of_ownership(analysis),
        *_of_fillers(analysis, coaching),
        *_of_pace(analysis, coaching),
        *_of_pauses(analysis, coaching),
        *_of_wording(analysis),
    )


def _of_whole(analysis: Analysis, coaching: Coaching) -> Iterator[Finding]:
    """What all of the answer must be known for: where the microphone gave no sound for a while, a
    part may have been told just then."""
    yield from _of_story(analysis, coaching)
    yield from _of_outline(analysis)
    yield from _of_results(analysis)
    yield from _of_edges(analysis)


def _of_time(analysis: Analysis, coaching: Coaching) -> Iterator[Finding]:
    timing = analysis.timing
    if timing.answer is None or not analysis.words:
        return
    limit = timing.target or coaching.longest_answer
    figures = (
        ("duration", length_of(timing.answer)),
        ("limit", clock(limit)),
        ("cut", _by_scale(timing.answer / limit, CUTS)),
        ("room", _by_scale(limit - timing.answer, ROOMS)),
    )
    if timing.verdict is Verdict.LONG or (timing.target is None and timing.answer > limit):
        ends = (timing.spoken_from or 0.0) + limit
        over = [i for i, word in enumerate(analysis.words) if (word.start or 0.0) >= ends]
        yield Finding(
            "too_long",
            first_word=over[0] if over else None,
            last_word=over[-1] if over else None,
            start=ends,
            end=timing.spoken_to or timing.answer,
            figures=figures,
        )
    if timing.verdict is Verdict.SHORT:
        kind = analysis.question.kind if analysis.question else None
        code = _too_short(timing.answer, limit, kind)
        more = one_more(analysis) if code == "short_introduction" else unsaid(analysis)
        yield Finding(code, figures=(*figures, ("more", more)))


def _too_short(answer: float, limit: float, kind: Kind | None) -> str:
    """The code: an introduction of less than a minute is a short hello, which can be enough."""
    introduces = kind is Kind.INTRODUCTION
    begun = HARDLY * limit
    if answer < (min(LEAST_SECONDS, begun) if introduces else begun):
        return "hardly_begun"
    return "short_introduction" if introduces else "too_short"


def _by_scale(value: float, texts: Sequence[tuple[float, str]]) -> str:
    """The text of the first limit that the value does not exceed."""
    return next(text for limit, text in texts if value <= limit)


def _of_story(analysis: Analysis, coaching: Coaching) -> Iterator[Finding]:
    story = analysis.star
    if not story or not story.applies:
        return
    for section in story.missing:
        yield _missing(section, analysis)
    if not story.missing:  # what is missing makes the others longer
        for part in story.sections:
            if part.present and (side := _outside(part.share, coaching.band(part.section))):
                figures = (("share", f"{100 * part.share:.0f}"),)
                code = f"{side}_{part.section.value}"
                yield _at(code, _segments(analysis, part.section), figures)


def _outside(share: float, band: Band) -> str | None:
    return "short" if share < band.low else "long" if share > band.high else None


def _missing(section: Section, analysis: Analysis) -> Finding:
    """Shown where the section would be: at the start or at the end of the answer."""
    code = f"missing_{section.value}"
    if not analysis.star or section not in (Section.SITUATION, Section.RESULT):
        return Finding(code)
    told = [part for part in analysis.star.segments if part.section in STAR]
    if not told:
        return Finding(code)
    return _at(code, [told[0] if section is Section.SITUATION else told[-1]], ())


def _of_outline(analysis: Analysis) -> Iterator[Finding]:
    """Parts that an introduction or a system design lacks; their place is not known."""
    for part in analysis.outline.missing if analysis.outline else ():
        yield Finding(f"missing_{part}")


def _of_results(analysis: Analysis) -> Iterator[Finding]:
    told, found = _segments(analysis, Section.RESULT), analysis.results
    if told and found and not found.quantified and not found.comparisons:
        yield _at("no_number", told[-1:], ())


def _of_edges(analysis: Analysis) -> Iterator[Finding]:
    said = analysis.edges.trails_off if analysis.edges else None
    if said and len(analysis.words) >= FEWEST_WORDS:
        first, last = analysis.words[said.first_word], analysis.words[said.last_word]
        figures = (("words", said.text.strip(".,;:!?…")),)
        yield Finding("trails_off", said.first_word, said.last_word, first.start, last.end, figures)


def _of_ownership(analysis: Analysis) -> Iterator[Finding]:
    said, done = analysis.ownership, _segments(analysis, Section.ACTION)
    if said and done and said.we >= LEAST_WE and said.we > 2 * said.i:
        yield _at("mostly_we", done, (("we", str(said.we)), ("i", str(said.i))))


def _of_fillers(analysis: Analysis, coaching: Coaching) -> Iterator[Finding]:
    said = analysis.fillers
    if not said or said.per_minute is None or said.total < LEAST_FILLERS:
        return
    if said.per_minute <= coaching.fillers_per_minute or not _long_enough(analysis):
        return
    word = next(iter(said.counts))
    first = next(item for item in said.counted if item.text == word)
    figures = (
        ("count", str(said.total)),
        ("per_minute", f"{said.per_minute:.0f}"),
        ("word", word),
    )
    yield Finding(
        "many_fillers", first.first_word, first.last_word, first.start, first.end, figures
    )


def _of_pace(analysis: Analysis, coaching: Coaching) -> Iterator[Finding]:
    rate = analysis.pace.words_per_minute if analysis.pace else None
    if rate is None or not analysis.pace or not analysis.words or not _long_enough(analysis):
        return
    spoken = ("pace", f"{rate:.0f}")
    near = (1 - LITTLE) * coaching.slowest <= rate <= (1 + LITTLE) * coaching.fastest
    much = ("much", "a little " if near else "very ")
    if rate > coaching.fastest:
        peak = max(analysis.pace.curve, key=lambda point: point.words_per_minute, default=None)
        start = peak.start if peak else None
        yield Finding(
            "fast", start=start, figures=(spoken, much, ("limit", f"{coaching.fastest:.0f}"))
        )
    if rate < coaching.slowest:
        yield Finding("slow", figures=(spoken, much, ("limit", f"{coaching.slowest:.0f}")))


def _of_pauses(analysis: Analysis, coaching: Coaching) -> Iterator[Finding]:
    inside = [item for item in analysis.pauses.items if item.mid_clause] if analysis.pauses else []
    pause = max(inside, key=lambda item: item.duration, default=None)
    if pause and pause.duration > coaching.longest_pause:
        figures = (("pause", f"{pause.duration:.1f}"),)
        yield Finding("long_pause", start=pause.start, end=pause.end, figures=figures)


def _of_wording(analysis: Analysis) -> Iterator[Finding]:
    same = analysis.scripted
    if same and same.longest and same.share >= NEARLY_ALL:
        said = same.longest
        first, last = analysis.words[said.first_word], analysis.words[said.last_word]
        figures = (("share", f"{100 * same.share:.0f}"), ("takes", str(same.takes)))
        yield Finding("scripted", said.first_word, said.last_word, first.start, last.end, figures)


def _long_enough(analysis: Analysis) -> bool:
    return (analysis.timing.answer or 0.0) >= LEAST_SECONDS


def _segments(analysis: Analysis, section: Section) -> list[Segment]:
    story = analysis.star
    parts = story.segments if story and story.applies else ()
    return [part for part in parts if part.section is section]


def _at(code: str, parts: Sequence[Segment], figures: tuple[tuple[str, str], ...]) -> Finding:
    first, last = parts[0], parts[-1]
    return Finding(code, first.first_word, last.last_word, first.start, last.end, figures)
