"""Notes as the Markdown that was meant: typing errors, HTML and foreign bullets made plain.

Bold is marked with two private characters, since people break `**` in ways that Markdown does not
read: "**Action: **", "** Task**", "**结果：**好". No line is lost; one may become several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BOLD, PLAIN = "\ue000", "\ue001"
"""Begin and end of bold text."""
BREAK = "\ue002"
"""A line end within a table's cell."""

_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\ue000-\ue002]")
_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")
_FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
_HEADING = re.compile(r"(\s{0,3}#{2,6})(?=[^#\s])|(\s{0,3}#)(?=[A-Z]\S* [^#\s])")
_FULL_BULLET = re.compile(r"^(\s*(?:>\s?)*)[•●○▪▫◦‣·➢➤►]\s*")
_TIGHT_BULLET = re.compile(r"^(\s*(?:>\s?)*(?:-|\d{1,2}[.)]))(?=[^\W\d_]|[\ue000*\[])")
_DASHES = re.compile(r"^(\s*)--\s?(?=[^\W\d_])")
_HIDDEN = re.compile(r"%%(.*?)%%")
_BLOCK_NAME = re.compile(r"(?<=\S)\s+\^[\w-]+\s*$")
_CALLOUT = re.compile(r"^(\s*>\s*)\[!\w+\][+-]?\s*")
_RULE = re.compile(r"\s*(?:[*_-]\s*){3,}")
_TASK_BOX = re.compile(r"^(\s*[-*+]\s+)\[[ xX]\]\s+")
_NAMES = (
    "a|abbr|article|aside|b|blockquote|br|center|code|dd|del|details|div|dl|dt|em|figcaption|figure|"
    "font|h[1-6]|hr|html|body|i|img|ins|kbd|li|mark|ol|p|pre|s|section|small|span|strong|sub|"
    "summary|sup|table|tbody|td|th|thead|tr|u|ul"
)
_TAG = re.compile(rf"</?(?:{_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_STRONG = re.compile(r"</?(?:b|strong)(?:\s[^<>]*)?>", re.IGNORECASE)
_NEW_LINE = re.compile(
    r"<br\s*/?>|</(?:p|li|h[1-6]|div|tr|dt|dd|blockquote)>|<(?:ul|ol|p|div)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_LEAD = re.compile(r"<(h[1-6]|li|dt)(?:\s[^<>]*)?>\s*", re.IGNORECASE)
_CELLS = re.compile(r"</t[dh]>\s*<t[dh](?:\s[^<>]*)?>", re.IGNORECASE)
_IMAGE = re.compile(r"<img\s[^<>]*?src=[\"']?([^\"'\s<>]+)[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class SourceLine:
    text: str
    number: int
    """Of the line in the notes, from 1."""


def source_lines(text: str) -> tuple[SourceLine, ...]:
    fenced = commented = False
    lines: list[SourceLine] = []
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        line = _BLANKS.sub(" ", _UNSEEN.sub("", raw))
        if _FENCE.match(line):
            fenced = not fenced
        if commented and line.strip():
            line = f"<!-- {line}"
        commented = not fenced and line.rfind("<!--") > line.rfind("-->")
        plain = [line] if fenced else _plain(line)
        lines.extend(SourceLine(one, number) for one in plain)
    return tuple(lines)


def _plain(line: str) -> Iterator[str]:
    in_table = line.lstrip().startswith("|")
    for part in _without_html(line, in_table=in_table).split("\n"):
        part = _BLOCK_NAME.sub("", _HIDDEN.sub(r"<!--\1-->", part))
        part = _CALLOUT.sub(r"\1", part, count=1)
        mended = _HEADING.sub(lambda found: f"{found[0]} ", part, count=1)
        mended = _FULL_BULLET.sub(r"\1- ", mended, count=1)
        mended = _DASHES.sub(r"\1- ", mended, count=1)
        mended = _TIGHT_BULLET.sub(r"\1 ", mended, count=1)
        yield _bold(_TASK_BOX.sub(r"\1", mended))


def _without_html(line: str, *, in_table: bool) -> str:
    if "<" not in line:
        return line
    line = _IMAGE.sub(r"![](\1)", line)
    line = _STRONG.sub("**", _CELLS.sub(": ", line))
    line = re.sub(r"<summary(?:\s[^<>]*)?>", "\n**", line, flags=re.IGNORECASE)
    line = re.sub(r"</summary>", "**\n\n", line, flags=re.IGNORECASE)
    line = _NEW_LINE.sub(BREAK if in_table else "\n", line)
    line = _LEAD.sub(_lead, line)
    return _TAG.sub("", line).rstrip("\n")


def _lead(found: re.Match[str]) -> str:
    tag = found[1].lower()
    if tag == "li":
        return "\n- "
    return f"\n{'#' * int(tag[1])} " if tag[0] == "h" else "\n"


def _bold(line: str) -> str:
    """The line with its bold runs marked; a mark without its partner is dropped."""
    if _RULE.fullmatch(line):
        return line
    parts = re.split(r"\*\*|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)", line)
    if len(parts) == 1:
        return line
    marked = parts[0]
    paired = len(parts) - (len(parts) % 2 == 0)
    for index, part in enumerate(parts[1:], 1):
        if index >= paired:
            marked += part
        else:
            marked += (BOLD if index % 2 else PLAIN) + part
    return marked
