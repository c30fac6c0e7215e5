"""One thing that was good in an answer, measured, with the words that show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from rehearse.analysis.advice import Finding, Wording, worded
from rehearse.analysis.coaching import Coaching
from rehearse.analysis.findings import LEAST_SECONDS
from rehearse.analysis.rules import builtin_table
from rehearse.model.delivery import Verdict
from rehearse.model.structure import STAR, Advice, Analysis, Section
from rehearse.model.take import Quote
from rehearse.text import clock, length_of

AMONG = 3
"""The best so many take turns, so that the same thing is not said after each answer."""
CALM = 0.5
"""Share of the fillers a minute that are still fine; so few go unnoticed."""
LEAST_POINTS = 2
PROMPT = 3.0
"""Seconds to the first word that nobody notices as waiting."""
LEAST_OWN = 3
LONGEST_QUOTE = 14
"""Words; enough to recognise the sentence."""


@cache
def builtin_praise() -> tuple[Wording, ...]:
    rules = builtin_table("praise.toml")["praise"]
    return tuple(Wording(rule["code"], tuple(rule["texts"])) for rule in rules)


def praise(analysis: Analysis, coaching: Coaching, *, turn: int = 0) -> Advice | None:
    """In the order of `builtin_praise`, which is that of its value; None where nothing was good."""
    by_code = {found.code: found for found in _good(analysis, coaching)}
    known = [wording for wording in builtin_praise() if wording.code in by_code]
    if not known:
        return None
    among = min(AMONG, len(known))
    wording = known[turn % among]
    return worded(by_code[wording.code], wording, turn // among)


def _good(analysis: Analysis, coaching: Coaching) -> Iterator[Finding]:
    if not analysis.words:
        return
    yield from _of_story(analysis)
    yield from _of_outline(analysis)
    yield from _of_points(analysis)
    yield from _of_delivery(analysis, coaching)
    waited = analysis.timing.reaction
    if waited is not None and waited <= PROMPT:
        yield _quoted("prompt", analysis, _opening(analysis), ("waited", f"{waited:.0f}"))


def _of_story(analysis: Analysis) -> Iterator[Finding]:
    story, said = analysis.star, analysis.results
    if not story or not story.applies:
        return
    told = {
        share.section: share
        for share in story.sections
        if share.best and share.section not in (*story.missing, *story.thin)
    }
    best = {section: share.best for section, share in told.items() if share.best}
    action, result = best.get(Section.ACTION), best.get(Section.RESULT)
    if action and len(told) == len(STAR):
        seconds = told[Section.ACTION].seconds
        steps = f"{told[Section.ACTION].words} words" if seconds is None else length_of(seconds)
        yield _quoted("complete", analysis, action, ("steps", steps))
    if result and said and said.quantified and said.numbers:
        yield _quoted("with_a_number", analysis, _around(said.numbers[0], result))
    elif result and said and (said.comparisons or said.effects):
        yield _quoted("effect", analysis, _around([*said.comparisons, *said.effects][0], result))
    own = analysis.ownership
    if action and own and own.i >= LEAST_OWN and own.i > 2 * own.we:
        yield _quoted("own_part", analysis, action, ("i", str(own.i)))
    if analysis.edges and analysis.edges.reflection:
        yield _quoted("learned", analysis, analysis.edges.reflection)
    for section, quote in best.items():
        yield _quoted(f"told_{section.value}", analysis, quote)


def _around(said: Quote, sentence: Quote) -> Quote:
    """The sentence where it holds what was said."""
    holds = sentence.first_word <= said.first_word and said.last_word <= sentence.last_word
    return sentence if holds else said


def _of_outline(analysis: Analysis) -> Iterator[Finding]:
    outline = analysis.outline
    told = [part for part in outline.parts if part.present and not part.thin] if outline else []
    if outline and len(told) == len(outline.parts):
        yield Finding("whole_outline", figures=(("parts", str(len(told))),))
    segments = outline.segments if outline else ()
    for part in sorted(told, key=lambda part: -part.share)[:1]:
        spans = [one for one in segments if one.part == part.code]
        if spans:
            longest = max(spans, key=lambda one: one.last_word - one.first_word)
            quote = _quote(analysis, longest.first_word, longest.last_word)
            yield _quoted("told_part", analysis, quote, ("part", part.name))


def _of_points(analysis: Analysis) -> Iterator[Finding]:
    points = analysis.key_points
    if points and points.said >= LEAST_POINTS and 2 * points.said >= points.total:
        figures = (("said", str(points.said)), ("of", str(points.total)))
        yield Finding("points", figures=figures)


def _of_delivery(analysis: Analysis, coaching: Coaching) -> Iterator[Finding]:
    """Figures of answers that are long enough to have any."""
    took = analysis.timing.answer or 0.0
    if took < LEAST_SECONDS:
        return
    duration = ("duration", length_of(took))
    said = analysis.fillers
    rate = said.per_minute if said and said.in_sound else None
    if said and rate is not None and rate <= CALM * coaching.fillers_per_minute:
        few = f"Only {said.total}" if said.total else "No"
        ending = ("s", "" if said.total == 1 else "s")
        yield Finding("few_fillers", figures=(duration, ("few", few), ending))
    if analysis.timing.verdict is Verdict.ON_TARGET and analysis.timing.target:
        yield Finding("on_target", figures=(duration, ("limit", clock(analysis.timing.target))))
    rate = analysis.pace.words_per_minute if analysis.pace else None
    if rate is not None and coaching.slowest <= rate <= coaching.fastest:
        yield Finding("easy_pace", figures=(("pace", f"{rate:.0f}"),))


def _opening(analysis: Analysis) -> Quote:
    if analysis.edges:
        return analysis.edges.first
    return _quote(analysis, 0, len(analysis.words) - 1)


def _quote(analysis: Analysis, first: int, last: int) -> Quote:
    return Quote(_joined([word.text for word in analysis.words[first : last + 1]]), first, last)


def _quoted(code: str, analysis: Analysis, said: Quote, *figures: tuple[str, str]) -> Finding:
    """The finding with its words but the fillers, of a long sentence only the beginning."""
    words = _without_fillers(analysis, said)
    more = " …" if len(words) > LONGEST_QUOTE else ""
    text = _joined(words[:LONGEST_QUOTE]).strip(" ,;:.") + more
    first, last = analysis.words[said.first_word], analysis.words[said.last_word]
    return Finding(
        code, said.first_word, said.last_word, first.start, last.end, (("words", text), *figures)
    )


def _without_fillers(analysis: Analysis, said: Quote) -> list[str]:
    counted = analysis.fillers.counted if analysis.fillers else ()
    spans = [(one.first_word, one.last_word) for one in counted]
    left_out = {
        at
        for first, last in spans
        if first is not None and last is not None
        for at in range(first, last + 1)
    }
    kept: list[str] = []
    for at in range(said.first_word, said.last_word + 1):
        if at not in left_out:
            kept.append(analysis.words[at].text)
        elif kept:  # the comma was the filler's
            kept[-1] = kept[-1].rstrip(",")
    return kept


def _joined(words: Sequence[str]) -> str:
    return " ".join(words)
