"""Which of one's own notes were said, and when; by words, and by meaning where it can be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rehearse.analysis.keypoints.actors import actor
from rehearse.analysis.keypoints.alike import builtin_spelling
from rehearse.analysis.keypoints.headed import stories
from rehearse.analysis.keypoints.nearness import Nearest, nearest
from rehearse.analysis.keypoints.points import Point, points
from rehearse.analysis.keypoints.speech import Speech
from rehearse.model.structure import ClosePoint, DifferentPoint, KeyPoint, KeyPoints
from rehearse.model.take import Word
from rehearse.text import ends_sentence

if TYPE_CHECKING:
    from rehearse.ports import Meaning

HARDLY = 2.5
"""As often as much of the story that was told was said."""
LONGEST_SENTENCE = 40
"""Words; what is longer has no marks, and the clause is quoted alone."""


def key_points(
    words: Sequence[Word], notes: str, meaning: Meaning | None = None
) -> KeyPoints | None:
    """None where the notes hold no point. With `meaning`, those that were said in other words are
    found as well, and those said with another figure. Of notes with several stories, only the
    points of the one that was told."""
    parts = [_of_part(words, part, meaning) for part in stories(notes)]
    said = sorted((part for part in parts if part), key=lambda part: -part.said / part.total)
    if said and said[0].said and all(_hardly(part, said[0]) for part in said[1:]):
        return said[0]
    return _of_part(words, notes, meaning)


def _hardly(other: KeyPoints, told: KeyPoints) -> bool:
    """Whether so little of other notes was said that they are about something else."""
    return other.said * told.total * HARDLY <= told.said * other.total


def _of_part(words: Sequence[Word], notes: str, meaning: Meaning | None) -> KeyPoints | None:
    noted = points(notes, builtin_spelling())
    if not noted:
        return None
    speech = Speech(words, builtin_spelling())
    near = _nearest(noted, words, meaning) if meaning else None
    found: defaultdict[type, list[Any]] = defaultdict(list)
    for at, point in enumerate(noted):
        one = _judged(point, speech, words, near[at] if near else None)
        found[type(one)].append(one)
    return KeyPoints(
        covered=tuple(one for one in found[KeyPoint] if one.first_word is not None),
        not_found=tuple(one for one in found[KeyPoint] if one.first_word is None),
        close=tuple(found[ClosePoint]),
        differs=tuple(found[DifferentPoint]),
    )


def _nearest(
    noted: Sequence[Point], words: Sequence[Word], meaning: Meaning
) -> Sequence[Nearest] | None:
    gists = [point.gist for point in noted]
    actors = [actor(gist, builtin_spelling()) for gist in gists]
    acts = [who.act if who else gist for who, gist in zip(actors, gists, strict=True)]
    return nearest(gists, acts, words, meaning)


def _judged(
    point: Point, speech: Speech, words: Sequence[Word], near: Nearest | None
) -> KeyPoint | ClosePoint | DifferentPoint:
    """Likeness alone makes no point covered: numbers, names and who did it must agree even for a
    close one."""
    first = speech.says(point)
    if first is not None and not speech.done_by_me(point):
        return KeyPoint(point.text, first_word=first, start=words[first].start)
    if near is None or not near.near or speech.denies(point, near.clause):
        return KeyPoint(point.text)
    said = _sentence(words, near.clause)
    first, last = said.start, said.stop - 1
    start, end = words[first].start, words[last].end
    if wrong := speech.other_figure(point, near.clause):
        return DifferentPoint(point.text, *wrong, first, last, start, end)
    if speech.lacks_figure(point, near.clause):
        return KeyPoint(point.text)
    text = " ".join(word.text for word in words[first : last + 1])
    return ClosePoint(point.text, text, first, last, start, end)


def _sentence(words: Sequence[Word], clause: range) -> range:
    """The sentence around a clause; the clause alone where no end of a sentence is near."""
    first, last = clause.start, clause.stop - 1
    while first and not ends_sentence(words[first - 1].text):
        first -= 1
    while last + 1 < len(words) and not ends_sentence(words[last].text):
        last += 1
    return range(first, last + 1) if last - first < LONGEST_SENTENCE else clause
