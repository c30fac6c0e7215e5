"""What a question's kind is called by people, and how long an answer of that kind may take."""

from __future__ import annotations

import re

from rehearse.model.take import Kind

_NAMES = {
    Kind.INTRODUCTION: "introduction, introductions, intro, about you, about yourself",
    Kind.MOTIVATION: "motivation, motivational",
    Kind.BEHAVIOURAL: "behavioural, behavioral, behaviour, behavior",
    Kind.TECHNICAL: "technical, technical in two minutes",
    Kind.SYSTEM_DESIGN: "system design, systems design, design",
    Kind.TO_ASK: "to ask, questions to ask, your questions, questions for them, "
    "questions for the interviewer",
    Kind.CLOSING: "closing, closing remarks, conclusion",
}

# Seconds. A STAR answer takes 90 to 120 s and an introduction 120 s at most; a reason needs no
# story, hence less; a design is walked through in five steps of about two minutes; a question
# back is one or two sentences.
_TARGETS = {
    Kind.INTRODUCTION: 120.0,
    Kind.MOTIVATION: 90.0,
    Kind.BEHAVIOURAL: 120.0,
    Kind.TECHNICAL: 120.0,
    Kind.SYSTEM_DESIGN: 600.0,
    Kind.TO_ASK: 30.0,
    Kind.CLOSING: 60.0,
}
_TARGET_OF_ANY = 120.0


def find_kind(name: str) -> Kind | None:
    """The kind in a text such as "Behavioral questions" or "system_design", or None."""
    words = re.findall(r"[^\W_]+", name.casefold())
    plain = " ".join(words)
    short = " ".join(words[:-1]) if words[-1:] in (["question"], ["questions"]) else plain
    for kind, names in _NAMES.items():
        if {plain, short} & set(names.split(", ")):
            return kind
    return None


def default_target(kind: Kind | None) -> float:
    """The default target of each kind, in seconds."""
    return _TARGET_OF_ANY if kind is None else _TARGETS[kind]
