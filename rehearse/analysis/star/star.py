"""Whether an answer tells a story, and its sections: Situation, Task, Action, Result.

Three decisions: what is missing, in which order it was told, and where each section is. A section
is missing only where that is sure; where it is doubtful, the section is thin and keeps the clauses
that come nearest to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from rehearse.analysis.star.absence import Model, builtin_absence, doubts
from rehearse.analysis.star.crf import Crf
from rehearse.analysis.star.english import is_english
from rehearse.analysis.star.habit import Habit
from rehearse.analysis.star.opening_and_ending import quote, sentences
from rehearse.analysis.star.ordered import best_path
from rehearse.analysis.star.sections import Told, tell
from rehearse.model.delivery import Pause
from rehearse.model.structure import STAR, NoStory, Section, SectionShare, Segment, Star
from rehearse.model.take import Kind, Labelled, Quote, Span, Word
from rehearse.text import bare_words

FEWEST_WORDS = 20
"""Two short sentences; with fewer a missing section tells nothing."""
FEWEST_DISTINCT = 12
"""Words; counting and testing the microphone repeats the same few."""
NO_STORY = frozenset(Kind) - {Kind.BEHAVIOURAL}
FEWEST_QUOTED = 5
"""Words; fewer say little when quoted alone."""
MISSING = {Section.SITUATION: 0.9, Section.TASK: 1.4, Section.ACTION: 1.4, Section.RESULT: 0.9}
"""Log-odds of absence from which a section is called missing: the least with which about one in
eight complete stories of real people is told so wrongly (tools/star/choose.py). Somebody who says
"as a result" may tell it badly, but never hears that it is missing."""
THIN = 0.0
"""Log-odds of absence from which a section is thin."""
LEAST_STORY, LEAST_ASKED_FOR = 0.65, 0.03
"""Share of the words that the sections of a story must have for it to be one, as the model expects
it; less is enough where the question asks for a story. Of 120 real ones (60, in two spellings) none
has less than 0.04; of 185 of our own answers that are no story, 127 have less than 0.03."""
UNASKED = 0.98
"""The same where the question asks for a reason, which may come with an example that is a story in
small. Of sixty real stories, as spoken, 42 have as much; of 18 reasons and opinions of ours that
were kept apart none has more than 0.90 (tools/star/evaluate.py)."""
SITUATION, TASK, ACTION, RESULT = STAR
EVERYBODY = Habit()
ORDERS = (
    (STAR, 0.0),
    ((RESULT, SITUATION, TASK, ACTION), 1.4),
    ((TASK, SITUATION, ACTION, RESULT), 5.6),
    ((RESULT, SITUATION, TASK, ACTION, RESULT), 1.4),
)
"""How stories are told, and by how much such a way must be better than the usual one: no real
person's story is then read worse, but for three in sixty, of which the result seems told twice."""


@dataclass(frozen=True)
class Clause:
    """A run of words, its section, and the probability of that."""

    words: range
    section: Section
    probability: float


def star(
    words: Sequence[Word],
    crf: Crf,
    *,
    kind: Kind | None = None,
    pauses: Sequence[Span | Pause] = (),
    fillers: frozenset[int] = frozenset(),
    absence: Model | None = None,
    habit: Habit = EVERYBODY,
) -> Star:
    """`fillers`: indices of words that are passed over; `habit`: how this speaker tells
    stories. Where STAR does not apply: `no_story`."""
    spoken = bare_words(word.text for i, word in enumerate(words) if i not in fillers)
    few = len(spoken) < FEWEST_WORDS or len(set(spoken)) < FEWEST_DISTINCT
    if kind in NO_STORY:
        unasked = kind is Kind.MOTIVATION and not few and is_english(spoken)
        unasked = unasked and tell(words, crf, pauses=pauses, fillers=fillers).story >= UNASKED
        return replace(no_story(words, NoStory.KIND), unasked=unasked)
    if few:
        return no_story(words, NoStory.SHORT)
    if not is_english(spoken):
        return no_story(words, NoStory.LANGUAGE)
    told = tell(words, crf, pauses=pauses, fillers=fillers)
    if told.story < (LEAST_ASKED_FOR if kind else LEAST_STORY):
        return no_story(words, NoStory.NOT_TOLD)
    doubt = doubts(told, absence or builtin_absence())
    missing = tuple(s for s in STAR if doubt[s] >= MISSING[s] and s not in told.hinted)
    found = _story(words, _clauses(told, missing, habit), sentences(words, pauses))
    left = (section for section in STAR if section not in missing)
    thin = tuple(s for s in left if s not in found.order or doubt[s] >= THIN)
    return replace(found, missing=missing, thin=thin)


def as_labelled(
    words: Sequence[Word], labels: Sequence[Labelled], pauses: Sequence[Span | Pause] = ()
) -> Star:
    """The sections as the user says they are: nothing is in doubt."""
    said = [Clause(range(o.first_word, o.last_word + 1), o.section, 1.0) for o in labels]
    return _story(words, said, sentences(words, pauses))


def covers(labels: Sequence[Labelled], count: int) -> bool:
    """Whether every one of so many words is of one label, in order: a file may hold anything."""
    edges = [0, *(one.last_word + 1 for one in labels)]
    firsts = [one.first_word for one in labels]
    return firsts == edges[:-1] and edges[-1] == count and edges == sorted(set(edges))


def _story(words: Sequence[Word], told: Sequence[Clause], whole: Sequence[range]) -> Star:
    """`whole`: the sentences. Missing is what no clause tells, and nothing is thin."""
    segments = _segments(words, told)
    sections = tuple(
        replace(part, best=_best(words, told, part.section, whole)) for part in _shares(segments)
    )
    order = tuple(dict.fromkeys(part.section for part in segments if part.section in STAR))
    missing = tuple(section for section in STAR if section not in order)
    return Star(True, segments, sections, missing, order)


def _clauses(told: Told, missing: Sequence[Section], habit: Habit) -> tuple[Clause, ...]:
    """By the best way through the answer; each clause by itself where it has too few of them."""
    ways = (
        (
            best_path(told.rows, told.lengths, order, within=told.within, usual=habit.shares),
            cost + habit.in_order * (cost > 0),
        )
        for order, cost in _orders(missing)
    )
    paths = [(path.score - cost, path.sections) for path, cost in ways if path]
    sections = max(paths, key=lambda path: path[0])[1] if paths else told.likeliest
    runs = zip(told.runs, sections, told.rows, strict=True)
    return tuple(Clause(run, section, row[section]) for run, section, row in runs)


def _orders(missing: Sequence[Section]) -> Iterator[tuple[tuple[Section, ...], float]]:
    """The orders without what is missing, the usual one first."""
    seen = set()
    for order, cost in ORDERS:
        left = tuple(section for section in order if section not in missing)
        if left and left not in seen and all(a is not b for a, b in pairwise(left)):
            seen.add(left)
            yield left, cost


def no_story(words: Sequence[Word], why: NoStory) -> Star:
    """One segment NONE over all words, none where there are none; no sections."""
    whole = (Clause(range(len(words)), Section.NONE, 1.0),) if words else ()
    return Star(False, _segments(words, whole), (), (), (), why_not=why)


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
    words: Sequence[Word], told: Sequence[Clause], section: Section, whole: Sequence[range]
) -> Quote | None:
    """The sentence of its surest clause, as far as it is of the section."""
    own = [clause for clause in told if clause.section is section]
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
