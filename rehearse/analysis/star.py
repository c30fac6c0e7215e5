"""The sections of a story: Situation, Task, Action, Result, or none of them.

A first cut by cue phrases: a clause with a cue belongs to the cue's section, one without to the
section before it. No order is forced, and a section without a cue is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rehearse.analysis.clauses import LEAST_WORDS, clauses, punctuated
from rehearse.analysis.cues import Cues, Hit, hits
from rehearse.model import (
    STAR,
    Kind,
    Pause,
    Section,
    SectionShare,
    Segment,
    Span,
    Star,
    Word,
)
from rehearse.text import bare

FEWEST_WORDS = 20
"""Two short sentences; with fewer a missing section tells nothing."""
STRONG_CUE, WEAK_CUE, NO_CUE = 0.8, 0.7, 0.7
"""How many words of each sort of clause were labelled right in 16 labelled answers, rounded."""
NO_STORY = frozenset(Kind) - {Kind.BEHAVIOURAL}


@dataclass(frozen=True)
class Clause:
    """A run of words with the section that it was given."""

    words: range
    section: Section
    confidence: float
    cue: bool


def star(
    words: Sequence[Word],
    cues: Cues,
    *,
    kind: Kind | None = None,
    pauses: Sequence[Span | Pause] = (),
    fillers: frozenset[int] = frozenset(),
) -> Star:
    """`fillers`: indices of words that are skipped when cues are looked for.

    Where it does not apply, the answer is `no_story`.
    """
    told = label(words, cues, pauses=pauses, fillers=fillers)
    spoken = sum(bool(bare(word.text)) and i not in fillers for i, word in enumerate(words))
    if kind in NO_STORY or spoken < FEWEST_WORDS or not _is_story(told, kind):
        return no_story(words)
    segments = _segments(words, told)
    sections = _shares(segments)
    order = tuple(dict.fromkeys(part.section for part in segments if part.section in STAR))
    missing = tuple(part.section for part in sections if not part.present)
    return Star(True, segments, sections, missing, order)


def no_story(words: Sequence[Word]) -> Star:
    """One segment NONE over all words, none where there are none; no sections."""
    whole = [Clause(range(len(words)), Section.NONE, NO_CUE, cue=False)] if words else []
    return Star(False, _segments(words, whole), (), (), ())


def label(
    words: Sequence[Word],
    cues: Cues,
    *,
    pauses: Sequence[Span | Pause] = (),
    fillers: frozenset[int] = frozenset(),
) -> tuple[Clause, ...]:
    """Clauses with their sections; they cover every word once, in order."""
    told: list[Clause] = []
    now: Section | None = None
    marks = punctuated(words)
    for run in clauses(words, pauses):
        for part, hit in _cut(words, run, cues, fillers, marks=marks):
            if hit and (not hit.weak or now in cues.weak_after[hit.section]):
                now = hit.section
                told.append(Clause(part, now, WEAK_CUE if hit.weak else STRONG_CUE, cue=True))
            else:
                told.append(Clause(part, now or Section.NONE, NO_CUE, cue=False))
    return _opened(told)


def _cut(
    words: Sequence[Word], run: range, cues: Cues, fillers: frozenset[int], *, marks: bool
) -> list[tuple[range, Hit | None]]:
    """A clause, cut once more where a strong cue for another section follows in it, and without
    marks at any strong cue that comes late: there two sentences may have run together."""
    kept = [i for i in run if i not in fillers and bare(words[i].text)]
    found = hits([bare(words[i].text) for i in kept], cues)
    strong = [hit for hit in found if not hit.weak]
    if not strong:
        return [(run, found[0] if found else None)]
    turns: list[Hit | None] = []
    turns += [next(group) for _, group in groupby(strong, key=lambda hit: hit.section)]
    if not marks and strong[0].place >= LEAST_WORDS:
        turns.insert(
            0, next((hit for hit in found if hit.weak and hit.place < strong[0].place), None)
        )
    starts = [run.start, *(kept[hit.place] for hit in turns[1:] if hit), run.stop]
    return [
        (range(start, end), hit)
        for start, end, hit in zip(starts, starts[1:], turns, strict=False)
        if end > start
    ]


def _opened(told: list[Clause]) -> tuple[Clause, ...]:
    """What is said before a Situation's first cue belongs to it ("Okay. So. Last year …")."""
    first = next((i for i, clause in enumerate(told) if clause.cue), 0)
    if told and told[first].section is Section.SITUATION:
        for i in range(first):
            told[i] = Clause(told[i].words, Section.SITUATION, NO_CUE, cue=False)
    return tuple(told)


def _is_story(told: Sequence[Clause], kind: Kind | None) -> bool:
    """A behavioural question asks for one, so one section tells of it; else it takes an action and
    two others, and more clauses of a story than of small talk."""
    found = {clause.section for clause in told if clause.cue} & set(STAR)
    if kind is Kind.BEHAVIOURAL:
        return bool(found)
    story = sum(clause.cue and clause.section in STAR for clause in told)
    talk = sum(clause.cue and clause.section is Section.NONE for clause in told)
    return Section.ACTION in found and len(found) > 2 and story > talk


def _segments(words: Sequence[Word], told: Sequence[Clause]) -> tuple[Segment, ...]:
    """Neighbours of one section joined; confidence is the mean by words."""
    segments = []
    for section, group in groupby(told, key=lambda clause: clause.section):
        parts = list(group)
        first, last = parts[0].words.start, parts[-1].words.stop - 1
        sure = sum(part.confidence * len(part.words) for part in parts) / (last - first + 1)
        segments.append(
            Segment(section, first, last, words[first].start, words[last].end, round(sure, 2))
        )
    return tuple(segments)


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
