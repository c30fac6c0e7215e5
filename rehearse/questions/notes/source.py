"""Notes as the Markdown that was meant: typing errors, HTML and foreign bullets made plain.

Bold is marked with two private characters, since people break `**` in ways that Markdown does not
read: "**Action: **", "** Task**", "**结果：**好". No line is lost; one may become several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rehearse.questions.notes.labels import AREAS, find_label
from rehearse.text import ends_sentence

BOLD, PLAIN = "\ue000", "\ue001"
"""Begin and end of bold text."""
BREAK = "\ue002"
"""A line end within a table's cell."""

_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufe0f\ufeff\ue000-\ue002]")
_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")
_FENCE = re.compile(r"\s{0,3}(?:```+|~~~+)\s*(\w*)\s*$")
_OF_TEXT = frozenset({"", "markdown", "md", "text", "txt", "plain", "plaintext"})
"""What a fence may say whose lines are notes like any other."""
_EMOJI = "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u20e3]"
_MARKS = r"^(\s*(?:>\s?|#{1,6}\s+|[-*+]\s+|\d{1,3}[.)]\s+|\[[ xX]\]\s+)*[*_\"“]*)"
_DECORATED = re.compile(rf"{_MARKS}{_EMOJI}+\s*")
_DECORATED_END = re.compile(rf"\s*{_EMOJI}+(?=[*_\s]*$)")
_KEYCAP = re.compile(rf"{_MARKS}([0-9])\ufe0f?\u20e3\s*")
_COUNTED = re.compile(
    r"^(\s*(?:>\s?)*)(?:[①-⑳]\s*|[a-hA-H]\)\s+|\([a-h]\)\s+|[ivx]{1,4}\)\s+|\d{1,2}(?:[、．]\s*|/\s+)"
    r"|[（(]\d{1,2}[)）]\s*)(?=\S)"
)
"""Lists that are none in Markdown."""
_CHAPTER = re.compile(r"^[一二三四五六七八九十]{1,3}、\s*(?=\S)")
_LISTED = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+\S")
_NUMBERED = re.compile(r"\s*\d{1,3}[.)]\s+\S")
_APART = re.compile(r"\s*(?:[#>|<]|```|~~~|$)")
_HEADING = re.compile(r"(\s{0,3}#{2,6})(?=[^#\s])|(\s{0,3}#)(?=[A-Z]\S* [^#\s])")
_MARKED = re.compile(
    r"\s{0,3}(?:>{2,}|={2,}|~{2,}|\+{2,}|-{3,}|\*{3,}|#{7,}|_{3,}|/{2,})\s+(\w[^*]*?)[\s=~*+_/<>-]*"
)
"""A line that a mark of its own makes a title: ">>> The crane", "=== The crane ==="."""
_LONGEST_MARKED = 12
"""Words."""
_ANSWERED = re.compile(r"^[^\w\n]*Q[.)] .*\n+[^\w\n]*A[.)] ", re.MULTILINE)
"""A letter alone is a list's; "A." right below "Q." is an answer."""
_LETTER = re.compile(r"^([^\w\n]*[QA])[.)] +", re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")
_FULL_BULLET = re.compile(r"^(\s*(?:>\s?)*)[•●○▪▫◦‣·➢➤►◆◇■□»›]\s*")
_TIGHT_BULLET = re.compile(r"^(\s*(?:>\s?)*(?:-|\d{1,2}[.)]))(?=[^\W\d_]|[\ue000*\[])")
_DASHES = re.compile(r"^(\s*)(?:--|[–—])\s?(?=[^\W\d_])")
_HIDDEN = re.compile(r"%%(.*?)%%")
_BLOCK_NAME = re.compile(r"(?:^|(?<=\S)\s+)\^[\w-]+\s*$")
_CALLOUT = re.compile(r"^(\s*>\s*)\[!\w+\][+-]?\s*")
_ITALIC = re.compile(r"^(\s{0,3})(?:\*(?=\w)([^*]+)\*|_(?=\w)([^_]+)_)\s*$")
_RULE = re.compile(r"\s*(?:[*_-]\s*){3,}")
_TASK_BOX = re.compile(r"^(\s*(?:>\s?)*)(?:[-*+]\s+)?\[[ xX]\]\s+")
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
    """The lines of the notes; one may become several, and none is lost."""
    if _ANSWERED.search(text):
        text = _LETTER.sub(r"\1: ", text)
    lines: list[SourceLine] = []
    fence: str | None = None
    for number, line in enumerate(_undecorated(text), 1):
        mark = _FENCE.match(line)
        is_code = (fence if fence is not None else (mark[1] if mark else "")) not in _OF_TEXT
        if mark:
            fence = None if fence is not None else mark[1].casefold()
        title = None if is_code else _MARKED.fullmatch(line)
        if title and len(title[1].split()) <= _LONGEST_MARKED and not ends_sentence(title[1]):
            lines.extend(SourceLine(one, number) for one in ("", f"{BOLD}{title[1]}{PLAIN}", ""))
            continue
        plain = [line] if is_code else [""] if mark else list(_plain(line))
        if lines and not is_code and _begins_anew(plain[0], lines[-1].text):
            lines.append(SourceLine("", number))
        lines.extend(SourceLine(one, number) for one in plain)
    return tuple(lines)


def _undecorated(text: str) -> Iterator[str]:
    """The lines without emoji at their ends; those that several lines begin with are bullets."""
    lines = [
        _BLANKS.sub(" ", _UNSEEN.sub("", _KEYCAP.sub(r"\1\2. ", line)))
        for line in re.split(r"\r\n|\r|\n", text)
    ]
    begun = [re.match(rf"\s*{_EMOJI}", line) is not None for line in [*lines, ""]]
    for at, line in enumerate(lines):
        plain = _DECORATED_END.sub("", _DECORATED.sub(r"\1", line, count=1))
        is_bullet = begun[at] and (begun[at - 1] or begun[at + 1]) and plain.strip()
        yield f"- {plain.lstrip()}" if is_bullet else plain


def _begins_anew(line: str, above: str) -> bool:
    """Whether Markdown would take the line for a part of the text or the list above it."""
    if _APART.match(line) or _APART.match(above):
        return False
    if _LISTED.match(line):
        return _NUMBERED.match(line) is not None and not _LISTED.match(above)
    if line.startswith(BOLD) and line.rstrip().endswith(PLAIN) and line.count(BOLD) == 1:
        return True
    label = find_label(line)
    return label is not None and label.role in AREAS and not label.rest


def _plain(line: str) -> Iterator[str]:
    in_table = line.lstrip().startswith("|")
    for part in _without_html(line, in_table=in_table).split("\n"):
        part = _BLOCK_NAME.sub("", _HIDDEN.sub(r"<!--\1-->", part))
        part = _CALLOUT.sub(r"\1", part, count=1)
        part = _CHAPTER.sub("## ", part)
        mended = _HEADING.sub(lambda found: f"{found[0]} ", part, count=1)
        if mended.lstrip().startswith("#"):
            mended = _CODE.sub(r"(\1)", mended)
        mended = _FULL_BULLET.sub(r"\1- ", mended, count=1)
        mended = _COUNTED.sub(r"\1- ", mended, count=1)
        mended = _DASHES.sub(r"\1- ", mended, count=1)
        mended = _TIGHT_BULLET.sub(r"\1 ", mended, count=1)
        yield _bold(_TASK_BOX.sub(r"\1- ", mended))


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
    """The line with its bold runs marked; a mark without its partner is dropped. A whole line in
    italics is set apart as one in bold."""
    if _RULE.fullmatch(line):
        return line
    line = _ITALIC.sub(lambda found: f"{found[1]}**{found[2] or found[3]}**", line)
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
