"""What notes say before any Markdown: the front matter of Obsidian and others, and who speaks."""

from __future__ import annotations

import re
from collections import Counter

from rehearse.questions.notes.labels import Role, find_label
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


_SPEAKER = re.compile(r"(\s*(?:[-*+>]\s+)?[*_]*)([^\W\d_][\w.'’ &()#-]{0,30})([*_]*\s*[:：])(?!//)")
_ME = re.compile(r"me|myself|candidate|i|ich|yo|moi|eu|我", re.IGNORECASE)


def as_questions(text: str) -> tuple[str, tuple[NoteLine, ...]]:
    """The text with "Q" for who asks and "A" for who answers, and the names with their lines."""
    lines = text.split("\n")
    spoken = {at: hit for at, line in enumerate(lines) if (hit := _SPEAKER.match(line))}
    asking = Counter(
        one[2] for one, after in zip(spoken.values(), list(spoken.values())[1:], strict=False)
        if _ME.fullmatch(after[2]) and not _ME.fullmatch(one[2])
    )  # fmt: skip
    names = {name for name, _ in asking.items() if _is_somebody(name)}
    if sum(asking[name] for name in names) < 2:
        return text, ()
    said: list[NoteLine] = []
    for at, hit in spoken.items():
        letter = "Q" if hit[2] in names else "A" if _ME.fullmatch(hit[2]) else ""
        if letter:
            lines[at] = f"{hit[1]}{letter}{hit[3]}{lines[at][hit.end() :]}"
            said.append(NoteLine(at + 1, hit[2]))
    return "\n".join(lines), tuple(said)


def _is_somebody(name: str) -> bool:
    label = find_label(name)
    return label is None or label.role is Role.INTERVIEWER
