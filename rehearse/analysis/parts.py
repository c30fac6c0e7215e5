"""How an answer tells one of its parts: a section of a story, a part of an introduction."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from rehearse.model.structure import Outline, Section, Star


class Told(Enum):
    """How a part was told in a take."""

    YES = "yes"
    THIN = "thin"
    """It is not sure whether it was."""
    NO = "no"


@dataclass(frozen=True)
class Part:
    """How one take tells a section, or a part of an introduction or a system design."""

    told: Told
    seconds: float | None
    words: int


def of_story(story: Star, section: Section) -> Part:
    share = next(share for share in story.sections if share.section is section)
    told = _told(missing=section in story.missing, present=share.present)
    return Part(told, share.seconds, share.words)


def of_outline(outline: Outline, code: str) -> Part:
    part = next(part for part in outline.parts if part.code == code)
    told = _told(missing=code in outline.missing, present=part.present)
    return Part(told, part.seconds, part.words)


def _told(*, missing: bool, present: bool) -> Told:
    if missing:
        return Told.NO
    return Told.YES if present else Told.THIN
