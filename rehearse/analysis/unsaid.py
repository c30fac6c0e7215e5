"""What an answer that has hardly begun can go on with: never what it has just said."""

from __future__ import annotations

from rehearse.analysis.star.cues import builtin_cues, hits
from rehearse.model.structure import Analysis
from rehearse.model.take import Kind
from rehearse.text import bare_words, listed

PARTS: dict[Kind, dict[str, str]] = {
    Kind.BEHAVIOURAL: {
        "situation": "where it was",
        "task": "what your task was",
        "action": "what you did",
        "result": "how it ended",
    },
    Kind.INTRODUCTION: {
        "now": "what you do now",
        "before": "what you did before",
        "why_here": "why you are here",
    },
    Kind.SYSTEM_DESIGN: {
        "scope": "who it is for",
        "requirements": "what it must do",
        "design": "how you would build it",
        "review": "what could fail",
    },
}
"""By the code of a part: how it is asked for."""
CUES = {
    Kind.BEHAVIOURAL: "star_cues.toml",
    Kind.INTRODUCTION: "introduction_cues.toml",
    Kind.SYSTEM_DESIGN: "system_design_cues.toml",
}
FIRST = {
    Kind.BEHAVIOURAL: "situation",
    Kind.INTRODUCTION: "who",
    Kind.SYSTEM_DESIGN: "scope",
}
STEP_BY_STEP = "how you did each step, and why"
"""For a story that is short and whole."""
ANYTHING = "your reasons, and give an example"
MORE_OF_IT = "more about each part"
FEWEST_WORDS = 5
"""Fewer tell of nothing."""
PROUD = frozenset(("proud", "prouder", "proudest", "pride"))


def unsaid(analysis: Analysis) -> str:
    """The parts that nothing tells of yet; something general where there are none."""
    kind = analysis.question.kind if analysis.question else None
    if analysis.star and analysis.star.applies and not analysis.star.missing:
        return STEP_BY_STEP
    if kind not in PARTS:
        return ANYTHING
    told = _told(analysis, kind)
    return listed([text for code, text in PARTS[kind].items() if code not in told]) or MORE_OF_IT


def one_more(analysis: Analysis) -> str:
    """What a short introduction has room for."""
    said = {word for one in analysis.words for word in bare_words([one.text])}
    return "an example from your work" if said & PROUD else "one thing you are proud of"


def _told(analysis: Analysis, kind: Kind) -> set[str]:
    """Codes of the parts that anything tells of, or may tell of: by phrases, too, for most such
    answers are too short for the models; by weak ones where there are no others. What begins
    without any begins with the first part."""
    said = bare_words(word.text for word in analysis.words)
    found = [hit for hit in hits(said, builtin_cues(CUES[kind])) if hit.section != "none"]
    told = {hit.section for hit in found if not hit.weak} or {hit.section for hit in found}
    if analysis.outline:
        told |= PARTS[kind].keys() - set(analysis.outline.missing)
    if analysis.star and analysis.star.applies:
        told |= PARTS[kind].keys() - {section.value for section in analysis.star.missing}
    if not told and len(said) >= FEWEST_WORDS:
        told.add(FIRST[kind])
    return told
