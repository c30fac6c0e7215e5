"""Whether an answer tells a story, and its sections: Situation, Task, Action, Result.

The labels come from `sections`; no order is forced. A section is missing only where the model is
sure that it is nowhere; where it doubts, the section is thin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from rehearse.analysis.star.crf import Crf
from rehearse.analysis.star.english import is_english
from rehearse.analysis.star.opening_and_ending import quote, sentences
from rehearse.analysis.star.sections import Clause, Told, tell
from rehearse.model.delivery import Pause
from rehearse.model.structure import STAR, NoStory, Section, SectionShare, Segment, Star
from rehearse.model.take import Kind, Said, Span, Word
from rehearse.text import bare_words

FEWEST_WORDS = 20
"""Two short sentences; with fewer a missing section tells nothing."""
FEWEST_DISTINCT = 12
"""Words; counting and testing the microphone repeats the same few."""
NO_STORY = frozenset(Kind) - {Kind.BEHAVIOURAL}
FEWEST_QUOTED = 5
"""Words; fewer say little when quoted alone."""
MISSING = {
    Section.SITUATION: 0.60,
    Section.TASK: 0.90,
    Section.ACTION: 0.60,
    Section.RESULT: 0.80,
}
"""Probability of absence from which a section is called missing: what tools/star/thresholds.py
shows to be best on our validation answers while fewer than one complete story in ten is told so
wrongly of any of its sections. A Task is implied more often than the others."""
THIN = 0.5
"""Probability of absence from which a section is thin."""
LEAST_STORY = 0.6
"""Share of the words that the sections of a story must have for it to be one, as the model expects
it: of our validation answers all whole stories but one have 0.96 and more, and what is no story has
0.57 and less, but for one."""


def star(
    words: Sequence[Word],
    crf: Crf,
    *,
    kind: Kind | None = None,
    pauses: Sequence[Span | Pause] = (),
    fillers: frozenset[int] = frozenset(),
) -> Star:
    """`fillers`: indices of words that are passed over. Where STAR does not apply: `no_story`."""
    spoken = bare_words(word.text for i, word in enumerate(words) if i not in fillers)
    if kind in NO_STORY:
        return no_story(words, NoStory.KIND)
    if len(spoken) < FEWEST_WORDS or len(set(spoken)) < FEWEST_DISTINCT:
        return no_story(words, NoStory.SHORT)
    if not is_english(spoken):
        return no_story(words, NoStory.LANGUAGE)
    told = tell(words, crf, pauses=pauses, fillers=fillers)
    if not _is_story(told, kind):
        return no_story(words, NoStory.NOT_TOLD)
    segments = _segments(words, told.clauses)
    whole = sentences(words, pauses)
    sections = tuple(
        replace(part, best=_best(words, told, part.section, whole)) for part in _shares(segments)
    )
    order = tuple(dict.fromkeys(part.section for part in segments if part.section in STAR))
    missing = tuple(s for s in STAR if s not in order and _is_missing(s, told))
    doubted = tuple(s for s in STAR if s not in order or told.absent[s] >= THIN)
    thin = tuple(s for s in doubted if s not in missing)
    return Star(True, segments, sections, missing, order, thin)


def _is_missing(section: Section, told: Told) -> bool:
    """Somebody who says "as a result" may tell it badly, but is not told that it is missing."""
    return told.absent[section] >= MISSING[section] and section not in told.hinted


def no_story(words: Sequence[Word], why: NoStory) -> Star:
    """One segment NONE over all words, none where there are none; no sections."""
    whole = (Clause(range(len(words)), Section.NONE, 1.0),) if words else ()
    return Star(False, _segments(words, whole), (), (), (), why_not=why)


def _is_story(told: Told, kind: Kind | None) -> bool:
    """Enough words in the sections of a story, and somebody who does something in it."""
    acts = told.absent[Section.ACTION] < THIN
    return told.story >= LEAST_STORY and (acts or kind is Kind.BEHAVIOURAL)


def _segments(words: Sequence[Word], told: Sequence[Clause]) -> tuple[Segment, ...]:
    """Neighbours of one section joined; confidence is the mean probability by words."""
    segments = []
    for section, group in groupby(told, key=lambda clause: clause.section):
        parts = list(group)
        first, last = parts[0].words.start, parts[-1].words.stop - 1
        sure = sum(part.probability * len(part.words) for part in parts) / (last - first + 1)
        segments.append(
            Segment(section, first, last, words[first].start, words[last].end, round(sure, 2))
        )
    return tuple(segments)


def _best(
    words: Sequence[Word], told: Told, section: Section, whole: Sequence[range]
) -> Said | None:
    """The sentence of its surest clause, as far as it is of the section."""
    own = [clause for clause in told.clauses if clause.section is section]
    if not own:
        return None
    surest = max(
        own, key=lambda c: (len(c.words) >= FEWEST_QUOTED, round(c.probability, 1), len(c.words))
    )
    around = next(run for run in whole if surest.words.start in run)
    said = [i for clause in own for i in clause.words if i in around]
    return quote(words, range(said[0], said[-1] + 1))


def _shares(segments: Sequence[Segment]) -> tuple[SectionShare, ...]:
    timed = all(part.start is not None and part.end is not None for part in segments)
    words = dict.fromkeys(STAR, 0)
    seconds = dict.fromkeys(STAR, 0.0)
    for part in segments:
        if part.section in words:
            words[part.section] += part.last_word - part.first_word + 1
            seconds[part.section] += (part.end or 0.0) - (part.start or 0.0)
    by_time = timed and sum(seconds.values()) > 0
    whole = sum(seconds.values()) if by_time else sum(words.values())
    return tuple(
        SectionShare(
            section=section,
            present=words[section] > 0,
            seconds=seconds[section] if timed else None,
            words=words[section],
            share=(seconds[section] if by_time else words[section]) / whole if whole else 0.0,
        )
        for section in STAR
    )
