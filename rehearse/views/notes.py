"""What was found in a file of notes, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator

from rehearse.model.structure import STAR
from rehearse.questions.bank import Story
from rehearse.questions.notes.notes import Notes
from rehearse.text import counted

UNPLACED = "I did not understand these lines:"


def rows(notes: Notes) -> Iterator[tuple[str, str, str]]:
    """What was found: its kind, its text, and what it belongs to."""
    for question in notes.questions:
        kind = question.kind.value.replace("_", " ") if question.kind else ""
        yield "question", question.text, ", ".join(question.principles) or kind
    for text in notes.to_ask:
        yield "to ask", text, ""
    for principle in notes.principles:
        hints = counted(len(principle.guidance), "hint") if principle.guidance else ""
        yield "principle", principle.name, hints
    for story in notes.stories:
        yield "story", story.title, ", ".join((_parts(story), *story.principles))
    for one in notes.interviewers:
        yield "interviewer", one.name, ", ".join((*one.principles, *one.themes))
    for name, said in (("introduction", notes.introduction), ("closing", notes.closing)):
        if said:
            yield name, said, ""


def _parts(story: Story) -> str:
    """ "STAR", with a dot for each section without text."""
    letters = [section.value[0].upper() if story.told(section) else "·" for section in STAR]
    return "no sections" if set(letters) == {"·"} else "".join(letters)
