"""Lines that the Markdown parser leaves out, so that none is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rehearse.questions.notes.notes import NoteLine
from rehearse.questions.notes.tree import Node, lines_seen
from rehearse.text import printable

_TAGS = re.compile(r"</?[A-Za-z][^<>]*>")
_MARKER = re.compile(r"\s*(?:>\s*)*(?:\d+[.)]|[-*+])?\s*")
"""A list's mark with nothing behind it."""
_FENCE = re.compile(r"\s*(?:>\s*)*(?:```|~~~)")


def unseen(text: str, nodes: Sequence[Node]) -> Iterator[NoteLine]:
    """Lines with words that the Markdown parser leaves out, such as those nested too deep."""
    seen = set(lines_seen(nodes))
    for number, line in enumerate(text.split("\n"), 1):
        plain = _TAGS.sub("", line)
        if number in seen or _MARKER.fullmatch(plain) or _FENCE.match(line):
            continue
        if re.search(r"\w", plain):
            yield NoteLine(number, " ".join(printable(plain).split()))
