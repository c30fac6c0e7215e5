"""Markdown as headings, paragraphs and list items of plain lines, each with its line number.

Everything that is not text (code blocks, HTML, images, rules, comments) is left out; block quotes
are paragraphs that say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from rehearse.text import printable

LISTS = ("bullet_list", "ordered_list")
_TEXTS = ("paragraph", "heading")
# Marks that CommonMark could not pair: "**bold *broken**" leaves one star behind.
_STRAY_MARKS = re.compile(r"\*+(?=\S)|(?<=\S)\*+")


@dataclass(frozen=True)
class Problem:
    """What is wrong and where; lines and columns count from 1."""

    line: int
    column: int
    message: str


@dataclass(frozen=True)
class Line:
    text: str
    """Without marks and with single blanks."""
    number: int
    """From 1."""
    raw: str
    """The line as it is in the file."""

    def problem(self, part: str, message: str) -> Problem:
        """A problem with `part` of this line: at its last occurrence, else where text begins."""
        at = self.raw.rfind(part) if part else -1
        indent = len(self.raw) - len(self.raw.lstrip())
        return Problem(self.number, (at if at >= 0 else indent) + 1, message)


@dataclass(frozen=True)
class Heading:
    level: int
    line: Line


@dataclass(frozen=True)
class Paragraph:
    lines: tuple[Line, ...]
    quoted: bool = False


@dataclass(frozen=True)
class Item:
    """A list item: its first paragraph, what else is written below, and the items below it."""

    lines: tuple[Line, ...]
    more: tuple[Line, ...] = ()
    items: tuple[Item, ...] = ()
    quoted: bool = False

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


Block = Heading | Paragraph | Item


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text in their order. Never raises: any text is Markdown."""
    tokens = MarkdownIt("commonmark").enable("strikethrough").parse(text)
    for token in tokens:
        # Flat, as the tree below is recursive and marks may be nested without limit.
        token.content = "".join(_without_marks(token.children or ()))
        token.children = None
    return tuple(_blocks(SyntaxTreeNode(tokens).children, text.split("\n"), quoted=False))


def _blocks(
    nodes: Iterable[SyntaxTreeNode], source: Sequence[str], *, quoted: bool
) -> Iterator[Block]:
    for node in nodes:
        if node.type == "heading":
            if lines := _lines(node, source):
                text = " ".join(line.text for line in lines)
                yield Heading(int(node.tag[1]), replace(lines[0], text=text))
        elif node.type == "paragraph":
            if lines := _lines(node, source):
                yield Paragraph(lines, quoted)
        elif node.type in LISTS:
            yield from _items(node, source, quoted=quoted)
        elif node.type == "blockquote":
            yield from _blocks(node.children, source, quoted=True)


def _items(node: SyntaxTreeNode, source: Sequence[str], *, quoted: bool) -> Iterator[Item]:
    for child in node.children:
        paragraphs = [_lines(part, source) for part in child.children if part.type in _TEXTS]
        first, *rest = [lines for lines in paragraphs if lines] or [()]
        more = tuple(line for lines in rest for line in lines)
        lists = [part for part in child.children if part.type in LISTS]
        items = tuple(item for part in lists for item in _items(part, source, quoted=quoted))
        if first or items:
            yield Item(first, more, items, quoted)


def _lines(node: SyntaxTreeNode, source: Sequence[str]) -> tuple[Line, ...]:
    start = node.map[0] if node.map else 0
    texts = "\n".join(inline.content for inline in node.children).split("\n")
    cleaned = ((_clean(text), start + offset) for offset, text in enumerate(texts))
    return tuple(Line(text, at + 1, source[at]) for text, at in cleaned if text)


def _without_marks(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type == "html_inline":
            yield "\n" * token.content.count("\n")
        elif token.type in ("text", "code_inline"):
            yield token.content.replace("\n", " ")  # an entity may stand for a line end


def _clean(text: str) -> str:
    return " ".join(_STRAY_MARKS.sub("", printable(text)).split())
