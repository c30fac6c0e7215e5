"""Whether a later take follows the advice of an earlier one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from rehearse.analysis.coaching import Coaching
from rehearse.analysis.findings import LEAST_SECONDS, findings
from rehearse.analysis.parts import Presence, of_outline, of_story
from rehearse.model.delivery import Verdict
from rehearse.model.structure import STAR, Analysis, Section

SECTIONS = {section.value for section in STAR}


class Followed(Enum):
    YES = "yes"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"
    """The later take cannot show it: it is too short, or that part is missing."""


@dataclass(frozen=True)
class Counsel:
    """Advice that the earlier take was given."""

    code: str
    text: str
    followed: Followed


def advice_followed(before: Analysis, after: Analysis, coaching: Coaching) -> Iterator[Counsel]:
    """Each piece of the earlier take's advice. It counts as followed only where the later take
    would have earned it again otherwise."""
    again = {finding.code for finding in findings(after, coaching)}
    for piece in before.advice:
        if piece.code in again:
            followed = Followed.NOT_YET
        else:
            followed = Followed.YES if _shows(piece.code, after) else Followed.UNKNOWN
        yield Counsel(piece.code, piece.text, followed)


def _shows(code: str, analysis: Analysis) -> bool:
    part = code.partition("_")[2]
    timing = analysis.timing
    if code in ("hardly_begun", "too_long", "too_short", "short_introduction"):
        return timing.answer is not None and timing.verdict in (Verdict.ON_TARGET, None)
    if code in ("many_fillers", "fast", "slow", "trails_off"):
        return _is_known(code, analysis) and (timing.answer or 0.0) >= LEAST_SECONDS
    if code == "long_pause":
        return analysis.pauses is not None
    if code in ("no_number", "mostly_we"):
        return _has(analysis, "result" if code == "no_number" else "action")
    complete = code.startswith("missing_") or not (analysis.star and analysis.star.missing)
    return complete and _has(analysis, part)


def _is_known(code: str, analysis: Analysis) -> bool:
    if code == "many_fillers":
        return analysis.fillers is not None and analysis.fillers.per_minute is not None
    if code == "trails_off":
        return analysis.edges is not None
    return analysis.pace is not None and analysis.pace.words_per_minute is not None


def _has(analysis: Analysis, part: str) -> bool:
    """Whether a section or a part of an outline is there."""
    if analysis.outline and any(one.code == part for one in analysis.outline.parts):
        return of_outline(analysis.outline, part).presence is Presence.YES
    story = analysis.star
    if not story or not story.applies or part not in SECTIONS:
        return False
    return of_story(story, Section(part)).presence is Presence.YES
