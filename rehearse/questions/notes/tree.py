"""Notes as a tree of headings, items, texts and tables of plain text, each with its line number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from rehearse.questions.markdown_lines import LISTS
from rehearse.questions.notes.notes import NoteLine
from rehearse.questions.notes.source import BOLD, BREAK, PLAIN, SourceLine, source_lines
from rehearse.text import printable

_WIKI = re.compile(r"(!?)\[\[([^\[\]|\n]+?)(?:\|([^\[\]\n]*))?\]\]")
_STRAY_MARKS = re.compile(r"(?<!\w)\*+(?=\S)|(?<=\S)\*+(?!\w)|==(?=\S)|(?<=\S)==")
_LONGEST_UNDERLINED = 12
"""Words: a longer line above "---" is a text above a rule, not a heading."""
_CAPITALS_FROM = 5
"""Letters; what is shorter may be an abbreviation."""
_MOST_CAPITAL_WORDS = 7
_DEEPEST = 60
"""Lists and quotes within each other, each item a level more; Python's stack bears no 200."""
_COMMENT = "<!--"
_TAGS = re.compile(r"</?[A-Za-z][^<>]*>")
_MARKER = re.compile(r"\s*(?:>\s*)*(?:\d+[.)]|[-*+])?\s*")
"""A list's mark with nothing behind it."""
_FENCE = re.compile(r"\s*(?:>\s*)*(?:```|~~~)")


class Form(Enum):
    HEADING = auto()
    ITEM = auto()
    TEXT = auto()
    TABLE = auto()
    ASIDE = auto()
    """An image or a comment."""
    ANCHOR = auto()
    """An entry of a table of contents."""


@dataclass(frozen=True)
class Span:
    """One line of text; the first `bold` of its characters are bold."""

    text: str
    line: int
    bold: int = 0
    links: tuple[str, ...] = ()
    """Targets of its wiki links."""
    begins: bool = False
    """Whether it is cut from a line at a place where another thought begins."""


@dataclass
class Node:
    form: Form
    spans: tuple[Span, ...]
    children: list[Node] = field(default_factory=list)
    level: int = 0
    """Of a heading."""
    group: int = 0
    """The list that an item stands in."""
    quoted: bool = False
    rows: tuple[tuple[tuple[Span, ...], ...], ...] = ()
    """Of a table: the lines of each cell."""


def outline(text: str) -> list[Node]:
    """The blocks of the notes in their order; never raises, and leaves out nothing but rules."""
    lines = source_lines(text)
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["strikethrough", "table"])
    parser.disable(["code", "html_block", "html_inline", "reference"])
    tokens = parser.parse("\n".join(line.text for line in lines))
    for token in tokens:
        # Flat, as the tree below is recursive and marks may be nested without limit.
        token.meta["anchor"] = _is_anchor(token.children or ())
        token.content = "".join(_plain(token.children or ())) or token.content
        token.children = None
    return list(_Outline(lines).nodes(SyntaxTreeNode(tokens).children))


def lines_seen(nodes: Iterable[Node]) -> Iterator[int]:
    """Numbers of the lines that the nodes hold."""
    for node in nodes:
        yield from (span.line for span in node.spans)
        yield from (span.line for row in node.rows for cell in row for span in cell)
        yield from lines_seen(node.children)


def unseen(text: str, nodes: Sequence[Node]) -> Iterator[NoteLine]:
    """Lines with words that the Markdown parser leaves out, such as those nested too deep."""
    seen = set(lines_seen(nodes))
    for number, line in enumerate(text.split("\n"), 1):
        plain = _TAGS.sub("", line)
        if number in seen or _MARKER.fullmatch(plain) or _FENCE.match(line):
            continue
        if re.search(r"\w", plain):
            yield NoteLine(number, " ".join(printable(plain).split()))


@dataclass
class _Outline:
    lines: Sequence[SourceLine]
    groups: int = 0

    def nodes(self, parts: Iterable[SyntaxTreeNode], *, quoted: bool = False) -> Iterator[Node]:
        for part in parts:
            if part.type in LISTS:
                self.groups += 1
                group = self.groups
                for item in part.children:
                    yield from self._item(item, group, quoted=quoted)
            elif part.type == "blockquote":
                yield from self.nodes(part.children, quoted=True)
            elif part.type == "table":
                yield self._table(part)
            elif part.type != "hr" and (node := self._block(part, quoted=quoted)):
                yield node

    def _block(self, part: SyntaxTreeNode, *, quoted: bool) -> Node | None:
        spans = self._spans(part)
        if not spans:
            return None
        if part.type == "heading" and not _is_text_above_rule(part, spans):
            return Node(Form.HEADING, spans, level=int(part.tag[1]), quoted=quoted)
        return Node(_form(spans), spans, quoted=quoted)

    def _item(self, part: SyntaxTreeNode, group: int, *, quoted: bool) -> Iterator[Node]:
        """An item; one without a text of its own gives what is below it."""
        children = list(self.nodes(part.children, quoted=quoted))
        if not children or part.children[0].type not in ("paragraph", "heading"):
            yield from children
            return
        first, *below = children
        form = Form.ANCHOR if _has_anchor(part.children[0]) else Form.ITEM
        form = first.form if first.form is Form.ASIDE else form
        yield replace(first, form=form, children=below, group=group)

    def _spans(self, part: SyntaxTreeNode) -> tuple[Span, ...]:
        start = part.map[0] if part.map else 0
        if part.type in ("fence", "code_block"):
            texts, start = part.content.rstrip("\n").split("\n"), start + 1
        else:
            texts = "\n".join(inline.content for inline in part.children).split("\n")
        found: list[Span] = []
        bold = False
        for offset, text in enumerate(texts):
            at = min(start + offset, len(self.lines) - 1)
            is_item = offset > 0 and text.startswith("- ")
            text = text[2:] if is_item else text
            span, bold = _span(text, self.lines[at].number, bold=bold)
            span = replace(span, begins=is_item)
            if span.text:
                found.append(span)
        return tuple(found)

    def _table(self, part: SyntaxTreeNode) -> Node:
        rows = [row for body in part.children for row in body.children]
        return Node(Form.TABLE, (), rows=tuple(tuple(self._row(row)) for row in rows))

    def _row(self, row: SyntaxTreeNode) -> Iterator[tuple[Span, ...]]:
        """Its cells, with those beyond the columns of the head, which Markdown drops."""
        yield from (self._cell(cell, row) for cell in row.children)
        line = self.lines[row.map[0]] if row.map else SourceLine("", 0)
        cells = re.split(r"(?<!\\)\|", line.text.strip().removeprefix("|").removesuffix("|"))
        for text in cells[len(row.children) :]:
            span = _span(text.strip(), line.number, bold=False)[0]
            yield (span,) if span.text else ()

    def _cell(self, cell: SyntaxTreeNode, row: SyntaxTreeNode) -> tuple[Span, ...]:
        number = self.lines[row.map[0]].number if row.map else 0
        texts = "\n".join(inline.content for inline in cell.children).split(BREAK)
        spans = (_span(text.replace("\n", " "), number, bold=False)[0] for text in texts)
        return tuple(span for span in spans if span.text)


def _plain(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type == "image":
            yield f"![[{token.content or token.attrs.get('src', '')}]]"
        elif token.type in ("text", "code_inline", "html_inline"):
            yield token.content.replace("\n", " ")  # an entity may stand for a line end


def _is_anchor(tokens: Sequence[Token]) -> bool:
    """Whether it is one link to a heading of the same notes."""
    if not tokens or tokens[0].type != "link_open" or tokens[-1].type != "link_close":
        return False
    return str(tokens[0].attrs.get("href", "")).startswith("#")


def _has_anchor(part: SyntaxTreeNode) -> bool:
    return any(bool(inline.meta.get("anchor")) for inline in part.children)


def _form(spans: tuple[Span, ...]) -> Form:
    return Form.ASIDE if all(is_aside(span) for span in spans) else Form.TEXT


def is_aside(span: Span) -> bool:
    return span.links == ("",) or span.text.startswith(_COMMENT)


def _is_text_above_rule(part: SyntaxTreeNode, spans: tuple[Span, ...]) -> bool:
    words = sum(len(span.text.split()) for span in spans)
    return part.markup in ("-", "=") and (len(spans) > 1 or words > _LONGEST_UNDERLINED)


def _span(text: str, number: int, *, bold: bool) -> tuple[Span, bool]:
    """The line, and whether bold goes on into the next one."""
    links: list[str] = []

    def shown(found: re.Match[str]) -> str:
        is_image, target, alias = found.groups()
        links.append("" if is_image else target)
        return target if is_image else alias or target.lstrip("#")

    only_image = re.fullmatch(r"\s*!\[\[[^\[\]]*\]\]\s*", text) is not None
    text = _WIKI.sub(shown, text)
    kept: list[tuple[str, bool]] = []
    for char in printable(text):
        if char in (BOLD, PLAIN):
            bold = char == BOLD
        else:
            kept.append((char, bold))
    return _trimmed(kept, number, tuple(links) if not only_image else ("",)), bold


def _trimmed(chars: Sequence[tuple[str, bool]], number: int, links: tuple[str, ...]) -> Span:
    plain = "".join(char for char, _ in chars)
    dropped = {at for found in _STRAY_MARKS.finditer(plain) for at in range(*found.span())}
    text, lead, leading = "", 0, True
    for at, (char, bold) in enumerate(chars):
        if at in dropped or (char.isspace() and (not text or text[-1] == " ")):
            continue
        text += " " if char.isspace() else char
        leading = leading and (bold or not char.isalnum())
        lead = len(text) if leading else lead
    text = text.rstrip()
    has_bold = any(bold for _, bold in chars)
    if _is_capitals(text):
        return Span(text, number, len(text), links)
    return Span(text, number, min(lead, len(text)) if has_bold else 0, links)


def _is_capitals(text: str) -> bool:
    """Whether the line is set apart by capitals, as in notes without any marks."""
    letters = [char for char in text if char.isalpha()]
    long_enough = len(letters) >= _CAPITALS_FROM and len(text.split()) <= _MOST_CAPITAL_WORDS
    return long_enough and all(char.isupper() for char in letters)
