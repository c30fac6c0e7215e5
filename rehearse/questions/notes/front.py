"""The front matter of notes, as Obsidian and others write it."""

from __future__ import annotations

import re

from rehearse.questions.notes.notes import NoteLine

_ENDS = {"---": ("---", "..."), "+++": ("+++",)}


def front_matter(text: str) -> tuple[str | None, tuple[NoteLine, ...], str]:
    """The title in it, its other lines, and the text with blank lines in its place.

    One that is not closed is text like any other."""
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    begin = lines[0].rstrip()
    ends = (n for n, line in enumerate(lines[1:], 1) if line.rstrip() in _ENDS.get(begin, ()))
    end = next(ends, None)
    if end is None or not any(re.match(r"[\w-]+\s*[:=]", line) for line in lines[1:end]):
        return None, (), "\n".join(lines)
    title: str | None = None
    others: list[NoteLine] = []
    for number, line in enumerate(lines[1:end], 2):
        name, _, value = line.partition("=" if begin == "+++" else ":")
        if name.strip().casefold() == "title":
            title = value.strip().strip("\"'") or None
        elif line.strip():
            others.append(NoteLine(number, line.strip()))
    return title, tuple(others), "\n".join([""] * (end + 1) + lines[end + 1 :])
