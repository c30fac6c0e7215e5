"""How one take tells a part of its answer, such as a section of a story: whether, how long, in how
many words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from rehearse.model.structure import Outline, Section, Star


class Presence(Enum):
    """How a part was told in a take."""

    YES = "yes"
    THIN = "thin"
    """It is not sure whether it was."""
    NO = "no"


@dataclass(frozen=True)
class Part:
    """How one take tells a section, or a part of an introduction or a system design."""

    presence: Presence
    seconds: float | None
    words: int


def of_story(story: Star, section: Section) -> Part:
    share = next(share for share in story.sections if share.section is section)
    presence = _presence(missing=section in story.missing, present=share.present)
    return Part(presence, share.seconds, share.words)


def of_outline(outline: Outline, code: str) -> Part:
    part = next(part for part in outline.parts if part.code == code)
    presence = _presence(missing=code in outline.missing, present=part.present)
    return Part(presence, part.seconds, part.words)


def _presence(*, missing: bool, present: bool) -> Presence:
    if missing:
        return Presence.NO
    return Presence.YES if present else Presence.THIN
