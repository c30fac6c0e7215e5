"""Notes that hold several stories, each under a heading of its own."""

from __future__ import annotations

import re

from rehearse.analysis.keypoints.points import is_label

_HEADING = re.compile(r"\s*(#{1,6})\s+(.*)")


def stories(notes: str) -> tuple[str, ...]:
    """The notes cut at the highest headings of which there are several; one text where there are
    none. "Situation" or "Results" head no story."""
    headings = [match for line in notes.splitlines() if (match := _HEADING.match(line))]
    levels = [len(match[1]) for match in headings if not is_label(match[2])]
    several = [level for level in levels if levels.count(level) > 1]
    if not several:
        return (notes,)
    found: list[list[str]] = [[]]
    for line in notes.splitlines():
        match = _HEADING.match(line)
        if match and len(match[1]) <= min(several) and not is_label(match[2]):
            found.append([])
        found[-1].append(line)
    return tuple(text for lines in found if (text := "\n".join(lines)).strip())
