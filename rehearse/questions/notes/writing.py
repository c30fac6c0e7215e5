"""Sorted notes as a pack that a person can read and edit; see docs/pack-format.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rehearse.model.take import Kind, Question
from rehearse.questions.bank import Interviewer, Principle, Story
from rehearse.questions.kinds import default_target, find_kind
from rehearse.questions.notes.notes import Notes
from rehearse.questions.prepared import find_part
from rehearse.questions.principles import canonical, is_published, split_names
from rehearse.text import clock

_MARKS = re.compile(r"([\\`*\[\]<]|~~|&(?=#?\w+;)|(?<!\w)_|_(?!\w))")
_BEGINNINGS = re.compile(r"(#{1,6}(?=\s|$)|[-+>=]|\d+(?=[.)](?:\s|$)))")
_NUMBERED = re.compile(r"(\d+)([.)])(?=\s|$)")
_HEADINGS = {
    Kind.INTRODUCTION: "Introduction",
    Kind.MOTIVATION: "Motivation",
    Kind.TECHNICAL: "Technical",
    Kind.SYSTEM_DESIGN: "System design",
    Kind.CLOSING: "Closing",
}


def pack_text(notes: Notes, title: str) -> str:
    """Markdown with `title`; reading it as a pack gives what the notes hold."""
    parts = [f"# {escaped(_plain_title(title))}", *_text("My introduction", notes.introduction)]
    for kind, heading in _HEADINGS.items():
        asked = [one for one in notes.questions if one.kind is kind]
        if asked:
            parts += [f"## {heading}", *(question_text(one, ()) for one in asked)]
    parts += _behavioural(notes)
    if notes.stories:
        parts += ["## Stories", *(story_text(one) for one in notes.stories)]
    for plan in notes.plans:
        parts += [f"## Plan: {escaped(plan.name)}", *map(_interviewer, plan.interviewers)]
    if notes.to_ask:
        parts += ["## Questions to ask", *(f"- {escaped(text)}" for text in notes.to_ask)]
    parts += _text("My closing", notes.closing)
    return "\n\n".join(parts) + "\n"


def _plain_title(title: str) -> str:
    """One that is no heading of a part or a kind, as "notes" and "stories" are."""
    return f"From {title}" if find_part(title) or find_kind(title) else title


def escaped(text: str) -> str:
    """So that Markdown shows the text as it is."""
    plain = _MARKS.sub(r"\\\1", " ".join(text.split()))
    plain = _NUMBERED.sub(r"\1\\\2", plain, count=1) if _NUMBERED.match(plain) else plain
    return f"\\{plain}" if _BEGINNINGS.match(plain) and not plain[0].isdigit() else plain


def _text(heading: str, text: str | None) -> Iterator[str]:
    if text:
        yield "\n\n".join([f"## {heading}", *(escaped(line) for line in text.split("\n"))])


def _behavioural(notes: Notes) -> Iterator[str]:
    asked = [one for one in notes.questions if one.kind in (None, Kind.BEHAVIOURAL)]
    if not (asked or notes.principles):
        return
    yield "## Behavioural"
    yield from (question_text(one, ()) for one in asked if not one.principles)
    for principle in _all_principles(notes.principles, asked):
        yield _principle_heading(principle)
        if principle.description:
            yield "\n\n".join(escaped(line) for line in principle.description.split("\n"))
        mine = [one for one in asked if one.principles[:1] == (principle.name,)]
        yield from (question_text(one, (principle.name,)) for one in mine)
        if principle.guidance:
            yield "#### Guidance"
            yield from (f"- {escaped(text)}" for text in principle.guidance)


def _all_principles(
    principles: Sequence[Principle], asked: Iterable[Question]
) -> tuple[Principle, ...]:
    known = {one.name: one for one in principles}
    for question in asked:
        for name in question.principles[:1]:
            known.setdefault(name, Principle(name))
    return tuple(known.values())


def _principle_heading(principle: Principle) -> str:
    prefix = "" if is_published(principle.name) else "Principle: "
    return f"### {prefix}{escaped(principle.name)}"


def question_text(question: Question, principles: tuple[str, ...]) -> str:
    """A bullet; what its section says already is left out."""
    lines = [f"- {escaped(question.text)}"]
    if question.principles != principles:
        lines += _names("principles", question.principles)
    if question.target and question.target != default_target(question.kind):
        lines.append(f"  - target: {clock(question.target)}")
    lines += [f"  - follow-up: {escaped(text)}" for text in question.follow_ups]
    lines += [f"  - note: {escaped(text)}" for text in question.notes]
    return "\n".join(lines)


def story_text(story: Story) -> str:
    """With a heading of the third level."""
    lines = [f"### {escaped(story.title)}", ""]
    lines += [line[2:] for line in _names("principles", story.principles)]
    both = story.situation is not None and story.situation == story.task
    told = (
        ("question", story.question),
        ("situation/task" if both else "situation", story.situation),
        ("task", None if both else story.task),
        ("action", story.action),
        ("result", story.result),
    )
    for label, text in told:
        if text:
            first, *more = text.split("\n")
            lines.append(f"- {label}: {escaped(first)}")
            lines += [f"  - {escaped(line)}" for line in more]
    if story.notes:
        lines.append("- notes:")
        lines += [f"  - {escaped(text)}" for text in story.notes]
    return "\n".join(lines)


def _interviewer(one: Interviewer) -> str:
    lines = [f"- {escaped(one.name)}"]
    lines += _names("principles", one.principles)
    lines += _names("themes", one.themes)
    return "\n".join(lines)


def _names(label: str, names: Sequence[str]) -> list[str]:
    """On one line, or on bullets of their own where a comma in a name would divide it."""
    if not names:
        return []
    joined = ", ".join(names)
    if split_names(joined) == tuple(map(canonical, names)):
        return [f"  - {label}: {escaped(joined)}"]
    return [f"  - {label}:", *(f"    - {escaped(name)}" for name in names)]
