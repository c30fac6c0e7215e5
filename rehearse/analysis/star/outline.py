"""The parts of an answer that is no story: of an introduction, of a system design.

As with stories, a conditional random field labels clause by clause and no order is forced. A part
is missing only where the model is sure that it is nowhere and no clause has a phrase that tells it;
where it doubts, the part is thin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from rehearse.analysis.rules import builtin_text
from rehearse.analysis.star.clause_features import features
from rehearse.analysis.star.crf import Crf, absences, marginals, parse_crf
from rehearse.analysis.star.cues import Cues, builtin_cues, hits
from rehearse.analysis.words.clauses import clauses
from rehearse.model.delivery import Pause
from rehearse.model.structure import Outline, OutlinePart, OutlineSegment
from rehearse.model.take import Kind, Span, Word
from rehearse.text import bare, bare_words

FEWEST_WORDS = 20
"""Two short sentences; with fewer a missing part tells nothing."""
THIN = 0.5
"""Probability of absence from which a part is thin."""


@dataclass(frozen=True)
class Part:
    code: str
    letter: str
    """Its label in the weights and in the answers that they were trained on."""
    name: str
    missing: float
    """Probability of absence from which the part is called missing: high, for to ask somebody for
    what they have just said is worse than to leave something unsaid."""


PARTS = {
    Kind.INTRODUCTION: (
        Part("who", "W", "Who you are", 0.90),
        Part("now", "N", "What you do now", 0.90),
        Part("before", "B", "What you did before", 0.90),
        Part("why_here", "Y", "Why here", 0.90),
        Part("human", "H", "Something human", 0.90),
    ),
    Kind.SYSTEM_DESIGN: (
        Part("scope", "C", "Customer and scope", 0.75),
        Part("requirements", "Q", "Requirements", 0.75),
        Part("design", "D", "Design", 0.75),
        Part("review", "V", "Review", 0.75),
    ),
}
Run = tuple[range, "Part | None", float]
"""Words, the part that they most likely belong to, and the probability of that."""


@cache
def builtin_model(kind: Kind) -> tuple[Crf, Cues]:
    name = f"{kind.value}_crf.json"
    text = builtin_text(name)
    if text is None:
        raise FileNotFoundError(f"rehearse/data/{name} is missing from the package.")
    return parse_crf(text), builtin_cues(f"{kind.value}_cues.toml")


def outline(
    words: Sequence[Word],
    kind: Kind | None,
    *,
    pauses: Sequence[Span | Pause] = (),
    fillers: frozenset[int] = frozenset(),
    model: tuple[Crf, Cues] | None = None,
) -> Outline | None:
    """Reads English. None for a kind without parts and for an answer too short to judge.

    `fillers`: indices of words that are passed over. `model`: another than the built-in one.
    """
    spoken = sum(bool(bare(word.text)) and i not in fillers for i, word in enumerate(words))
    if kind not in PARTS or spoken < FEWEST_WORDS:
        return None
    runs, absent, certain = _tell(words, kind, model or builtin_model(kind), pauses, fillers)
    segments = _segments(words, runs)
    order = tuple(dict.fromkeys(one.part for one in segments if one.part is not None))
    told = PARTS[kind]
    missing = tuple(
        part.code
        for part in told
        if part.code not in {*order, *certain} and absent[part.letter] >= part.missing
    )
    thin = {part.code for part in told if part.code not in order or absent[part.letter] >= THIN}
    parts = _parts(told, segments, thin - set(missing))
    return Outline(kind, parts, segments, missing, order)


def _tell(
    words: Sequence[Word],
    kind: Kind,
    model: tuple[Crf, Cues],
    pauses: Sequence[Span | Pause],
    fillers: frozenset[int],
) -> tuple[list[Run], dict[str, float], set[str]]:
    """Clause by clause; for each label the probability that it is nowhere; codes of the parts of
    which a clause has a strong cue phrase."""
    crf, cues = model
    runs = clauses(words, pauses)
    said = [bare_words(words[i].text for i in run if i not in fillers) for run in runs]
    steps = features(said, cues)
    by_letter = {part.letter: part for part in PARTS[kind]}
    told: list[Run] = []
    for run, row in zip(runs, marginals(crf, steps), strict=True):
        best = row.index(max(row))
        told.append((run, by_letter.get(crf.names[best]), row[best]))
    absent = dict(zip(crf.names, absences(crf, steps), strict=True))
    return told, absent, hinted(said, cues)


def hinted(said: Sequence[Sequence[str]], cues: Cues) -> set[str]:
    """Codes of the parts of which a clause, in bare words, has a strong cue phrase, or one that
    tells them in passing."""
    told = {hit.section for clause in said for hit in hits(clause, cues) if not hit.weak}
    text = [" ".join(clause) for clause in said]
    return told | {cue.section for cue in cues.implied if any(map(cue.pattern.search, text))}


def _segments(words: Sequence[Word], told: Sequence[Run]) -> tuple[OutlineSegment, ...]:
    """Neighbours of one part joined; confidence is the mean probability by words."""
    segments = []
    for part, group in groupby(told, key=lambda run: run[1]):
        runs = list(group)
        first, last = runs[0][0].start, runs[-1][0].stop - 1
        sure = sum(probability * len(run) for run, _, probability in runs) / (last - first + 1)
        code = part.code if part else None
        segments.append(
            OutlineSegment(code, first, last, words[first].start, words[last].end, round(sure, 2))
        )
    return tuple(segments)


def _parts(
    told: Sequence[Part], segments: Sequence[OutlineSegment], thin: set[str]
) -> tuple[OutlinePart, ...]:
    timed = all(one.start is not None and one.end is not None for one in segments)
    of = {part.code: [one for one in segments if one.part == part.code] for part in told}
    words = {code: sum(o.last_word - o.first_word + 1 for o in own) for code, own in of.items()}
    seconds = {code: _seconds(own) for code, own in of.items()}
    by_time = timed and sum(seconds.values()) > 0
    whole = sum(seconds.values()) if by_time else sum(words.values())
    return tuple(
        OutlinePart(
            code=part.code,
            name=part.name,
            present=bool(own),
            seconds=seconds[part.code] if timed else None,
            words=words[part.code],
            share=(seconds if by_time else words)[part.code] / whole if whole else 0.0,
            first_word=own[0].first_word if own else None,
            last_word=own[-1].last_word if own else None,
            start=own[0].start if own else None,
            end=own[-1].end if own else None,
            thin=part.code in thin,
        )
        for part, own in ((part, of[part.code]) for part in told)
    )


def _seconds(segments: Sequence[OutlineSegment]) -> float:
    return sum((one.end or 0.0) - (one.start or 0.0) for one in segments)
