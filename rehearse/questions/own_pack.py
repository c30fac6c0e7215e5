"""A pack's text with a story or a question of the candidate's own added, changed or taken out; the
rest of the file stays as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from rehearse.errors import StoryNotFound, UnreadableFile, WrongUsage
from rehearse.model.take import Question
from rehearse.questions.bank import Story
from rehearse.questions.markdown_lines import Block, Heading, Item, blocks
from rehearse.questions.notes.writing import question_text, story_text
from rehearse.questions.notes_file import read_notes
from rehearse.questions.pack import parse_pack
from rehearse.questions.packs import LARGEST
from rehearse.questions.prepared import Area, find_part
from rehearse.takes.files import close_to_others, make_private, on_disk, write_whole
from rehearse.text import is_there

STORIES_FILE = "my-stories.md"
QUESTIONS_FILE = "my-questions.md"
"""In the folder of personal packs: where what is new is written."""
_ENDS = ("<!-- rehearse import:",)
"""Begins the marks of an imported pack, which are no part of its last story."""
_OF_ONE = re.compile(r"story\s*:\s*", re.IGNORECASE)


def read_own(path: Path, title: str) -> str:
    """The text of a pack; of one that is not there yet its title. Raises UnreadableFile."""
    return read_notes(path, largest=LARGEST) if is_there(path) else f"# {title}\n"


def write_own(path: Path, text: str) -> None:
    """Raises UnreadableFile where it got too large, HomeNotWritable and DiskFull."""
    content = text.encode("utf-8")
    if len(content) > LARGEST:
        raise UnreadableFile(f"{path} would be larger than 1 MB.", "Divide it into several packs.")
    with on_disk(path.parent):
        make_private(path.parent)
        close_to_others(path.parent)
        write_whole(path, content)


def with_story(text: str, story: Story, *, instead_of: str | None) -> str:
    """The pack with the story in place of the one of that title; at the end of its stories where
    that is None. Raises StoryNotFound, and WrongUsage where the title is taken or nothing is
    written."""
    titles = {one.title for one in parse_pack(text, "").stories}
    if not story.title:
        raise WrongUsage("The story has no title.", "Give it one.")
    if story.title in titles - {instead_of}:
        raise WrongUsage(f"You have a story called '{story.title}'.", "Choose another title.")
    if not any((story.situation, story.task, story.action, story.result, story.notes)):
        raise WrongUsage("The story is empty.", "Write at least one of its parts.")
    lines = _lines(text)
    if instead_of is not None:
        first, end, heading = _story_at(lines, instead_of)
        return _joined(lines, first, end, _titled(story, heading))
    first, level = _end_of_stories(lines)
    above = [] if level else ["## Stories", ""]
    return _joined(lines, first, first, [*above, *_titled(story, "#" * (level or 3))])


def without_story(text: str, title: str) -> str:
    """Raises StoryNotFound."""
    lines = _lines(text)
    first, end, _ = _story_at(lines, title)
    return _joined(lines, first, end, [])


def with_question(text: str, question: Question) -> str:
    """Before the first section. Raises WrongUsage where it is there or empty."""
    if not question.text:
        raise WrongUsage("The question is empty.", "Write it first.")
    wanted = question.text.casefold()
    if any(one.text.casefold() == wanted for one in parse_pack(text, "").questions):
        raise WrongUsage("You have this question already.")
    lines = _lines(text)
    sections = (one.line.number - 1 for one in _headings(lines) if one.level > 1)
    first = next(sections, len(lines))
    return _joined(lines, first, first, question_text(question, ()).split("\n"))


def without_question(text: str, asked: str) -> str:
    """Nothing is changed where it is not there."""
    lines = _lines(text)
    found = _blocks(lines)
    for block, after in zip(found, [*found[1:], None], strict=True):
        if isinstance(block, Item) and block.lines and block.text == asked:
            end = _number(after) - 1 if after else len(lines)
            return _joined(lines, block.lines[0].number - 1, end, [])
    return text


def _lines(text: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))


def _headings(lines: Sequence[str]) -> list[Heading]:
    return [one for one in _blocks(lines) if isinstance(one, Heading)]


def _blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """Without those that Markdown would see in the front matter."""
    ends = (at for at, line in enumerate(lines[1:], 2) if line.rstrip() in ("---", "..."))
    body = next(ends, 0) if lines[0].rstrip() == "---" else 0
    return blocks("\n".join(["", *[""] * (body - 1), *lines[body:]] if body else lines))


def _number(block: Block) -> int:
    """Its first line, from 1."""
    if isinstance(block, Heading):
        return block.line.number
    lines = block.lines or (block.items[0].lines if isinstance(block, Item) else ())
    return lines[0].number


def _story_at(lines: Sequence[str], title: str) -> tuple[int, int, str]:
    """First line, the line after its last, and how its heading begins. Raises StoryNotFound."""
    headings = _headings(lines)
    for place, one in enumerate(headings):
        label = _OF_ONE.match(one.line.text)
        named = one.line.text[label.end() :] if label else one.line.text
        is_story = label or _is_below_stories(headings[:place], one)
        if named == title and is_story:
            begins = "#" * one.level + (" Story:" if label else "")
            return one.line.number - 1, _section_end(lines, headings[place:]), begins
    raise StoryNotFound(f"No story called '{title}'.")


def _is_below_stories(before: Sequence[Heading], heading: Heading) -> bool:
    """Whether the nearest heading above with a lower level begins the stories."""
    above = next((one for one in reversed(before) if one.level < heading.level), None)
    return above is not None and find_part(above.line.text) is Area.STORIES


def _section_end(lines: Sequence[str], headings: Sequence[Heading]) -> int:
    """Of the section of the first heading."""
    first, *after = headings
    found = (one.line.number - 1 for one in after if one.level <= first.level)
    end = next(found, len(lines))
    marks = (at for at, line in enumerate(lines[:end]) if line.startswith(_ENDS))
    return next((at for at in marks if at >= first.line.number), end)


def _end_of_stories(lines: Sequence[str]) -> tuple[int, int]:
    """Where the next story goes, and its level; 0 where there is no section of stories."""
    headings = _headings(lines)
    for place, one in enumerate(headings):
        if find_part(one.line.text) is Area.STORIES and not _OF_ONE.match(one.line.text):
            end = _section_end(lines, headings[place:])
            inside = (other for other in headings[place + 1 :] if other.line.number <= end)
            return end, next((other.level for other in inside), one.level + 1)
    marks = (at for at, line in enumerate(lines) if line.startswith(_ENDS))
    return next(marks, len(lines)), 0


def _titled(story: Story, heading: str) -> list[str]:
    """The story's lines below a heading that begins so."""
    first, *rest = story_text(story).split("\n")
    return [f"{heading} {first.removeprefix('### ')}", *rest]


def _joined(lines: Sequence[str], first: int, end: int, new: Sequence[str]) -> str:
    """The lines with those from `first` to `end` replaced, one blank line around what is new."""
    parts = (_stripped(lines[:first]), list(new), _stripped(lines[end:]))
    return "\n\n".join("\n".join(part) for part in parts if any(part)) + "\n"


def _stripped(lines: Sequence[str]) -> list[str]:
    """Without blank lines at its edges."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return list(lines[filled[0] : filled[-1] + 1]) if filled else []
